"""The forms of what is kept of units year by year beside their facts: quality objectives, reports owed, reminders,
money. `values()` gives what the services take; documents and units are typed, the view finds them."""

from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField, RadioField, SelectChoice, SelectField, StringField
from wtforms.validators import Optional

from isoaudit.db import MoneyLine, QualityObjective, ReportDuty
from isoaudit.domain import money
from isoaudit.domain.reporting import ReportPeriod
from isoaudit.domain.vocabulary import Block, Word
from isoaudit.http.errors import language
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

DOCUMENT = _l("Số văn bản, ví dụ 127/QĐ-UBND; nếu trùng số thì ghi thêm ngày: 127/QĐ-UBND ngày 15/01/2020.")


class KeptForm(Form):
    """What all have: the document, and in a correction the reason and the revision that the person saw."""

    document = LineField(lazy_pgettext("số ít", "Văn bản"), validators=[at_most(100)], description=DOCUMENT)
    why = TextField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])


def choices(kind: type[Word], *, first: Any = None) -> list[SelectChoice]:
    """The words of a list in the language of the request, after a first choice that stands for none."""
    found = [SelectChoice(each.value, each.label(language())) for each in kind]
    return found if first is None else [SelectChoice("", first), *found]


class ObjectiveForm(KeptForm):
    """A quality objective with target and result."""

    year = WholeField(_l("Năm"), validators=[REQUIRED, year_range()])
    objective = TextField(_l("Mục tiêu chất lượng"), validators=[WORDS_REQUIRED, at_most(1000)])
    measure = LineField(
        _l("Cách đo"),
        validators=[at_most(300)],
        description=_l("Ví dụ: số hồ sơ đúng hạn/tổng số hồ sơ đã giải quyết."),
    )
    target = LineField(
        _l("Chỉ tiêu"),
        validators=[WORDS_REQUIRED, at_most(100)],
        description=_l("Ví dụ: ≥ 98%; không quá 2 hồ sơ. Chỉ tiêu bằng số được so tự động với kết quả."),
    )
    result = LineField(_l("Kết quả"), validators=[at_most(100)], description=_l("Để trống khi chưa có kết quả."))
    result_on = DayField(
        _l("Kết quả tính đến ngày"),
        validators=[Optional()],
        description=_l(
            "Để trống thì là kết quả cả năm, đến ngày 31/12. Báo cáo chỉ lấy kết quả đến ngày chốt số liệu."
        ),
    )
    met = SelectField(
        _l("Đánh giá"), default="", description=_l("Để trống thì so kết quả với chỉ tiêu khi cả hai là số.")
    )
    source = LineField(
        _l("Nguồn số liệu"), validators=[at_most(300)], description=_l("Ví dụ: phần mềm một cửa điện tử, báo cáo năm.")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.met.choices = [
            SelectChoice("", _l("Theo số liệu, hoặc chưa có kết quả")),
            SelectChoice("dat", _l("Đạt")),
            SelectChoice("khong", _l("Không đạt")),
        ]

    def fill(self, row: QualityObjective) -> None:
        """Show a standing objective."""
        for name in ("year", "objective", "measure", "target", "result", "result_on", "source"):
            self[name].data = getattr(row, name)
        self.met.data = {True: "dat", False: "khong", None: ""}[row.met]

    def values(self) -> dict[str, Any]:
        """The columns by name, but the document."""
        names = ("year", "objective", "measure", "target", "result", "result_on", "source")
        met = {"dat": True, "khong": False}.get(self.met.data or "")
        return {name: self[name].data for name in names} | {"met": met}


class YearForm(Form):
    """A year alone."""

    year = WholeField(_l("Năm"), validators=[REQUIRED, year_range()])


class DeadlineForm(Form):
    """Reports owed for a period: by whom is chosen beside."""

    year = WholeField(_l("Năm"), validators=[REQUIRED, year_range()])
    period = SelectField(_l("Kỳ báo cáo"), validators=[CHOOSE])
    due_on = DayField(_l("Hạn gửi báo cáo"), validators=[REQUIRED])
    block = SelectField(_l("Cả khối"), default="", description=_l("Hoặc chọn từng đơn vị ở danh sách bên dưới."))
    why = LineField(
        _l("Lý do đổi hạn"), validators=[at_most(500)], description=_l("Chỉ cần khi đổi hạn đã giao cho đơn vị.")
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.period.choices = choices(ReportPeriod)
        self.block.choices = choices(Block, first=_l("– không –"))


class DutyForm(KeptForm):
    """One report owed: deadline, receipt, note."""

    due_on = DayField(_l("Hạn gửi báo cáo"), validators=[REQUIRED])
    received_on = DayField(_l("Ngày nhận"), validators=[Optional()])
    number = LineField(_l("Số báo cáo của đơn vị"), validators=[at_most(64)])
    note = TextField(_l("Ghi chú"), validators=[at_most(500)])

    def fill(self, row: ReportDuty) -> None:
        """Show a standing one."""
        for name in ("due_on", "received_on", "number", "note"):
            self[name].data = getattr(row, name)

    def values(self) -> dict[str, Any]:
        """The columns by name, but the document."""
        texts = {name: self[name].data or None for name in ("number", "note")}
        return texts | {"due_on": self.due_on.data, "received_on": self.received_on.data}


class ReminderForm(Form):
    """A letter to be drafted: until when, one for each unit or one for all."""

    due_on = DayField(_l("Đề nghị gửi báo cáo chậm nhất ngày"), validators=[REQUIRED])
    how = RadioField(_l("Cách gửi"), default="chung", validators=[CHOOSE])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.how.choices = [
            ("chung", _l("Một công văn chung cho các đơn vị đã chọn")),
            ("rieng", _l("Mỗi đơn vị một công văn")),
        ]


class IssueForm(Form):
    """Number, day and signer of a letter that was sent."""

    number = LineField(
        _l("Số, ký hiệu"), validators=[WORDS_REQUIRED, at_most(64)], description=_l("Ví dụ: 166/SKHCN-TĐC.")
    )
    issued_on = DayField(_l("Ngày ký"), validators=[REQUIRED])
    signer = LineField(_l("Người ký"), validators=[at_most(200)])


class DongField(StringField):
    """An amount in đồng, with or without dots between thousands; a text to the browser, whose numbers take no dots."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, render_kw={"inputmode": "numeric"}, **named)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """What was typed, refused with an example when it is no amount."""
        self.data = None
        text = valuelist[0].strip() if valuelist else ""
        if not text:
            return
        self.data = money.typed(text)
        if self.data is None:
            raise ValueError(_l("Hãy nhập số tiền bằng đồng, ví dụ 12.500.000."))

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else money.dong(self.data)


class MoneyForm(KeptForm):
    """One line of money of a programme year."""

    year = WholeField(_l("Năm chương trình"), validators=[REQUIRED, year_range()])
    unit = LineField(
        _l("Đơn vị"),
        validators=[at_most(300)],
        render_kw={"list": "known-units"},
        description=_l("Gõ mã hoặc tên rồi chọn. Để trống nếu là kinh phí của đoàn."),
    )
    team = LineField(
        _l("Đoàn kiểm tra"),
        validators=[at_most(200)],
        render_kw={"list": "known-teams"},
        description=_l("Để trống nếu là kinh phí của đơn vị."),
    )
    purpose = LineField(_l("Nội dung chi"), validators=[WORDS_REQUIRED, at_most(300)])
    source = LineField(
        _l("Nguồn kinh phí"), validators=[WORDS_REQUIRED, at_most(200)], render_kw={"list": "known-sources"}
    )
    estimate = DongField(_l("Dự toán (đồng)"), validators=[REQUIRED])
    spent = DongField(_l("Đã chi (đồng)"), validators=[Optional()])
    spent_on = DayField(_l("Ngày chi"), validators=[Optional()])
    settled = DongField(_l("Đã quyết toán (đồng)"), validators=[Optional()])
    settled_on = DayField(_l("Ngày quyết toán"), validators=[Optional()])
    settled_document = LineField(_l("Văn bản quyết toán"), validators=[at_most(100)])
    note = TextField(_l("Ghi chú"), validators=[at_most(500)])

    def fill(self, row: MoneyLine) -> None:
        """Show a standing line; unit and documents are the view's."""
        for name in ("year", "team", "purpose", "source", "note", *_AMOUNTS):
            self[name].data = getattr(row, name)

    def values(self) -> dict[str, Any]:
        """The columns by name, but unit and documents."""
        names = ("year", "team", "purpose", "source", "note", *_AMOUNTS)
        return {name: self[name].data for name in names}


_AMOUNTS = ("estimate", "spent", "spent_on", "settled", "settled_on")


class ReceiptsForm(Form):
    """The quick list: one day for all rows that are ticked without one of their own."""

    day = DayField(_l("Ngày nhận"), validators=[Optional()])


def day_or_none(text: str) -> date | None:
    """A day typed in a row of a list; None when it is none."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
