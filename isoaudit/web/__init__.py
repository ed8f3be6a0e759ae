"""The server-rendered pages for the office, the committee, the inspectors and the units: one blueprint a room."""

from flask import Flask

from isoaudit.web import (
    account,
    accounts,
    accounts_file,
    auditlog,
    audits,
    committee,
    home,
    navigation,
    reports,
    second_factor,
    sheet,
    unit_events,
    words,
)
from isoaudit.web.office import (
    catalogue,
    devices,
    documents,
    facts,
    imports,
    money,
    objectives,
    publications,
    reform,
    reminders,
    settings,
    unit_reports,
)

BLUEPRINTS = (
    home.pages,
    account.pages,
    second_factor.pages,
    accounts.pages,
    accounts_file.pages,
    auditlog.pages,
    *audits.BLUEPRINTS,
    *committee.BLUEPRINTS,
    reports.pages,
    unit_events.pages,
    facts.pages,
    documents.pages,
    reform.pages,  # the room of tasks, with the annex
    catalogue.pages,
    publications.pages,
    objectives.pages,
    unit_reports.pages,
    reminders.pages,
    money.pages,
    settings.pages,
    imports.pages,
    devices.pages,
)


def init_app(app: Flask) -> None:
    """Register every room, and what all pages share."""
    words.init_app(app)
    navigation.init_app(app)
    sheet.init_app(app)
    for pages in BLUEPRINTS:
        app.register_blueprint(pages)
