"""Usage errors in Vietnamese: what a person typed wrong, and where help is. What a command refuses by itself has its
words already; here are those that click finds, which speaks English."""

from typing import IO, Any

import click


class Told(click.UsageError):
    """A usage error (exit status 2), told in Vietnamese in two lines."""

    def __init__(self, error: click.UsageError) -> None:
        super().__init__(said(error), error.ctx)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to standard error."""
        path = self.ctx.command_path if self.ctx is not None else "isoaudit"
        click.echo(f"{path}: {self.message}\nXem cách dùng: {path} --help", file=file, err=True)


class Refused(click.ClickException):
    """A refusal (exit status 1) that is its message and nothing else."""

    def show(self, file: IO[Any] | None = None) -> None:
        """Print it to standard error."""
        click.echo(self.message, file=file, err=True)


class Commands(click.Group):
    """A group that tells its errors, and those of all commands in it, in Vietnamese."""

    def make_context(self, *given: Any, **named: Any) -> click.Context:
        """Read the arguments of the group itself."""
        try:
            return super().make_context(*given, **named)
        except click.ClickException as error:
            raise _told(error) from None

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command named, with all below it."""
        try:
            return super().invoke(ctx)
        except click.ClickException as error:
            raise _told(error, ctx) from None


def _told(error: click.ClickException, group: click.Context | None = None) -> click.ClickException:
    """`group`: the one whose command was to run; click does not say which command an option without its value is of."""
    if isinstance(error, click.UsageError) and error.ctx is None and group is not None and group.invoked_subcommand:
        error.ctx = click.Context(group.command, parent=group, info_name=group.invoked_subcommand)
    if isinstance(error, click.exceptions.NoArgsIsHelpError | Told):
        return error
    return Told(error) if isinstance(error, click.UsageError) else Refused(error.message)


def said(error: click.UsageError) -> str:
    """What is wrong, in one sentence."""
    match error:
        case click.NoSuchOption():
            near = f" Có thể là: {', '.join(error.possibilities)}." if error.possibilities else ""
            return f"không có tùy chọn {error.option_name} (no such option).{near}"
        case click.exceptions.NoSuchCommand():
            near = f" Có thể là: {', '.join(error.possibilities)}." if error.possibilities else ""
            return f"không có lệnh “{error.command_name}” (no such command).{near}"
        case click.MissingParameter():
            return f"thiếu {_named(error)} (missing)."
        case click.BadParameter():
            return f"{_named(error)}: {_expected(error)}"
        case click.BadOptionUsage():
            return f"{error.option_name} phải có giá trị ({error.message})"
    if error.message.startswith("Got unexpected extra argument"):
        return f"thừa đối số {error.message.partition('(')[2].rstrip(').')} (unexpected argument)."
    return error.message


def _named(error: click.BadParameter) -> str:
    """The option or argument as it is typed."""
    if error.param is None:
        return str(error.param_hint or "")
    return error.param.opts[-1] if isinstance(error.param, click.Option) else str(error.param.make_metavar(error.ctx))


def _expected(error: click.BadParameter) -> str:
    kind = error.param.type if error.param is not None else None
    match kind:
        case click.IntRange() if kind.min is not None and kind.max is not None:
            return f"phải là số nguyên từ {kind.min} đến {kind.max} ({error.message})"
        case click.IntRange():
            return f"phải là số nguyên từ {kind.min} trở lên ({error.message})"
        case click.DateTime():
            return f"phải là ngày dạng YYYY-MM-DD, ví dụ 2020-11-18 ({error.message})"
        case click.Choice():
            return f"chọn một trong: {', '.join(map(str, kind.choices))} ({error.message})"
    return error.message
