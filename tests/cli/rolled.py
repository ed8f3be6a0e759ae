"""An instance with one small year, made by the commands that a province uses."""

import shutil
from pathlib import Path

import pytest

from isoaudit import cli
from tests.workbooks import Sheets, folder, table

COMMUNE = "tcvn-iso-9001-2015-commune"


def sheets() -> Sheets:
    """Two communes, one of them audited, with a text that a spreadsheet could take for a formula."""
    return {
        "units": table(
            "code | name | kind | valid_from",
            "461 | Thành phố Đông Hà | district | 1900-01-01",
            "101 | Xã Gio An | commune | 1900-01-01",
            "102 | =Xã Ám | commune | 1900-01-01",
        ),
        "declarations": table(
            "unit | edition | kind | date",
            "461 | iso9001-2008 | declare | 2016-05-02",
            "461 | iso9001-2015 | declare | 2019-05-02",
            "101 | iso9001-2008 | declare | 2017-05-02",
        ),
        "procedures": table("unit | as_of | total | covered | late", "101 | 2020-10-01 | 90 | 60 | 2"),
        "documents": table(
            "number | kind | issuer | date | subject", "127/QĐ-UBND | QĐ | UBND tỉnh | 2020-01-15 | Kế hoạch"
        ),
        "audits": table(
            "audit | unit | mode | purpose | checklist | version | minuted_on",
            f"KT-01 | 101 | on_site | full | {COMMUNE} | 1.0.0 | 2020-09-03",
        ),
        "answers": table(
            "audit | criterion | grade | note",
            "KT-01 | A-01 | minor | +thiếu quyết định",
            "KT-01 | A-02 | conformity |",
        ),
        "nonconformities": table("audit | criterion | grade | due_on", "KT-01 | A-01 | minor | 2020-10-03"),
        "tasks": table(
            "year | group | task | due_on | completed_on | content_complete",
            "2020 | 5 | Tập huấn | 2020-06-30 | 2020-06-15 | yes",
            "2020 | 5 | Kiểm tra | 2020-12-31 | | no",
        ),
    }


class Instance:
    """Runs commands in a folder of their own."""

    def __init__(self, place: Path) -> None:
        self.place = place

    def load(self) -> None:
        """Migrate, publish, import."""
        for arguments in (
            ("db", "upgrade"),
            ("checklist", "publish", "--all"),
            ("import", str(folder(self.place / "so", sheets()))),
        ):
            assert self.run(*arguments) == 0

    def copied(self, place: Path) -> "Instance":
        """The same, in another folder."""
        shutil.copytree(self.place, place)
        return Instance(place)

    def run(self, *arguments: str) -> int:
        """The exit status; what it prints goes to where the test reads it."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("ISOAUDIT_INSTANCE", str(self.place))
            patch.delenv("ISOAUDIT_DATABASE_URL", raising=False)
            patch.setattr("sys.argv", ["isoaudit", *arguments])
            with pytest.raises(SystemExit) as ended:
                cli.main()
        return int(ended.value.code or 0)
