"""`isoaudit rollup`: the figures of a province-year as of a day, as tables or as the JSON of CONTRACT §4."""

from collections.abc import Callable
from datetime import datetime

import click

from isoaudit.cli import context, output
from isoaudit.domain.figures import Counts, Rollup
from isoaudit.domain.numbers import share_text
from isoaudit.domain.rollup_json import to_json
from isoaudit.domain.vocabulary import Maintained, Status
from isoaudit.services import settings
from isoaudit.services.rollup import DEFAULT_CONVERSION, roll_up

year_option = click.option("--year", required=True, type=click.IntRange(1900, 2999), help="Năm tổng hợp.")
day_option = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    help="Tính đến ngày (YYYY-MM-DD), trong năm đó; mặc định là ngày cuối năm.",
)


@click.command()
@year_option
@day_option
@click.option("--conversion", default=DEFAULT_CONVERSION, show_default=True, help="Lần chuyển đổi được xét.")
@click.option("--province", help="Tỉnh; mặc định là tỉnh của nơi cài đặt.")
@output.format_option
def rollup(year: int, as_of: datetime | None, conversion: str, province: str | None, form: str) -> None:
    """Tổng hợp của một tỉnh trong một năm, tính đến một ngày."""
    with context.reading() as session:
        decimals = int(settings.read(session)["percent_decimals"])
        found = roll_up(session, province, year, as_of.date() if as_of else None, conversion)
    context.note_future(found.as_of)
    content = to_json(found, decimals)
    if form == "json":
        output.dump(content)
        return
    click.echo(
        f"{found.province}, năm {found.year}, tính đến ngày {found.as_of:%d/%m/%Y}; chuyển đổi {found.conversion}"
    )
    _print_blocks(found, decimals)
    _print_words(found, "Trạng thái", [each for each in Status if each is not Status.EXEMPT], lambda b: b.status)
    _print_words(found, "Duy trì, cải tiến", list(Maintained), lambda b: b.maintained)
    click.echo()
    counted = found.nonconformities
    click.echo(
        f"Điểm không phù hợp: đầu kỳ {counted.opening}, phát hiện {counted.raised}, đã đóng {counted.closed}, "
        f"cuối kỳ {counted.closing} (quá hạn {counted.overdue}, chưa có thời hạn {counted.without_deadline})"
    )
    click.echo("Nhiệm vụ: " + ", ".join(f"{level.vi} {number}" for level, number in found.tasks.items()))
    click.echo(str(content["digest"]))


def _lines(found: Rollup) -> list[tuple[str, Counts]]:
    """The blocks, the chi cục inside theirs, the total."""
    lines = []
    for block, counts in found.blocks.items():
        lines.append((block.vi, counts))
        if block == "agency" and found.sub_agencies is not None:
            lines.append(("  trong đó: chi cục", found.sub_agencies))
    return [*lines, ("Tổng số", found.total)]


def _print_blocks(found: Rollup, decimals: int) -> None:
    def part(number: int, whole: int, counts: Counts) -> str:
        return f"{number}/{whole}" if counts is found.total else share_text(number, whole, decimals)

    click.echo()
    output.table(
        ["Khối", "Số đơn vị", "Không áp dụng", "Đã công bố", "Bắt buộc, đã công bố", "Đã chuyển đổi", "Đã kiểm tra"],
        [
            [
                name,
                counts.units,
                counts.exempt,
                part(counts.declared, counts.considered, counts),
                part(counts.declared_obliged, counts.obliged, counts),
                part(counts.baseline_converted, counts.baseline, counts),
                part(counts.audited, counts.considered, counts),
            ]
            for name, counts in _lines(found)
        ],
    )


def _print_words(
    found: Rollup, title: str, words: list[Status] | list[Maintained], numbers: Callable[[Counts], dict]
) -> None:
    click.echo()
    lines = _lines(found)
    output.table(
        [title, *(name.strip() for name, _ in lines)],
        [[word.vi, *(numbers(counts)[word] for _, counts in lines)] for word in words],
    )
