"""The form of an arrangement of units: the decision, what comes of the units chosen, what becomes of what hangs on
them. The units themselves are ticked on the page (`web.unit_events`)."""

from collections.abc import Sequence
from typing import Any

import wtforms
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import BooleanField, FieldList, FormField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import Optional

from isoaudit.domain.unit_event import Receiver
from isoaudit.domain.unit_event_words import EventKind, OpenFindings, PlannedAudits
from isoaudit.domain.vocabulary import UnitKind, Word
from isoaudit.http.errors import language
from isoaudit.services.register import UnitLine
from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import REQUIRED, WORDS_REQUIRED, DayField, LineField, TextField, at_most

NEW = "moi"
NO_PARENT = "0"
MOST_PARTS = 12


class PartForm(wtforms.Form):
    """A unit after the arrangement; what is left empty stays as it is."""

    name = LineField(_l("Tên đơn vị"))
    code = LineField(_l("Mã"))
    kind = SelectField(_l("Loại"), default="")
    parent = SelectField(_l("Cấp trên trực tiếp"), default="")

    class Meta(Form.Meta):
        """Part of a form that has its own token."""

        csrf = False

    def offer(self, parents: Sequence[UnitLine], *, new: bool) -> None:
        """The choices: kinds, and the units under which it may lie."""
        kinds = [SelectChoice(kind.value, kind.label(language())) for kind in UnitKind]
        self.kind.choices = [SelectChoice("", _l("– chọn –") if new else _l("– giữ nguyên –")), *kinds]
        above = [SelectChoice(str(each.id), each.name) for each in parents]
        stays = [] if new else [SelectChoice("", _l("– giữ nguyên –"))]
        none = SelectChoice("" if new else NO_PARENT, _l("– trực thuộc tỉnh –"))
        self.parent.choices = [*stays, none, *above]

    @property
    def empty(self) -> bool:
        """Whether nothing was filled in."""
        return not any((self.name.data, self.code.data, self.kind.data, self.parent.data))

    def receiver(self, unit_id: int | None) -> Receiver:
        """What was filled in, for a unit that goes on or a new one."""
        parent = self.parent.data or ""
        return Receiver(
            unit_id=unit_id,
            code=self.code.data or "",
            name=self.name.data or "",
            kind=UnitKind(self.kind.data) if self.kind.data else None,
            parent_id=int(parent) if parent not in ("", NO_PARENT) else None,
            moves=bool(parent),
        )

    def fill(self, receiver: Receiver) -> None:
        """Show what was entered before."""
        self.name.data, self.code.data = receiver.name, receiver.code
        self.kind.data = receiver.kind.value if receiver.kind else ""
        self.parent.data = str(receiver.parent_id or NO_PARENT) if receiver.moves else ""


class ArrangementForm(Form):
    """What the decision says."""

    document = LineField(
        _l("Văn bản quyết định"),
        validators=[WORDS_REQUIRED, at_most(100)],
        description=_l("Số văn bản, ví dụ 832/NQ-UBTVQH14; nếu trùng số thì ghi thêm ngày."),
    )
    on_day = DayField(
        _l("Ngày có hiệu lực"),
        validators=[REQUIRED],
        description=_l("Ngày đầu tiên của các đơn vị sau sắp xếp. Tính đến ngày trước đó thì chưa có gì thay đổi."),
    )
    into = RadioField(_l("Các đơn vị này"), default=NEW)
    goes_on = BooleanField(_l("Đơn vị cũ vẫn hoạt động, chỉ tách một phần ra"))
    parts = FieldList(FormField(PartForm), min_entries=1, max_entries=MOST_PARTS)
    audits = SelectField(_l("Cuộc kiểm tra đã lên kế hoạch ở đơn vị kết thúc"), default=PlannedAudits.KEEP.value)
    findings = SelectField(_l("Điểm không phù hợp đang mở của đơn vị kết thúc"), default=OpenFindings.KEEP.value)
    note = TextField(lazy_pgettext("số ít", "Ghi chú"), validators=[at_most(2000)])
    why = TextField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])

    def prepare(self, kind: EventKind, chosen: Sequence[UnitLine], parents: Sequence[UnitLine]) -> None:
        """Leave the fields that this kind of arrangement has, and offer the choices."""
        self.audits.choices, self.findings.choices = _words(PlannedAudits), _words(OpenFindings)
        self.into.choices = [
            (NEW, _l("hợp nhất thành một đơn vị mới")),
            *((str(each.id), _l("sáp nhập vào %(unit)s", unit=each.name)) for each in chosen),
        ]
        if kind is not EventKind.MERGE:
            del self.into
        if kind is not EventKind.SPLIT:
            del self.goes_on
        new = kind is EventKind.SPLIT or (kind is EventKind.MERGE and self.into.data == NEW)
        for part in self.parts:
            part.form.offer(parents, new=new)
        if kind is EventKind.DISSOLVE:
            del self.parts
        if kind is EventKind.CHANGE:
            del self.audits, self.findings


def _words(kind: type[Word]) -> list[Any]:
    return [SelectChoice(word.value, word.label(language())) for word in kind]
