"""Sampled dossiers of an audit: how late a dossier was. Their shape is in `entries`.

Days are those of the calendar, as people write them; working days and holidays are not in the data.
"""

from datetime import date


def days_late(due: str, returned: str, as_of: str) -> int | None:
    """Days after its due day that a dossier was returned, or, when it is not returned yet, has waited by `as_of` (ISO
    dates, "" where there is none). 0 when it is in time; None when there is no due day, or no day to count to."""
    end = returned or as_of
    if not due or not end:
        return None
    return max(0, (date.fromisoformat(end) - date.fromisoformat(due)).days)
