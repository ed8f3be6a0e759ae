"""The closed lists of words that code, files, screens and paper share, each with its Vietnamese and English label.

Values are the code names of RULES and of the files of CONTRACT §3; labels follow the glossary. What is data of the
province (editions, steps, criteria, bands) is not here. Sentences of messages live in `isoaudit.domain.messages`.

Rules that run for every fact of ten thousand units name the members that they compare with once, at the head of their
module: Python 3.11 looks a member up in its class by calling a function, which takes longer than the comparison.
"""

from enum import StrEnum


class Word(StrEnum):
    """A member of a closed list: its value is the code name, `vi` and `en` what people read."""

    vi: str
    en: str

    def __new__(cls, value: str, vi: str = "", en: str = "") -> "Word":
        member = str.__new__(cls, value)
        member._value_ = value
        member.vi = vi or value
        member.en = en or value
        return member

    def label(self, language: str = "vi") -> str:
        """The word as people read it; `language` is "vi" or "en"."""
        return self.en if language == "en" else self.vi


class UnitKind(Word):
    """What a unit is (RULES §2)."""

    AGENCY = "agency", "Sở, ban, ngành", "Provincial agency"
    SUB_AGENCY = "sub_agency", "Chi cục và tương đương", "Sub-department"
    DISTRICT = "district", "Huyện, thị xã, thành phố", "District"
    COMMUNE = "commune", "Xã", "Commune"
    WARD = "ward", "Phường", "Ward"
    TOWNSHIP = "township", "Thị trấn", "Township"
    SPECIAL_ZONE = "special_zone", "Đặc khu", "Special zone"


class Block(Word):
    """The group of units that the report counts together (RULES §2); the order is that of the report."""

    AGENCY = "agency", "Sở, ban, ngành", "Provincial agencies"
    DISTRICT = "district", "Cấp huyện", "Districts"
    COMMUNE = "commune", "Cấp xã", "Communes"


BLOCK_OF: dict[UnitKind, Block] = {
    UnitKind.AGENCY: Block.AGENCY,
    UnitKind.SUB_AGENCY: Block.AGENCY,
    UnitKind.DISTRICT: Block.DISTRICT,
    UnitKind.COMMUNE: Block.COMMUNE,
    UnitKind.WARD: Block.COMMUNE,
    UnitKind.TOWNSHIP: Block.COMMUNE,
    UnitKind.SPECIAL_ZONE: Block.COMMUNE,
}


class Relation(Word):
    """How a unit passes into another (RULES §2)."""

    CONTINUED = "continued", "tiếp tục", "continued"
    ABSORBED = "absorbed", "sáp nhập vào", "absorbed into"
    CONSOLIDATED = "consolidated", "hợp nhất thành", "consolidated into"
    SPLIT = "split", "chia tách thành", "split into"


class Obligation(Word):
    """Whether a unit must apply the system (RULES §2)."""

    MANDATORY = "mandatory", "bắt buộc", "mandatory"
    PLANNED = "planned", "theo lộ trình của tỉnh", "in the province's road map"
    ENCOURAGED = "encouraged", "khuyến khích", "encouraged"


class DeclarationKind(Word):
    """What a declaration does (RULES §3)."""

    DECLARE = "declare", "công bố", "declaration"
    REDECLARE = "redeclare", "công bố lại", "re-declaration"
    WITHDRAW = "withdraw", "chấm dứt hiệu lực công bố", "withdrawal"


class ActivityKind(Word):
    """A yearly activity of a unit (RULES §3)."""

    INTERNAL_AUDIT = "internal_audit", "đánh giá nội bộ", "internal audit"
    MANAGEMENT_REVIEW = "management_review", "xem xét của lãnh đạo", "management review"
    OBJECTIVES = "objectives", "mục tiêu chất lượng của năm", "quality objectives of the year"
    PROCEDURES_UPDATED = "procedures_updated", "cập nhật quy trình", "procedures updated"
    TRAINING = "training", "đào tạo, tập huấn", "training"
    REPORT_SENT = "report_sent", "gửi báo cáo năm", "yearly report sent"


class Status(Word):
    """Conversion status of a unit on a day (RULES §4)."""

    EXEMPT = "exempt", "không thuộc đối tượng áp dụng", "exempt"
    CONVERTED = "converted", "đã chuyển đổi", "converted"
    NEWLY_APPLIED = "newly_applied", "xây dựng, áp dụng mới", "newly applied"
    CONVERTING = "converting", "đang chuyển đổi", "converting"
    NOT_CONVERTED = "not_converted", "chưa chuyển đổi", "not converted"
    STOPPED = "stopped", "đã ngừng áp dụng", "stopped"
    TO_REDECLARE = "to_redeclare", "tiếp nhận từ đơn vị cũ, chưa công bố lại", "to be re-declared"
    BUILDING = "building", "đang xây dựng", "building"
    NOT_STARTED = "not_started", "chưa triển khai", "not started"


class Maintained(Word):
    """Whether a unit keeps up its system in a year (RULES §5)."""

    VERIFIED = "verified", "đúng, đã kiểm chứng", "maintained, verified"
    REPORTED = "reported", "đúng, theo báo cáo", "maintained, as reported"
    NOT_DUE = "not_due", "chưa đến hạn", "not yet due"
    FAILING = "failing", "chưa thực hiện đúng", "failing"
    NOT_APPLICABLE = "not_applicable", "không xét", "not applicable"


class Mode(Word):
    """How an audit is carried out (RULES §6)."""

    ON_SITE = "on_site", "tại trụ sở", "on site"
    FILES = "files", "qua hồ sơ, báo cáo", "through files and reports"
    SELF = "self", "tự đánh giá", "self-assessment"


class Purpose(Word):
    """What an audit is for (RULES §6)."""

    FULL = "full", "toàn diện", "full"
    FOLLOW_UP = "follow_up", "phúc tra", "follow-up"


class Grade(Word):
    """Grade of a criterion in an audit (RULES §6), best first."""

    CONFORMITY = "conformity", "phù hợp", "conformity"
    OPPORTUNITY = "opportunity", "khuyến nghị", "opportunity for improvement"
    MINOR = "minor", "không phù hợp nhẹ", "minor nonconformity"
    MAJOR = "major", "không phù hợp nặng", "major nonconformity"
    NOT_APPLICABLE = "not_applicable", "không áp dụng", "not applicable"


class AuditState(Word):
    """Where an audit is in its life (RULES §6)."""

    PLANNED = "planned", "đã lên kế hoạch", "planned"
    UNDER_WAY = "under_way", "đang kiểm tra", "under way"
    SIGNED = "signed", "đã ký, chờ thiết bị", "signed, waiting for devices"
    MINUTED = "minuted", "đã lập biên bản", "minuted"
    CONCLUDED = "concluded", "đã thông báo kết luận", "concluded by notice"
    CANCELLED = "cancelled", "đã hủy", "cancelled"


class NonconformityState(Word):
    """Where a nonconformity is in its life (RULES §7)."""

    OPEN = "open", "đang mở", "open"
    ANSWERED = "answered", "đơn vị đã giải trình", "answered by the unit"
    IMPLEMENTED = "implemented", "đã khắc phục, chờ kiểm chứng", "implemented"
    CLOSED = "closed", "đã đóng", "closed"


class Outcome(Word):
    """How a nonconformity was closed (RULES §7)."""

    VERIFIED = "verified", "đã kiểm chứng", "verified"
    TRANSFERRED = "transferred", "chuyển đơn vị kế thừa", "transferred to the successor"
    ENDED_WITH_UNIT = "ended_with_unit", "kết thúc cùng đơn vị", "ended with the unit"


class ResultLevel(Word):
    """Result level of a task on a day (RULES §8)."""

    DONE_WELL = "done_well", "Hoàn thành tốt", "Done well"
    DONE = "done", "Hoàn thành", "Done"
    DONE_LATE = "done_late", "Hoàn thành chậm", "Done late"
    IN_PROGRESS = "in_progress", "Đang thực hiện", "In progress"
    NOT_DONE = "not_done", "Chưa hoàn thành", "Not done"


class Role(Word):
    """Role of an account; what each may do is the table in `isoaudit.domain.access`."""

    ADMINISTRATOR = "administrator", "Quản trị hệ thống", "Administrator"
    OFFICE = "office", "Cơ quan thường trực", "Standing office"
    INSPECTOR = "inspector", "Thành viên đoàn kiểm tra", "Inspector"
    COMMITTEE = "committee", "Ban Chỉ đạo ISO", "Steering committee"
    UNIT_OFFICER = "unit_officer", "Thư ký ISO của đơn vị", "Unit officer"


class TeamRole(Word):
    """Role of a person in the team of one audit."""

    HEAD = "head", "Trưởng đoàn", "Team head"
    MEMBER = "member", "Thành viên đoàn", "Team member"
    SECRETARY = "secretary", "Thư ký đoàn", "Team secretary"


class Where(Word):
    """The position that an inspector meets to answer a criterion."""

    ONE_STOP = "one_stop", "Bộ phận Một cửa", "One-stop desk"
    CIVIL_STATUS = "civil_status", "Tư pháp - Hộ tịch", "Justice and civil status"
    LAND = "land", "Địa chính - Xây dựng", "Land and construction"
    SOCIAL = "social", "Lao động - Xã hội", "Labour and social affairs"
    PROFESSIONAL = "professional", "Phòng chuyên môn", "Professional division"
    LEGAL = "legal", "Pháp chế", "Legal affairs"
    INSPECTORATE = "inspectorate", "Thanh tra", "Inspectorate"
    STAFFING = "staffing", "Tổ chức cán bộ", "Staffing"
    SUB_AGENCY = "sub_agency", "Đơn vị trực thuộc", "Subordinate body"
    RECORDS = "records", "Văn thư - Lưu trữ", "Records"
    ISO_SECRETARY = "iso_secretary", "Thư ký ISO", "ISO secretary"
    LEADER = "leader", "Lãnh đạo đơn vị", "Leader"


class Method(Word):
    """How a criterion is answered."""

    TRACE = "trace", "lần theo hồ sơ thật", "following real dossiers"
    RECORD = "record", "xem hồ sơ, tài liệu", "reading records"
    OBSERVE = "observe", "quan sát", "observing"
    ASK = "ask", "hỏi, phỏng vấn", "asking"


class PaperKind(Word):
    """A paper of an inspection's file, in the order in which they come about (FACTS §2, practice)."""

    DECISION = "decision", "Quyết định thành lập đoàn kiểm tra", "Decision setting up the team"
    SCHEDULE = "schedule", "Thông báo lịch, đề cương báo cáo", "Notice of the schedule with the report's outline"
    UNIT_REPORT = "unit_report", "Báo cáo của đơn vị", "The unit's report"
    ANNOUNCEMENT = "announcement", "Biên bản công bố quyết định", "Minutes of the announcement"
    PLAN = "plan", "Chương trình làm việc", "Working programme"
    MINUTES = "minutes", "Biên bản kiểm tra (bản ký)", "Signed minutes"
    TEAM_REPORT = "team_report", "Báo cáo của đoàn kiểm tra", "The team's report"
    NOTICE = "notice", "Thông báo kết luận", "Notice of conclusion"
    REQUEST = "request", "Văn bản yêu cầu khắc phục", "Request for correction"
    REMEDY = "remedy", "Báo cáo khắc phục", "Report on the correction"
    FOLLOW_UP = "follow_up", "Biên bản phúc tra", "Minutes of the follow-up"
    PROPOSAL = "proposal", "Đề xuất kiểm tra năm sau", "Proposal for next year's inspection"
    CLOSING = "closing", "Kết thúc hồ sơ", "Closing of the file"
    OTHER = "other", "Giấy tờ khác", "Other paper"


class DocumentKind(Word):
    """Kind of an official document, by the letters in its number (NĐ 30/2020/NĐ-CP, annex III)."""

    DECISION = "QĐ", "Quyết định", "Decision"
    PLAN = "KH", "Kế hoạch", "Plan"
    REPORT = "BC", "Báo cáo", "Report"
    MINUTES = "BB", "Biên bản", "Minutes"
    NOTICE = "TB", "Thông báo", "Notice"
    PROPOSAL = "TTr", "Tờ trình", "Proposal"
    LETTER = "CV", "Công văn", "Official letter"
    DECREE = "NĐ", "Nghị định", "Decree"
    RESOLUTION = "NQ", "Nghị quyết", "Resolution"
    CIRCULAR = "TT", "Thông tư", "Circular"
    DIRECTIVE = "CT", "Chỉ thị", "Directive"
    GUIDANCE = "HD", "Hướng dẫn", "Guidance"
