"""The shipped register of Quảng Trị, checked as plain CSV: counts, dates, codes and successions.

Only the standard library is used, so that a slip in the data shows without the importer or a database.
What the importer makes of these sheets is tested with the importer.
"""

import csv
import unicodedata
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

Row = dict[str, str]

REGISTERS = Path(__file__).parents[2] / "isoaudit" / "registers"
FOLDERS = ("quang-tri", "quang-tri-2025-agencies")
COLUMNS = {
    "units.csv": ["code", "name", "kind", "parent", "province", "valid_from", "valid_to", "basis"],
    "successions.csv": ["predecessor", "successor", "on", "relation", "basis"],
}
COMMUNE_BLOCK = ("commune", "ward", "township", "special_zone")
KIND_WORDS = {
    "district": ("Thành phố ", "Thị xã ", "Huyện "),
    "commune": ("Xã ",),
    "ward": ("Phường ",),
    "township": ("Thị trấn ",),
    "special_zone": ("Đặc khu ",),
    "agency": ("Sở ", "Ban ", "Văn phòng ", "Thanh tra "),
}
MERGER = "2025-07-01"
TWO_STEPS = {
    "19525": "19495",
    "19531": "19496",
    "19549": "19537",
    "19627": "19639",
    "19630": "19639",
    "19651": "19654",
    "19654": "19654",
    "19687": "19699",
    "19696": "19699",
}


def read(folder: str, sheet: str) -> list[Row]:
    with (REGISTERS / folder / sheet).open(encoding="utf-8", newline="") as stream:
        reader = csv.DictReader(stream)
        rows = list(reader)
    assert reader.fieldnames == COLUMNS[sheet]
    return rows


UNITS = read("quang-tri", "units.csv")
SUCCESSIONS = read("quang-tri", "successions.csv")
OVERLAY_UNITS = read("quang-tri-2025-agencies", "units.csv")
OVERLAY_SUCCESSIONS = read("quang-tri-2025-agencies", "successions.csv")


def with_overlay() -> list[Row]:
    """The register after the unconfirmed agency list is imported with --update."""
    return list({key(u): u for u in UNITS + OVERLAY_UNITS}.values())


def in_force(units: list[Row], day: str, province: str = "Quảng Trị") -> list[Row]:
    return [
        u
        for u in units
        if u["province"] == province and u["valid_from"] <= day and (not u["valid_to"] or day < u["valid_to"])
    ]


def resolve(units: list[Row], code: str, day: str) -> Row:
    """The one row that a code means on a day, in whatever province (codes are unique across both)."""
    found = [u for p in ("Quảng Trị", "Quảng Bình") for u in in_force(units, day, p) if u["code"] == code]
    assert len(found) == 1, (code, day, found)
    return found[0]


def eve(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def key(unit: Row) -> tuple[str, str]:
    return unit["code"], unit["valid_from"]


def heirs(code: str, day: str) -> set[str]:
    """Codes in force after the last succession that the unit of this code and day led to."""
    start = resolve(UNITS, code, day)
    if not start["valid_to"]:
        return {code}
    on = start["valid_to"]
    steps = [s["successor"] for s in SUCCESSIONS if s["predecessor"] == code and s["on"] == on]
    return {heir for step in steps for heir in heirs(step, on)}


@pytest.mark.parametrize("folder", FOLDERS)
@pytest.mark.parametrize("sheet", COLUMNS)
def test_every_cell_is_clean_and_every_line_has_a_basis(folder: str, sheet: str) -> None:
    for row in read(folder, sheet):
        for value in row.values():
            assert value == unicodedata.normalize("NFC", " ".join(value.split())), row
        assert len(row["basis"]) > 10, row
    if folder != "quang-tri":
        assert all(row["basis"].startswith("danh sách chưa xác nhận: ") for row in read(folder, sheet))


@pytest.mark.parametrize("folder", FOLDERS)
def test_lines_keep_one_order_and_one_row_per_key(folder: str) -> None:
    block = {"agency": 0, "district": 1}
    units = [(block.get(u["kind"], 2), *key(u)) for u in read(folder, "units.csv")]
    steps = [(s["on"], s["successor"], s["predecessor"]) for s in read(folder, "successions.csv")]
    assert units == sorted(set(units))
    assert steps == sorted(set(steps))


def test_units_have_dates_in_order_and_the_kind_their_name_says() -> None:
    for unit in UNITS + OVERLAY_UNITS:
        first = date.fromisoformat(unit["valid_from"])
        assert not unit["valid_to"] or first < date.fromisoformat(unit["valid_to"]), unit
        assert unit["name"].startswith(KIND_WORDS[unit["kind"]]), unit


@pytest.mark.parametrize(
    ("day", "province", "total", "expected"),
    [
        ("2019-12-31", "Quảng Trị", 141, {"commune": 117, "ward": 13, "township": 11}),
        ("2020-01-01", "Quảng Trị", 125, {"commune": 101, "ward": 13, "township": 11}),
        ("2020-11-18", "Quảng Trị", 125, {"commune": 101, "ward": 13, "township": 11}),
        ("2025-02-28", "Quảng Trị", 125, {"commune": 101, "ward": 13, "township": 11}),
        ("2025-03-01", "Quảng Trị", 119, {"commune": 95, "ward": 13, "township": 11}),
        ("2025-06-30", "Quảng Trị", 119, {"commune": 95, "ward": 13, "township": 11}),
        ("2025-07-01", "Quảng Trị", 78, {"commune": 69, "ward": 8, "special_zone": 1}),
        ("2025-06-30", "Quảng Bình", 145, {"commune": 122, "ward": 15, "township": 8}),
        ("2025-07-01", "Quảng Bình", 0, {}),
    ],
)
def test_commune_block_counts(day: str, province: str, total: int, expected: dict[str, int]) -> None:
    counts = Counter(u["kind"] for u in in_force(UNITS, day, province) if u["kind"] in COMMUNE_BLOCK)
    assert counts == expected
    assert counts.total() == total


def test_districts_and_agencies() -> None:
    kinds = Counter(u["kind"] for u in in_force(UNITS, "2020-11-18"))
    assert (kinds["district"], kinds["agency"]) == (10, 20)
    assert not any(u["kind"] == "district" for u in in_force(UNITS, MERGER))
    communes = Counter(u["parent"] for u in in_force(UNITS, "2020-11-18") if u["kind"] in COMMUNE_BLOCK)
    sizes = {"461": 9, "462": 5, "464": 18, "465": 21, "466": 17, "467": 13, "468": 8, "469": 18, "470": 16}
    assert communes == sizes


@pytest.mark.parametrize(
    ("code", "day", "name"),
    [
        ("19333", "2020-11-18", "Phường 1"),
        ("19333", "2025-06-30", "Phường 1"),
        ("19333", "2025-07-01", "Phường Đông Hà"),
        ("19357", "2020-11-18", "Phường 1"),
        ("19489", "2019-12-31", "Xã A Túc"),
        ("19489", "2020-01-01", "Xã Lìa"),
        ("19654", "2025-02-28", "Xã Triệu Sơn"),
        ("19654", "2025-03-01", "Xã Triệu Cơ"),
        ("19742", "2025-07-01", "Đặc khu Cồn Cỏ"),
        ("SKHCN", "2020-11-18", "Sở Khoa học và Công nghệ"),
    ],
)
def test_what_a_code_means_on_a_day(code: str, day: str, name: str) -> None:
    assert resolve(UNITS, code, day)["name"] == name


@pytest.mark.parametrize("units", [UNITS, with_overlay()], ids=["register", "with overlay"])
def test_no_code_is_in_force_twice_on_one_day(units: list[Row]) -> None:
    last_end: dict[str, str] = {}
    for unit in sorted(units, key=key):
        code = unit["code"]
        assert last_end.get(code, "") <= unit["valid_from"], code
        last_end[code] = unit["valid_to"] or "9999-12-31"


def test_parents_are_districts_in_force_when_the_child_begins() -> None:
    for unit in UNITS:
        old_commune = unit["kind"] in COMMUNE_BLOCK and unit["valid_from"] < MERGER
        assert bool(unit["parent"]) == (old_commune and unit["province"] == "Quảng Trị"), unit
        if unit["parent"]:
            parent = resolve(UNITS, unit["parent"], unit["valid_from"])
            assert (parent["kind"], parent["province"]) == ("district", unit["province"])
            assert unit["valid_to"] <= parent["valid_to"]


@pytest.mark.parametrize(
    ("units", "successions"),
    [(UNITS, SUCCESSIONS), (with_overlay(), OVERLAY_SUCCESSIONS)],
    ids=["register", "overlay"],
)
def test_successions_resolve_and_say_what_their_relation_means(units: list[Row], successions: list[Row]) -> None:
    into = Counter((s["on"], s["successor"]) for s in successions)
    out_of = Counter((s["on"], s["predecessor"]) for s in successions)
    carried = {(s["on"], s["successor"]) for s in successions if s["relation"] == "continued"}
    for step in successions:
        on = step["on"]
        old, new = resolve(units, step["predecessor"], eve(on)), resolve(units, step["successor"], on)
        assert old["valid_to"] == on, step
        began = new["valid_from"] == on
        receiver = (on, step["successor"])
        if step["relation"] == "absorbed":
            assert began == (receiver in carried), step
            continue
        assert began, step
        assert out_of[on, step["predecessor"]] == 1
        if step["relation"] == "consolidated":
            assert into[receiver] >= 2
            assert receiver not in carried
            unchanged = [old[column] == new[column] for column in ("code", "name", "kind")]
            assert not all(unchanged), step
        else:
            assert step["relation"] == "continued"


def test_every_end_has_a_succession_but_for_the_abolished_districts() -> None:
    followed = {(s["predecessor"], s["on"]) for s in SUCCESSIONS}
    ended = {(u["code"], u["valid_to"]) for u in UNITS if u["valid_to"]}
    abolished = {(str(code), MERGER) for code in (461, 462, 464, 465, 466, 467, 468, 469, 470)}
    assert ended - followed == abolished
    assert followed <= ended


def test_relations_by_day() -> None:
    assert Counter((s["on"], s["relation"]) for s in SUCCESSIONS) == {
        ("2020-01-01", "consolidated"): 22,
        ("2020-01-01", "absorbed"): 6,
        ("2025-03-01", "consolidated"): 6,
        ("2025-03-01", "absorbed"): 4,
        ("2025-07-01", "consolidated"): 222,
        ("2025-07-01", "absorbed"): 27,
        ("2025-07-01", "continued"): 16,
    }


def test_the_78_come_from_one_old_province_each() -> None:
    origins: dict[str, set[str]] = {}
    for step in SUCCESSIONS:
        if step["on"] == MERGER:
            old = resolve(UNITS, step["predecessor"], eve(MERGER))
            origins.setdefault(step["successor"], set()).add(old["province"])
    begun = {u["code"] for u in UNITS if u["valid_from"] == MERGER}
    assert set(origins) == begun
    assert Counter(tuple(o) for o in origins.values()) == {("Quảng Trị",): 37, ("Quảng Bình",): 41}


def test_a_receiver_that_kept_code_name_and_kind_is_continued_by_itself() -> None:
    kept = {
        s["predecessor"] for s in SUCCESSIONS if s["relation"] == "continued" and s["predecessor"] == s["successor"]
    }
    for unit in UNITS:
        if unit["valid_to"] and unit["kind"] in COMMUNE_BLOCK:
            same_code = [u for u in UNITS if u["code"] == unit["code"] and u["valid_from"] == unit["valid_to"]]
            same = [u for u in same_code if (u["name"], u["kind"]) == (unit["name"], unit["kind"])]
            assert bool(same) == (unit["code"] in kept and unit["valid_to"] == MERGER), unit
    assert len(kept) == 15


def test_units_of_2020_that_merged_twice_end_where_the_two_steps_lead() -> None:
    found = {code: heirs(code, "2020-11-18") for code in TWO_STEPS}
    assert found == {code: {heir} for code, heir in TWO_STEPS.items()}


def test_every_commune_of_2020_has_one_heir_in_2025() -> None:
    communes = [u for u in in_force(UNITS, "2020-11-18") if u["kind"] in COMMUNE_BLOCK]
    found = {code for u in communes for code in heirs(u["code"], "2020-11-18")}
    assert all(len(heirs(u["code"], "2020-11-18")) == 1 for u in communes)
    assert len(found | heirs("471", "2020-11-18")) == 37


def test_the_overlay_only_closes_and_adds_agencies() -> None:
    shipped = {key(u): u for u in UNITS}
    for unit in OVERLAY_UNITS:
        assert unit["kind"] == "agency"
        if key(unit) in shipped:
            changed = {c for c in COLUMNS["units.csv"] if unit[c] != shipped[key(unit)][c]}
            assert changed == {"valid_to", "basis"}
        else:
            assert unit["valid_from"] == "2025-03-01"
    for day, agencies in (("2020-11-18", 20), ("2025-02-28", 20), ("2025-03-01", 15)):
        assert sum(u["kind"] == "agency" for u in in_force(with_overlay(), day)) == agencies
    ended = {u["code"] for u in OVERLAY_UNITS if u["valid_to"]}
    assert ended == {s["predecessor"] for s in OVERLAY_SUCCESSIONS}
    assert Counter(s["relation"] for s in OVERLAY_SUCCESSIONS) == {
        "absorbed": 4,
        "consolidated": 2,
        "continued": 1,
    }
