"""`isoaudit report`: the annual report as files, its freezing, and what stands of reports that were issued."""

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click
from sqlalchemy.orm import Session

from isoaudit.cli import context, output
from isoaudit.cli.outfiles import staged
from isoaudit.cli.rollup import day_option
from isoaudit.domain import report_period
from isoaudit.domain.documentwords import short_date
from isoaudit.domain.errors import Invalid
from isoaudit.domain.localday import local_day
from isoaudit.domain.messages import say
from isoaudit.domain.report_life import WRITTEN, ReportFileKind
from isoaudit.export.files import KINDS, file_name
from isoaudit.services import freezing, frozen_reports, issuers, log, report_stamp
from isoaudit.services.report_content import report_content
from isoaudit.services.rollup import DEFAULT_CONVERSION

_DAY = click.DateTime(["%Y-%m-%d"])
_HEAD = ("ID", "Kỳ", "Tính đến", "Số", "Ngày", "Người ký", "Tình trạng", "Thay thế", "Mã băm")


def _kinds(_context: click.Context, _parameter: click.Parameter, value: str | None) -> list[str]:
    kinds = value.split(",") if value else []
    for kind in kinds:
        if kind not in KINDS:
            raise click.BadParameter(f"không có loại tệp “{kind}”; chọn trong (choose from): {', '.join(KINDS)}.")
    return list(dict.fromkeys(kinds))


@click.command()
@click.option("--year", type=click.IntRange(1900, 2999), help="Năm báo cáo.")
@day_option
@click.option("--out", type=click.Path(path_type=Path), help="Thư mục nhận tệp.")
@click.option(
    "--kind",
    "kinds",
    callback=_kinds,
    help="Loại tệp (xlsx,docx,pdf), cách nhau dấu phẩy; mặc định xlsx; khi chốt: cả ba.",
)
@click.option("--freeze", is_flag=True, help="Chốt số liệu, phát hành báo cáo đã duyệt; in ra mã của báo cáo.")
@click.option("--number", help="Số, ký hiệu văn bản, ví dụ 137/BC-SKHCN (khi chốt).")
@click.option("--date", "issued_on", type=_DAY, help="Ngày ban hành YYYY-MM-DD (khi chốt).")
@click.option("--signer", help="Họ tên người ký (khi chốt).")
@click.option("--issuer", help=f"Mã cơ quan ban hành; mặc định {issuers.DEFAULT}.")
@click.option("--list", "listing", is_flag=True, help="Liệt kê các báo cáo đã chốt.")
@click.option("--frozen", "frozen_id", type=click.IntRange(1), metavar="ID", help="Lấy lại tệp của báo cáo đã chốt.")
@click.option("--rewrite", is_flag=True, help="Với --frozen: ghi lại từ nội dung đã lưu, đối chiếu từng phần.")
@output.format_option
def report(
    year: int | None,
    as_of: datetime | None,
    out: Path | None,
    kinds: list[str],
    freeze: bool,
    number: str | None,
    issued_on: datetime | None,
    signer: str | None,
    issuer: str | None,
    listing: bool,
    frozen_id: int | None,
    rewrite: bool,
    form: str,
) -> None:
    """Báo cáo năm của tỉnh: bao-cao-iso-NĂM.xlsx (bảng tính), .docx (văn bản), .pdf.

    Với --freeze, báo cáo của năm đã được duyệt trên trang Báo cáo được phát hành. Nếu chưa ai lập dự thảo trên trang
    đó, lệnh này lập, duyệt và phát hành luôn: người chạy lệnh chịu trách nhiệm rằng văn bản mang số ấy đã được duyệt,
    và nhật ký ghi như vậy. Năm, ngày chốt đã có báo cáo phát hành thì báo cáo mới là bản đính chính, thay thế bản cũ.
    """
    stamp_given = (number, issued_on, signer)
    new = {"number": number, "date": issued_on, "signer": signer, "issuer": issuer}
    if listing:
        shared = {"out": out, "kind": kinds, "frozen": frozen_id, "rewrite": rewrite}
        _only("--list", year=year, as_of=as_of, freeze=freeze, **shared, **new)
        _list(form)
        return
    if rewrite and frozen_id is None:
        raise click.UsageError("--rewrite chỉ dùng cùng --frozen (only with --frozen).")
    if out is None:
        raise click.UsageError("Thiếu --out: thư mục nhận tệp (missing option --out).")
    if frozen_id is not None:
        _only("--frozen", year=year, as_of=as_of, freeze=freeze, **new)
        _again(frozen_id, out, kinds, rewrite=rewrite)
        return
    if year is None:
        raise click.UsageError("Thiếu --year: năm báo cáo (missing option --year).")
    day = as_of.date() if as_of else None
    if freeze:
        if number is None or issued_on is None or signer is None:
            raise click.UsageError("--freeze cần --number, --date và --signer (are required with --freeze).")
        given = report_stamp.stamp(number, issued_on.date(), signer)
        _freeze(year, day, given, issuer, out, kinds, form)
    elif any(each is not None for each in stamp_given):
        raise click.UsageError("--number, --date, --signer chỉ dùng cùng --freeze (only with --freeze).")
    else:
        _draft(year, day, issuer or issuers.DEFAULT, out, kinds or ["xlsx"])


def _only(option: str, **others: object) -> None:
    given = [name for name, value in others.items() if value not in (None, False, [])]
    if given:
        raise click.UsageError(f"{option}: không dùng cùng --{given[0].replace('_', '-')} (cannot be combined).")


def _draft(year: int, as_of: date | None, issuer: str, out: Path, kinds: Iterable[str]) -> None:
    with context.reading() as session:
        content = report_content(session, None, year, as_of, issuer=issuer)
    files = {out / file_name(year, kind): KINDS[kind].write(content) for kind in kinds}
    with staged(files):
        pass
    context.note_future(content.as_of)
    for path, written in files.items():
        click.echo(f"{path} (sha256:{hashlib.sha256(written).hexdigest()})")


def _freeze(
    year: int,
    as_of: date | None,
    given: report_stamp.Stamp,
    issuer: str | None,
    out: Path,
    kinds: Iterable[str],
    form: str,
) -> None:
    """Count, write, store: in this order, so that the files lie ready before anything is stored, and are handed out
    only once it is."""
    config = context.configuration()
    sessions = context.sessions(config)
    with sessions.reading() as session:
        asked = freezing.asked_for(session, year, as_of, issuer=issuer, conversion=DEFAULT_CONVERSION)
        # CONTRACT §1: the number is the one given. A page would complete it, with the person looking on.
        for doubt in report_stamp.doubts(given, given, asked.as_of, local_day(context.now())):
            click.echo(say(doubt), err=True)
        prepared = freezing.prepare(session, asked, given)
    written = {kind: _written(prepared, kind) for kind in WRITTEN}
    placed = {kind: freezing.place(config.evidence, prepared, kind, made) for kind, made in written.items()}
    wanted = [ReportFileKind(kind) for kind in kinds] or WRITTEN
    with staged({out / placed[kind].name: written[kind] for kind in wanted}), sessions.writing.begin() as session:
        row = freezing.issue(session, prepared, placed, by=log.COMMAND_LINE, now=context.now())
    for kind in wanted:
        click.echo(f"{out / placed[kind].name} (sha256:{placed[kind].sha256})", err=True)
    if row.replaces is not None:
        click.echo(f"Đính chính, thay thế báo cáo mã {row.replaces} (replaces {row.replaces})", err=True)
    if form == "table":
        click.echo(row.id)
        return
    with sessions.reading() as session:
        issued = next(each for each in frozen_reports.listed(session) if each.id == row.id)
        output.dump(frozen_reports.plain(issued, _files(session, row.id)))


def _written(prepared: freezing.Prepared, kind: ReportFileKind) -> bytes:
    click.echo(f"Đang lập {kind.vi}…", err=True)
    return freezing.write(prepared, kind)


def _list(form: str) -> None:
    with context.reading() as session:
        found = [(each, _files(session, each.id)) for each in frozen_reports.listed(session)]
    if form == "json":
        output.dump([frozen_reports.plain(each, files) for each, files in found])
        return
    rows = [
        (
            each.id,
            report_period.name(each.period),
            short_date(each.as_of),
            each.number,
            short_date(each.issued_on),
            each.signer,
            each.state.vi,
            each.replaces or "",
            each.digest[:12],
        )
        for each, _ in found
    ]
    output.table(_HEAD, rows)


def _files(session: Session, frozen_id: int) -> list[frozen_reports.ReportFile]:
    return list(frozen_reports.files(session, frozen_reports.find(session, frozen_id)))


def _again(frozen_id: int, out: Path, kinds: list[str], *, rewrite: bool) -> None:
    config = context.configuration()
    sessions = context.sessions(config)
    with sessions.reading() as session:
        row = frozen_reports.find(session, frozen_id)
        if not rewrite:
            frozen_reports.content(row)
            kept = frozen_reports.written(session, row, config.evidence)
            files = {out / file.name: made for file, made in kept if not kinds or file.kind.value in kinds}
            told = {out / file.name: f"sha256:{file.sha256}" for file, _ in kept}
        else:
            again = frozen_reports.rewritten(session, row, config.evidence)
            again = [each for each in again if not kinds or each.file.kind.value in kinds]
            for each in again:
                if each.broken:
                    parts = ", ".join(each.parts)
                    raise Invalid("report.rewritten_otherwise", record=each.file.name, parts=parts)
            files = {out / each.file.name: each.content for each in again}
            told = {out / each.file.name: _compared(each) for each in again}
    with staged(files):
        pass
    for path in files:
        click.echo(f"{path} ({told[path]})")


def _compared(each: frozen_reports.Rewritten) -> str:
    """What is said of a file that was written anew."""
    if not each.parts:
        return "giống hệt tệp đã lưu (the same bytes)"
    return f"khác tệp đã lưu ở (differs in): {', '.join(each.parts)}; đã lưu bởi {each.before}; nay là {each.now}"
