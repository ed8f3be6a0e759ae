"""The forms of a paper of an audit's file: adding one, correcting one."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import SelectChoice, SelectField

from isoaudit.db import AuditPaper
from isoaudit.domain.vocabulary import PaperKind
from isoaudit.http.errors import language
from isoaudit.services.papers import Sheet
from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import CHOOSE, WORDS_REQUIRED, DayField, LineField, at_most


class PaperForm(Form):
    """What is told of a paper, and its file."""

    kind = SelectField(_l("Loại giấy tờ"), validators=[CHOOSE])
    number = LineField(_l("Số, ký hiệu"), validators=[at_most(64)])
    issued_on = DayField(_l("Ngày ký"))
    signer = LineField(_l("Người ký"), validators=[at_most(200)])
    due_on = DayField(_l("Thời hạn nêu trong giấy tờ"))
    file = FileField(_l("Tệp (PDF, ảnh chụp, DOCX)"))

    def __init__(self, **given: object) -> None:
        super().__init__(**given)
        self.kind.choices = [SelectChoice(each.value, each.label(language())) for each in PaperKind]

    def show(self, row: AuditPaper) -> None:
        """Show a paper that stands."""
        self.kind.data = row.kind.value
        for name in ("number", "issued_on", "signer", "due_on"):
            self[name].data = getattr(row, name)

    def sheet(self, file: tuple[str, str] | None) -> Sheet:
        """What was filled in; `file` is the digest and name of the stored file."""
        return Sheet(
            kind=PaperKind(self.kind.data),
            number=self.number.data or "",
            issued_on=self.issued_on.data,
            signer=self.signer.data or "",
            due_on=self.due_on.data,
            file=file,
        )


class PaperCorrectionForm(PaperForm):
    """The same with the reason of a correction."""

    why = LineField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
