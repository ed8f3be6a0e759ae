"""The roll-up of a province-year as of a day, from the rows of the database (RULES §1–§8).

`facts` reads the standing facts, `answers` sums what audits answered, `counting` puts both under the rules of
`domain.rollup`, `cache` keeps what was counted. How the figures are written is not done here (`domain.rollup_json`,
`services.report_content`).
"""

from isoaudit.services.rollup.counting import DEFAULT_CONVERSION, Counted, count, roll_up
from isoaudit.services.rollup.facts import audit_key

__all__ = ["DEFAULT_CONVERSION", "Counted", "audit_key", "count", "roll_up"]
