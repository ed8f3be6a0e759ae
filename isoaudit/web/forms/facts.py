"""The forms of facts about a unit, one a kind. `values()` gives what the services take; words of lists come in the
language of the request. The document is typed by number; the view finds it."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_pgettext
from wtforms import HiddenField, SelectChoice, SelectField
from wtforms.validators import Optional

from isoaudit.db import Fact
from isoaudit.domain.procedure_counts import COUNTS
from isoaudit.domain.standard import DECLARED
from isoaudit.domain.unit import ONE_DAY
from isoaudit.domain.vocabulary import ActivityKind, DeclarationKind, Obligation, Word
from isoaudit.http.errors import language
from isoaudit.services import library
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

_TO_CHOOSE = SelectChoice("", _l("– chọn –"))


class FactForm(Form):
    """What all have: the document, and in a correction the reason and the revision that the person saw."""

    document = LineField(
        lazy_pgettext("số ít", "Văn bản"),
        validators=[at_most(100)],
        description=_l("Số văn bản, ví dụ 127/QĐ-UBND; nếu trùng số thì ghi thêm ngày: 127/QĐ-UBND ngày 15/01/2020."),
    )
    why = TextField(_l("Lý do sửa"), validators=[WORDS_REQUIRED, at_most(500)])
    revision = HiddenField(validators=[Optional()])
    columns: tuple[str, ...] = ()

    def fill(self, fact: Fact) -> None:
        """Show a standing fact."""
        for name in self.columns:
            self[name].data = getattr(fact, name)

    def values(self) -> dict[str, Any]:
        """The columns by name, but the document."""
        return {name: self[name].data for name in self.columns}


class DeclarationForm(FactForm):
    """A declaration of conformity."""

    columns = ("kind", "edition", "made_on", "covered", "total")
    kind = SelectField(_l("Hình thức"), validators=[CHOOSE])
    edition = SelectField(_l("Phiên bản tiêu chuẩn"), validators=[CHOOSE])
    made_on = DayField(_l("Ngày công bố"), validators=[REQUIRED])
    covered = WholeField(_l("Số TTHC thuộc phạm vi công bố"), validators=[Optional()])
    total = WholeField(_l("Tổng số TTHC của đơn vị khi công bố"), validators=[Optional()])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind.choices = [_TO_CHOOSE, *_words(DeclarationKind)]
        editions = library.standards().values()
        self.edition.choices = [_TO_CHOOSE, *(SelectChoice(each.id, each.name.label(language())) for each in editions)]

    def values(self) -> dict[str, Any]:
        """The kind as a word."""
        return super().values() | {"kind": DeclarationKind(self.kind.data)}


class MilestoneForm(FactForm):
    """A step of a conversion. The choice holds conversion and step."""

    columns = ("achieved_on",)
    step = SelectField(_l("Nội dung đã thực hiện"), validators=[CHOOSE])
    achieved_on = DayField(_l("Ngày thực hiện"), validators=[REQUIRED])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        steps = [
            SelectChoice(
                f"{conversion.id}/{step.code}", step.name.label(language()), optgroup=conversion.name.label(language())
            )
            for conversion in library.conversions().values()
            for step in conversion.steps
            if step.code != DECLARED
        ]
        self.step.choices = [_TO_CHOOSE, *steps]

    def fill(self, fact: Any) -> None:
        """Show a standing fact."""
        super().fill(fact)
        self.step.data = f"{fact.conversion}/{fact.step}"

    def values(self) -> dict[str, Any]:
        """Conversion and step apart."""
        conversion, _stroke, step = self.step.data.partition("/")
        return super().values() | {"conversion": conversion, "step": step}


class ActivityForm(FactForm):
    """A yearly activity."""

    columns = ("kind", "year", "done_on")
    kind = SelectField(_l("Việc"), validators=[CHOOSE])
    year = WholeField(_l("Của năm"), validators=[REQUIRED, year_range()])
    done_on = DayField(_l("Ngày thực hiện"), validators=[REQUIRED])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.kind.choices = [_TO_CHOOSE, *_words(ActivityKind)]

    def values(self) -> dict[str, Any]:
        """The kind as a word."""
        return super().values() | {"kind": ActivityKind(self.kind.data)}


class ProceduresForm(FactForm):
    """The TTHC of a unit and its dossiers as of a day."""

    columns = ("as_of", *COUNTS)
    as_of = DayField(_l("Số liệu tính đến ngày"), validators=[REQUIRED])
    total = WholeField(_l("Tổng số TTHC"), validators=[REQUIRED])
    covered = WholeField(_l("Số TTHC đã có quy trình theo hệ thống"), validators=[REQUIRED])
    not_linked = WholeField(_l("Không liên thông"), validators=[Optional()])
    linked_same_level = WholeField(_l("Liên thông cùng cấp"), validators=[Optional()])
    linked_between_levels = WholeField(_l("Liên thông các cấp"), validators=[Optional()])
    online_full = WholeField(_l("Dịch vụ công toàn trình (mức độ 4)"), validators=[Optional()])
    online_partial = WholeField(_l("Dịch vụ công một phần (mức độ 3)"), validators=[Optional()])
    carried_over = WholeField(_l("Hồ sơ kỳ trước chuyển sang"), validators=[Optional()])
    received_online = WholeField(_l("Hồ sơ tiếp nhận trực tuyến"), validators=[Optional()])
    received_in_person = WholeField(_l("Hồ sơ tiếp nhận trực tiếp"), validators=[Optional()])
    resolved = WholeField(_l("Hồ sơ đã giải quyết"), validators=[Optional()])
    in_progress = WholeField(_l("Hồ sơ đang giải quyết"), validators=[Optional()])
    late = WholeField(_l("Trong đó trễ hạn"), validators=[Optional()])


class _Interval(FactForm):
    """A fact that holds for a time. People see and type the last day, rows keep the first day after it."""

    from_day = DayField(_l("Từ ngày"), validators=[REQUIRED])
    to_day = DayField(
        _l("Đến hết ngày"), validators=[Optional()], description=_l("Để trống khi chưa biết ngày kết thúc.")
    )

    def fill(self, fact: Any) -> None:
        """The last day inclusive."""
        super().fill(fact)
        self.to_day.data = fact.to_day - ONE_DAY if fact.to_day else None

    def values(self) -> dict[str, Any]:
        """The last day exclusive."""
        last: date | None = self.to_day.data
        return super().values() | {"to_day": last + ONE_DAY if last else None}


class ObligationForm(_Interval):
    """Whether a unit must apply the system."""

    columns = ("level", "from_day", "to_day")
    level = SelectField(_l("Diện áp dụng"), validators=[CHOOSE])

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.level.choices = [_TO_CHOOSE, *_words(Obligation)]

    def values(self) -> dict[str, Any]:
        """The level as a word."""
        return super().values() | {"level": Obligation(self.level.data)}


class ExemptionForm(_Interval):
    """Why a unit stands outside the counts for a time."""

    columns = ("reason", "from_day", "to_day", "decided_by")
    reason = TextField(
        _l("Lý do không áp dụng"),
        validators=[WORDS_REQUIRED, at_most(2000)],
        description=_l("Năm nay không phát sinh hồ sơ không phải là không có TTHC."),
    )
    decided_by = LineField(_l("Cơ quan quyết định"), validators=[at_most(200)])


FORMS: dict[str, type[FactForm]] = {
    "declaration": DeclarationForm,
    "milestone": MilestoneForm,
    "activity": ActivityForm,
    "procedures": ProceduresForm,
    "obligation": ObligationForm,
    "exemption": ExemptionForm,
}
"""By the name of the kind (`services.facts.table`)."""


def form_title(kind: str, correcting: bool) -> str:
    """What the page of a form is called."""
    new, old = {
        "declaration": (_("Nhập công bố"), _("Sửa công bố")),
        "milestone": (_("Nhập nội dung đã thực hiện"), _("Sửa nội dung đã thực hiện")),
        "activity": (_("Nhập việc hằng năm"), _("Sửa việc hằng năm")),
        "procedures": (_("Nhập số liệu TTHC"), _("Sửa số liệu TTHC")),
        "obligation": (_("Nhập diện áp dụng"), _("Sửa diện áp dụng")),
        "exemption": (_("Nhập thời gian không áp dụng"), _("Sửa thời gian không áp dụng")),
    }[kind]
    return old if correcting else new


def _words(kind: type[Word]) -> list[SelectChoice]:
    labels = ((word.value, word.label(language())) for word in kind)
    return [SelectChoice(value, label[:1].upper() + label[1:]) for value, label in labels]
