"""The shapes of packages: what a tablet needs of an audit to work without a network. Days are YYYY-MM-DD."""

from marshmallow import Schema, fields

from isoaudit.schemas.shapes import Shape, digest


def _text(**more: object) -> fields.String:
    return fields.String(required=True, **more)  # type: ignore[arg-type]


def _day() -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"format": "date"})


def _moment() -> fields.String:
    return fields.String(required=True, allow_none=True, metadata={"format": "date-time"})


def _number(**more: object) -> fields.Integer:
    return fields.Integer(required=True, **more)  # type: ignore[arg-type]


def _list(of: type[Schema]) -> fields.List:
    return fields.List(fields.Nested(of), required=True)


def _texts() -> fields.List:
    return fields.List(fields.String(), required=True)


def _by_name(of: type[Schema]) -> fields.Dict:
    return fields.Dict(keys=fields.String(), values=fields.Nested(of), required=True)


class UnitSchema(Shape):
    """The unit that is audited."""

    code, name, kind, district = _text(), _text(), _text(), _text()


class PinnedSchema(Shape):
    """The checklist version that an audit pins."""

    id, version = _text(), _text()
    digest = digest(required=True)


class DeviceLineSchema(Shape):
    """A device that took the audit along; in the list of packages only those in use that still have it on board."""

    device, name, user = _text(), _text(), _text()
    delivered, released = fields.Boolean(required=True), fields.Boolean(required=True)


class ListedSchema(Shape):
    """A line of the list of packages; `asked` and `answered` count criteria."""

    audit, state, mode, purpose, role = _text(), _text(), _text(), _text(), _text()
    unit = fields.Nested(UnitSchema, required=True)
    planned_on = _day()
    core_only = fields.Boolean(required=True)
    checklist = fields.Nested(PinnedSchema, required=True)
    answered, asked, revision = _number(), _number(), _number()
    digest = digest(required=True)
    devices = _list(DeviceLineSchema)


class PackagesSchema(Shape):
    """The audits of whose team the account is."""

    packages = _list(ListedSchema)


class ProvinceSchema(Shape):
    """The province, its steering committee and its standing office, as documents name them."""

    name, steering, office = _text(), _text(), _text()


class ProgrammeSchema(Shape):
    """The programme of which the audit is part."""

    year = _number()
    name = _text()
    document = _text(allow_none=True)


class MemberSchema(Shape):
    """A person of the team."""

    user_id = _number()
    name, role, contents = _text(), _text(), _text()


class WhenSchema(Shape):
    """A criterion is asked only when another was answered with one of these grades."""

    criterion = _text()
    grades = _texts()


class CriterionSchema(Shape):
    """One question of the checklist."""

    code, part, clause, rule, text, guidance, na_reason = _text(), _text(), _text(), _text(), _text(), _text(), _text()
    weight = _number()
    gate, core = fields.Boolean(required=True), fields.Boolean(required=True)
    where, method = _text(allow_none=True), _text(allow_none=True)
    applies_to, evidence, legal_basis = _texts(), _texts(), _texts()
    when = fields.Nested(WhenSchema, required=True, allow_none=True)


class BandSchema(Shape):
    """A line of the ranking; `min_score` is exact: a decimal number or a fraction."""

    code, name, min_score = _text(), _text(), _text()
    max_major, max_minor = _number(allow_none=True), _number(allow_none=True)
    gates_hold = fields.Boolean(required=True)


class ClauseSchema(Shape):
    """A clause of the standard."""

    number, title = _text(), _text()


class PlaceSchema(Shape):
    """A position met during the audit."""

    code, name = _text(), _text()


class ChecklistSchema(Shape):
    """The exact checklist version; `scoring` gives the value of each grade, exact."""

    id, version, edition, title = _text(), _text(), _text(), _text()
    digest = digest(required=True)
    scoring = fields.Dict(keys=fields.String(), values=fields.String(), required=True)
    bands, criteria = _list(BandSchema), _list(CriterionSchema)
    clauses, places = _list(ClauseSchema), _list(PlaceSchema)


class AnswerSchema(Shape):
    """A whole answer."""

    grade = _text(allow_none=True)
    note, reason, request = _text(), _text(), _text()
    due_on = _day()
    evidence, documents, dossiers = _texts(), _texts(), _texts()


class _Contender(Shape):
    revision = _number()
    by = _number(allow_none=True)
    device_id = _text(allow_none=True)
    at = _moment()


class AnswerContenderSchema(_Contender):
    """An answer that waits against the one that stands."""

    value = fields.Nested(AnswerSchema, required=True)


class EntryContenderSchema(_Contender):
    """An entry's data that wait against those that stand; null where one of them removed it."""

    value = fields.Dict(keys=fields.String(), required=True, allow_none=True)


class TextContenderSchema(_Contender):
    """A general text that waits against the one that stands."""

    value = _text(allow_none=True)


class _Standing(Shape):
    revision = _number()
    conflict = fields.Boolean(required=True)
    by = _number(allow_none=True)
    at = _moment()


class StandingAnswerSchema(_Standing):
    """What stands for a criterion."""

    value = fields.Nested(AnswerSchema, required=True)
    contenders = _list(AnswerContenderSchema)


class StandingEntrySchema(_Standing):
    """What stands for an entry; null when it was removed."""

    value = fields.Dict(keys=fields.String(), required=True, allow_none=True)
    contenders = _list(EntryContenderSchema)


class StandingTextSchema(_Standing):
    """What stands for a general text."""

    value = _text(allow_none=True)
    contenders = _list(TextContenderSchema)


class KnownFileSchema(Shape):
    """How much of a file that the audit names has arrived; `size` in bytes. `lost`: why it will not come any more."""

    size = _number()
    complete = fields.Boolean(required=True)
    lost = _text(allow_none=True)


class EarlierSchema(Shape):
    """An open nonconformity of the unit, to be looked at first."""

    audit, criterion, text, grade, description, state = _text(), _text(), _text(), _text(), _text(), _text()
    raised_on, due_on = _day(), _day()
    overdue = fields.Boolean(required=True)


class PreviousSchema(Shape):
    """What the last audit of the unit found for a criterion."""

    grade = _text(allow_none=True)
    note, request = _text(), _text()
    minuted_on = _day()


class ReadySchema(Shape):
    """Ready sentences for a criterion."""

    findings, requests = _texts(), _texts()


class MarkSchema(Shape):
    """Who signed, or refused with a reason; `path` are the strokes as SVG path data, in a box of 600 × 200."""

    side, name, position, path, reason = _text(), _text(), _text(), _text(), _text()
    refused = fields.Boolean(required=True)


class SignatureSchema(Shape):
    """The last signature; `signed_at` is the device's clock, `amends` the digest of the one that it replaces."""

    number, by = _number(), _number(allow_none=True)
    digest, amends = digest(required=True), digest(required=True, allow_none=True)
    minuted_on, signed_at = _day(), _moment()
    signatures = _list(MarkSchema)


class CatalogueSchema(Shape):
    """Names to choose from."""

    procedures = _texts()


class PackageSchema(Shape):
    """Everything to work on one audit without a network. `digest` is that of all the rest; by `planned_at` an audit is
    told from another one to which its number was given after an older backup was restored."""

    audit, state, mode, purpose, group, role = _text(), _text(), _text(), _text(), _text(), _text()
    revision, me = _number(), _number()
    digest = digest(required=True)
    core_only = fields.Boolean(required=True)
    planned_on, minuted_on, started_at, planned_at = _day(), _day(), _moment(), fields.String(required=True)
    programme = fields.Nested(ProgrammeSchema, required=True, allow_none=True)
    province = fields.Nested(ProvinceSchema, required=True)
    unit = fields.Nested(UnitSchema, required=True)
    team = _list(MemberSchema)
    checklist = fields.Nested(ChecklistSchema, required=True)
    answers = _by_name(StandingAnswerSchema)
    entries = _by_name(StandingEntrySchema)
    texts = fields.Dict(
        keys=fields.String(),
        values=fields.Nested(StandingTextSchema),
        required=True,
        data_key="fields",
        attribute="fields",
    )
    evidence = _by_name(KnownFileSchema)
    earlier = _list(EarlierSchema)
    previous = _by_name(PreviousSchema)
    sentences = _by_name(ReadySchema)
    signature = fields.Nested(SignatureSchema, required=True, allow_none=True)
    devices = _list(DeviceLineSchema)
    catalogue = fields.Nested(CatalogueSchema, required=True)
