"""What a refusal says to people: one sentence per code, Vietnamese first, English second.

Each area keeps its sentences in a module of its own (a dict `MESSAGES` of code → (vi, en), `str.format` fields named
like the refusal's details); this module joins them. A sentence names the record, the field and the next step.
"""

from isoaudit.domain.errors import Refusal, Refusals
from isoaudit.domain.messages import (
    accounts,
    audits,
    catalogue,
    checklists,
    committee,
    general,
    importing,
    inspection,
    planning,
    register,
    reports,
    signing,
    tablet,
    unit_events,
    unit_years,
    workbooks,
)

_AREAS = (
    general,
    accounts,
    audits,
    checklists,
    committee,
    importing,
    inspection,
    planning,
    register,
    reports,
    signing,
    tablet,
    unit_events,
    catalogue,
    unit_years,
    workbooks,
)
_LABELS: dict[str, dict[str, tuple[str, str]]] = dict.fromkeys(audits.MESSAGES, audits.FIELDS)
MESSAGES: dict[str, tuple[str, str]] = {code: sentences for area in _AREAS for code, sentences in area.MESSAGES.items()}


def say(refusal: Refusal, language: str = "vi") -> str:
    """The sentence of a refusal in "vi" or "en"; several refusals give one line each,
    a refusal among the details is said in its place, and a field
    is called as the pages call it."""
    if isinstance(refusal, Refusals):
        return "\n".join(say(each, language) for each in refusal.refusals)
    place = 1 if language == "en" else 0
    details = {
        name: say(value, language) if isinstance(value, Refusal) else value for name, value in refusal.details.items()
    }
    label = _LABELS.get(refusal.code, {}).get(str(details.get("field")))
    return MESSAGES[refusal.code][place].format(**details if label is None else details | {"field": label[place]})
