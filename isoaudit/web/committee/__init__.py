"""The rooms of the steering committee: the dashboard of a year and day, the lists behind its numbers, its decisions.

`dashboard` and `records` show the pages, `decisions` keeps what the committee decided, `briefing` prepares a meeting.
`look` reads what is looked at, `board` and `pictures` turn the roll-up into figures and charts, `filters` and `groups`
narrow the list of units.
"""

from isoaudit.web.committee import briefing, comparing, decisions, records, tiles, trends
from isoaudit.web.committee.dashboard import pages

BLUEPRINTS = (pages, decisions.pages)

__all__ = ["BLUEPRINTS", "briefing", "comparing", "records", "tiles", "trends"]
