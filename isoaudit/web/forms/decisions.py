"""Forms of the committee's decisions: one decision, a step of following it up, the meeting of a briefing."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from isoaudit.db import Decision
from isoaudit.domain.decision import StepKind
from isoaudit.domain.vocabulary import Block
from isoaudit.http.errors import language
from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import CHOOSE, REQUIRED, WORDS_REQUIRED, DayField, LineField, TextField, at_most

_DOCUMENT = _l("Số văn bản trong danh mục, ví dụ: 137/BC-SKHCN; nếu trùng số thì thêm “ngày dd/mm/yyyy”.")


class DecisionForm(Form):
    """A decision. In a correction, the reason and the revision that the person saw."""

    decided_on = DayField(_l("Ngày quyết định (ngày họp)"), validators=[REQUIRED])
    unit = LineField(
        _l("Về đơn vị"),
        validators=[at_most(300)],
        description=_l("Mã hoặc tên đơn vị vào ngày quyết định. Để trống nếu quyết định về một khối hay toàn tỉnh."),
        render_kw={"list": "decision-units", "autocomplete": "off"},
    )
    block = SelectField(_l("Về khối"), default="")
    text = TextField(_l("Nội dung quyết định"), validators=[WORDS_REQUIRED, at_most(4000)])
    addressed_to = LineField(
        _l("Giao cho"),
        validators=[WORDS_REQUIRED, at_most(300)],
        description=_l("Cơ quan, đơn vị hoặc người phải thực hiện."),
    )
    due_on = DayField(_l("Thời hạn"), validators=[Optional()])
    document = LineField(_l("Văn bản"), validators=[at_most(100)], description=_DOCUMENT)
    why = TextField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.block.choices = [
            SelectChoice("", _l("– toàn tỉnh, hoặc theo đơn vị ở trên –")),
            *(SelectChoice(each.value, each.label(language())) for each in Block),
        ]

    def fill(self, row: Decision, unit: str, document: str) -> None:
        """Show a standing decision; unit and document as they are typed."""
        for name in ("decided_on", "text", "addressed_to", "due_on"):
            self[name].data = getattr(row, name)
        self.block.data = row.block.value if row.block else ""
        self.unit.data, self.document.data = unit, document

    def values(self, unit_id: int | None, document_id: int | None) -> dict[str, Any]:
        """The columns by name."""
        given = {name: self[name].data for name in ("decided_on", "text", "addressed_to", "due_on")}
        block = Block(self.block.data) if self.block.data else None
        return given | {"block": block, "unit_id": unit_id, "document_id": document_id}


class FollowForm(Form):
    """A step of following a decision up; `offer` tells which steps fit."""

    kind = RadioField(_l("Việc"), validators=[CHOOSE])
    on_day = DayField(_l("Ngày"), validators=[REQUIRED])
    text = TextField(
        _l("Nội dung, kết quả"),
        validators=[WORDS_REQUIRED, at_most(4000)],
        description=_l("Đã làm gì, kết quả ra sao; khi gia hạn, cho thôi hoặc mở lại thì ghi lý do."),
    )
    due_on = DayField(_l("Thời hạn mới (khi gia hạn)"), validators=[Optional()])
    document = LineField(_l("Văn bản"), validators=[at_most(100)], description=_DOCUMENT)

    def offer(self, kinds: list[StepKind]) -> None:
        """Fill in what can be chosen."""
        self.kind.choices = [SelectChoice(kind.value, kind.label(language()).capitalize()) for kind in kinds]


class MeetingForm(Form):
    """The meeting that a briefing is for, and what it is asked. Sent by GET, so without CSRF token."""

    class Meta:
        """Read-only."""

        csrf = False

    hop = DateField(_l("Ngày họp"), validators=[Optional(_l("Hãy chọn ngày."))])
    truoc = DateField(_l("So với lần họp ngày"), validators=[Optional(_l("Hãy chọn ngày."))])
    xin = TextField(
        _l("Xin ý kiến cuộc họp"),
        validators=[at_most(900)],
        description=_l("Mỗi dòng một nội dung. Để trống thì lấy từ việc quá hạn và đề xuất của hệ thống."),
    )
