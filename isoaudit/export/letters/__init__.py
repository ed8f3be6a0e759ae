"""The papers of an inspection's file made from templates: texts with named fields in TOML, filled, then laid out in the
grammar of papers. What the fields hold is gathered in `services.paper_facts`."""

from isoaudit.export.letters import wording
from isoaudit.export.letters.fields import LISTS, TEXTS, Facts
from isoaudit.export.letters.filling import filled
from isoaudit.export.letters.template import Template, parse

__all__ = ["LISTS", "TEXTS", "Facts", "Template", "filled", "parse", "wording"]
