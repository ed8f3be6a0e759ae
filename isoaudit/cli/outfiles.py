"""Files that a command hands out: all of them or none, and only when the work that they tell of was done."""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from isoaudit.domain.errors import Invalid


@contextmanager
def staged(files: Mapping[Path, bytes]) -> Iterator[None]:
    """Write the files beside their places; they are put there when the block ends well, and vanish otherwise.

    Raises Invalid before the block is entered when a folder or a file cannot be written.
    """
    drafts: dict[Path, Path] = {}
    made: list[Path] = []
    try:
        for path, content in files.items():
            try:
                made += _folder(path.parent)
                drafts[path] = _draft(path, content)
            except OSError as error:
                raise Invalid("report.not_written", record=str(path), value=error.strerror or str(error)) from None
        yield
        for path, draft in drafts.items():
            try:
                draft.replace(path)
            except OSError as error:
                raise Invalid("report.not_written", record=str(path), value=error.strerror or str(error)) from None
        made.clear()
    finally:
        for draft in drafts.values():
            draft.unlink(missing_ok=True)
        for folder in reversed(made):
            folder.rmdir()


def _folder(folder: Path) -> list[Path]:
    """Make the folder; those that were not there, outermost first."""
    missing = [each for each in (folder, *folder.parents) if not each.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing[::-1]


def _draft(path: Path, content: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(21, os.strerror(21), str(path))
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        draft.chmod(0o644)
    except OSError:
        draft.unlink()
        raise
    return draft
