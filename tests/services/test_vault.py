"""Uploads are what their content says, whatever their name; kept under their SHA-256, once."""

import io
import zipfile

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from isoaudit.config import Config
from isoaudit.db import Evidence
from isoaudit.domain.errors import Invalid
from isoaudit.services import log, settings, vault
from tests.conftest import NOW

PDF = b"%PDF-1.7\n" + b"x" * 50


def _docx(*more: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as opened:
        for name in ("[Content_Types].xml", "word/document.xml", *more):
            opened.writestr(name, "<x/>")
    return made.getvalue()


def _store(session: Session, config: Config, content: bytes, name: str = "tệp.pdf", **more: object) -> Evidence:
    return vault.store(
        session,
        config.evidence,
        province_id=settings.home(session).id,
        name=name,
        content=content,
        max_mb=1,
        by=log.COMMAND_LINE,
        now=NOW,
        **more,  # type: ignore[arg-type]
    )


def test_a_file_is_kept_once_under_its_digest(session: Session, config: Config) -> None:
    row = _store(session, config, PDF, name="../../C:\\thư mục\\Biên bản.pdf")
    assert _store(session, config, PDF, name="khác.pdf") is row
    assert (row.name, row.media_type) == ("Biên bản.pdf", vault.PDF)
    stored = vault.find(config.evidence, row.sha256)
    assert stored.read_bytes() == PDF
    assert session.scalar(select(func.count()).select_from(Evidence)) == 1
    assert _store(session, config, _docx(), name="x.docx").media_type == vault.DOCX


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "upload.empty"),
        (b"%PDF" + b"x" * 1024 * 1024, "upload.size"),
        (b"<html><script>alert(1)</script>", "upload.kind"),
        (b"MZ\x90\x00" + b"\0" * 100, "upload.kind"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "upload.kind"),
        (b"PK\x03\x04hong", "upload.kind"),
        (_docx("word/vbaProject.bin"), "upload.kind"),
    ],
)
def test_what_is_not_accepted_is_refused_by_its_content(
    session: Session, config: Config, content: bytes, code: str
) -> None:
    with pytest.raises(Invalid) as raised:
        _store(session, config, content)
    assert raised.value.code == code
    assert not config.evidence.exists()


def test_kind_and_digest_asked_for_are_held(session: Session, config: Config) -> None:
    with pytest.raises(Invalid, match=r"upload\.kind"):
        _store(session, config, PDF, kinds=vault.PICTURES)
    with pytest.raises(Invalid, match=r"upload\.digest"):
        _store(session, config, PDF, sha256="0" * 64)
