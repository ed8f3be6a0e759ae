"""Ready sentences for findings and requests, by criterion: what inspectors put in with one tap and fill in.

They are no part of a published checklist: wording may be mended at any time (isoaudit/sentences/*.toml). A file of the
checklist's own id speaks for it, before `shared.toml`, which serves every checklist that asks the same question.
"""

from dataclasses import dataclass
from functools import cache

from isoaudit.services.library import read_toml
from isoaudit.shipped import SENTENCES


@dataclass(frozen=True, slots=True)
class Ready:
    """Sentences of one criterion; "…" stands where the inspector writes what was seen."""

    findings: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()


@cache
def of(checklist_id: str) -> dict[str, Ready]:
    """Criterion's code → its ready sentences, for a checklist; empty for one that has no file."""
    own = SENTENCES / f"{checklist_id}.toml"
    if not own.is_file():
        return {}
    found: dict[str, Ready] = {}
    for path in (SENTENCES / "shared.toml", own):
        for each in read_toml(path)["sentence"]:
            found[each["code"]] = Ready(tuple(each["findings"]), tuple(each["requests"]))
    return found
