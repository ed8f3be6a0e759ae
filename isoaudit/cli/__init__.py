"""The `isoaudit` command group: reads arguments, calls services, prints. One file for each group of commands."""

import os
import sys

import click
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from isoaudit.cli import (
    checklists,
    database,
    demo,
    documents,
    exporting,
    importing,
    papers,
    reports,
    rollup,
    safekeeping,
    serving,
    units,
    users,
)
from isoaudit.cli.usage import Commands
from isoaudit.domain.errors import Invalid, Refusal
from isoaudit.domain.messages import say


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="isoaudit")
def group() -> None:
    """isoaudit: kiểm tra và tổng hợp việc áp dụng TCVN ISO 9001 trong một tỉnh."""


for command in (
    database.group,
    checklists.group,
    demo.demo,
    serving.serve,
    importing.import_,
    documents.group,
    papers.group,
    exporting.group,
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
    """The console script: whatever keeps a command from its work is one line on standard error and exit status 1.

    Files that commands make are for their owner only: databases, evidence and backups hold what others may not read.
    """
    os.umask(0o077)
    try:
        group(prog_name="isoaudit")
    except Refusal as refusal:
        print(say(refusal), file=sys.stderr)
    except (ArgumentError, NoSuchModuleError, ImportError) as error:
        print(say(Invalid("database.address", value=error)), file=sys.stderr)
    except DBAPIError as error:
        print(say(Invalid("database.unusable", value=str(error.orig).strip().splitlines()[0])), file=sys.stderr)
    except OSError as error:
        told = Invalid(
            "file.unusable" if error.filename else "file.failed", record=error.filename, value=error.strerror
        )
        print(say(told), file=sys.stderr)
    else:
        return
    sys.exit(1)
