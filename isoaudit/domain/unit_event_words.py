"""The closed lists of arrangements of units: their kinds, and what becomes of what hangs on units that end."""

from isoaudit.domain.vocabulary import Word


class EventKind(Word):
    """What a decision does with units."""

    MERGE = "merge", "sáp nhập, hợp nhất", "merger"
    SPLIT = "split", "chia, tách", "split"
    CHANGE = "change", "đổi tên, mã, loại hoặc cấp trên", "change of name, code, kind or parent"
    DISSOLVE = "dissolve", "giải thể, kết thúc hoạt động", "dissolution"


class PlannedAudits(Word):
    """What becomes of audits planned, for the day or later, at units that end and go on as no other."""

    KEEP = "keep", "để nguyên, xử lý sau", "leave, handle later"
    MOVE = "move", "chuyển sang đơn vị nhận", "move to the receiver"
    CANCEL = "cancel", "hủy, lý do là quyết định này", "cancel, the decision being the reason"


class OpenFindings(Word):
    """What becomes of their open nonconformities (RULES §7: closed by document)."""

    KEEP = "keep", "để nguyên, xử lý từng điểm sau", "leave, handle one by one"
    TRANSFERRED = "transferred", "đóng: chuyển đơn vị tiếp nhận", "close: transferred to the successor"
    ENDED = "ended_with_unit", "đóng: kết thúc cùng đơn vị", "close: ended with the unit"


class Record(Word):
    """What may rest on a unit, by the name of its table."""

    DECLARATION = "declaration", "công bố", "declarations"
    MILESTONE = "milestone", "nội dung đã thực hiện", "milestones"
    ACTIVITY = "activity", "việc hằng năm", "yearly activities"
    PROCEDURES = "procedures", "số liệu TTHC", "procedures"
    EXEMPTION = "exemption", "không thuộc đối tượng áp dụng", "exemptions"
    OBLIGATION = "obligation", "diện áp dụng", "obligations"
    AUDIT = "audit", "cuộc kiểm tra", "audits"
    NONCONFORMITY = "nonconformity", "điểm không phù hợp", "nonconformities"
    MEMBERSHIP = "unit_membership", "tài khoản của đơn vị", "accounts of the unit"
    SUCCESSION = "succession", "lần sắp xếp khác", "other arrangements"
    UNIT = "unit", "đơn vị trực thuộc", "units below it"
    DECISION = "decision", "quyết định của Ban Chỉ đạo", "decisions of the committee"
    OTHER = "other", "dữ liệu khác", "other records"
