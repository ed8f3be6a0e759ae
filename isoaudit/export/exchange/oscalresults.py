"""What an audit found, as assessment results in OSCAL (model version as in `oscal`).

Every answer is an observation; one that is not "not applicable" is a finding about the statement of its control, which
is satisfied or not (RULES §6: an opportunity is conformity); every nonconformity is a risk with its deadline. The grade
itself, score and band stand in properties. The document's own identifier follows from its content, those inside from
the audit's reference and the criterion's code.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.digest import digest_of
from isoaudit.domain.vocabulary import Grade, Word
from isoaudit.export.exchange.oscal import METHODS, Json, identifier, metadata, prop, some, statement_id

_SATISFIED = {Grade.CONFORMITY: True, Grade.OPPORTUNITY: True, Grade.MINOR: False, Grade.MAJOR: False}
_MIDNIGHT = "T00:00:00+07:00"


@dataclass(frozen=True, slots=True)
class Found:
    """The answer to a criterion; `due_on` and `closed_on` are those of the nonconformity that it raised; `evidence` are
    digests of files."""

    code: str
    grade: Grade
    note: str = ""
    due_on: date | None = None
    closed_on: date | None = None
    raised: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditResults:
    """An audit as other programs are told of it. `score` is text as printed, empty without one."""

    province: str
    reference: str
    unit_code: str
    unit_name: str
    checklist: Checklist
    mode: Word
    purpose: Word
    began_on: date
    minuted_on: date | None
    changed_at: datetime
    asked: tuple[str, ...]
    found: tuple[Found, ...]
    score: str = ""
    band: str = ""


def results(audit: AuditResults) -> Json:
    """The assessment results of an audit."""
    unit, about = _id(audit, "unit"), _id(audit, "plan")
    title = f"Kết quả kiểm tra {audit.reference}: {audit.unit_name}"
    party = {"uuid": unit, "type": "organization", "name": audit.unit_name}
    props = [
        prop("checklist", f"{audit.checklist.id} {audit.checklist.version}"),
        prop("checklist-digest", f"sha256:{audit.checklist.digest}"),
        prop("unit", audit.unit_code),
    ]
    head = metadata(title, audit.checklist.version, audit.changed_at, props, parties=[party])
    body = {
        "metadata": head,
        "import-ap": {"href": f"#{about}"},
        "results": [_result(audit, unit, title)],
        "back-matter": {
            "resources": [
                {
                    "uuid": about,
                    "title": audit.checklist.title.vi,
                    "rlinks": [{"href": f"urn:uuid:{identifier(audit.checklist.digest, 'plan')}"}],
                }
            ]
        },
    }
    return {"assessment-results": {"uuid": identifier("results", digest_of(body)), **body}}


def _result(audit: AuditResults, unit: str, title: str) -> Json:
    props = [prop("mode", audit.mode.value), prop("purpose", audit.purpose.value)]
    props += [prop(name, value) for name, value in (("score", audit.score), ("band", audit.band)) if value]
    ended = {"end": f"{audit.minuted_on}{_MIDNIGHT}"} if audit.minuted_on else {}
    controls: Json = {"include-controls": [{"control-id": code} for code in audit.asked]}
    selections = [controls if audit.asked else {"include-all": {}}]
    return {
        "uuid": _id(audit, "result"),
        "title": title,
        "description": f"{audit.purpose.vi}, {audit.mode.vi}",
        "start": f"{audit.began_on}{_MIDNIGHT}",
        **ended,
        "props": props,
        "reviewed-controls": {"control-selections": selections},
        **some("observations", [_observation(audit, each, unit) for each in audit.found]),
        **some("risks", list(_risks(audit))),
        **some("findings", list(_findings(audit))),
    }


def _observation(audit: AuditResults, found: Found, unit: str) -> Json:
    criterion = audit.checklist.criterion(found.code)
    method = METHODS[criterion.method] if criterion is not None and criterion.method else "EXAMINE"
    evidence = [{"href": f"urn:sha256:{digest}", "description": "Tệp minh chứng"} for digest in found.evidence]
    return {
        "uuid": _id(audit, found.code, "observation"),
        "title": found.code,
        "description": found.note or found.grade.vi,
        "props": [prop("grade", found.grade.value)],
        "methods": [method],
        "types": ["finding" if found.grade in (Grade.MINOR, Grade.MAJOR) else "control-objective"],
        "subjects": [{"subject-uuid": unit, "type": "party"}],
        **some("relevant-evidence", evidence),
        "collected": f"{audit.minuted_on or audit.began_on}{_MIDNIGHT}",
    }


def _risks(audit: AuditResults) -> Iterator[Json]:
    for each in audit.found:
        if each.raised:
            deadline = {"deadline": f"{each.due_on}{_MIDNIGHT}"} if each.due_on else {}
            yield {
                "uuid": _id(audit, each.code, "risk"),
                "title": f"{each.code}: {each.grade.vi}",
                "description": each.note or each.grade.vi,
                "statement": _question(audit, each.code),
                "props": [prop("grade", each.grade.value)],
                "status": "closed" if each.closed_on else "open",
                **deadline,
                "related-observations": [{"observation-uuid": _id(audit, each.code, "observation")}],
            }


def _findings(audit: AuditResults) -> Iterator[Json]:
    for each in audit.found:
        satisfied = _SATISFIED.get(each.grade)
        if satisfied is None:
            continue
        state = {"state": "satisfied", "reason": "pass"} if satisfied else {"state": "not-satisfied", "reason": "fail"}
        yield {
            "uuid": _id(audit, each.code, "finding"),
            "title": f"{each.code}: {each.grade.vi}",
            "description": each.note or each.grade.vi,
            "target": {"type": "statement-id", "target-id": statement_id(each.code), "status": state},
            "related-observations": [{"observation-uuid": _id(audit, each.code, "observation")}],
            **some("related-risks", [{"risk-uuid": _id(audit, each.code, "risk")}] if each.raised else []),
        }


def _question(audit: AuditResults, code: str) -> str:
    criterion = audit.checklist.criterion(code)
    return criterion.text.vi if criterion is not None else code


def _id(audit: AuditResults, *parts: str) -> str:
    return identifier(audit.province, audit.reference, audit.unit_code, *parts)
