"""The record of published files (`checklists/published.toml`): a file that stands in it never changes again.

Keys are paths below `checklists/` with forward slashes, values the file's digest (`digest.checklist_digest`).
"""

import re
from collections.abc import Mapping

from isoaudit.domain.checklist import Checklist
from isoaudit.domain.errors import Refusal
from isoaudit.domain.fields import Problems

_SHA256 = re.compile(r"[0-9a-f]{64}")
_SHOWN_DIGITS = 12


def parse_published(data: Mapping[str, object]) -> dict[str, str]:
    """Path → digest, as 64 hexadecimal digits; "sha256:" before them is allowed. Raises `Refusals`."""
    problems = Problems()
    published = {}
    for path, value in data.items():
        digits = value.removeprefix("sha256:").lower() if isinstance(value, str) else ""
        if not _SHA256.fullmatch(digits):
            problems.note("checklist.published_form", path, path, value)
        published[path] = digits
    problems.raise_any()
    return published


def published_problems(published: Mapping[str, str], digests: Mapping[str, str]) -> list[Refusal]:
    """The published files that changed or are gone. `digests` holds path → digest of the files that are
    there.
    """
    problems = Problems()
    for path, digest in published.items():
        found = digests.get(path)
        if found is None:
            problems.note("checklist.published_missing", path, path)
        elif found != digest:
            problems.note(
                "checklist.published_changed",
                path,
                path,
                found[:_SHOWN_DIGITS],
                expected=digest[:_SHOWN_DIGITS],
            )
    return problems.refusals


def path_of(checklist: Checklist) -> str:
    """Where the file of this version stands below `checklists/`."""
    return f"{checklist.id}/{checklist.version}.toml"


def place_problems(path: str, checklist: Checklist) -> list[Refusal]:
    """Whether the file stands where its id and version say; `path` is below `checklists/`."""
    problems = Problems()
    if path != path_of(checklist):
        problems.note("checklist.file_place", path, "id, version", path_of(checklist), expected=path)
    return problems.refusals
