"""Accounts from a CSV file: every row is checked first (`check`), then all are made or none (`load`). Roles by code
name or by their Vietnamese label, several parted by a semicolon; the unit by its code as of the file's day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from isoaudit.domain.account import Tie
from isoaudit.domain.errors import Invalid, Refusal, Refusals
from isoaudit.domain.text import fold
from isoaudit.domain.vocabulary import Role
from isoaudit.intake.csvtable import read_csv
from isoaudit.services import log
from isoaudit.services.accounts import people
from isoaudit.services.accounts.hashing import FirstPassword

COLUMNS = ("username", "full_name", "position", "email", "roles", "unit")
MADE_COLUMNS = ("username", "full_name", "first_password")
_NEEDED = {"username", "full_name", "roles"}
MOST_ROWS = 500
_ROLES = {fold(name): role for role in Role for name in (role.value, role.vi, role.en)}


@dataclass(frozen=True, slots=True)
class Made:
    """An account made by the import, with its first password."""

    username: str
    full_name: str
    password: str


class RowError(Invalid):
    """What is wrong with one cell: row as a spreadsheet counts, column, and the refusal itself."""

    def __init__(self, row: int, column: str, why: Refusal) -> None:
        super().__init__("accounts.row", row=row, column=column, problem=why)
        self.row, self.column, self.why = row, column, why


@dataclass(frozen=True, slots=True)
class Wanted:
    """An account that the file asks for: its row as a spreadsheet counts, and what was read from it."""

    row: int
    username: str
    full_name: str
    position: str
    email: str
    roles: tuple[Role, ...]
    ties: tuple[people.TieTo, ...]


def check(session: Session, name: str, data: bytes, *, on: date) -> list[Wanted]:
    """The accounts of a file; only reads. Raises Refusals with one RowError for each wrong cell."""
    errors: list[Refusal] = []
    wanted: list[Wanted] = []
    seen: dict[str, int] = {}
    for number, cells in _rows(name, data):
        username = cells["username"].strip().lower()
        if username and username in seen:
            again = Invalid("accounts.twice", username=username, first=seen[username])
            errors.append(RowError(number, "username", again))
            continue
        seen[username] = number
        try:
            wanted.append(_wanted(session, number, cells, on))
        except Refusal as refusal:
            errors.append(_of_row(number, refusal))
    if errors:
        raise Refusals(errors)
    return wanted


def load(
    session: Session, firsts: Iterable[tuple[Wanted, FirstPassword]], *, by: log.Actor, now: datetime
) -> list[Made]:
    """Make the accounts that `check` gave, each with a first password that was hashed before (hundreds take a minute,
    in which nobody else could write). Raises Refusals when a name was taken since; nothing is written then."""
    errors: list[Refusal] = []
    made: list[Made] = []
    for wanted, first in firsts:
        try:
            user = people.add(
                session,
                username=wanted.username,
                full_name=wanted.full_name,
                roles=wanted.roles,
                ties=wanted.ties,
                position=wanted.position,
                email=wanted.email,
                first=first,
                by=by,
                now=now,
            )
        except Refusal as refusal:
            errors.append(_of_row(wanted.row, refusal))
        else:
            made.append(Made(user.username, user.full_name, first.text))
    if errors:
        session.rollback()
        raise Refusals(errors)
    return made


def _wanted(session: Session, number: int, cells: dict[str, str], on: date) -> Wanted:
    roles = _roles(cells["roles"])
    ties: tuple[people.TieTo, ...] = ()
    if cells["unit"].strip():
        tie = Tie.OFFICER if Role.UNIT_OFFICER in roles else Tie.BELONGS
        ties = (people.TieTo(people.unit_coded(session, cells["unit"], on).id, tie),)
    read = {name: cells[name] for name in ("username", "full_name", "position", "email")}
    people.refuse(session, roles=roles, ties=ties, **read)
    return Wanted(number, roles=tuple(roles), ties=ties, **read)


def _of_row(number: int, refusal: Refusal) -> RowError:
    return RowError(number, str(refusal.details.get("field", "username")), refusal)


def _rows(name: str, data: bytes) -> list[tuple[int, dict[str, str]]]:
    rows = [(number, cells) for number, cells in read_csv(name, data) if any(cell.strip() for cell in cells)]
    if len(rows) < 2:
        raise Invalid("accounts.empty", name=name)
    if len(rows) - 1 > MOST_ROWS:
        raise Invalid("accounts.too_many", name=name, most=MOST_ROWS)
    head = [cell.strip().lower() for cell in rows[0][1]]
    missing, unknown = _NEEDED - set(head), set(head) - set(COLUMNS)
    if missing or unknown:
        raise Invalid(
            "accounts.columns",
            name=name,
            missing=", ".join(sorted(missing)) or "–",
            unknown=", ".join(sorted(unknown)) or "–",
            columns=", ".join(COLUMNS),
        )
    empty = dict.fromkeys(COLUMNS, "")
    return [(number, empty | dict(zip(head, cells, strict=False))) for number, cells in rows[1:]]


def _roles(text: str) -> list[Role]:
    found = []
    for part in filter(None, (each.strip() for each in text.replace(",", ";").split(";"))):
        role = _ROLES.get(fold(part))
        if role is None:
            raise Invalid("account.role", field="roles", role=part, roles=", ".join(Role))
        found.append(role)
    return found
