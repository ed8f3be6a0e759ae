"""The forms of inspections that another body made: entering one, correcting its source."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, SelectField

from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import CHOOSE, REQUIRED, WORDS_REQUIRED, DayField, LineField, TextField, at_most

_DOCUMENT = _l("Số biên bản, báo cáo hoặc thông báo đã nhập trong danh mục văn bản.")


class SourceForm(Form):
    """Who inspected, and by which document it is known."""

    body = LineField(
        _l("Cơ quan đã kiểm tra"),
        validators=[WORDS_REQUIRED, at_most(300)],
        description=_l("Ví dụ: UBND huyện Gio Linh."),
    )
    document = LineField(_l("Văn bản làm nguồn"), validators=[WORDS_REQUIRED, at_most(100)], description=_DOCUMENT)
    note = TextField(_l("Ghi chú"), validators=[at_most(2000)])


class ElsewhereForm(SourceForm):
    """An inspection as the document tells it; its findings are read beside it."""

    unit = SelectField(_l("Đơn vị được kiểm tra"), validators=[CHOOSE], coerce=str)
    minuted_on = DayField(_l("Ngày lập biên bản"), validators=[REQUIRED])
    mode = RadioField(_l("Hình thức"), validators=[CHOOSE])
    purpose = RadioField(_l("Mục đích"), validators=[CHOOSE])
    rest = BooleanField(_l("Các nội dung còn lại của phiếu: thực hiện đúng, theo văn bản"))


class SourceCorrectionForm(SourceForm):
    """The same source corrected, with the reason."""

    why = LineField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
