"""The report workbook of a province-year against a bare loop over the same cells (`floor_xlsx`); then the three files
of the report together, from the question to the bytes.
"""

from isoaudit.export.files import KINDS
from isoaudit.services.report_content import report_content
from tests.bench import Line, median
from tests.bench.data import YEAR, Places
from tests.bench.floor_xlsx import compare


def measure(places: Places) -> list[Line]:
    """Writing alone, gathering what is written, and everything."""
    place = places.province
    with place.sessions.reading() as session:
        content = report_content(session, None, YEAR)
        gathering = median(lambda: report_content(session, None, YEAR), times=5)

        def everything() -> list[bytes]:
            made = report_content(session, None, YEAR)
            return [kind.write(made) for kind in KINDS.values()]

        files = median(everything, times=3)
    ours, floor, cells = compare(content)
    return [
        Line(f"báo cáo XLSX, {place.units} đơn vị", ours, 1.5, floor, f"mức sàn: vòng lặp viết {cells} ô"),
        Line("  gom nội dung của báo cáo", gathering),
        Line("  gom nội dung, viết XLSX, DOCX và PDF", files, 10),
    ]
