"""The groups of units that the figures of the roll-up count, so that each number leads to the units behind it.

A group is a name in the address (`?nhom=`), what it is called, and who belongs. All but those of `ANYBODY` leave out
the exempt, as the counts do. Statuses, bands and the like are filters of their own (`filters`).
"""

from collections.abc import Callable
from dataclasses import dataclass

from flask_babel import LazyString
from flask_babel import lazy_gettext as _l

from isoaudit.domain.figures import UnitLine
from isoaudit.domain.vocabulary import Maintained, Status

RIGHT = (Maintained.VERIFIED, Maintained.REPORTED)
"""The two values that mean: maintained."""


@dataclass(frozen=True, slots=True)
class Group:
    """What a group is called at the head of its list, and who belongs to it."""

    name: LazyString
    holds: Callable[[UnitLine], bool]

    def __contains__(self, line: object) -> bool:
        return isinstance(line, UnitLine) and not line.exempt and self.holds(line)


GROUPS: dict[str, Group] = {
    "xem-xet": Group(_l("Đơn vị được xem xét (trừ không thuộc đối tượng áp dụng)"), lambda line: True),
    "cong-bo": Group(_l("Đã công bố theo phiên bản còn được công nhận"), lambda line: line.accepted),
    "chua-cong-bo": Group(_l("Chưa công bố theo phiên bản còn được công nhận"), lambda line: not line.accepted),
    "phai-ap-dung": Group(_l("Bắt buộc hoặc theo lộ trình của tỉnh"), lambda line: line.obliged),
    "phai-ap-dung-da-cong-bo": Group(
        _l("Bắt buộc hoặc theo lộ trình, đã công bố"), lambda line: line.obliged and line.accepted
    ),
    "phai-ap-dung-chua-cong-bo": Group(
        _l("Bắt buộc hoặc theo lộ trình, chưa công bố"), lambda line: line.obliged and not line.accepted
    ),
    "thuoc-dien": Group(_l("Thuộc diện chuyển đổi"), lambda line: line.in_baseline),
    "thuoc-dien-da-chuyen": Group(
        _l("Thuộc diện chuyển đổi, đã chuyển đổi"),
        lambda line: line.in_baseline and line.status is Status.CONVERTED,
    ),
    "thuoc-dien-chua-chuyen": Group(
        _l("Thuộc diện chuyển đổi, chưa chuyển đổi xong"),
        lambda line: line.in_baseline and line.status is not Status.CONVERTED,
    ),
    "qua-han": Group(_l("Quá hạn chuyển đổi"), lambda line: line.overdue),
    "cong-bo-lai": Group(_l("Cần công bố lại"), lambda line: line.redeclaration_due),
    "xet-duy-tri": Group(
        _l("Được xét việc duy trì, cải tiến"), lambda line: line.maintained is not Maintained.NOT_APPLICABLE
    ),
    "duy-tri-dung": Group(_l("Thực hiện đúng việc duy trì, cải tiến"), lambda line: line.maintained in RIGHT),
    "da-kiem-tra": Group(_l("Đã kiểm tra toàn diện tại trụ sở trong kỳ"), lambda line: line.audit is not None),
    "chua-kiem-tra": Group(_l("Chưa kiểm tra toàn diện tại trụ sở trong kỳ"), lambda line: line.audit is None),
    "co-tthc": Group(_l("Có số liệu TTHC trong kỳ"), lambda line: line.procedures is not None),
    "tthc-du": Group(
        _l("Áp dụng cho toàn bộ TTHC"),
        lambda line: line.procedures is not None and line.procedures.covered == line.procedures.total > 0,
    ),
}
