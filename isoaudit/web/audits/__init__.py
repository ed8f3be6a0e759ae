"""The rooms of audits: planning (programmes), audits with their answer page, nonconformities, checklists to print."""

from isoaudit.web.audits import (
    answering,
    concluding,
    file,
    lists,
    notice,
    page,
    papers,
    proposal,
    record,
    sessions,
    sources,
    steps,
    tablets,
    yearplan,
)
from isoaudit.web.audits.blueprint import pages
from isoaudit.web.audits.checklists import pages as checklists_pages
from isoaudit.web.audits.nonconformities import pages as nonconformities_pages
from isoaudit.web.audits.programmes import pages as programmes_pages

BLUEPRINTS = (pages, programmes_pages, nonconformities_pages, checklists_pages)

__all__ = [
    "BLUEPRINTS",
    "answering",
    "concluding",
    "file",
    "lists",
    "notice",
    "page",
    "papers",
    "proposal",
    "record",
    "sessions",
    "sources",
    "steps",
    "tablets",
    "yearplan",
]
