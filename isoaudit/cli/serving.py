"""`isoaudit serve`: the production server on the configured database."""

import click
import waitress
from sqlalchemy import select

from isoaudit.app import create_app
from isoaudit.cli import context
from isoaudit.config import Config
from isoaudit.db import User
from isoaudit.db.engine import Sessions


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", default=8000, show_default=True, help="Cổng.")
def serve(host: str, port: int) -> None:
    """Chạy máy chủ trên cơ sở dữ liệu đã cấu hình."""
    config = context.configuration()
    refuse_demo_accounts(config, context.sessions(config))
    run(config, host, port)


def run(config: Config, host: str, port: int) -> None:
    """Serve until stopped. A key that is readable by others or too weak, or a wrong setting, ends the command."""
    try:
        app = create_app(config)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    click.echo(f"isoaudit: http://{host}:{port}")
    # Which forwarded headers count is decided by isoaudit.http.security, which needs to see them.
    click.get_current_context().call_on_close(app.extensions["isoaudit.sessions"].engine.dispose)
    waitress.serve(app, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=False)


def refuse_demo_accounts(config: Config, sessions: Sessions) -> None:
    """Accounts of the demonstration have no place on a server that others reach."""
    if config.allow_demo_accounts:
        return
    with sessions.reading() as session:
        names = session.scalars(
            select(User.username).where(User.example.is_(True), User.active.is_(True)).order_by(User.username)
        ).all()
    if names:
        raise click.ClickException(
            f"Còn tài khoản minh hoạ ({', '.join(names)}). Hãy chạy: isoaudit demo --remove; hoặc đặt "
            "ISOAUDIT_ALLOW_DEMO_ACCOUNTS=yes nếu chỉ để trình diễn. (demo accounts exist; remove them with "
            "isoaudit demo --remove, or set ISOAUDIT_ALLOW_DEMO_ACCOUNTS=yes for a demonstration)"
        )
