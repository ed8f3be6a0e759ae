"""Files that wait to be imported: what is kept under which name, and what is refused."""

import io
import unicodedata
import zipfile
from pathlib import Path

import pytest

from isoaudit.domain.errors import Invalid
from isoaudit.domain.messages import say
from isoaudit.services import incoming
from tests.conftest import NOW

LONG = (
    "Sổ theo dõi tình hình xây dựng, áp dụng, duy trì và cải tiến hệ thống quản lý chất lượng tại các cơ quan, đơn vị"
)


def kept(folder: Path, *names: str) -> Path:
    key = incoming.keep(folder, [(name, io.BytesIO(name.encode())) for name in names], 1, NOW)
    return incoming.workbook(incoming.find(folder, key, 1))


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_a_long_name_is_cut_before_its_suffix(tmp_path: Path, form: str) -> None:
    assert kept(tmp_path, unicodedata.normalize(form, LONG * 2) + ".xlsx").suffix == ".xlsx"
    folder = kept(tmp_path, unicodedata.normalize(form, LONG * 2) + ".CSV", "units.csv")
    assert sorted(each.suffix for each in folder.iterdir()) == [".CSV", ".csv"]
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{'ễ' * 120}.csv", "code\n")
    key = incoming.keep(tmp_path, [(f"{'ễ' * 200}.zip", io.BytesIO(packed.getvalue()))], 1, NOW)
    (table,) = incoming.workbook(incoming.find(tmp_path, key, 1)).iterdir()
    assert table.suffix == ".csv"


@pytest.mark.parametrize(
    "names", [("units.csv", "units.csv"), ("units.csv", "so/Units.CSV"), (LONG * 2 + "1.csv", LONG * 2 + "2.csv")]
)
def test_two_tables_of_one_name_are_refused(tmp_path: Path, names: tuple[str, str]) -> None:
    with pytest.raises(Invalid, match="name_twice") as refused:
        kept(tmp_path, *names)
    assert "cùng tên" in say(refused.value)
    assert not any(tmp_path.iterdir())


def test_a_zip_with_two_tables_of_one_name_is_refused(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for ending in "12":
            archive.writestr(f"{LONG * 2}{ending}.csv", "code\n")
    with pytest.raises(Invalid, match="archive"):
        incoming.keep(tmp_path, [("so.zip", io.BytesIO(packed.getvalue()))], 1, NOW)
