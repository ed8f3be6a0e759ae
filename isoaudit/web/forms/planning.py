"""Forms of the year's plan: another day for a visit."""

from flask_babel import lazy_gettext as _l

from isoaudit.services.moving import LONGEST_REASON
from isoaudit.web.forms.base import Form
from isoaudit.web.forms.typed import REQUIRED, WORDS_REQUIRED, DayField, TextField, at_most


class MoveForm(Form):
    """The new day of a visit, and why."""

    day = DayField(_l("Ngày kiểm tra mới"), validators=[REQUIRED])
    why = TextField(_l("Lý do dời ngày"), validators=[WORDS_REQUIRED, at_most(LONGEST_REASON)])
