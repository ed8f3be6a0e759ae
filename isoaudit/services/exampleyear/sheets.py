"""The example year as the sheets of the province workbook (CONTRACT §3): made-up rows, written as CSV files."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.vocabulary import Block
from isoaudit.services.exampleyear import declaring
from isoaudit.services.exampleyear.answering import Reply
from isoaudit.services.exampleyear.story import EXEMPT, MERGED, OFFICE, OLD, YEAR, Group, Story

Row = dict[str, Any]
CONVERSION = "2008-2015"
COUNTED_ON = date(YEAR, 11, 16)
OFFICE_PROCEDURES: Row = {
    "unit": OFFICE,
    "as_of": date(YEAR, 11, 18),
    "total": 54,
    "covered": 54,
    "not_linked": 40,
    "linked_same_level": 13,
    "linked_between_levels": 1,
    "online_full": 3,
    "online_partial": 7,
    "carried_over": 0,
    "received_online": 40,
    "received_in_person": 13,
    "resolved": 48,
    "in_progress": 5,
    "late": 0,
}
"""Real but for `covered`, which the report of 2020 does not state."""


def rows(
    stories: Sequence[Story],
    replies: Mapping[str, Sequence[Reply]],
    checklists: Mapping[Block, Checklist],
    decisions: Mapping[declaring.Key, declaring.Decision],
) -> dict[str, list[Row]]:
    """The rows of each sheet. `replies` are the answers of each unit's audit, `checklists` the version for each block,
    `decisions` what the units issued. What became of the findings is not among them: it is told step by step in
    `followed`."""
    told = [each for each in stories if each.declared or each.steps]
    cited = {key: each.cited for key, each in decisions.items()}
    sheets: dict[str, list[Row]] = {
        "documents": declaring.rows(decisions),
        "exemptions": [
            {"unit": code, "from": date(YEAR, 1, 1), "reason": reason, "decided_by": "Ban Chỉ đạo ISO tỉnh"}
            for code, reason in EXEMPT.items()
        ],
        "obligations": [
            {"unit": each.place.code, "from": date(YEAR, 1, 15), "level": "planned", "document": "2446/QĐ-UBND"}
            for each in told
            if each.place.block is Block.COMMUNE
        ],
        "declarations": [*_merged_away(), *(row for each in told for row in _declarations(each, cited))],
        "milestones": [
            {
                "unit": each.place.code,
                "conversion": CONVERSION,
                "step": step,
                "date": day,
                "document": cited.get((each.place.code, step, day)),
            }
            for each in told
            for step, day in each.steps.items()
        ],
        "activities": [
            {"unit": each.place.code, "year": year, "kind": kind, "date": day}
            for each in told
            for year, kind, day in each.activities
        ],
        "procedures": [
            OFFICE_PROCEDURES,
            *(_procedures(each) for each in told if each.place.code != OFFICE and each.procedures),
        ],
    }
    audited = [each for each in stories if each.audited_on is not None]
    return sheets | _audits(audited, replies, checklists)


def write(folder: Path, sheets: Mapping[str, Iterable[Row]]) -> None:
    """Write each sheet as a CSV file; an empty sheet is left out."""
    for name, sheet in sheets.items():
        content = list(sheet)
        if not content:
            continue
        columns = list(dict.fromkeys(column for row in content for column in row))
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as stream:
            writer = csv.DictWriter(stream, columns)
            writer.writeheader()
            writer.writerows(content)


def _declarations(story: Story, cited: Mapping[declaring.Key, str]) -> Iterable[Row]:
    total, covered = story.procedures or (None, None)
    for edition, kind, day in story.declared:
        scope = {} if kind == "withdraw" else {"tthc_covered": covered, "tthc_total": total}
        document = cited.get((story.place.code, kind, day))
        yield {
            "unit": story.place.code,
            "edition": edition,
            "kind": kind,
            "date": day,
            "document": document,
            **scope,
        }


def _merged_away() -> Iterable[Row]:
    for code, day in MERGED.values():
        yield {"unit": code, "edition": OLD, "kind": "declare", "date": day}


def _procedures(story: Story) -> Row:
    total, covered = story.procedures or (0, 0)
    received = total * (9 if story.place.block is Block.COMMUNE else 4)
    waiting = received // 23
    online = received // 5
    linked, between = total // 6, total // 20
    return {
        "unit": story.place.code,
        "as_of": COUNTED_ON,
        "total": total,
        "covered": covered,
        "not_linked": total - linked - between,
        "linked_same_level": linked,
        "linked_between_levels": between,
        "online_full": total // 9,
        "online_partial": total // 4,
        "carried_over": 0,
        "received_online": online,
        "received_in_person": received - online,
        "resolved": received - waiting,
        "in_progress": waiting,
        "late": round(waiting * (1 - story.quality)),
    }


def _audits(
    audited: Sequence[Story], replies: Mapping[str, Sequence[Reply]], checklists: Mapping[Block, Checklist]
) -> dict[str, list[Row]]:
    audits: list[Row] = []
    answers: list[Row] = []
    findings: list[Row] = []
    in_order = sorted(audited, key=lambda each: (list(Group).index(each.group), each.audited_on, each.place.code))
    for number, story in enumerate(in_order, 1):
        reference = f"{YEAR}-KT-{number:03}"
        checklist = checklists[story.place.block]
        minuted_on = story.audited_on or COUNTED_ON
        audits.append(
            {
                "audit": reference,
                "unit": story.place.code,
                "programme_year": YEAR,
                "mode": "on_site",
                "purpose": "full",
                "checklist": checklist.id,
                "version": checklist.version,
                "planned_on": minuted_on,
                "minuted_on": minuted_on,
            }
        )
        for reply in replies[story.place.code]:
            key = {"audit": reference, "criterion": reply.criterion, "grade": reply.grade.value}
            answers.append(key | {"note": reply.note})
            if reply.due_on is not None:
                findings.append(key | {"due_on": reply.due_on})
    return {"audits": audits, "answers": answers, "nonconformities": findings}
