"""The settings that the office changes while working: home province, issuer, place, signer.

Startup settings (folders, database) are in `isoaudit.config`.
"""

import unicodedata
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import Base, Province, Setting
from isoaudit.domain.facts import SHIPPED_CONDITIONS, MaintenanceCondition
from isoaudit.domain.vocabulary import ActivityKind
from isoaudit.services import log

DEFAULTS: dict[str, Any] = {
    "province": "Quảng Trị",
    "parent_body": "UBND TỈNH QUẢNG TRỊ",
    "issuer": "SỞ KHOA HỌC VÀ CÔNG NGHỆ",
    "issuer_code": "SKHCN",
    "place": "Quảng Trị",
    "authority_line": "",
    "signer_title": "GIÁM ĐỐC",
    "signer": "",
    "committee": "Ban Chỉ đạo ISO tỉnh",
    "band_decision": "",
    "percent_decimals": 1,
    "maintained_conditions": {each.kind.value: f"{each.month:02}-{each.day:02}" for each in SHIPPED_CONDITIONS},
}

_PROVINCES, _SETTINGS = Base.metadata.tables["province"], Base.metadata.tables["setting"]
_HOME = select(_PROVINCES.c.id, _PROVINCES.c.name, _SETTINGS.c.value).outerjoin_from(
    _PROVINCES, _SETTINGS, _SETTINGS.c.name == "province"
)


def read(session: Session) -> dict[str, Any]:
    """All settings, with the shipped value where none was set."""
    return DEFAULTS | {row.name: row.value for row in session.scalars(select(Setting))}


def write(session: Session, values: dict[str, Any], *, by: log.Actor, now: datetime) -> None:
    """Set the given values; unknown names are a programming error (KeyError)."""
    before = read(session)
    for name, value in values.items():
        if before[name] != value:
            session.merge(Setting(name=name, value=value))
    session.flush()
    changed = {name: [before[name], value] for name, value in values.items() if before[name] != value}
    if changed:
        log.append(
            session,
            home(session).id,
            "settings.write",
            "settings",
            by=by,
            now=now,
            counts=True,
            changed=changed,
        )


def home(session: Session) -> Province:
    """The installation's province; its row is made when it is first needed in a writing session. A reading one gets a
    province without records (its key is 0) as long as there is none.

    On an empty instance it is Quảng Trị (CONTRACT §3).
    """
    row = session.get(Setting, "province")
    return province(session, row.value if row else DEFAULTS["province"])


def home_id(session: Session) -> int:
    """The key of the installation's province, in one query: what most requests need of it."""
    for key, name, chosen in session.connection().execute(_HOME):
        if name == bare_name(DEFAULTS["province"] if chosen is None else chosen):
            return int(key)
    return home(session).id


def lock_home(session: Session) -> int:
    """The key of the installation's province, its row locked until the transaction ends: for what looks for others of
    its kind before it writes, so that two at the same moment do not both find none (SQLite has one writer anyway). Rows
    that refer to the province are not held up. Taken before any other lock."""
    key = home(session).id
    session.execute(select(Province.id).where(Province.id == key).with_for_update(key_share=True))
    return key


def province(session: Session, name: str) -> Province:
    """The province of that name ("Tỉnh …" and "Thành phố …" are the same as the bare name), made when absent."""
    bare = bare_name(name)
    found = session.scalar(select(Province).where(Province.name == bare))
    if found is None:
        if session.get_bind().get_execution_options().get("isoaudit_reading"):
            return Province(id=0, name=bare, data_version=0, last_audit=0)
        found = Province(name=bare)
        session.add(found)
        session.flush()
    return found


def bare_name(name: str) -> str:
    """The name of a province without "Tỉnh" or "Thành phố" before it, in one Unicode form: how its row is found."""
    bare = " ".join(unicodedata.normalize("NFC", name).split())
    for title in ("tỉnh ", "thành phố "):
        if bare.lower().startswith(title):
            return bare[len(title) :]
    return bare


def conditions(values: Mapping[str, Any]) -> tuple[MaintenanceCondition, ...]:
    """What keeping up the system asks for every year, from the settings (`read`): activity → last day, MM-DD."""
    found = ((kind, str(day).partition("-")) for kind, day in values["maintained_conditions"].items())
    return tuple(MaintenanceCondition(ActivityKind(kind), int(month), int(day)) for kind, (month, _, day) in found)
