"""`isoaudit serve`: the production server on the configured database."""

import socket

import click
import waitress

from isoaudit.app import create_app
from isoaudit.cli import context
from isoaudit.config import Config
from isoaudit.domain.errors import Conflict
from isoaudit.services import readiness

PORT = click.IntRange(1, 65535)


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", type=PORT, default=8000, show_default=True, help="Cổng.")
def serve(host: str, port: int) -> None:
    """Chạy máy chủ trên cơ sở dữ liệu đã cấu hình."""
    config = context.configuration()
    readiness.refuse_unready(context.sessions(config), allow_demo_accounts=config.allow_demo_accounts)
    run(config, host, port)


def run(config: Config, host: str, port: int) -> None:
    """Serve until stopped. A key that is readable by others or too weak, or a wrong setting, ends the command."""
    try:
        app = create_app(config)
    except ValueError as error:
        raise click.ClickException(str(error)) from None
    _refuse_busy(host, port)
    click.echo(f"isoaudit: http://{host}:{port}")
    # Which forwarded headers count is decided by isoaudit.http.security, which needs to see them.
    click.get_current_context().call_on_close(app.extensions["isoaudit.sessions"].engine.dispose)
    waitress.serve(app, host=host, port=port, threads=8, ident=None, clear_untrusted_proxy_headers=False)


def _refuse_busy(host: str, port: int) -> None:
    """Say which address cannot be had before anything is promised."""
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise Conflict("serve.address", record=f"{host}:{port}", value=error.strerror) from None
