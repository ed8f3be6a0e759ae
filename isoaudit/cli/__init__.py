"""The `isoaudit` command group: reads arguments, calls services, prints. One file for each group of commands."""

import sys

import click

from isoaudit.cli import checklists, database, demo, importing, reports, rollup, safekeeping, serving, units, users
from isoaudit.domain.errors import Refusal
from isoaudit.domain.messages import say


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="isoaudit")
def group() -> None:
    """isoaudit: kiểm tra và tổng hợp việc áp dụng TCVN ISO 9001 trong một tỉnh."""


for command in (
    database.group,
    checklists.group,
    demo.demo,
    serving.serve,
    importing.import_,
    units.group,
    users.group,
    rollup.rollup,
    reports.report,
    safekeeping.backup,
    safekeeping.restore,
    safekeeping.verify,
):
    group.add_command(command)


def main() -> None:
    """The console script: a refusal is one line on standard error for each error and exit status 1."""
    try:
        group(prog_name="isoaudit")
    except Refusal as refusal:
        print(say(refusal), file=sys.stderr)
        sys.exit(1)
