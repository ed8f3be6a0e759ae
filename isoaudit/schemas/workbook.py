"""The sheets of the province workbook (CONTRACT §3): which columns each has, which may be empty, which make its key.

Attributes are named like the columns of the database, `data_key` is the column of the file. Reading whole tables is
`schemas.workbooktable`; what the rows refer to is settled in `services.importing`.
"""

from typing import ClassVar

from marshmallow import Schema

from isoaudit.domain import vocabulary as words
from isoaudit.schemas.workbookcells import Day, Line, OneOf, Text, Whole, YesNo

CODE, NUMBER, DOCUMENT = 32, 64, 100
NAMED = 200
"""Cells that name a unit are long enough for its name, which people write in place of the code."""
_YEARS = {"low": 1900, "high": 2199}


class Units(Schema):
    """The register. `basis` is our own column: what the row rests on; without it nothing is said about it."""

    key: ClassVar = ("code", "valid_from")
    code = Line(CODE, required=True)
    name = Line(200, required=True)
    kind = OneOf(words.UnitKind, required=True)
    parent = Line(NAMED)
    province = Line(100)
    valid_from = Day(required=True)
    valid_to = Day()
    basis = Text()


class Successions(Schema):
    """How units pass into each other."""

    key: ClassVar = ("predecessor", "successor", "on_day")
    predecessor = Line(NAMED, required=True)
    successor = Line(NAMED, required=True)
    on_day = Day(required=True, data_key="on")
    relation = OneOf(words.Relation, required=True)
    basis = Text()


class Exemptions(Schema):
    """Units outside the count for a time."""

    key: ClassVar = ("unit", "from_day")
    unit = Line(NAMED, required=True)
    from_day = Day(required=True, data_key="from")
    to_day = Day(data_key="to")
    reason = Text(required=True)
    document = Line(DOCUMENT)
    decided_by = Line(200)


class Obligations(Schema):
    """Whether units must apply the system, by document."""

    key: ClassVar = ("unit", "from_day")
    unit = Line(NAMED, required=True)
    from_day = Day(required=True, data_key="from")
    to_day = Day(data_key="to")
    level = OneOf(words.Obligation, required=True)
    document = Line(DOCUMENT)


class Documents(Schema):
    """Official documents."""

    key: ClassVar = ("number", "issued_on")
    number = Line(NUMBER, required=True)
    kind = Line(64, required=True)
    issuer = Line(200, required=True)
    issued_on = Day(required=True, data_key="date")
    subject = Text(required=True)


class Declarations(Schema):
    """Declarations of conformity."""

    key: ClassVar = ("unit", "edition", "kind", "made_on")
    unit = Line(NAMED, required=True)
    edition = Line(32, required=True)
    kind = OneOf(words.DeclarationKind, required=True)
    made_on = Day(required=True, data_key="date")
    document = Line(DOCUMENT)
    covered = Whole(data_key="tthc_covered")
    total = Whole(data_key="tthc_total")


class Milestones(Schema):
    """Steps of a conversion achieved."""

    key: ClassVar = ("unit", "conversion", "step")
    unit = Line(NAMED, required=True)
    conversion = Line(32, required=True)
    step = Line(64, required=True)
    achieved_on = Day(required=True, data_key="date")
    document = Line(DOCUMENT)


class Activities(Schema):
    """Yearly activities."""

    key: ClassVar = ("unit", "year", "kind", "done_on")
    unit = Line(NAMED, required=True)
    year = Whole(**_YEARS, required=True)
    kind = OneOf(words.ActivityKind, required=True)
    done_on = Day(required=True, data_key="date")
    document = Line(DOCUMENT)


class Procedures(Schema):
    """The TTHC of a unit and its dossiers as of a day."""

    key: ClassVar = ("unit", "as_of")
    unit = Line(NAMED, required=True)
    as_of = Day(required=True)
    total = Whole(required=True)
    covered = Whole(required=True)
    not_linked = Whole()
    linked_same_level = Whole()
    linked_between_levels = Whole()
    online_full = Whole()
    online_partial = Whole()
    carried_over = Whole()
    received_online = Whole()
    received_in_person = Whole()
    resolved = Whole()
    in_progress = Whole()
    late = Whole()


class Programmes(Schema):
    """Audit programmes of a year."""

    key: ClassVar = ("year", "name")
    year = Whole(**_YEARS, required=True)
    name = Line(300, required=True)
    document = Line(DOCUMENT)


class Audits(Schema):
    """Audits, each pinned to one checklist version."""

    key: ClassVar = ("reference",)
    reference = Line(64, required=True, data_key="audit")
    unit = Line(NAMED, required=True)
    programme_year = Whole(**_YEARS)
    mode = OneOf(words.Mode, required=True)
    purpose = OneOf(words.Purpose, required=True)
    checklist = Line(100, required=True)
    version = Line(20, required=True)
    planned_on = Day()
    minuted_on = Day()


class Answers(Schema):
    """Answers of audits. `note` holds the objective evidence of a finding, or why a criterion does not apply."""

    key: ClassVar = ("audit", "criterion")
    audit = Line(64, required=True)
    criterion = Line(32, required=True)
    grade = OneOf(words.Grade, required=True)
    note = Text()


class Nonconformities(Schema):
    """Nonconformities that audits raised."""

    key: ClassVar = ("audit", "criterion")
    audit = Line(64, required=True)
    criterion = Line(32, required=True)
    grade = OneOf(words.Grade, only=(words.Grade.MINOR, words.Grade.MAJOR), required=True)
    due_on = Day()
    closed_on = Day()
    outcome = OneOf(words.Outcome)


class Tasks(Schema):
    """Tasks of a year's plan."""

    key: ClassVar = ("year", "group_name", "task")
    year = Whole(**_YEARS, required=True)
    group_name = Line(300, required=True, data_key="group")
    task = Text(required=True)
    due_on = Day()
    completed_on = Day()
    content_complete = YesNo()
    result = Text()
    mark = OneOf(words.ResultLevel)
    note = Text()


SHEETS: dict[str, type[Schema]] = {
    "units": Units,
    "successions": Successions,
    "exemptions": Exemptions,
    "obligations": Obligations,
    "documents": Documents,
    "declarations": Declarations,
    "milestones": Milestones,
    "activities": Activities,
    "procedures": Procedures,
    "programmes": Programmes,
    "audits": Audits,
    "answers": Answers,
    "nonconformities": Nonconformities,
    "tasks": Tasks,
}
"""Every sheet by name, in the order of the contract."""
