"""What the tests of the tablet's server side share: a small audit with its team, and tablets that talk to the API."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from isoaudit.config import Config
from isoaudit.db import User
from isoaudit.domain.vocabulary import Role
from isoaudit.services import recovery_key
from tests import audit_factories
from tests.conftest import NOW, SignIn
from tests.factories import user

API = "/tablet/api/v1"
CODES = ("A-01", "B-7.2-01", "B-8.5-01")


@dataclass
class Tablet:
    """A tablet of one person: it numbers what it sends, as the app does."""

    browser: FlaskClient
    id: str
    seq: int = 0

    def operation(self, audit: str, criterion: str | None = "A-01", **more: Any) -> dict[str, Any]:
        """The next operation; an answer unless told otherwise."""
        self.seq += 1
        made: dict[str, Any] = {
            "op_id": str(uuid4()),
            "device_id": self.id,
            "seq": self.seq,
            "audit": audit,
            "base_revision": 0,
            "kind": "answer",
            "criterion": criterion,
            "value": {"grade": "conformity", "note": "Đã xem sổ theo dõi"},
            "at": NOW.isoformat(),
        }
        return made | more

    def send(self, *operations: dict[str, Any]) -> TestResponse:
        """Post a batch."""
        return self.browser.post(f"{API}/operations", json={"operations": list(operations)})

    def report(self, *audits: str, **more: Any) -> TestResponse:
        """Say what it is and what it still holds: nothing, unless told otherwise."""
        held = [{"audit": audit, "operations": 0, "photos": 0, "drafts": 0} for audit in audits]
        told = {"name": "Máy 1", "app": "thử", "last_seq": self.seq, "chain": "", "audits": held}
        return self.browser.put(f"{API}/devices/{self.id}", json=told | more)


@dataclass
class Team:
    """An audit of three criteria, with its head, a member, and an inspector who is not in it; their tablets."""

    audit: str
    head: Tablet
    member: Tablet
    stranger: Tablet
    people: dict[str, User]


@pytest.fixture(scope="session")
def recovery_pem() -> bytes:
    """One recovery key for all tests, a short one: making and reading a long one takes longer than most tests."""
    made = rsa.generate_private_key(public_exponent=65537, key_size=recovery_key.SMALLEST_BITS)
    return made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )


@pytest.fixture(autouse=True)
def recovery_key_there(config: Config, recovery_pem: bytes) -> None:
    """The instance has its recovery key."""
    file = config.instance / recovery_key.FILE
    file.write_bytes(recovery_pem)
    file.chmod(0o600)


@pytest.fixture
def tablet(app: Flask, sign_in: SignIn) -> Callable[[User], Tablet]:
    """tablet(person): a new tablet on which that (committed) person is signed in."""
    return lambda person: Tablet(sign_in(app.test_client(), person), str(uuid4()))


@pytest.fixture
def team(session: Session, tablet: Callable[[User], Tablet]) -> Team:
    """A planned audit and the tablets of its people."""
    names = ("head", "member", "stranger")
    people = {name: user(session, role=Role.INSPECTOR, username=name, full_name=f"Bà {name}") for name in names}
    audit = audit_factories.audit(session, head=people["head"], members=(people["member"],))
    session.commit()
    return Team(audit.reference, *(tablet(people[name]) for name in names), people=people)
