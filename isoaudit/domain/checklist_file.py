"""From the content of a checklist file to a `Checklist`: every problem of the file is told at once.

`parse` takes the dict that TOML reading gives and holds any checklist to the shape of CONTRACT §2;
`shipped_problems` holds the files that the product ships to more. Reading bytes and finding files is not
done here.
"""

import re
from collections.abc import Mapping
from fractions import Fraction

from isoaudit.domain.checklist import Band, Checklist, Criterion, Part, Scoring, When
from isoaudit.domain.digest import checklist_digest
from isoaudit.domain.errors import Refusal
from isoaudit.domain.fields import CLAUSE, SLUG, Problems, Table
from isoaudit.domain.standard import Standard
from isoaudit.domain.vocabulary import BLOCK_OF, Block, Grade, Method, UnitKind, Where

FILE_KEYS = ("id", "version", "edition", "title", "serves", "applies_to", "scoring", "band", "criterion")
BAND_KEYS = ("code", "name", "min_score", "max_major", "max_minor", "gates_hold")
CRITERION_KEYS = (
    *(
        "code",
        "part",
        "clause",
        "rule",
        "weight",
        "gate",
        "applies_to",
        "when",
        "where",
        "method",
        "core",
        "revision",
    ),
    *("text", "guidance", "evidence", "na_reason", "legal_basis"),
)
VERSION = re.compile(r"(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)\.(?:0|[1-9][0-9]*)")
CODE = re.compile(r"[A-Za-z0-9]+(?:[._-][A-Za-z0-9]+)*")
COMMUNE_KINDS = frozenset(kind for kind, block in BLOCK_OF.items() if block is Block.COMMUNE)
_SCORED = [grade for grade in Grade if grade is not Grade.NOT_APPLICABLE]


def parse(data: Mapping[str, object]) -> Checklist:
    """The checklist that a file holds. Raises `Refusals`, naming criterion, key, value and what is
    expected.

    Optional: guidance, evidence, where, method, core (false), gate (false), weight (1), revision (1),
    applies_to (every kind of the file), when, na_reason, legal_basis; of the file: serves, applies_to
    (every kind), scoring (1, 1, 0.5, 0), bands (none: no ranking). English is required for titles and
    questions.
    """
    problems = Problems()
    table = Table(data, str(data.get("id", "") or "(file)"), problems, FILE_KEYS)
    kinds = table.some("applies_to", UnitKind)
    tables = table.tables("criterion")
    if not tables:
        table.note("checklist.no_criteria", "criterion")
    criteria = [_criterion(each, place, kinds, problems) for place, each in enumerate(tables, 1)]
    _check_codes(criteria, problems)
    _check_conditions(criteria, problems)
    checklist = Checklist(
        id=table.text("id", required=True, form=SLUG),
        version=table.text("version", required=True, form=VERSION),
        edition=table.text("edition", required=True, form=SLUG),
        title=table.words("title", required=True, english=True),
        serves=table.words("serves"),
        applies_to=kinds,
        scoring=_scoring(data.get("scoring", {}), problems),
        bands=_bands(table.tables("band"), problems),
        criteria=tuple(criteria),
        digest=checklist_digest(data) if not problems.refusals else "",
    )
    problems.raise_any()
    return checklist


def shipped_problems(data: Mapping[str, object], standard: Standard) -> list[Refusal]:
    """What keeps a file that parses from being shipped; an empty list when nothing does.

    A shipped file states every weight and its bands, the last of which fits any score; it has English and
    evidence throughout, ends each question with a question mark, names clauses that its edition
    (`standard`) has, gives part A its legal basis, and applies to the whole commune block or to none of it.
    No gate hangs on a condition.
    """
    checklist = parse(data)
    problems = Problems()
    if not checklist.bands:
        problems.note("checklist.text_missing", checklist.id, "band")
    elif not _fits_all(checklist.bands[-1]):
        problems.note("checklist.last_band", checklist.bands[-1].code, "min_score")
    if not checklist.applies_to:
        problems.note("checklist.text_missing", checklist.id, "applies_to")
    missing = COMMUNE_KINDS - checklist.applies_to
    if missing and missing != COMMUNE_KINDS:
        problems.note("checklist.commune_kinds", checklist.id, "applies_to", ", ".join(sorted(missing)))
    stated = Table(data, checklist.id, problems, FILE_KEYS).tables("criterion")
    for criterion, table in zip(checklist.criteria, stated, strict=True):
        if isinstance(table, Mapping) and "weight" not in table:
            problems.note("checklist.text_missing", criterion.code, "weight")
        _check_shipped(criterion, standard, problems)
    return problems.refusals


def _criterion(data: object, place: int, kinds: frozenset[UnitKind], problems: Problems) -> Criterion:
    named = data.get("code") if isinstance(data, Mapping) else None
    table = Table(data, str(named or f"criterion {place}"), problems, CRITERION_KEYS)
    part = table.one("part", Part, required=True)
    clause = table.text("clause", form=CLAUSE)
    rule = table.text("rule")
    if part is Part.A and (not table.has("rule") or table.has("clause")):
        table.note("checklist.part_a", "rule")
    if part is Part.B and (not table.has("clause") or table.has("rule")):
        table.note("checklist.part_b", "clause")
    if clause and "." not in clause:
        table.note("checklist.clause_levels", "clause", clause)
    gate = table.flag("gate")
    if gate and table.has("na_reason"):
        table.note("checklist.gate_na", "na_reason", table.words("na_reason").vi)
    applies_to = table.some("applies_to", UnitKind)
    if kinds and not applies_to <= kinds:
        table.note("checklist.kinds_outside", "applies_to", ", ".join(sorted(applies_to - kinds)))
    return Criterion(
        code=table.text("code", required=True, form=CODE),
        part=part or Part.A,
        clause=clause,
        rule=rule,
        text=table.words("text", required=True, english=True),
        weight=table.integer("weight", 1, 1, 3),
        gate=gate,
        applies_to=applies_to,
        when=_when(table, problems),
        where=table.one("where", Where),
        method=table.one("method", Method),
        core=table.flag("core"),
        revision=table.integer("revision", 1, 1, 10_000),
        guidance=table.words("guidance"),
        evidence=table.lists("evidence"),
        na_reason=table.words("na_reason"),
        legal_basis=table.texts("legal_basis"),
    )


def _when(criterion: Table, problems: Problems) -> When | None:
    if not criterion.has("when"):
        return None
    table = Table(criterion.data["when"], f"{criterion.record} when", problems, ("criterion", "grade"))
    return When(table.text("criterion", required=True), table.some("grade", Grade, required=True))


def _scoring(data: object, problems: Problems) -> Scoring:
    table = Table(data, "scoring", problems, _SCORED)
    default = Scoring().values()
    return Scoring(**{grade.value: table.number(grade, default[grade], 1) for grade in _SCORED})


def _bands(tables: list[object], problems: Problems) -> tuple[Band, ...]:
    bands: list[Band] = []
    for place, data in enumerate(tables, 1):
        named = data.get("code") if isinstance(data, Mapping) else None
        table = Table(data, str(named or f"band {place}"), problems, BAND_KEYS)
        band = Band(
            code=table.text("code", required=True, form=SLUG),
            name=table.words("name", required=True),
            min_score=table.number("min_score", Fraction(0), 100),
            max_major=table.limit("max_major"),
            max_minor=table.limit("max_minor"),
            gates_hold=table.flag("gates_hold"),
        )
        if band.code == "none":
            table.note("checklist.band_none", "code", band.code)
        if band.code in {each.code for each in bands}:
            table.note("checklist.code_twice", "code", band.code)
        if bands and band.min_score > bands[-1].min_score:
            table.note("checklist.bands_order", "min_score", float(band.min_score), above=bands[-1].code)
        bands.append(band)
    return tuple(bands)


def _check_codes(criteria: list[Criterion], problems: Problems) -> None:
    seen: set[str] = set()
    for each in criteria:
        if each.code.casefold() in seen - {""}:
            problems.note("checklist.code_twice", each.code, "code", each.code)
        seen.add(each.code.casefold())


def _check_conditions(criteria: list[Criterion], problems: Problems) -> None:
    after = {each.code: each.when.criterion for each in criteria if each.when is not None}
    codes = {each.code for each in criteria}
    told: set[str] = set()
    for code, other in after.items():
        if other and other not in codes:
            problems.note("checklist.when_unknown", code, "when", other)
        path = [code]
        while (following := after.get(path[-1])) is not None and following not in path:
            path.append(following)
        if following == code and code not in told:
            told.update(path)
            problems.note("checklist.when_circle", code, "when", " → ".join([*path, code]))


def _fits_all(band: Band) -> bool:
    return band.min_score == 0 and band.max_major is None and band.max_minor is None and not band.gates_hold


def _check_shipped(criterion: Criterion, standard: Standard, problems: Problems) -> None:
    code = criterion.code
    for language, text in (("vi", criterion.text.vi), ("en", criterion.text.en)):
        if not text.endswith("?"):
            problems.note("checklist.not_question", code, f"text.{language}", text)
        if not criterion.evidence.items(language) or (language == "en" and not criterion.evidence.en):
            problems.note("checklist.text_missing", code, f"evidence.{language}")
    if criterion.part is Part.A and not criterion.legal_basis:
        problems.note("checklist.text_missing", code, "legal_basis")
    if criterion.clause and criterion.clause not in standard:
        problems.note("checklist.clause_unknown", code, "clause", criterion.clause, edition=standard.id)
    if criterion.gate and criterion.when is not None:
        problems.note("checklist.gate_when", code, "when", criterion.when.criterion)
