"""The form by which the office brings in a device's file of unsent work."""

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired

from isoaudit.web.forms.base import Form


class UnsentForm(Form):
    """The file that the device exported."""

    file = FileField(_l("Tệp chưa gửi"), validators=[FileRequired(_l("Hãy chọn một tệp."))])
