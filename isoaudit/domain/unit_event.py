"""How units come and go by a decision: merged, split, changed, ended (RULES §2)."""

from isoaudit.domain.vocabulary import Word


class EventKind(Word):
    """What a decision does with units."""

    MERGE = "merge", "sáp nhập, hợp nhất", "merger"
    SPLIT = "split", "chia, tách", "split"
    CHANGE = "change", "đổi tên, mã, loại hoặc cấp trên", "change of name, code, kind or parent"
    DISSOLVE = "dissolve", "giải thể, kết thúc hoạt động", "dissolution"
