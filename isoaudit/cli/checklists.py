"""`isoaudit checklist` list, show, check, diff, publish, impact (CONTRACT §2)."""

from pathlib import Path

import click

from isoaudit.cli import context, output
from isoaudit.cli.usage import Commands
from isoaudit.domain import diff as differences
from isoaudit.domain.checklist import Checklist
from isoaudit.domain.checklist_file import shipped_problems
from isoaudit.domain.digest import checklist_digest
from isoaudit.domain.errors import Invalid, Refusals
from isoaudit.services import checklists, library, log


@click.group("checklist", cls=Commands)
def group() -> None:
    """Phiếu kiểm tra: xem, kiểm tra tệp, so sánh, ban hành."""


@group.command("list")
@output.format_option
def show_all(form: str) -> None:
    """Các phiên bản phiếu kiểm tra đi kèm chương trình và đã ban hành vào cơ sở dữ liệu."""
    recorded = library.published()
    with context.reading() as session:
        in_database = {(row.name, row.version): row.digest for row in checklists.versions(session)}
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for file in library.checklist_files():
        rows[file.checklist.id, file.checklist.version] = {
            "id": file.checklist.id,
            "version": file.checklist.version,
            "edition": file.checklist.edition,
            "criteria": len(file.checklist.criteria),
            "recorded": recorded.get(file.path) == checklist_digest(file.data),
            "published": (file.checklist.id, file.checklist.version) in in_database,
            "digest": f"sha256:{checklist_digest(file.data)}",
        }
    for (name, version), digest in in_database.items():
        rows.setdefault(
            (name, version),
            {
                "id": name,
                "version": version,
                "edition": "",
                "criteria": None,
                "recorded": False,
                "published": True,
                "digest": f"sha256:{digest}",
            },
        )
    if form == "json":
        output.dump(list(rows.values()))
        return
    marks = {True: "có", False: "chưa"}
    output.table(
        ["Phiếu", "Phiên bản", "Số nội dung", "Ghi nhận ban hành", "Trong cơ sở dữ liệu", "SHA-256"],
        [
            [
                row["id"],
                row["version"],
                row["criteria"],
                marks[bool(row["recorded"])],
                marks[bool(row["published"])],
                str(row["digest"])[7:19],
            ]
            for row in rows.values()
        ],
    )


@group.command()
@click.argument("name")
@click.argument("version", required=False)
@output.format_option
def show(name: str, version: str | None, form: str) -> None:
    """Nội dung của một phiếu (tên hoặc đường dẫn tệp, phiên bản mới nhất nếu không ghi)."""
    file = _find(name, version)
    if form == "json":
        output.dump(file.data | {"digest": f"sha256:{checklist_digest(file.data)}"})
        return
    click.echo(f"{file.checklist.title.vi} – {file.checklist.id} {file.checklist.version}")
    output.table(
        ["Mã", "Căn cứ", "Trọng số", "Nội dung"],
        [[each.code, each.clause or each.rule, each.weight, each.text.vi] for each in file.checklist.criteria],
    )


@group.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
def check(paths: tuple[Path, ...]) -> None:
    """Kiểm tra các tệp phiếu (mặc định: mọi tệp đi kèm): nội dung, chỗ đặt, bước phiên bản, tệp đã ban hành."""
    if not paths:
        for file in library.check():
            click.echo(f"{file.path}: {len(file.checklist.criteria)} nội dung, đạt")
        return
    shipped = library.checklist_files()
    for path in paths:
        file = library.read_checklist(path)
        edition = library.standards().get(file.checklist.edition)
        if edition is None:
            raise Invalid("checklist.edition_unknown", record=file.path, value=file.checklist.edition)
        if problems := shipped_problems(file.data, edition):
            raise Refusals(problems)
        others = [each for each in shipped if each.path != file.path]
        library.step_of(file, [*others, file])
        click.echo(f"{file.path}: {len(file.checklist.criteria)} nội dung, đạt")


@group.command("diff")
@click.argument("old")
@click.argument("new")
@output.format_option
def compare(old: str, new: str, form: str) -> None:
    """Khác biệt giữa hai phiên bản: hai đường dẫn tệp, hoặc hai lần `tên@phiên bản`."""
    before, after = _named(old), _named(new)
    found = differences.diff(before, after)
    if form == "json":
        output.dump(
            {
                "added": found.added,
                "removed": found.removed,
                "meaning": {change.code: change.fields for change in found.meaning},
                "wording": {change.code: change.fields for change in found.wording},
                "file_meaning": found.file_meaning,
                "file_wording": found.file_wording,
                "step": found.size.name.lower(),
                "least_version": differences.least_version(before.version, found.size),
            }
        )
        return
    for line in differences.summary(found) or ["Không có khác biệt."]:
        click.echo(line)
    click.echo(f"Phiên bản thấp nhất: {differences.least_version(before.version, found.size)}")


@group.command()
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Mọi tệp đã ghi trong published.toml.")
@click.option("--record", is_flag=True, help="Ghi tệp vào checklists/published.toml (trong bản mã nguồn).")
def publish(names: tuple[str, ...], everything: bool, record: bool) -> None:
    """Ban hành phiếu kiểm tra vào cơ sở dữ liệu (`--all`, hoặc `tên@phiên bản`); `--record` ghi nhận tệp trước."""
    if not names and not everything:
        raise click.UsageError("Hãy nêu tên@phiên bản hoặc --all.")
    files = library.check()
    chosen = files if everything else [_shipped(files, name) for name in names]
    if record:
        for path in library.record(chosen):
            click.echo(f"published.toml: thêm {path}")
        return
    if everything:
        recorded = library.published()
        chosen = [file for file in chosen if file.path in recorded]
    with context.writing() as session:
        done = checklists.publish(session, chosen, by=log.COMMAND_LINE, now=context.now())
    for name in done.added:
        click.echo(f"Đã ban hành {name}.")
    for name in done.unchanged:
        click.echo(f"{name}: đã có, không đổi.")


@group.command()
@click.argument("name")
@output.format_option
def impact(name: str, form: str) -> None:
    """Những cuộc kiểm tra chưa lập biên bản đang dùng phiên bản khác của phiếu (`tên@phiên bản` hoặc đường dẫn)."""
    with context.reading() as session:
        found = checklists.impact(session, _named(name))
    if form == "json":
        output.dump(
            [
                {
                    "audit": each.reference,
                    "unit": each.unit,
                    "version": each.version,
                    "state": each.state,
                    "changes": differences.summary(each.difference),
                }
                for each in found
            ]
        )
        return
    if not found:
        click.echo("Không có cuộc kiểm tra nào đang dùng phiên bản khác.")
        return
    output.table(
        ["Cuộc kiểm tra", "Đơn vị", "Phiên bản", "Trạng thái", "Số thay đổi"],
        [
            [each.reference, each.unit, each.version, each.state.vi, len(differences.summary(each.difference))]
            for each in found
        ],
    )


def _named(name: str) -> Checklist:
    if name.endswith(".toml"):
        return library.read_checklist(Path(name)).checklist
    return _shipped(library.checklist_files(), name).checklist


def _find(name: str, version: str | None) -> library.ChecklistFile:
    if name.endswith(".toml"):
        return library.read_checklist(Path(name))
    return _shipped(library.checklist_files(), f"{name}@{version}" if version else name)


def _shipped(files: list[library.ChecklistFile], name: str) -> library.ChecklistFile:
    wanted, _, version = name.partition("@")
    found = [each for each in files if each.checklist.id == wanted and version in ("", each.checklist.version)]
    if not found:
        known = ", ".join(f"{each.checklist.id}@{each.checklist.version}" for each in files)
        raise Invalid("checklist.unknown_shipped", record=name, expected=known)
    return found[-1]
