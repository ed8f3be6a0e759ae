"""The rows that a yearly report lists, one value each: findings, tasks, procedures, documents, planned audits,
declarations, changes and corrections. What else a report prints is in `layout`, which holds them all together.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from isoaudit.domain.vocabulary import DeclarationKind, Grade, Outcome, Relation, ResultLevel


@dataclass(frozen=True, slots=True)
class NonconformityRow:
    """A counted nonconformity that was open on the eve of the period or raised in it, as of the cut-off day.

    `closed_on` is None when it was not closed by that day, and never before `raised_on`. `criterion` is the code,
    `about` the objective evidence or the criterion's text, `due_on` the deadline in force. `asks` is the criterion's
    question, `clause` its clause of the second level, empty in part A.
    """

    audit: str
    unit_code: str
    unit_name: str
    criterion: str
    about: str
    grade: Grade
    raised_on: date
    due_on: date | None = None
    closed_on: date | None = None
    outcome: Outcome | None = None
    contested: bool = False
    asks: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task of the year's plan with its level on the cut-off day (RULES §8); `note` holds a mark's reason."""

    group: str
    task: str
    level: ResultLevel
    due_on: date | None = None
    completed_on: date | None = None
    result: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class ProcedureRow:
    """TTHC and dossiers of a unit, from its latest row with `as_of` in the period; None where not stated."""

    code: str
    as_of: date
    total: int
    covered: int
    not_linked: int | None = None
    linked_same_level: int | None = None
    linked_between_levels: int | None = None
    online_full: int | None = None
    online_partial: int | None = None
    carried_over: int | None = None
    received_online: int | None = None
    received_in_person: int | None = None
    resolved: int | None = None
    in_progress: int | None = None
    late: int | None = None


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """An official document; `kind` in words. `cited` counts the records that rest on it, by what they are (code names
    of `sections.papers.CITING`); `past` when all of them are over with a year before the period, as its money is."""

    number: str
    kind: str
    issuer: str
    issued_on: date
    subject: str
    cited: Mapping[str, int] = field(default_factory=dict)
    past: bool = False


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """An audit of the year's programmes, or planned for a day of the period, with what became of it by the cut-off day.

    `document` is that of the programme as text; `minuted_on` is None when it was not made by that day, `reason` then
    tells why it was cancelled or last given another day.
    """

    unit_code: str
    unit_name: str
    programme: str = ""
    document: str = ""
    group: str = ""
    planned_on: date | None = None
    minuted_on: date | None = None
    cancelled: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ElsewhereRow:
    """A minuted audit that this office did not make: `body` did (a district before 01/7/2025), `document` tells of it.

    Those of the period, of units in force, count among the visits and say so by `counted`; the others are those whose
    nonconformities are listed. `full`: a full audit on site.
    """

    audit: str
    unit_code: str
    unit_name: str
    body: str
    minuted_on: date
    counted: bool = True
    full: bool = True
    document: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationRow:
    """A declaration by which a unit in force holds its current edition, or one made in the period.

    `standing` tells the first; `covered` of `total` TTHC is its scope, None where not stated.
    """

    unit_code: str
    edition: str
    kind: DeclarationKind
    made_on: date
    standing: bool = True
    document: str = ""
    covered: int | None = None
    total: int | None = None


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A unit passed into another in the period (RULES §2)."""

    on: date
    relation: Relation
    predecessor: str
    successor: str


@dataclass(frozen=True, slots=True)
class CorrectionRow:
    """A figure that differs from the report that is replaced: where it stands, what it is, as printed then and now."""

    where: str
    what: str
    before: str
    after: str
