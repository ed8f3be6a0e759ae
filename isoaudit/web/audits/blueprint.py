"""The blueprint of the pages of audits, and what its rooms share: the audit of a request, and who looks at it."""

from datetime import UTC, date, datetime
from pathlib import Path

from flask import Blueprint, current_app
from flask_login import current_user
from sqlalchemy.orm import Session

from isoaudit.domain.access import Permission, Scope, scope
from isoaudit.domain.vocabulary import AuditState, Grade, Role, TeamRole
from isoaudit.http import database
from isoaudit.services import settings
from isoaudit.services.audits import reading
from isoaudit.services.audits.reading import AuditView
from isoaudit.services.papers_templates import FOLDER
from isoaudit.web import words

pages = Blueprint("audits", __name__, url_prefix="/cuoc-kiem-tra")


def province_id(session: Session | None = None) -> int:
    """The key of the installation's province."""
    return settings.home_id(session or database.session())


def of_request(reference: str) -> AuditView:
    """The audit that the address names. Raises NotFound."""
    session = database.session()
    return reading.find(session, province_id(session), reference)


def my_role(audit: AuditView) -> TeamRole | None:
    """The role of the signed-in person in the team; None for everybody who may not answer."""
    return audit.role_of(current_user.id) if Role.INSPECTOR in current_user.role_set else None


def may_answer(audit: AuditView) -> bool:
    """Whether the signed-in person may answer this audit now."""
    return my_role(audit) is not None and audit.state in (AuditState.PLANNED, AuditState.UNDER_WAY)


def may_keep_papers(audit: AuditView) -> bool:
    """Whether the signed-in person may keep papers of this audit: the office of every one, inspectors of their own."""
    return keeps_all_papers() or my_role(audit) is not None


def keeps_all_papers() -> bool:
    """Whether the signed-in person may keep papers of every audit."""
    return any(scope(role, Permission.AUDIT_PAPERS) is Scope.ALL for role in current_user.role_set)


def own_templates() -> Path:
    """The folder of the province's own templates of papers and steps."""
    folder: Path = current_app.config["ISOAUDIT"].instance / FOLDER
    return folder


@pages.app_template_global()
def grade_label(value: str | None) -> str:
    """The words of a grade given by its code name, as histories keep it; "–" for none."""
    return words.label(Grade(value)) if value else words.label(None)


@pages.app_template_global()
def iso_day(value: str | None) -> str:
    """A day as a tablet's entry keeps it (ISO, or "" for none), as officials write it."""
    return words.day(date.fromisoformat(value)) if value else words.day(None)


@pages.app_template_filter()
def iso_moment(value: str | None) -> str:
    """A moment as a tablet's entry keeps it (ISO, or "" for none), in local time."""
    return words.moment(datetime.fromisoformat(value).astimezone(UTC)) if value else words.day(None)
