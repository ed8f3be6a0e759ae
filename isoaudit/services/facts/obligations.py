"""Obligations: whether a unit must apply the system for a time, by document (RULES §2). `to_day` is exclusive."""

from isoaudit.db import ObligationEntry
from isoaudit.services.facts.exemptions import ends_after_start
from isoaudit.services.facts.kinds import Kind

KIND = Kind("obligation", ObligationEntry, "from_day", ("from_day",), happened=False, check=ends_after_start)
