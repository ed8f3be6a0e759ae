"""`isoaudit serve`: the production server on the configured database."""

import click
import waitress

from isoaudit.app import create_app
from isoaudit.cli import context


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Địa chỉ lắng nghe.")
@click.option("--port", default=8000, show_default=True, help="Cổng.")
def serve(host: str, port: int) -> None:
    """Chạy máy chủ trên cơ sở dữ liệu đã cấu hình."""
    config = context.configuration()
    context.sessions(config)
    click.echo(f"isoaudit: http://{host}:{port}")
    waitress.serve(create_app(config), host=host, port=port, threads=8, ident=None)
