"""The roll-up as the JSON of CONTRACT §4, with its digest."""

import hashlib
import json
import unicodedata
from fractions import Fraction

from isoaudit.domain.audit import ClauseLine
from isoaudit.domain.figures import AuditLine, Counts, Rollup, UnitLine
from isoaudit.domain.numbers import json_number, percent
from isoaudit.domain.vocabulary import Grade

Json = dict[str, object]
"""Words of closed lists stand in it as they are: each is the string of its code name."""


def to_json(rollup: Rollup, decimals: int = 1) -> Json:
    """The roll-up with its digest; rates and scores rounded to `decimals` (RULES §9).

    Beyond the contract's keys: `lines.sub_agency`, the figures of the chi cục inside the block `agency`,
    when there are any. (reading: a block without a unit on the day is left out, as it is in print.)
    """
    content = _content(rollup, decimals)
    return {**content, "digest": digest(content)}


def canonical(content: Json) -> str:
    """The canonical JSON of a roll-up: keys sorted, no spaces, characters as they are, without the digest."""
    bare = {key: value for key, value in content.items() if key != "digest"}
    return json.dumps(bare, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(content: Json) -> str:
    """ "sha256:" and the SHA-256 of the canonical JSON in UTF-8."""
    return "sha256:" + hashlib.sha256(canonical(content).encode()).hexdigest()


def _content(rollup: Rollup, decimals: int) -> Json:
    content: Json = {
        "province": _nfc(rollup.province),
        "year": rollup.year,
        "from": rollup.period.first.isoformat(),
        "as_of": rollup.as_of.isoformat(),
        "conversion": rollup.conversion,
        "blocks": {block.value: _counts(counts, decimals) for block, counts in rollup.blocks.items()},
        "total": _counts(rollup.total, decimals, rates=False),
        "ended": [
            {
                "code": _nfc(each.unit.code),
                "name": _nfc(each.unit.name),
                "ended_on": each.ended_on.isoformat(),
                "status": each.status,
            }
            for each in rollup.ended
        ],
        "part_a": _clause(rollup.part_a, decimals),
        "clauses": [{"clause": each.clause, **_clause(each, decimals)} for each in rollup.clauses],
        "nonconformities": {
            "opening": rollup.nonconformities.opening,
            "raised": rollup.nonconformities.raised,
            "closed": rollup.nonconformities.closed,
            "closing": rollup.nonconformities.closing,
            "overdue": rollup.nonconformities.overdue,
            "without_deadline": rollup.nonconformities.without_deadline,
        },
        "tasks": {level.value: number for level, number in rollup.tasks.items()},
        "units": [_unit(line, decimals) for line in rollup.units],
    }
    if rollup.sub_agencies is not None:
        content["lines"] = {"sub_agency": _counts(rollup.sub_agencies, decimals)}
    return content


def _counts(counts: Counts, decimals: int, *, rates: bool = True) -> Json:
    def rate(part: int, whole: int) -> int | float | None:
        return json_number(percent(part, whole, decimals)) if rates else None

    return {
        "units": counts.units,
        "exempt": counts.exempt,
        "obliged": counts.obliged,
        "status": {status.value: number for status, number in counts.status.items()},
        "declared": counts.declared,
        "declared_rate": rate(counts.declared, counts.considered),
        "declared_obliged": counts.declared_obliged,
        "declared_rate_obliged": rate(counts.declared_obliged, counts.obliged),
        "baseline": counts.baseline,
        "baseline_converted": counts.baseline_converted,
        "conversion_rate": rate(counts.baseline_converted, counts.baseline),
        "left_by_merger": counts.left_by_merger,
        "maintained": {value.value: number for value, number in counts.maintained.items()},
        "audited": counts.audited,
        "visits": counts.visits,
        "bands": dict(counts.bands),
        "tthc": {
            "units": counts.tthc_units,
            "full": counts.tthc_full,
            "covered": counts.tthc_covered,
            "total": counts.tthc_total,
        },
    }


def _clause(line: ClauseLine, decimals: int) -> Json:
    return {
        **{grade.value: line.counts.get(grade, 0) for grade in Grade},
        "score": _score(line.score, decimals),
    }


def _score(exact: Fraction | None, decimals: int) -> int | float | None:
    """A score rounded as percentages are."""
    return None if exact is None else json_number(percent(exact, 100, decimals))


def _unit(line: UnitLine, decimals: int) -> Json:
    procedures = line.procedures
    return {
        "code": _nfc(line.unit.code),
        "name": _nfc(line.unit.name),
        "kind": line.unit.kind,
        "block": line.block,
        "obligation": line.obligation,
        "edition": line.edition,
        "status": line.status,
        "progress": json_number(percent(*line.progress, decimals)),
        "missing_steps": list(line.missing_steps),
        "maintained": line.maintained,
        "missing": list(line.missing),
        "redeclaration_due": line.redeclaration_due,
        "audit": None if line.audit is None else _audit(line.audit, decimals),
        "tthc": None if procedures is None else {"covered": procedures.covered, "total": procedures.total},
    }


def _audit(line: AuditLine, decimals: int) -> Json:
    return {
        "audit": _nfc(line.fact.reference),
        "score": _score(line.score, decimals),
        "band": None if line.band is None else line.band.code,
        "minor": line.minor,
        "major": line.major,
    }


def _nfc(text: str) -> str:
    """One Unicode form, so that equal names give equal digests."""
    return unicodedata.normalize("NFC", text)
