"""`isoaudit verify`: whether what is kept is still what was written. The audit log's chains, the files of the vault,
published checklists against their rows, frozen reports against their digests, grade sheets against the answers they
were made from; what tablets brought is in `integrity_tablet`. Reads only."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from isoaudit.db import (
    ChecklistVersion,
    CriterionRow,
    Document,
    Evidence,
    FrozenReport,
    Province,
)
from isoaudit.domain.checklist_file import parse
from isoaudit.domain.digest import checklist_digest, criterion_digest
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.services import integrity_tablet, log, vault
from isoaudit.services.rollup import sheets

_PIECE = 1024 * 1024


def findings(session: Session, evidence: Path) -> Iterator[Refusal]:
    """Everything that is not as it was written, each as a refusal with its sentence; nothing when all is well."""
    for province in session.scalars(select(Province).order_by(Province.id)):
        for found in log.verify(session, province.id):
            what, _space, seq = found.rpartition(" ")
            yield Invalid(f"verify.log_{what.split()[0]}", province=province.name, seq=seq)
    yield from _files(session, evidence)
    yield from _checklists(session)
    yield from integrity_tablet.findings(session)
    for report in session.scalars(select(FrozenReport).order_by(FrozenReport.id).execution_options(yield_per=10)):
        if hashlib.sha256(report.content).hexdigest() != report.digest.removeprefix("sha256:"):
            yield Invalid("verify.report", number=report.number, day=f"{report.issued_on:%d/%m/%Y}")
    for reference in sheets.wrong(session):
        yield Invalid("verify.grade_sheet", record=reference)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, read in pieces."""
    made = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(_PIECE):
            made.update(piece)
    return made.hexdigest()


def _files(session: Session, folder: Path) -> Iterator[Refusal]:
    named: dict[str, str] = {}
    for name, sha256 in session.execute(select(Evidence.name, Evidence.sha256).order_by(Evidence.sha256)):
        named.setdefault(sha256, name)
    for row in session.execute(select(Document.number, Document.file_sha256).where(Document.file_sha256.is_not(None))):
        named.setdefault(row.file_sha256 or "", row.number)
    for sha256, name in named.items():
        path = vault.path(folder, sha256)
        if not path.is_file():
            yield Invalid("verify.file_missing", name=name, sha256=sha256)
        elif file_digest(path) != sha256:
            yield Invalid("verify.file_changed", name=name, sha256=sha256)


def _checklists(session: Session) -> Iterator[Refusal]:
    for version in session.scalars(select(ChecklistVersion).order_by(ChecklistVersion.id)):
        name = f"{version.name} {version.version}"
        if checklist_digest(version.content) != version.digest:
            yield Invalid("verify.checklist", name=name)
            continue
        wanted = {each.code: criterion_digest(each) for each in parse(version.content).criteria}
        rows = session.execute(
            select(CriterionRow.code, CriterionRow.digest).where(CriterionRow.checklist_version_id == version.id)
        )
        kept = {row.code: row.digest for row in rows}
        for code in sorted(wanted.keys() | kept.keys()):
            if wanted.get(code) != kept.get(code):
                yield Invalid("verify.criterion", name=name, criterion=code)
