"""A forgotten PIN: the device asks, the office decides, the device opens its data key with its own key."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from sqlalchemy.orm import Session

from isoaudit.config import Config
from isoaudit.domain.errors import Conflict, Forbidden, Invalid, NotFound
from isoaudit.services import recovery, recovery_key
from isoaudit.services.log import Actor
from tests.conftest import NOW
from tests.factories import user
from tests.tablet.conftest import API, Tablet, Team

OAEP = padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=None)
DATA_KEY = bytes(range(32))


def labelled(person: int) -> padding.OAEP:
    """As the device of this account wraps its data key."""
    label = f"isoaudit {person}".encode()
    return padding.OAEP(mgf=padding.MGF1(hashes.SHA256()), algorithm=hashes.SHA256(), label=label)


@pytest.fixture(scope="module")
def own() -> rsa.RSAPrivateKey:
    """The device's own key."""
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def spki(key: rsa.RSAPrivateKey) -> str:
    """Its public half."""
    form = serialization.PublicFormat.SubjectPublicKeyInfo
    return base64.b64encode(key.public_key().public_bytes(serialization.Encoding.DER, form)).decode()


@pytest.fixture
def asked(team: Team, own: rsa.RSAPrivateKey) -> dict[str, Any]:
    """What the head's tablet asks."""
    team.head.report(team.audit)
    office = team.head.browser.get(f"{API}/session").get_json()["recovery"]["spki"]
    public = serialization.load_der_public_key(base64.b64decode(office))
    assert isinstance(public, rsa.RSAPublicKey)
    wrapped = base64.b64encode(public.encrypt(DATA_KEY, labelled(team.people["head"].id))).decode()
    return {"device_id": team.head.id, "wrapped": wrapped, "public_key": spki(own), "reason": "Quên mã PIN"}


@pytest.fixture
def office(session: Session) -> Actor:
    """A person of the office."""
    made = user(session, username="office")
    session.commit()
    return Actor.of(made, "test")


def look(tablet: Tablet, name: str) -> dict[str, Any]:
    """What became of it."""
    told: dict[str, Any] = tablet.browser.get(f"{API}/recoveries/{name}").get_json()
    return told


def test_the_office_approves_and_the_device_opens_it(
    team: Team, asked: dict[str, Any], own: rsa.RSAPrivateKey, session: Session, office: Actor, config: Config
) -> None:
    made = team.head.browser.post(f"{API}/recoveries", json=asked)
    assert (made.status_code, made.json and made.json["state"]) == (201, "waiting")
    name = made.get_json()["id"]
    assert team.head.browser.post(f"{API}/recoveries", json=asked).get_json()["id"] == name
    assert look(team.head, name) == {"id": name, "state": "waiting", "key": None, "why": None}
    (line,) = recovery.listed(session, ["waiting"])
    assert (line.person, line.device, line.reason) == ("Bà head", "Máy 1", "Quên mã PIN")
    recovery.approve(session, recovery_key.of(config.instance), name, by=office, now=NOW)
    session.commit()
    told = look(team.head, name)
    assert told["state"] == "approved"
    assert own.decrypt(base64.b64decode(told["key"]), OAEP) == DATA_KEY
    assert team.member.browser.get(f"{API}/recoveries/{name}").status_code == 404
    with pytest.raises(Conflict, match=r"recovery\.decided"):
        recovery.refuse(session, name, "muộn", by=office, now=NOW)


def test_the_office_refuses_with_a_reason(
    team: Team, asked: dict[str, Any], session: Session, office: Actor, config: Config
) -> None:
    name = team.head.browser.post(f"{API}/recoveries", json=asked).get_json()["id"]
    with pytest.raises(Invalid, match=r"recovery\.why"):
        recovery.refuse(session, name, " ", by=office, now=NOW)
    key, asker = recovery_key.of(config.instance), Actor.of(team.people["head"], "test")
    with pytest.raises(Forbidden, match=r"recovery\.own"):
        recovery.approve(session, key, name, by=asker, now=NOW)
    with pytest.raises(NotFound):
        recovery.refuse(session, "khác", "không", by=office, now=NOW)
    recovery.refuse(session, name, "Không đúng người", by=office, now=NOW)
    session.commit()
    assert look(team.head, name) == {"id": name, "state": "refused", "key": None, "why": "Không đúng người"}


def test_asking_anew_takes_the_place_of_what_waits(team: Team, asked: dict[str, Any]) -> None:
    first = team.head.browser.post(f"{API}/recoveries", json=asked).get_json()["id"]
    other = spki(rsa.generate_private_key(public_exponent=65537, key_size=2048))
    second = team.head.browser.post(f"{API}/recoveries", json=asked | {"public_key": other}).get_json()["id"]
    assert (look(team.head, first)["state"], look(team.head, second)["state"]) == ("refused", "waiting")


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"wrapped": "AAAA"}, "recovery.wrapped"),
        ({"wrapped": "không phải"}, "recovery.wrapped"),
        ({"public_key": base64.b64encode(b"no key").decode()}, "recovery.public_key"),
        ({"reason": "  "}, "recovery.reason"),
        ({"reason": None}, "request.shape"),
        ({"device_id": "5"}, "request.shape"),
    ],
)
def test_what_cannot_be_helped_is_refused(team: Team, asked: dict[str, Any], change: dict[str, Any], code: str) -> None:
    told = team.head.browser.post(f"{API}/recoveries", json=asked | change)
    assert (told.status_code, told.get_json()["code"]) == (422, code)


def test_nobody_asks_for_the_device_of_another(team: Team, asked: dict[str, Any]) -> None:
    assert team.member.browser.post(f"{API}/recoveries", json=asked).status_code == 404


def test_nobody_gets_the_data_key_of_another_of_the_same_tablet(team: Team, asked: dict[str, Any]) -> None:
    """Wraps lie readable on a shared tablet: a colleague brings one as if it were of their own device."""
    team.member.report(team.audit)
    told = team.member.browser.post(f"{API}/recoveries", json=asked | {"device_id": team.member.id})
    assert (told.status_code, told.get_json()["code"]) == (422, "recovery.wrapped")


def test_a_device_that_the_server_does_not_know_is_helped_too(team: Team, asked: dict[str, Any]) -> None:
    """It never came through before its PIN was forgotten, or the server's backup is older than it."""
    unknown = "0b0e6f0a-5a4e-4f0e-9a55-0d5f6c1f2a3b"
    told = team.head.browser.post(f"{API}/recoveries", json=asked | {"device_id": unknown})
    assert (told.status_code, told.get_json()["state"]) == (201, "waiting")


def test_the_key_is_made_once_and_readable_by_nobody_else(config: Config) -> None:
    (config.instance / recovery_key.FILE).unlink()
    first = recovery_key.of(config.instance)
    assert (config.instance / recovery_key.FILE).stat().st_mode & 0o777 == 0o600
    assert recovery_key.of(config.instance).id == first.id
