"""Forms of planning, minutes, notices and nonconformities. A criterion of the answer
page is no form of this kind, but when it was refused without JavaScript it is asked again as one."""

from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from isoaudit.web.forms.base import Form

_REQUIRED = InputRequired(_l("Hãy điền mục này."))
_DOCUMENT = _l("Số văn bản trong danh mục, ví dụ: 137/BC-SKHCN; nếu trùng số thì thêm “ngày dd/mm/yyyy”.")


class ProgrammeForm(Form):
    """A programme of a year."""

    year = IntegerField(
        _l("Năm"), validators=[_REQUIRED, NumberRange(2000, 2100, _l("Hãy nhập năm từ 2000 đến 2100."))]
    )
    name = StringField(_l("Tên kế hoạch"), validators=[_REQUIRED, Length(max=300)])
    document = StringField(_l("Văn bản phê duyệt"), description=_DOCUMENT, validators=[Length(max=100)])
    why = StringField(_l("Lý do sửa"), validators=[Length(max=500)])
    revision = HiddenField(validators=[Optional()])


class PlanForm(Form):
    """What is planned for all units chosen; units and team are read beside it."""

    programme = SelectField(_l("Kế hoạch"), validators=[Optional()])
    group = StringField(
        _l("Nhóm"), validators=[Length(max=200)], description=_l("Ví dụ: Nhóm 1. Để trống nếu không chia.")
    )
    planned_on = DateField(_l("Ngày kiểm tra"), validators=[_REQUIRED])
    mode = RadioField(_l("Hình thức"), validators=[_REQUIRED])
    purpose = RadioField(_l("Mục đích"), validators=[_REQUIRED])
    checklist = SelectField(lazy_pgettext("số ít", "Phiếu kiểm tra"), validators=[_REQUIRED], coerce=int)
    core = BooleanField(_l("Chỉ dùng bộ nội dung rút gọn cho kiểm tra hằng năm"))


class CriterionForm(Form):
    """One criterion, asked again. Its day is text: a field for days would hide what cannot be read."""

    base = HiddenField(validators=[Optional()])
    grade = RadioField(_l("Mức đánh giá"))
    note = TextAreaField(_l("Bằng chứng, ghi nhận"))
    request = TextAreaField(_l("Kiến nghị với đơn vị"))
    due_on = StringField(_l("Thời hạn khắc phục"), description=_l("Gõ theo dạng 2020-11-18."))
    reason = StringField(_l("Lý do không áp dụng"))


class GeneralTextForm(Form):
    """One general text of an audit, asked again."""

    base = HiddenField(validators=[Optional()])
    text = TextAreaField(_l("Nội dung"))


class MinutesForm(Form):
    """The day of the minutes, as signed."""

    minuted_on = DateField(_l("Ngày lập biên bản"), validators=[_REQUIRED])


class NoticeForm(Form):
    """The notice of conclusion, and one grade that it changes, if any."""

    document = StringField(_l("Văn bản thông báo kết luận"), description=_DOCUMENT, validators=[_REQUIRED])
    concluded_on = DateField(_l("Ngày thông báo"), validators=[_REQUIRED])


class ReasonForm(Form):
    """A step that needs a reason."""

    reason = TextAreaField(_l("Lý do"), validators=[_REQUIRED, Length(max=2000)])


class ExtendForm(Form):
    """A later deadline."""

    due_on = DateField(_l("Thời hạn mới"), validators=[_REQUIRED])
    on_day = DateField(_l("Ngày quyết định gia hạn"), validators=[_REQUIRED])
    reason = TextAreaField(_l("Lý do gia hạn"), validators=[_REQUIRED, Length(max=2000)])


class AnswerForm(Form):
    """What the unit says."""

    cause = TextAreaField(_l("Nguyên nhân"), validators=[_REQUIRED, Length(max=5000)])
    correction = TextAreaField(_l("Biện pháp khắc phục ngay"), validators=[_REQUIRED, Length(max=5000)])
    corrective_action = TextAreaField(_l("Biện pháp để không lặp lại"), validators=[_REQUIRED, Length(max=5000)])


class ImplementForm(Form):
    """That the corrective action is done."""

    on_day = DateField(_l("Ngày báo cáo"), validators=[_REQUIRED])
    evidence = TextAreaField(_l("Minh chứng đã khắc phục"), validators=[_REQUIRED, Length(max=5000)])


class CloseForm(Form):
    """Closing: the day, the outcome, the evidence seen."""

    on_day = DateField(_l("Ngày đóng"), validators=[_REQUIRED])
    outcome = RadioField(_l("Kết quả"), validators=[_REQUIRED])
    evidence = TextAreaField(_l("Minh chứng đã kiểm tra"), validators=[_REQUIRED, Length(max=5000)])
    document = StringField(
        lazy_pgettext("số ít", "Văn bản"),
        description=_l("Bắt buộc khi chuyển đơn vị kế thừa hoặc kết thúc cùng đơn vị."),
        validators=[Length(max=100)],
    )
