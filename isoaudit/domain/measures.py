"""How far a task has come, told by the data: how many of how many, and the day on which its aim was reached.

What is counted is gathered in `services.measuring`; a person confirms it or says otherwise, and only then does the
task's level follow (RULES §8).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from isoaudit.domain.documentwords import short_date
from isoaudit.domain.numbers import share_text
from isoaudit.domain.vocabulary import Word

ALL = 100
"""The aim, in percent, when none is given."""


class Measure(Word):
    """What is counted for a task."""

    INSPECTED = "inspected", "cuộc kiểm tra đã thực hiện, trên số theo kế hoạch năm", "audits made, of those planned"
    DECLARED = "declared", "đơn vị đã công bố, trên số được xem xét", "units that declared, of those considered"
    CONVERTED = "converted", "đơn vị đã chuyển đổi, trên số thuộc diện", "units converted, of those that have to"
    INTERNAL_AUDIT = "internal_audit", "đơn vị đã đánh giá nội bộ trong năm", "units with an internal audit"
    MANAGEMENT_REVIEW = (
        "management_review",
        "đơn vị đã xem xét của lãnh đạo trong năm",
        "units with a management review",
    )
    TRAINING = "training", "đơn vị đã đào tạo, tập huấn trong năm", "units that trained people"
    REPORT_SENT = "report_sent", "đơn vị đã gửi báo cáo năm", "units that sent the yearly report"
    CLOSED = "closed", "tồn tại đã đóng, trên số tồn tại trong năm", "nonconformities closed, of those of the year"
    REPORT_ISSUED = "report_issued", "báo cáo năm của tỉnh đã ban hành", "the province's yearly report issued"

    @property
    def by_block(self) -> bool:
        """Whether it can be counted for one block only."""
        return self not in (Measure.CLOSED, Measure.REPORT_ISSUED)


@dataclass(frozen=True, slots=True)
class Measured:
    """How many of how many by a day, and the day on which the aim was reached, None before."""

    done: int
    whole: int
    aim: int
    reached_on: date | None
    as_of: date

    @property
    def result(self) -> str:
        """The sentence that goes into the task: "12/16 (75,0%), tính đến ngày 18/11/2020"."""
        if not self.whole:
            return f"Chưa có gì để đếm, tính đến ngày {short_date(self.as_of)}"
        aimed = "" if self.aim == ALL else f"; chỉ tiêu {self.aim}%"
        return f"{share_text(self.done, self.whole)}{aimed}, tính đến ngày {short_date(self.as_of)}"


def measured(days: Iterable[date], whole: int, aim: int | None, as_of: date) -> Measured:
    """What the days on which each was done add up to by `as_of`.

    The aim is reached on the day of that one with which the share is not less than `aim` percent of the whole; an empty
    whole is never reached.
    """
    done = sorted(day for day in days if day <= as_of)
    aimed = ALL if aim is None else aim
    needed = -(-whole * aimed // 100)  # rounded up: 90% of 15 are 14
    reached = done[needed - 1] if 0 < needed <= len(done) else None
    return Measured(len(done), whole, aimed, reached, as_of)
