"""The office's forms: a document, its file, a task of the year, the settings of the province, a workbook."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, MultipleFileField
from wtforms import BooleanField, HiddenField, SelectChoice, SelectField
from wtforms.validators import NumberRange, Optional

from isoaudit.db import Document, Task
from isoaudit.domain.measures import Measure
from isoaudit.domain.vocabulary import Block, DocumentKind, ResultLevel
from isoaudit.http.errors import language
from isoaudit.services.cited import LONGEST
from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import (
    CHOOSE,
    REQUIRED,
    WORDS_REQUIRED,
    DayField,
    LineField,
    TextField,
    WholeField,
    at_most,
    year_range,
)


class DocumentForm(Form):
    """What identifies an official document. In a correction, the reason and the revision that the person saw."""

    number = LineField(
        _l("Số, ký hiệu"),
        validators=[WORDS_REQUIRED, at_most(64)],
        description=_l("Ví dụ: 127/QĐ-UBND, 166/SKHCN-TĐC."),
    )
    kind = SelectField(_l("Loại văn bản"), validators=[CHOOSE])
    issuer = LineField(_l("Cơ quan ban hành"), validators=[WORDS_REQUIRED, at_most(200)])
    issued_on = DayField(_l("Ngày ban hành"), validators=[REQUIRED])
    subject = TextField(_l("Trích yếu"), validators=[WORDS_REQUIRED, at_most(2000)])
    why = TextField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])

    def __init__(self, *given: Any, standing: Document | None = None, **named: Any) -> None:
        super().__init__(*given, **named)
        known = [SelectChoice(kind.value, f"{kind.label(language())} ({kind.value})") for kind in DocumentKind]
        if standing is not None and standing.kind not in {choice.value for choice in known}:
            known.append(SelectChoice(standing.kind, standing.kind))
        self.kind.choices = [SelectChoice("", _l("– chọn –")), *known]

    def values(self) -> dict[str, Any]:
        """The columns by name."""
        return {name: self[name].data for name in ("number", "kind", "issuer", "issued_on", "subject")}


class CitedForm(Form):
    """A text whose citations are to be read."""

    text = TextField(
        _l("Nội dung văn bản"),
        validators=[WORDS_REQUIRED, at_most(LONGEST)],
        description=_l("Dán nội dung báo cáo, tờ trình… chép từ Word, PDF hay trang web."),
    )


class DocumentFileForm(Form):
    """The file of a document; replacing one needs a reason."""

    file = FileField(_l("Tệp văn bản (PDF, ảnh, DOCX, XLSX)"), validators=[FileRequired(_l("Hãy chọn một tệp."))])
    why = LineField(_l("Lý do thay tệp"), validators=[at_most(500)])


class TaskForm(Form):
    """A task of the year: what, until when, how far it has come."""

    year = WholeField(_l("Năm"), validators=[REQUIRED, year_range()])
    group_name = LineField(
        _l("Nhiệm vụ chung (nhóm)"), validators=[WORDS_REQUIRED, at_most(300)], render_kw={"list": "task-groups"}
    )
    task = TextField(_l("Nhiệm vụ cụ thể"), validators=[WORDS_REQUIRED, at_most(2000)])
    due_on = DayField(_l("Hạn hoàn thành"), validators=[Optional()])
    completed_on = DayField(_l("Ngày hoàn thành"), validators=[Optional()])
    content_complete = BooleanField(_l("Đã hoàn thành đủ nội dung"))
    result = TextField(_l("Kết quả thực hiện"), validators=[at_most(4000)])
    mark = SelectField(
        _l("Mức kết quả ấn định"),
        default="",
        description=_l("Để trống thì hệ thống tự xác định theo hạn, ngày hoàn thành và nội dung."),
    )
    measure = SelectField(
        _l("Lấy kết quả từ số liệu"),
        default="",
        description=_l(
            "Số liệu cho biết đã làm được bao nhiêu, xong ngày nào; người phụ trách xác nhận hoặc ghi khác."
        ),
    )
    measure_block = SelectField(_l("Chỉ tính khối"), default="")
    measure_share = WholeField(
        _l("Chỉ tiêu phải đạt (%)"), validators=[Optional()], description=_l("Để trống: phải đạt 100%.")
    )
    note = TextField(
        _l("Ghi chú"), validators=[at_most(2000)], description=_l("Khi ấn định mức kết quả, ghi lý do ở đây.")
    )
    document = LineField(
        _l("Văn bản làm căn cứ"),
        validators=[at_most(120)],
        description=_l("Số, ký hiệu của văn bản trong sổ, ví dụ 41/KH-SKHCN."),
    )
    why = TextField(_l("Lý do cập nhật"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.mark.choices = [
            SelectChoice("", _l("Tự động")),
            *(SelectChoice(level.value, level.label(language())) for level in ResultLevel),
        ]
        self.measure.choices = [
            SelectChoice("", _l("– không, người phụ trách tự ghi –")),
            *(SelectChoice(each.value, each.label(language()).capitalize()) for each in Measure),
        ]
        self.measure_block.choices = [
            SelectChoice("", _l("– mọi khối –")),
            *(SelectChoice(each.value, each.label(language())) for each in Block),
        ]

    def fill(self, row: Task) -> None:
        """Show a standing task."""
        for name in ("year", "group_name", "task", "due_on", "completed_on", "content_complete", "result", "note"):
            self[name].data = getattr(row, name)
        self.mark.data = row.mark.value if row.mark else ""
        self.measure.data, self.measure_share.data = row.measure or "", row.measure_share
        self.measure_block.data = row.measure_block.value if row.measure_block else ""

    def values(self) -> dict[str, Any]:
        """The columns by name; content is said to be complete or incomplete only once the task is completed."""
        names = ("year", "group_name", "task", "due_on", "completed_on", "result", "note")
        complete = bool(self.content_complete.data) if self.completed_on.data or self.content_complete.data else None
        mark = ResultLevel(self.mark.data) if self.mark.data else None
        measured = {
            "measure": self.measure.data or None,
            "measure_block": Block(self.measure_block.data) if self.measure_block.data else None,
            "measure_share": self.measure_share.data,
        }
        return {name: self[name].data for name in names} | {"content_complete": complete, "mark": mark} | measured


class MeasuredForm(Form):
    """What the data say of a task, to be confirmed or overridden with a reason."""

    completed_on = DayField(_l("Ngày hoàn thành"), validators=[Optional()])
    content_complete = BooleanField(_l("Đã hoàn thành đủ nội dung"))
    result = TextField(_l("Kết quả thực hiện"), validators=[WORDS_REQUIRED, at_most(4000)])
    why = TextField(
        _l("Lý do nếu ghi khác số liệu"), validators=[at_most(400)], description=_l("Bỏ trống khi ghi theo số liệu.")
    )
    revision = HiddenField(validators=[Optional()])


class SettingsForm(Form):
    """What the province's papers say, and whose figures they are."""

    province = LineField(
        _l("Tỉnh"),
        validators=[WORDS_REQUIRED, at_most(100)],
        description=_l("Tên tỉnh, không ghi chữ “Tỉnh”. Đổi tên này là chuyển sang danh sách đơn vị của tỉnh khác."),
    )
    committee = LineField(_l("Tên Ban Chỉ đạo"), validators=[WORDS_REQUIRED, at_most(200)])
    parent_body = LineField(_l("Cơ quan chủ quản"), validators=[WORDS_REQUIRED, at_most(200)])
    issuer = LineField(_l("Cơ quan ban hành"), validators=[WORDS_REQUIRED, at_most(200)])
    issuer_code = LineField(
        _l("Chữ viết tắt của cơ quan trong số văn bản"),
        validators=[WORDS_REQUIRED, at_most(32)],
        description=_l("Ví dụ: SKHCN."),
    )
    place = LineField(_l("Địa danh"), validators=[WORDS_REQUIRED, at_most(100)])
    authority_line = LineField(
        _l("Quyền hạn ký"),
        validators=[at_most(100)],
        description=_l("Ví dụ: KT. GIÁM ĐỐC. Để trống khi người đứng đầu ký."),
    )
    signer_title = LineField(_l("Chức vụ người ký"), validators=[WORDS_REQUIRED, at_most(100)])
    signer = LineField(_l("Họ tên người ký"), validators=[at_most(100)])
    percent_decimals = WholeField(
        _l("Số chữ số thập phân của tỷ lệ"),
        validators=[REQUIRED, NumberRange(0, 3, message=_l("Chọn từ 0 đến 3."))],
    )


class WorkbookForm(Form):
    """A province workbook to be looked at, and then imported."""

    file = MultipleFileField(
        _l("Tệp XLSX, các tệp CSV, hoặc tệp zip chứa các tệp CSV"),
        validators=[FileRequired(_l("Hãy chọn một tệp XLSX, các tệp CSV, hoặc một tệp zip."))],
        render_kw={"accept": ".xlsx,.csv,.zip"},
    )
