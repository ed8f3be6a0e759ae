"""`isoaudit backup`, `restore` and `verify`."""

from pathlib import Path

import click

from isoaudit.cli import context
from isoaudit.config import account_key
from isoaudit.db.engine import Sessions
from isoaudit.domain.messages import say
from isoaudit.services import backup as backups
from isoaudit.services import device_list, integrity, integrity_tablet, log, recovery_key, restoring, settings
from isoaudit.services.rollup import sheets


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Sao lưu cơ sở dữ liệu, minh chứng, phiếu kiểm tra vào một tệp; làm được khi đang phục vụ."""
    config = context.configuration()
    sessions = context.sessions(config)
    now = context.now()
    with sessions.writing.begin() as session:
        log.append(session, settings.home(session).id, "backup.make", file.name, by=log.COMMAND_LINE, now=now)
    try:
        made = backups.make(
            sessions.engine,
            config.evidence,
            account_key(config),
            file,
            now=now,
            recovery_key=recovery_key.stored(config.instance),
        )
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{file}: {error}") from None
    for sha256 in made.damaged:
        click.echo(f"Tệp minh chứng {sha256} đã hỏng, không sao lưu được (damaged, left out)", err=True)
    click.echo(f"Đã sao lưu {made.rows} dòng dữ liệu và {made.files} tệp vào {file}. Hãy cất tệp này như cất khóa.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
def restore(file: Path) -> None:
    """Phục hồi một bản sao lưu vào nơi còn trống."""
    context.existing(file)
    config = context.configuration()
    sessions = Sessions(context.engine(config))
    about = restoring.restore(sessions.engine, config.instance, config.evidence, file)
    with sessions.writing.begin() as session:
        log.append(
            session,
            settings.home(session).id,
            "backup.restore",
            file.name,
            by=log.COMMAND_LINE,
            now=context.now(),
            counts=True,
            made_at=about["made_at"],
            sha256=integrity.file_digest(file),
        )
        sheets.complete(session)
        tablets = len(device_list.listed(session, settings.home_id(session)))
    rows = sum(table["rows"] for table in about["tables"].values())
    click.echo(f"Đã phục hồi {rows} dòng dữ liệu và {len(about['files'])} tệp (sao lưu lúc {about['made_at']}).")
    if tablets:
        click.echo(
            f"{tablets} máy tính bảng: hãy để các máy đồng bộ xong trước khi ai nhập tiếp trên trang web. Những gì máy"
            " đã gửi sau lần sao lưu tự trở lại; quyết định không chờ thiết bị sau lần sao lưu thì phải làm lại."
        )


@click.command()
def verify() -> None:
    """Kiểm tra nhật ký, tệp minh chứng, phiếu kiểm tra, báo cáo đã chốt có còn nguyên không."""
    config = context.configuration()
    found = 0
    with context.sessions(config).reading() as session:
        for finding in integrity.findings(session, config.evidence):
            click.echo(say(finding), err=True)
            found += 1
        for note in integrity_tablet.notes(session):
            click.echo(f"Lưu ý: {say(note)}")
    if found:
        raise click.exceptions.Exit(1)
    click.echo("Nhật ký, tệp minh chứng, phiếu kiểm tra và báo cáo đã chốt còn nguyên vẹn.")
