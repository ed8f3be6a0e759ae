"""What the meeting is asked for when the office writes nothing: what follows from the figures. Every number is one that
the dashboard tells of the same day, in the same words, so that whoever doubts it finds the rows behind it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from isoaudit.domain.numbers import count_text
from isoaudit.export.briefing.content import Briefing


class Topic(StrEnum):
    """What an ask is about; a screen leads from it to the rows counted."""

    DECISIONS = "decisions"
    OVERDUE = "overdue"
    UNDECLARED = "undeclared"
    UNCONVERTED = "unconverted"


@dataclass(frozen=True, slots=True)
class Ask:
    """One thing that the meeting is asked for, without a full stop; `topic` is None for the office's own words."""

    text: str
    topic: Topic | None = None


def asks(content: Briefing) -> tuple[Ask, ...]:
    """The office's words, or what follows from the figures; never none."""
    own = tuple(Ask(" ".join(each.split())) for each in content.asks if each.strip())
    return own or tuple(_following(content)) or (Ask("Tình hình nêu trên và nhiệm vụ thời gian tới"),)


def _following(content: Briefing) -> Iterator[Ask]:
    total, found = content.rollup.total, content.rollup.nonconformities
    late = sum(bool(each.days) for each in content.pending)
    undeclared, unconverted = total.obliged - total.declared_obliged, total.baseline - total.baseline_converted
    if late:
        yield Ask(f"Xử lý {count_text(late)} quyết định quá hạn thực hiện", Topic.DECISIONS)
    if found.overdue:
        yield Ask(f"Chỉ đạo khắc phục dứt điểm {count_text(found.overdue)} tồn tại quá hạn", Topic.OVERDUE)
    if undeclared:
        yield Ask(f"Đôn đốc {count_text(undeclared)} đơn vị bắt buộc hoặc theo lộ trình chưa công bố", Topic.UNDECLARED)
    if unconverted:
        who = f"{count_text(unconverted)} đơn vị thuộc diện chuyển đổi, chưa chuyển đổi xong"
        yield Ask(f"Đôn đốc {who}", Topic.UNCONVERTED)
