"""A checklist in OSCAL (NIST, https://pages.nist.gov/OSCAL, model version 1.1.3): as a catalog of controls, one for
each criterion, and as the plan of an assessment that asks all of them.

The question of a criterion is the statement of its control; what to look for are the objects of an assessment method.
What OSCAL has no word for (weights, gates, conditions) stands in properties of the namespace `NAMESPACE`. Texts are
Vietnamese; English stands beside them in parts of that namespace. Every identifier follows from the digest of the
checklist version, so the same version gives the same bytes. What an audit found is in `oscalresults`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from isoaudit.domain.checklist import Checklist, Criterion, Part, Words
from isoaudit.domain.standard import Standard
from isoaudit.domain.vocabulary import Method

OSCAL_VERSION = "1.1.3"
NAMESPACE = "urn:isoaudit:oscal"
_ROOT = UUID("7c2f3f0e-5a4b-5d0c-9c55-0d6a2a7f4b11")
METHODS = {Method.TRACE: "TEST", Method.RECORD: "EXAMINE", Method.OBSERVE: "EXAMINE", Method.ASK: "INTERVIEW"}
_PARTS = {
    Part.A: Words("Phần A. Chấp hành quy định", "Part A. Compliance with the rules"),
    Part.B: Words("Phần B. Theo điều khoản tiêu chuẩn", "Part B. By clauses of the standard"),
}
Json = dict[str, Any]


def catalog(checklist: Checklist, standard: Standard, published_at: datetime) -> Json:
    """The checklist as a catalog."""
    return {
        "catalog": {
            "uuid": identifier(checklist.digest, "catalog"),
            "metadata": metadata(checklist.title.vi, checklist.version, published_at, _about(checklist)),
            "groups": list(_groups(checklist, standard)),
        }
    }


def plan(checklist: Checklist, published_at: datetime) -> Json:
    """The plan of assessing a unit by the whole checklist. The system that is assessed, and the catalog, are resources
    at its end, for whoever fills the plan in."""
    system, source = identifier(checklist.digest, "system"), identifier(checklist.digest, "source")
    return {
        "assessment-plan": {
            "uuid": identifier(checklist.digest, "plan"),
            "metadata": metadata(checklist.title.vi, checklist.version, published_at, _about(checklist)),
            "import-ssp": {"href": f"#{system}"},
            "reviewed-controls": {"control-selections": [{"include-all": {}}]},
            "assessment-subjects": [{"type": "party", "include-all": {}}],
            "tasks": [
                {
                    "uuid": identifier(checklist.digest, "task"),
                    "type": "action",
                    "title": checklist.title.vi,
                    **some("description", checklist.serves.vi),
                }
            ],
            "back-matter": {
                "resources": [
                    {"uuid": system, "title": "Hệ thống quản lý chất lượng của đơn vị được kiểm tra"},
                    {
                        "uuid": source,
                        "title": checklist.title.vi,
                        "rlinks": [{"href": f"urn:uuid:{identifier(checklist.digest, 'catalog')}"}],
                    },
                ]
            },
        }
    }


def identifier(*parts: str) -> str:
    """A UUID that follows from these words."""
    return str(uuid5(_ROOT, "\n".join(parts)))


def metadata(title: str, version: str, modified: datetime, props: Sequence[Json], **more: Any) -> Json:
    """The head of every document."""
    return {
        "title": title,
        "last-modified": modified.isoformat(timespec="seconds"),
        "version": version,
        "oscal-version": OSCAL_VERSION,
        "props": list(props),
        **more,
    }


def prop(name: str, value: object) -> Json:
    """A property of our own namespace; its value stands on one line."""
    return {"name": name, "ns": NAMESPACE, "value": " ".join(str(value).split())}


def some(name: str, value: Any) -> Json:
    """A member only when it holds something: OSCAL has no empty text or list."""
    return {name: value} if value else {}


def statement_id(code: str) -> str:
    """The identifier of the statement of a control."""
    return f"{code}_smt"


def _about(checklist: Checklist) -> list[Json]:
    scoring = checklist.scoring.values()
    return [
        prop("checklist", f"{checklist.id} {checklist.version}"),
        prop("edition", checklist.edition),
        prop("digest", f"sha256:{checklist.digest}"),
        *(prop("applies-to", kind) for kind in sorted(checklist.applies_to)),
        *(prop("scoring", f"{grade.value} {value}") for grade, value in scoring.items()),
    ]


def _groups(checklist: Checklist, standard: Standard) -> Iterator[Json]:
    for part, title in _PARTS.items():
        criteria = [each for each in checklist.criteria if each.part is part]
        if not criteria:
            continue
        clauses = [clause for clause in dict.fromkeys(each.second_level for each in criteria) if clause]
        inner = [
            {
                "id": f"clause-{clause}",
                "class": "clause",
                "title": f"{clause} {standard.title(clause)}".strip(),
                "controls": [_control(each) for each in criteria if each.second_level == clause],
            }
            for clause in clauses
        ]
        free = [_control(each) for each in criteria if not each.second_level]
        yield {
            "id": f"part-{part.value}",
            "class": "part",
            "title": title.vi,
            "props": [prop("title-en", title.en)],
            **some("groups", inner),
            **some("controls", free),
        }


def _control(criterion: Criterion) -> Json:
    return {
        "id": criterion.code,
        "class": "criterion",
        "title": criterion.text.vi,
        "props": list(_props(criterion)),
        "parts": list(_parts(criterion)),
    }


def _props(criterion: Criterion) -> Iterator[Json]:
    plain: Mapping[str, object] = {
        "clause": criterion.clause,
        "rule": criterion.rule,
        "weight": criterion.weight,
        "gate": "yes" if criterion.gate else "no",
        "core": "yes" if criterion.core else "no",
        "where": criterion.where.value if criterion.where else "",
        "revision": criterion.revision,
    }
    yield from (prop(name, value) for name, value in plain.items() if value != "")
    yield from (prop("applies-to", kind) for kind in sorted(criterion.applies_to))
    if criterion.when is not None:
        grades = ", ".join(sorted(criterion.when.grades))
        yield prop("when", f"{criterion.when.criterion}: {grades}")
    yield from (prop("legal-basis", each) for each in criterion.legal_basis)


def _parts(criterion: Criterion) -> Iterator[Json]:
    code = criterion.code
    yield _part(statement_id(code), "statement", criterion.text)
    if criterion.guidance.vi:
        yield _part(f"{code}_gdn", "guidance", criterion.guidance)
    evidence = Words(*(_listed(each) for each in (criterion.evidence.vi, criterion.evidence.en)))
    if evidence.vi:
        method = METHODS[criterion.method] if criterion.method else "EXAMINE"
        yield {
            "id": f"{code}_asm",
            "name": "assessment-method",
            "props": [{"name": "method", "value": method}],
            "parts": [_part(f"{code}_obj", "assessment-objects", evidence)],
        }


def _part(identity: str, name: str, text: Words) -> Json:
    english = {"name": "translation", "ns": NAMESPACE, "class": "en", "prose": text.en}
    return {"id": identity, "name": name, "prose": text.vi, **some("parts", [english] if text.en else [])}


def _listed(items: Iterable[str]) -> str:
    return "\n".join(f"- {each}" for each in items)
