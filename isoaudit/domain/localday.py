"""The zone of all days in the records. A moment is kept in UTC; on which day it lies is said here and nowhere else."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def local_day(moment: datetime) -> date:
    """The day in Vietnam at that (aware) moment."""
    return moment.astimezone(ZONE).date()
