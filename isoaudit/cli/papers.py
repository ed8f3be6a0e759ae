"""`isoaudit papers`: the templates of an inspection's papers, for whoever writes the province's own."""

import click

from isoaudit.cli import output
from isoaudit.cli.context import configuration
from isoaudit.cli.usage import Commands
from isoaudit.export.letters import LISTS, TEXTS
from isoaudit.services import papers_templates


@click.group("papers", cls=Commands)
def group() -> None:
    """Mẫu giấy tờ của hồ sơ kiểm tra (quyết định, thông báo, biên bản…)."""


@group.command("check")
def check() -> None:
    """Kiểm tra mọi mẫu, cả mẫu riêng của tỉnh trong thư mục "papers" của thư mục dữ liệu."""
    own = configuration().instance / papers_templates.FOLDER
    found = papers_templates.check(own)
    for name, theirs in found.items():
        click.echo(f"{name}: {'mẫu của tỉnh' if theirs else 'mẫu kèm chương trình'}")


@group.command("fields")
@output.format_option
def fields(form: str) -> None:
    """Liệt kê các trường mà mẫu được dùng; trường trong danh sách viết là danh sách.trường."""
    told = dict(TEXTS) | {f"{name}.{key}": what for name, keys in LISTS.items() for key, what in keys.items()}
    if form == "json":
        output.dump(told)
        return
    output.table(("Trường", "Nội dung"), list(told.items()))
