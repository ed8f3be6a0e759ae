"""A checklist as an XLSForm, for tablets with ODK Collect or KoboCollect: https://xlsform.org.

A group for each part and second-level clause, within it one screen for each criterion: its grade, the evidence, the
deadline and a photo of a finding. Conditions (`when`, `applies_to`) become `relevant`; a gate has no "not applicable".
Answers that come back this way are no audit of isoaudit: the sheet `answers` of the province workbook takes them.

Names of questions are codes with "_" for what expressions could take for a sign ("B-7.2-01" → "B_7_2_01"); labels keep
the code as it is.
"""

import re
from collections.abc import Iterable, Iterator

from isoaudit.domain.checklist import NO_TEXT, Checklist, Criterion, Part, Words
from isoaudit.domain.standard import Standard
from isoaudit.domain.vocabulary import Grade, UnitKind
from isoaudit.export.xlsx.tables import TextSheet, write_tables

LANGUAGES = {"vi": "Tiếng Việt (vi)", "en": "English (en)"}
UNIT_KIND, GRADE, GATE = "unit_kind", "grade", "grade_gate"
_TEXTS = ("label", "hint")
_COLUMNS = (
    *("type", "name"),
    *(f"{text}::{language}" for text in _TEXTS for language in LANGUAGES.values()),
    *("required", "relevant", "appearance", "parameters"),
)
_CHOICES = ("list_name", "name", *(f"label::{language}" for language in LANGUAGES.values()))
_SETTINGS = ("form_title", "form_id", "version", "default_language", "instance_name", "style")
_FINDINGS = (Grade.MINOR, Grade.MAJOR)
_FIRST = (
    ("text", "audit", Words("Mã cuộc kiểm tra", "Audit reference")),
    ("text", "unit", Words("Mã đơn vị", "Code of the unit")),
    ("date", "minuted_on", Words("Ngày kiểm tra", "Day of the audit")),
)
_PIXELS = "max-pixels=1600"
"""Enough to read a document on a photo; the same as the tablet app keeps."""
_NOTE = Words("Bằng chứng, lý do", "Evidence, reason")
_DUE = Words("Hạn khắc phục", "Deadline for correction")
_PHOTO = Words("Ảnh minh chứng", "Photo as evidence")
_PART_A = Words("Phần A. Chấp hành quy định", "Part A. Compliance with the rules")
_PART_B = Words("Phần B. Theo điều khoản tiêu chuẩn", "Part B. By clauses of the standard")
Row = tuple[str, ...]


def write_xlsform(checklist: Checklist, standard: Standard) -> bytes:
    """The form of a checklist version as a workbook."""
    return write_tables(checklist.title.vi, sheets(checklist, standard))


def sheets(checklist: Checklist, standard: Standard) -> list[TextSheet]:
    """The sheets of the form: survey, choices, settings."""
    names = _names(checklist.criteria)
    survey = [
        _row("start", "start"),
        _row("end", "end"),
        *(_row(kind, name, label, required="yes") for kind, name, label in _FIRST),
        _row(f"select_one {UNIT_KIND}", UNIT_KIND, Words("Loại đơn vị", "Kind of unit"), required="yes"),
        *_part(checklist, Part.A, _PART_A, names, standard),
        *_part(checklist, Part.B, _PART_B, names, standard),
    ]
    form = (
        checklist.title.vi,
        checklist.id,
        checklist.version,
        LANGUAGES["vi"],
        "concat(${audit}, ' ', ${unit})",
        "pages",
    )
    return [
        TextSheet("survey", _COLUMNS, survey),
        TextSheet("choices", _CHOICES, list(_choices(checklist))),
        TextSheet("settings", _SETTINGS, [form]),
    ]


def _part(checklist: Checklist, part: Part, title: Words, names: dict[str, str], standard: Standard) -> Iterator[Row]:
    criteria = [each for each in checklist.criteria if each.part is part]
    if not criteria:
        return
    name = f"part_{part.value.lower()}"
    yield _row("begin_group", name, title)
    for clause in dict.fromkeys(each.second_level for each in criteria):
        inside = [each for each in criteria if each.second_level == clause]
        if clause:
            titles = Words(*(f"{clause} {standard.title(clause, language)}".strip() for language in LANGUAGES))
            yield _row("begin_group", f"clause_{clause.replace('.', '_')}", titles)
        for each in inside:
            yield from _criterion(each, names)
        if clause:
            yield _row("end_group", f"clause_{clause.replace('.', '_')}")
    yield _row("end_group", name)


def _criterion(criterion: Criterion, names: dict[str, str]) -> Iterator[Row]:
    """One screen. What hangs on the grade is asked only once there is one."""
    name = names[criterion.code]
    grade, group = f"${{{name}}}", f"screen_{name}"
    code = Words(criterion.code, criterion.code)
    yield _row("begin_group", group, code, relevant=_relevant(criterion, names), appearance="field-list")
    question = Words(*(f"{criterion.code}. {criterion.text.label(language)}" for language in LANGUAGES))
    hint = Words(*(_hint(criterion, language) for language in LANGUAGES))
    yield _row(f"select_one {GATE if criterion.gate else GRADE}", name, question, hint, required="yes")
    said = _any_of(grade, (*_FINDINGS, *(() if criterion.gate else (Grade.NOT_APPLICABLE,))))
    yield _row("text", f"{name}_note", _NOTE, required=said, relevant=f"{grade} != ''", appearance="multiline")
    found = _any_of(grade, _FINDINGS)
    yield _row("date", f"{name}_due_on", _DUE, required="yes", relevant=found)
    yield _row("image", f"{name}_photo", _PHOTO, relevant=found, parameters=_PIXELS)
    yield _row("end_group", group)


def _relevant(criterion: Criterion, names: dict[str, str]) -> str:
    conditions = []
    if criterion.applies_to:
        conditions.append(_any_of(f"${{{UNIT_KIND}}}", sorted(criterion.applies_to)))
    if criterion.when is not None:
        grades = [grade for grade in Grade if grade in criterion.when.grades]
        conditions.append(_any_of(f"${{{names[criterion.when.criterion]}}}", grades))
    return " and ".join(f"({each})" if len(conditions) > 1 else each for each in conditions)


def _any_of(question: str, words: Iterable[str]) -> str:
    return " or ".join(f"{question} = '{word!s}'" for word in words)


def _hint(criterion: Criterion, language: str) -> str:
    """Where to ask, what to look for, how to grade."""
    where = criterion.where.label(language) if criterion.where else ""
    evidence = "; ".join(criterion.evidence.items(language))
    return "\n".join(each for each in (where, evidence, criterion.guidance.label(language)) if each)


def _choices(checklist: Checklist) -> Iterator[Row]:
    for kind in UnitKind:
        if not checklist.applies_to or kind.value in checklist.applies_to:
            yield (UNIT_KIND, kind.value, kind.vi, kind.en)
    for list_name in (GRADE, GATE):
        for grade in Grade:
            if list_name == GRADE or grade is not Grade.NOT_APPLICABLE:
                yield (list_name, grade.value, grade.vi, grade.en)


def _row(
    kind: str,
    name: str,
    label: Words = NO_TEXT,
    hint: Words = NO_TEXT,
    *,
    required: str = "",
    relevant: str = "",
    appearance: str = "",
    parameters: str = "",
) -> Row:
    texts = (text.label(language) for text in (label, hint) for language in LANGUAGES)
    return (kind, name, *texts, required, relevant, appearance, parameters)


def _names(criteria: Iterable[Criterion]) -> dict[str, str]:
    """Code → name of the question; two codes never share one."""
    names: dict[str, str] = {}
    for each in criteria:
        name = re.sub(r"[^A-Za-z0-9_]", "_", each.code)
        name = name if name[:1].isalpha() else f"q_{name}"
        while name in names.values():
            name += "_"
        names[each.code] = name
    return names
