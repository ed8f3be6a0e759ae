"""The rooms of the steering committee: the dashboard of a year and day, the lists behind its numbers, the report.

`dashboard` and `records` show the pages, `reports` gives the workbook. `look` reads what is looked at, `board` and
`pictures` turn the roll-up into figures and charts, `filters` and `groups` narrow the list of units.
"""

from isoaudit.web.committee import records, reports
from isoaudit.web.committee.dashboard import pages

BLUEPRINTS = (pages, reports.pages)

__all__ = ["BLUEPRINTS", "records"]
