"""What the steering committee decided in the example year, and how far it has come; made up, as everything here."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from isoaudit.db import Unit
from isoaudit.domain.decision import StepKind
from isoaudit.domain.localday import local_day
from isoaudit.domain.vocabulary import Block
from isoaudit.services import decisions, log
from isoaudit.services.decisions import Follow
from isoaudit.services.exampleyear import story

SPRING, AUTUMN = date(story.YEAR, 5, 12), date(story.YEAR, 10, 20)
"""The days of the two meetings."""


@dataclass(frozen=True, slots=True)
class _Decided:
    on: date
    text: str
    to: str
    due_on: date
    block: Block | None = None
    unit: str = ""
    steps: tuple[Follow, ...] = ()


_OF_ALL = (
    _Decided(
        SPRING,
        "Hoàn thành chuyển đổi sang TCVN ISO 9001:2015, công bố lại và báo cáo cơ quan thường trực.",
        "Các sở, ban, ngành chưa chuyển đổi",
        date(story.YEAR, 9, 30),
        Block.AGENCY,
        steps=(
            Follow(
                StepKind.PROGRESS, date(story.YEAR, 8, 3), "Phần lớn đã chuyển đổi; một số đơn vị chưa công bố lại."
            ),
        ),
    ),
    _Decided(
        SPRING,
        "Bố trí kinh phí duy trì hệ thống cho cấp xã trong dự toán năm sau.",
        "Sở Tài chính",
        date(story.YEAR, 12, 15),
        steps=(Follow(StepKind.DONE, date(story.YEAR, 12, 10), "Đã đưa vào dự toán trình HĐND tỉnh."),),
    ),
    _Decided(
        AUTUMN,
        "Hoàn thành xây dựng, công bố hệ thống theo kế hoạch của tỉnh.",
        "UBND cấp xã xây dựng mới năm 2020",
        date(story.YEAR, 12, 20),
        Block.COMMUNE,
    ),
)


def load(
    session: Session, units: Sequence[Unit], stories: Sequence[story.Story], *, by: log.Actor, now: datetime
) -> None:
    """Record the decisions and their follow-up, as far as they lie behind today."""
    keys = {unit.code: unit.id for unit in units}
    waiting = next((each for each in stories if each.group is story.Group.MAINTAINING and not each.audited_on), None)
    told = list(_OF_ALL)
    if waiting is not None:
        code = waiting.place.code
        text = "Kiện toàn Ban chỉ đạo ISO, đánh giá nội bộ và báo cáo kết quả duy trì hệ thống."
        told.append(_Decided(AUTUMN, text, "Chủ tịch UBND xã", date(story.YEAR, 12, 31), unit=code))
    for each in told:
        values: dict[str, Any] = {
            "unit_id": keys.get(each.unit),
            "block": each.block,
            "decided_on": each.on,
            "document_id": None,
            "text": each.text,
            "addressed_to": each.to,
            "due_on": each.due_on,
        }
        if each.on > local_day(now):
            continue
        row = decisions.enter(session, values, example=True, by=by, now=now)
        for step in each.steps:
            if step.on_day <= local_day(now):
                decisions.follow_up(session, row.id, step, by=by, now=now)
