"""The forms of the catalogue of TTHC and of publication decisions. `values()` gives what the services take; documents
and units are typed, the view finds them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from flask_wtf.file import FileField
from wtforms import SelectField, SelectMultipleField
from wtforms.validators import Optional
from wtforms.widgets import CheckboxInput, ListWidget

from isoaudit.db import CatalogueProcedure
from isoaudit.domain.catalogue import OnlineLevel, ProcedureLevel, ProcedureLink
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import UnitKind
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
)
from isoaudit.web.forms.years import DOCUMENT, KeptForm, choices


class ProcedureForm(KeptForm):
    """One version of a procedure in the catalogue."""

    code = LineField(_l("Mã TTHC"), validators=[WORDS_REQUIRED, at_most(64)])
    name = TextField(_l("Tên TTHC"), validators=[WORDS_REQUIRED, at_most(1000)])
    field = LineField(_l("Lĩnh vực"), validators=[WORDS_REQUIRED, at_most(200)], render_kw={"list": "known-fields"})
    level = SelectField(_l("Cấp giải quyết"), validators=[CHOOSE])
    kinds = SelectMultipleField(
        _l("Loại đơn vị giải quyết"), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
    units = LineField(
        _l("Đơn vị cụ thể"),
        validators=[at_most(500)],
        description=_l(
            "Mã đơn vị, cách nhau bằng dấu chấm phẩy, ví dụ: SKHCN; STC. Không chọn loại và đơn vị nào thì là mọi "
            "đơn vị của cấp huyện hoặc cấp xã."
        ),
    )
    link = SelectField(_l("Liên thông"), default="")
    online = SelectField(_l("Dịch vụ công trực tuyến"), default="")
    deadline_days = WholeField(_l("Thời hạn giải quyết (ngày làm việc)"), validators=[Optional()])
    valid_from = DayField(_l("Có hiệu lực từ ngày"), validators=[REQUIRED])
    last_day = DayField(_l("Ngày cuối còn hiệu lực"), validators=[Optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.level.choices = choices(ProcedureLevel, first=_l("– chọn –"))
        self.link.choices = choices(ProcedureLink, first=_l("Chưa ghi"))
        self.online.choices = choices(OnlineLevel, first=_l("Chưa ghi"))
        self.kinds.choices = choices(UnitKind)

    def fill(self, row: CatalogueProcedure) -> None:
        """Show a standing version; units and document are the view's."""
        for name in ("code", "name", "field", "deadline_days", "valid_from", "kinds"):
            self[name].data = getattr(row, name)
        for name in ("level", "link", "online"):
            word = getattr(row, name)
            self[name].data = word.value if word is not None else ""
        self.last_day.data = row.valid_to - ONE_DAY if row.valid_to is not None else None

    def values(self) -> dict[str, Any]:
        """The columns by name, but units and documents."""
        return {
            **{name: self[name].data for name in ("code", "name", "field", "deadline_days", "valid_from", "kinds")},
            "level": ProcedureLevel(self.level.data),
            "link": ProcedureLink(self.link.data) if self.link.data else None,
            "online": OnlineLevel(self.online.data) if self.online.data else None,
            "valid_to": self.last_day.data + ONE_DAY if self.last_day.data else None,
        }


class ProcedureTableForm(Form):
    """A table of procedures, pasted or as a CSV file, for the first filling of the catalogue."""

    text = TextField(_l("Dán bảng từ Excel"))
    file = FileField(_l("Hoặc tệp CSV"), render_kw={"accept": ".csv,.txt"})
    valid_from = DayField(
        _l("Có hiệu lực từ ngày"),
        validators=[REQUIRED],
        description=_l("Dùng cho những dòng không ghi ngày hiệu lực."),
    )
    document = LineField(lazy_pgettext("số ít", "Văn bản"), validators=[at_most(100)], description=DOCUMENT)


class PublicationForm(Form):
    """A publication decision with its table of changes."""

    document = LineField(_l("Quyết định công bố"), validators=[WORDS_REQUIRED, at_most(100)], description=DOCUMENT)
    effective_on = DayField(_l("Có hiệu lực từ ngày"), validators=[REQUIRED])
    text = TextField(_l("Dán bảng từ Excel"))
    file = FileField(_l("Hoặc tệp CSV"), render_kw={"accept": ".csv,.txt"})
    note = TextField(_l("Ghi chú"), validators=[at_most(1000)])


class DoneForm(Form):
    """That units have brought procedures in line: when, by which document."""

    done_on = DayField(_l("Ngày thực hiện xong"), validators=[REQUIRED])
    document = LineField(
        _l("Văn bản của đơn vị"), validators=[at_most(100)], description=_l("Để trống nếu chưa có trong sổ văn bản.")
    )
    note = LineField(_l("Ghi chú"), validators=[at_most(500)])
