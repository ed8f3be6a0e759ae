"""The fields that a template of a paper may name: each with what it holds, for whoever writes a template.

A text field is one text, empty when nothing is known; a list has lines, each with fields of its own. What is not known
yet but belongs on every such paper (numbers, days) comes as dots.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

TEXTS: Mapping[str, str] = {
    "province": "tên tỉnh",
    "town": "địa danh trước ngày tháng",
    "parent_body": "cơ quan chủ quản, chữ in hoa",
    "issuer": "cơ quan ban hành, chữ in hoa",
    "office": "cơ quan ban hành, viết trong câu",
    "issuer_code": "chữ viết tắt của cơ quan trong số văn bản",
    "authority_line": "quyền hạn ký (TM., KT., TL.)",
    "signer_title": "chức vụ người ký",
    "signer": "họ tên người ký",
    "committee": "tên Ban Chỉ đạo",
    "standard": "tiêu chuẩn của phiếu kiểm tra",
    "year": "năm của kế hoạch hoặc của cuộc kiểm tra",
    "programme": "câu nêu kế hoạch kiểm tra và số văn bản",
    "unit": "đơn vị được kiểm tra; nhiều đơn vị: số đơn vị, danh sách kèm theo",
    "addressee": "nơi gửi: đơn vị được kiểm tra, hoặc các đơn vị theo danh sách kèm theo",
    "single": "có chữ khi giấy tờ chỉ nói về một đơn vị",
    "several": "có chữ khi giấy tờ nói về nhiều đơn vị",
    "units_count": "số đơn vị",
    "references": "số hiệu cuộc kiểm tra",
    "days": "ngày, hoặc từ ngày đến ngày kiểm tra",
    "place": "nơi làm việc",
    "began": "giờ bắt đầu làm việc",
    "purpose": "mục đích kiểm tra",
    "head": "trưởng đoàn",
    "secretary": "thư ký đoàn",
    "decision": "quyết định thành lập đoàn, có số và ngày",
    "announced": "thông báo lịch kiểm tra, có số và ngày",
    "minutes": "biên bản kiểm tra, có số và ngày",
    "team_report": "báo cáo của đoàn, có số và ngày",
    "notice": "thông báo kết luận, có số và ngày",
    "request": "văn bản yêu cầu khắc phục, có số và ngày",
    "remedy": "báo cáo khắc phục của đơn vị, có số và ngày",
    "report_due": "hạn gửi báo cáo của đơn vị",
    "remedy_due": "hạn khắc phục muộn nhất",
    "minuted": "ngày lập biên bản",
    "seen": "câu về số nội dung đã kiểm tra theo kết quả",
    "remarks": "nhận xét chung của đoàn",
    "strengths": "ưu điểm",
    "opinion": "ý kiến của đơn vị",
    "score": "câu về điểm và xếp loại, chỉ khi Ban Chỉ đạo đã quyết định thang xếp loại",
    "findings_count": "số tồn tại, hạn chế",
    "no_findings": "có chữ khi không có tồn tại, hạn chế",
    "suggestions_count": "số khuyến nghị",
    "contested_count": "số nội dung đơn vị bảo lưu ý kiến",
    "changes_count": "số nội dung mà kết luận thay đổi kết quả",
    "open_count": "số tồn tại, hạn chế chưa khắc phục xong",
    "none_open": "có chữ khi đã khắc phục xong",
    "nobody": "có chữ khi chưa ghi ai của đơn vị dự làm việc",
    "dossiers": "câu về hồ sơ thủ tục hành chính đã xem xét",
    "next_year": "năm sau",
}

_FINDING = {
    "number": "số thứ tự",
    "code": "mã nội dung kiểm tra",
    "text": "nội dung kiểm tra",
    "belongs": "điều khoản hoặc quy định, vị trí",
    "note": "điều đã thấy",
    "request": "yêu cầu của đoàn",
    "due": "thời hạn",
    "unit": "đơn vị",
}
_UNIT = {
    "number": "số thứ tự",
    "name": "tên đơn vị",
    "day": "ngày kiểm tra",
    "reference": "số hiệu cuộc kiểm tra",
    "missing": "số nội dung còn thiếu",
    "reason": "lý do đề xuất",
}
LISTS: Mapping[str, Mapping[str, str]] = {
    "team": {
        "number": "số thứ tự",
        "name": "họ tên",
        "position": "chức vụ, đơn vị công tác",
        "role": "vai trò trong đoàn",
        "contents": "nội dung được phân công",
        "told": "họ tên, chức vụ, vai trò trong một câu",
    },
    "attending": {"name": "họ tên", "position": "chức vụ", "told": "họ tên, chức vụ trong một câu"},
    "units": _UNIT,
    "returning": _UNIT,
    "sessions": {
        "number": "số thứ tự",
        "day": "ngày",
        "time": "từ giờ đến giờ",
        "position": "vị trí làm việc",
        "content": "nội dung",
        "members": "thành viên phụ trách",
        "partner": "người làm việc của đơn vị",
    },
    "findings": _FINDING,
    "suggestions": _FINDING,
    "remaining": _FINDING,
    "decisions": {
        "number": "số thứ tự",
        "code": "mã nội dung kiểm tra",
        "text": "nội dung kiểm tra",
        "note": "điều ghi trong biên bản",
        "said": "ý kiến của đơn vị",
        "view": "ý kiến của đoàn",
        "result": "kết luận",
        "reason": "lý do",
    },
    "corrections": _FINDING | {"state": "kết quả khắc phục", "evidence": "minh chứng"},
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known for a paper: texts by field, lines of lists by field; `dated` goes into the file's properties,
    `issued_on` and `number` are those already given to the paper, if any."""

    texts: Mapping[str, str]
    dated: date
    lists: Mapping[str, Sequence[Mapping[str, str]]] = field(default_factory=dict)
    issued_on: date | None = None
    number: str = ""
    signer: str = ""

    def lines(self, name: str) -> Sequence[Mapping[str, str]]:
        """The lines of a list; none when nothing is known."""
        return self.lists.get(name, ())
