"""The minutes of an audit (biên bản kiểm tra): what they say as plain values, and their paper.

One content serves the screen, DOCX and PDF, and the tablet's own sheet is held to the same cases.
"""

from isoaudit.export.minutes import words
from isoaudit.export.minutes.annexes import Besides, Outcome
from isoaudit.export.minutes.record import Record, record_of
from isoaudit.export.minutes.sheet import minutes_paper

__all__ = ["Besides", "Outcome", "Record", "minutes_paper", "record_of", "words"]
