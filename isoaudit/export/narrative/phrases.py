"""How the report writes numbers, parts, lists of units and comparisons in running text (RULES §9).

Everything here takes plain values and gives words that stay right for none, one, few, many and all. What is said of the
year is in the modules beside this one.
"""

import re
from collections.abc import Iterable, Sequence

from isoaudit.domain.numbers import count_text, percent_text, share
from isoaudit.domain.vocabulary import Block, Obligation, Status
from isoaudit.export.layout import Json, ReportContent
from isoaudit.export.paper.blocks import Bullets, Para
from isoaudit.export.sections.words import sentence, unit_names

NAMED = 8
"""So many units are named in a sentence; more are left to the annex."""
WHO = {
    Block.AGENCY.value: "sở, ban, ngành",
    Block.DISTRICT.value: "UBND cấp huyện",
    Block.COMMUNE.value: "UBND cấp xã",
}
"""The units of a block as running text calls them."""
UNIT = "đơn vị"
NBSP = "\u00a0"


def para(content: ReportContent, key: str, *sentences: str) -> Para:
    """A paragraph of these sentences; empty ones are left out."""
    return Para(key, " ".join(each for each in sentences if each), content.edited.get(key, ""))


def bullets(content: ReportContent, key: str, items: Iterable[str]) -> Bullets:
    """A list: every item but the last ends with a semicolon, the last with a full stop."""
    texts = [sentence(each.rstrip(" .;")) for each in items]
    ended = (*(f"{text};" for text in texts[:-1]), *(f"{text}." for text in texts[-1:]))
    return Bullets(key, ended, content.edited.get(key, ""))


def full(text: str) -> str:
    """A sentence: a capital in front, a full stop at the end."""
    return sentence(text.rstrip(" .;")) + "."


def count(number: int, what: str = UNIT) -> str:
    """ "05 đơn vị", "không có đơn vị nào"."""
    return f"{count_text(number)} {what}" if number else f"không có {what} nào"


def part(done: int, whole: int, who: str, verb: str, decimals: int) -> str:
    """How many of a whole have done it: "12/19 sở, ban, ngành đã chuyển đổi (63,2%)". `verb` is without "đã"."""
    if not whole:
        return f"không có {who} nào thuộc diện"
    if not done:
        return f"chưa có {who} nào {verb} ({share(0, whole)})"
    if done == whole:
        all_of = "toàn bộ " if whole > 1 else ""
        return f"{all_of}{count_text(whole)} {who} đã {verb} ({share(done, whole)}, 100%)"
    return f"{share(done, whole)} {who} đã {verb} ({percent_text(done, whole, decimals)})"


def listed(names: Sequence[str]) -> str:
    """ "A", "A và B", "A, B và C"; a semicolon where a name holds a comma."""
    if len(names) < 2:
        return "".join(names)
    mark = "; " if any("," in name for name in names) else ", "
    return f"{mark.join(names[:-1])} và {names[-1]}"


def named(names: Sequence[str], annex: str) -> str:
    """The units in brackets: their names when they are few, the annex when they are many; empty for none."""
    if not names:
        return ""
    if len(names) <= NAMED or not annex:
        return f" ({listed(names)})"
    return f" (danh sách tại {annex})"


def by_block(content: ReportContent, counts: Iterable[tuple[str, int]]) -> str:
    """ "12 sở, ban, ngành; 07 UBND cấp huyện", without the blocks that have none."""
    return "; ".join(f"{count_text(number)} {WHO[block]}" for block, number in counts if number)


def blocks(content: ReportContent) -> list[tuple[str, Json]]:
    """The blocks that are printed with their figures, in order."""
    found = content.rollup["blocks"]
    return [(block.value, found[block.value]) for block in Block if found.get(block.value, {}).get("units")]


def units_where(content: ReportContent, **values: object) -> list[str]:
    """Names of the units that are not exempt and have these values in the roll-up, in its order."""
    names = unit_names(content)
    return [
        names[unit["code"]]
        for unit in content.rollup["units"]
        if unit["status"] != Status.EXEMPT and all(unit[key] == value for key, value in values.items())
    ]


def called(content: ReportContent, code: str, name: str) -> str:
    """The unit of a row as the report calls it: with its district where another unit in force bears the name. The name
    of the row where its code is no longer, or is now another's."""
    found = unit_names(content).get(code, name)
    return found if found == name or found.startswith(f"{name} (") else name


def obliged_where(content: ReportContent, status: Status) -> list[str]:
    """Names of the units that have to apply the system and have this status."""
    names = unit_names(content)
    return [
        names[unit["code"]]
        for unit in content.rollup["units"]
        if unit["status"] == status and unit["obligation"] != Obligation.ENCOURAGED
    ]


def compared(now: int, before: int, name: str, what: str = UNIT) -> str:
    """ "tăng 05 đơn vị so với năm 2019", "bằng năm 2019"."""
    if now == before:
        return f"bằng {name}"
    by = f"{count_text(abs(now - before))} {what}".strip()
    return f"{'tăng' if now > before else 'giảm'} {by} so với {name}"


def begun_small(subject: str) -> str:
    """A subject as it goes on after "về": without "Về (việc)" of its own, its first letter small unless it is that of a
    name. Of a name the next word begins with a capital too (Sở Nội vụ) or it is one of a few bodies."""
    bare = _ABOUT.sub("", subject.strip(), count=1)
    first, _, rest = bare.partition(" ")
    name = len(first) < 2 or not first[1:].islower() or rest[:1].isupper() or bare.startswith(_BODIES)
    return bare if name else bare[:1].lower() + bare[1:]


_ABOUT = re.compile(r"^(v/v|về việc|về)\s+", re.IGNORECASE)
_BODIES = ("Ủy ban", "Uỷ ban", "Thủ tướng", "Hội đồng", "Văn phòng", "Cục ")
