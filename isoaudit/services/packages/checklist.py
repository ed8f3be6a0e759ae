"""A published checklist version as packages carry it, made once a process: a published version never changes."""

from fractions import Fraction
from functools import cache
from typing import Any

from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.digest import digest_of
from isoaudit.domain.vocabulary import Where
from isoaudit.services import library, sentences

_MADE: dict[str, dict[str, Any]] = {}


def content(checklist: Checklist) -> dict[str, Any]:
    """The version with its clauses and the positions to meet; texts in Vietnamese."""
    found = _MADE.get(checklist.digest)
    if found is None:
        found = _MADE[checklist.digest] = _content(checklist)
    return found


@cache
def ready(checklist_id: str) -> dict[str, dict[str, list[str]]]:
    """The ready sentences of a checklist, by criterion's code."""
    return {
        code: {"findings": list(each.findings), "requests": list(each.requests)}
        for code, each in sentences.of(checklist_id).items()
    }


@cache
def ready_digest(checklist_id: str) -> str:
    """The digest of the ready sentences."""
    return digest_of(ready(checklist_id))


def exact(value: Fraction) -> str:
    """A number without rounding: "0.5" when it is a decimal, otherwise "1/3"."""
    rest = value.denominator
    for prime in (2, 5):
        while rest % prime == 0:
            rest //= prime
    if rest != 1:
        return f"{value.numerator}/{value.denominator}"
    near = float(value)
    return str(int(near)) if near.is_integer() else str(near)


def _content(checklist: Checklist) -> dict[str, Any]:
    standard = library.standards().get(checklist.edition)
    met = {each.where for each in checklist.criteria}
    return {
        "id": checklist.id,
        "version": checklist.version,
        "digest": checklist.digest,
        "edition": checklist.edition,
        "title": checklist.title.label(),
        "scoring": {grade.value: exact(value) for grade, value in checklist.scoring.values().items()},
        "bands": [
            {
                "code": band.code,
                "name": band.name.label(),
                "min_score": exact(band.min_score),
                "max_major": band.max_major,
                "max_minor": band.max_minor,
                "gates_hold": band.gates_hold,
            }
            for band in checklist.bands
        ],
        "criteria": [_criterion(each) for each in checklist.criteria],
        "clauses": [{"number": each.number, "title": each.title.label()} for each in standard.clauses]
        if standard
        else [],
        "places": [{"code": each.value, "name": each.vi} for each in Where if each in met],
    }


def _criterion(each: Criterion) -> dict[str, Any]:
    when = each.when
    return {
        "code": each.code,
        "part": each.part.value,
        "clause": each.clause,
        "rule": each.rule,
        "weight": each.weight,
        "gate": each.gate,
        "core": each.core,
        "where": each.where.value if each.where else None,
        "method": each.method.value if each.method else None,
        "applies_to": sorted(each.applies_to),
        "when": None if when is None else {"criterion": when.criterion, "grades": sorted(when.grades)},
        "text": each.text.label(),
        "guidance": each.guidance.label(),
        "evidence": list(each.evidence.items()),
        "legal_basis": list(each.legal_basis),
        "na_reason": each.na_reason.label(),
    }
