"""The forms of reports: a new draft, a paragraph, number and signer, what was signed, an issuer's profile."""

from collections.abc import Iterable
from datetime import date

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import BooleanField, HiddenField, RadioField, SelectChoice, SelectField
from wtforms.validators import InputRequired, Optional

from isoaudit.domain import report_period
from isoaudit.domain.period import Period
from isoaudit.services.issuers import Issuer
from isoaudit.services.report_texts import LONGEST
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

YEAR, FIRST_HALF, SECOND_HALF, YEARS = "nam", "6-thang-dau", "6-thang-cuoi", "nhieu-nam"


class DraftForm(Form):
    """Which report: its period, its day, who issues it."""

    kind = SelectField(
        _l("Kỳ báo cáo"),
        choices=[
            SelectChoice(YEAR, _l("Cả năm")),
            SelectChoice(FIRST_HALF, _l("06 tháng đầu năm")),
            SelectChoice(SECOND_HALF, _l("06 tháng cuối năm")),
            SelectChoice(YEARS, _l("Nhiều năm (giai đoạn)")),
        ],
        validators=[CHOOSE],
    )
    year = WholeField(_l("Năm"), validators=[REQUIRED, year_range()])
    until = WholeField(
        _l("Đến năm"),
        validators=[Optional(), year_range()],
        description=_l("Chỉ điền khi báo cáo nhiều năm, ví dụ từ năm 2015 đến năm 2020."),
    )
    as_of = DayField(
        _l("Số liệu tính đến hết ngày"),
        validators=[Optional()],
        description=_l("Một ngày trong kỳ. Để trống là ngày cuối kỳ, hoặc hôm nay nếu kỳ chưa hết."),
    )
    conversion = RadioField(_l("Lần chuyển đổi được xét"), validators=[CHOOSE])
    issuer = RadioField(_l("Cơ quan ban hành"), validators=[CHOOSE])

    def offer(self, conversions: Iterable[tuple[str, str]], issuers: Iterable[tuple[str, str]]) -> None:
        """What there is to choose from."""
        self.conversion.choices = [SelectChoice(*each) for each in conversions]
        self.issuer.choices = [SelectChoice(*each) for each in issuers]

    def period(self) -> Period:
        """The period that was chosen."""
        year = int(self.year.data or 0)
        if self.kind.data == YEARS:
            return report_period.years(year, int(self.until.data or year))
        if self.kind.data == YEAR:
            return Period.of_year(year)
        return report_period.half(year, 1 if self.kind.data == FIRST_HALF else 2)

    def day(self, today: date) -> date:
        """The day that was chosen, or the last one of the period that has come."""
        period = self.period()
        chosen: date | None = self.as_of.data
        return chosen or (today if today in period else period.last)


class ParagraphForm(Form):
    """The office's own words for a paragraph; `revision` is the one that the person saw."""

    text = TextField(_l("Câu của cơ quan"), validators=[at_most(LONGEST)])
    revision = HiddenField(validators=[Optional()])


class IssueForm(Form):
    """What an approved report gets when it is issued."""

    number = LineField(_l("Số, ký hiệu"), validators=[WORDS_REQUIRED, at_most(64)])
    issued_on = DayField(_l("Ngày ban hành"), validators=[REQUIRED])
    authority = LineField(
        _l("Thể thức ký"),
        validators=[at_most(200)],
        description=_l("Ví dụ: KT. GIÁM ĐỐC khi cấp phó ký thay; để trống khi người đứng đầu ký."),
    )
    title = LineField(_l("Chức vụ người ký"), validators=[at_most(200)])
    signer = LineField(_l("Họ tên người ký"), validators=[WORDS_REQUIRED, at_most(200)])
    sure = BooleanField(
        _l("Văn bản đã được duyệt ký với số và ngày trên; tôi hiểu rằng số liệu được chốt và không sửa được nữa"),
        validators=[InputRequired(_l("Hãy đánh dấu để xác nhận chốt số liệu."))],
    )
    seen = HiddenField(validators=[Optional()])
    """Number and day about which the person was asked already."""


class SignedForm(Form):
    """What was signed: a scan, or the digital original."""

    file = FileField(_l("Tệp PDF"), validators=[FileRequired(_l("Hãy chọn một tệp."))])


class IssuerForm(Form):
    """A profile, as `services.issuers.Issuer` tells it; lists have one entry a line."""

    name = LineField(_l("Tên mẫu"), validators=[WORDS_REQUIRED, at_most(200)])
    parent = LineField(_l("Cơ quan chủ quản (dòng trên)"), validators=[at_most(200)])
    issuer = LineField(_l("Cơ quan ban hành (dòng dưới)"), validators=[WORDS_REQUIRED, at_most(200)])
    issuer_short = LineField(
        _l("Tên trong câu văn"),
        validators=[at_most(200)],
        description=_l("Để trống thì lấy theo tên đơn vị trong danh sách."),
    )
    issuer_code = LineField(
        _l("Chữ viết tắt trong số văn bản"),
        validators=[at_most(40)],
        description=_l("Ví dụ: SKHCN trong 137/BC-SKHCN."),
    )
    place = LineField(_l("Địa danh"), validators=[WORDS_REQUIRED, at_most(100)])
    to = TextField(_l("Kính gửi (mỗi dòng một nơi)"), validators=[at_most(2000)])
    basis = TextField(_l("Căn cứ ở câu mở đầu"), validators=[WORDS_REQUIRED, at_most(2000)])
    about = TextField(_l("Trích yếu, không ghi kỳ"), validators=[WORDS_REQUIRED, at_most(1000)])
    authority = LineField(_l("Thể thức ký (TM., KT., TL.…)"), validators=[at_most(200)])
    title = LineField(_l("Chức vụ người ký"), validators=[at_most(200)])
    signer = LineField(_l("Họ tên người ký"), validators=[at_most(200)])
    recipients = TextField(_l("Nơi nhận (mỗi dòng một nơi)"), validators=[at_most(4000)])
    filed = LineField(_l("Lưu"), validators=[at_most(100)], description=_l("Ví dụ: VT, TĐC."))
    revision = HiddenField(validators=[Optional()])

    def fill(self, profile: Issuer, revision: int) -> None:
        """Show the profile."""
        for field in self:
            if field.name in ("to", "recipients"):
                field.data = "\n".join(getattr(profile, field.name))
            elif field.name not in ("csrf_token", "revision"):
                field.data = getattr(profile, field.name)
        self.revision.data = str(revision)

    def profile(self, code: str) -> Issuer:
        """What was filled in."""
        values = {
            field.name: field.data or "" for field in self if field.name not in ("csrf_token", "revision", "code")
        }
        lists = {
            name: tuple(line.strip() for line in values.pop(name).splitlines() if line.strip())
            for name in ("to", "recipients")
        }
        return Issuer(code=code, **values, **lists)
