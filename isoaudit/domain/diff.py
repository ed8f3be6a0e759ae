"""What changed between two versions of a checklist, and the smallest version step that the change asks for.

The rules are those of CONTRACT §2. Whether a file may change at all (published files may not) is in
`published`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import IntEnum

from isoaudit.domain.checklist import Checklist, Criterion
from isoaudit.domain.digest import meaning
from isoaudit.domain.errors import Invalid

_MEANING = frozenset({"code", "part", "clause", "rule", "weight", "gate", "applies_to", "when", "revision"})
_FILE_MEANING = ("edition", "applies_to", "scoring", "bands")
_FILE_WORDING = ("title", "serves")


class Size(IntEnum):
    """How far a version has to move: greater asks for more."""

    NONE = 0
    PATCH = 1
    MINOR = 2
    MAJOR = 3


@dataclass(frozen=True, slots=True)
class Change:
    """A criterion that both versions have, and the fields in which they differ."""

    code: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of two versions; codes stand in the order of their file.

    `meaning` and `wording` list criteria of both versions (one may stand in both lists); `file_meaning` and
    `file_wording` name keys of the file itself. `reordered`: the criteria of both stand in another order.
    """

    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    meaning: tuple[Change, ...] = ()
    wording: tuple[Change, ...] = ()
    file_meaning: tuple[str, ...] = ()
    file_wording: tuple[str, ...] = ()
    reordered: bool = False

    def __bool__(self) -> bool:
        return self.size is not Size.NONE

    @property
    def size(self) -> Size:
        """The smallest step that this difference asks for."""
        if self.removed or self.meaning or self.file_meaning:
            return Size.MAJOR
        if self.added:
            return Size.MINOR
        return Size.PATCH if self.wording or self.file_wording or self.reordered else Size.NONE


def diff(old: Checklist, new: Checklist) -> Difference:
    """What changed from `old` to `new`. Raises `Invalid` when they are not versions of one checklist."""
    if old.id != new.id:
        raise Invalid("checklist.other_id", record=new.id, field="id", value=f"{old.id} / {new.id}")
    pairs = [(before, after) for after in new.criteria if (before := old.criterion(after.code)) is not None]
    before_order = [each.code for each in old.criteria if new.criterion(each.code) is not None]
    return Difference(
        added=tuple(each.code for each in new.criteria if old.criterion(each.code) is None),
        removed=tuple(each.code for each in old.criteria if new.criterion(each.code) is None),
        meaning=_changes((after.code, _changed_meaning(before, after)) for before, after in pairs),
        wording=_changes((after.code, _changed_wording(before, after)) for before, after in pairs),
        file_meaning=tuple(name for name in _FILE_MEANING if getattr(old, name) != getattr(new, name)),
        file_wording=tuple(name for name in _FILE_WORDING if getattr(old, name) != getattr(new, name)),
        reordered=before_order != [after.code for _, after in pairs],
    )


def version_key(version: str) -> tuple[int, int, int]:
    """The key by which versions sort: 1.2.0 before 1.10.0. ValueError for anything but three numbers."""
    major, minor, patch = (int(part) for part in version.split("."))
    return major, minor, patch


def predecessor(version: str, versions: Iterable[str]) -> str | None:
    """The latest of `versions` before this one: what a new file is compared with. None for a first version."""
    earlier = [each for each in versions if version_key(each) < version_key(version)]
    return max(earlier, key=version_key, default=None)


def least_version(version: str, size: Size) -> str:
    """The lowest version that a change of this size may have after `version`."""
    major, minor, patch = version_key(version)
    after = {
        Size.NONE: (major, minor, patch),
        Size.PATCH: (major, minor, patch + 1),
        Size.MINOR: (major, minor + 1, 0),
        Size.MAJOR: (major + 1, 0, 0),
    }
    return ".".join(str(part) for part in after[size])


def check_step(old: Checklist, new: Checklist) -> Difference:
    """The difference, when the version of `new` is far enough from that of `old`; a larger step is allowed.

    Raises `Invalid` ("checklist.step_too_small") naming what changed and the version it asks for.
    """
    found = diff(old, new)
    needed = least_version(old.version, found.size)
    if version_key(new.version) < version_key(needed):
        raise Invalid(
            "checklist.step_too_small",
            record=new.id,
            field="version",
            value=new.version,
            before=old.version,
            needed=needed,
            changes="; ".join(summary(found)) or "=",
        )
    return found


def summary(found: Difference) -> list[str]:
    """The difference in short signs that need no language: "+ B-7.2-03", "- A-04", "~ A-02 (weight)"."""
    return [
        *(f"+ {code}" for code in found.added),
        *(f"- {code}" for code in found.removed),
        *(f"~ {change.code} ({', '.join(change.fields)})" for change in (*found.meaning, *found.wording)),
        *(f"~ {name}" for name in (*found.file_meaning, *found.file_wording)),
        *(["~ [[criterion]] 1, 2, 3 …"] if found.reordered else []),
    ]


def _changes(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> tuple[Change, ...]:
    return tuple(Change(code, names) for code, names in pairs if names)


def _changed_meaning(before: Criterion, after: Criterion) -> tuple[str, ...]:
    was, now = meaning(before), meaning(after)
    return tuple(name for name in was | now if was.get(name) != now.get(name))


def _changed_wording(before: Criterion, after: Criterion) -> tuple[str, ...]:
    names = (each.name for each in fields(Criterion) if each.name not in _MEANING)
    return tuple(name for name in names if getattr(before, name) != getattr(after, name))
