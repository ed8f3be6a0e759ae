"""Who issues reports, as data: letterhead, authority line, "Kính gửi", "Nơi nhận", title (FACTS §7).

Profiles ship in `templates/reports/issuers.toml`; what an office changed of one stands in the database, in revisions.
Texts in braces are filled from the settings. How a paper looks is the writers' business.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import IssuerProfile
from isoaudit.domain.digest import digest_of
from isoaudit.domain.errors import Conflict, Invalid
from isoaudit.export.layout import Paper
from isoaudit.services import log, settings
from isoaudit.shipped import TEMPLATES

DEFAULT = "so"
NBSP = "\u00a0"
_LISTS = ("to", "recipients")
_NEEDED = ("name", "issuer", "place", "about", "basis")


@dataclass(frozen=True, slots=True)
class Issuer:
    """A profile as it is written, with texts in braces; `code` never changes. Fields are told in the shipped file."""

    code: str
    name: str
    parent: str
    issuer: str
    issuer_short: str
    issuer_code: str
    place: str
    authority: str
    title: str
    signer: str
    to: tuple[str, ...]
    recipients: tuple[str, ...]
    filed: str
    about: str
    basis: str

    @property
    def digest(self) -> str:
        """The SHA-256 of everything in it: which template a frozen report used."""
        return digest_of(asdict(self))

    @classmethod
    def of(cls, content: Mapping[str, Any]) -> "Issuer":
        """From a table of the file, or a stored row; an unknown or missing key is a KeyError."""
        known = [field.name for field in fields(cls)]
        if unknown := set(content) - set(known):
            raise KeyError(f"issuer profile: {', '.join(sorted(unknown))}")
        values: dict[str, Any] = {name: tuple(content[name]) if name in _LISTS else content[name] for name in known}
        return cls(**values)


@cache
def shipped() -> dict[str, Issuer]:
    """The profiles that ship, by code, the usual one first."""
    tables = tomllib.loads((TEMPLATES / "reports" / "issuers.toml").read_text("utf-8"))["issuer"]
    return {each["code"]: Issuer.of(each) for each in tables}


def listed(session: Session) -> dict[str, Issuer]:
    """All profiles by code, each as the office left it."""
    return shipped() | {row.code: Issuer.of(row.content) for row in _standing(session).values()}


def find(session: Session, code: str) -> Issuer:
    """One profile. Raises Invalid."""
    found = listed(session)
    if code not in found:
        raise Invalid("issuer.unknown", field="issuer", value=code, expected=", ".join(found))
    return found[code]


def revision(session: Session, code: str) -> int:
    """How often the office changed a profile."""
    row = _standing(session).get(code)
    return 0 if row is None else row.revision


def write(session: Session, changed: Issuer, *, seen: int, by: log.Actor, now: datetime) -> bool:
    """Keep the office's version of a profile; False when nothing differs. `seen` is the revision that the person saw.

    Raises Invalid for an unknown code or an empty line that is needed, Conflict when somebody else was quicker.
    """
    before = find(session, changed.code)
    for name in _NEEDED:
        if not getattr(changed, name).strip():
            raise Invalid("issuer.empty", field=name, record=before.name)
    if changed == before:
        return False
    standing = revision(session, changed.code)
    if seen != standing:
        raise Conflict("issuer.moved", record=before.name)
    home = settings.home(session).id
    session.add(
        IssuerProfile(
            province_id=home,
            code=changed.code,
            revision=standing + 1,
            content=asdict(changed),
            at=now,
            by=by.user_id,
        )
    )
    told = {name: [old, asdict(changed)[name]] for name, old in asdict(before).items() if asdict(changed)[name] != old}
    log.append(session, home, "issuer.write", changed.code, by=by, now=now, changed=told)
    return True


def fillings(values: Mapping[str, Any]) -> dict[str, str]:
    """What the texts in braces stand for, by name, from the settings."""
    own = ("parent_body", "issuer", "issuer_code", "place", "authority_line", "signer_title", "signer", "committee")
    return {name: str(values[name]) for name in ("province", *own)} | {
        "PROVINCE": str(values["province"]).upper().replace(" ", NBSP)
    }


def paper(issuer: Issuer, values: Mapping[str, Any]) -> Paper:
    """The profile with the texts in braces filled from the settings (`settings.read`)."""
    known = fillings(values)
    known |= {"issuer_code": issuer.issuer_code} if "{" not in issuer.issuer_code else {}

    def filled(text: str) -> str:
        for name, value in known.items():
            text = text.replace(f"{{{name}}}", value)
        return text.strip()

    return Paper(
        issuer=filled(issuer.issuer),
        place=filled(issuer.place),
        parent=filled(issuer.parent),
        issuer_short=filled(issuer.issuer_short),
        committee=str(values["committee"]),
        signer=filled(issuer.signer),
        signer_title=filled(issuer.title),
        issuer_code=filled(issuer.issuer_code),
        authority_line=filled(issuer.authority),
        to=tuple(found for each in issuer.to if (found := filled(each))),
        recipients=tuple(found for each in issuer.recipients if (found := filled(each))),
        filed=filled(issuer.filed) or "VT",
        about=filled(issuer.about),
        basis=filled(issuer.basis),
    )


def _standing(session: Session) -> dict[str, IssuerProfile]:
    rows = session.scalars(
        select(IssuerProfile)
        .where(IssuerProfile.province_id == settings.home_id(session))
        .order_by(IssuerProfile.code, IssuerProfile.revision)
    )
    return {row.code: row for row in rows}
