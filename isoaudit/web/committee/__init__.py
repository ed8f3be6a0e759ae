"""The rooms of the steering committee: the dashboard of a year and day, the lists behind its numbers, the report.

`dashboard` and `records` show the pages, `reports` gives the workbook, `decisions` keeps what the committee decided.
`look` reads what is looked at, `board` and `pictures` turn the roll-up into figures and charts, `filters` and `groups`
narrow the list of units.
"""

from isoaudit.web.committee import decisions, records, reports
from isoaudit.web.committee.dashboard import pages

BLUEPRINTS = (pages, reports.pages, decisions.pages)

__all__ = ["BLUEPRINTS", "records"]
