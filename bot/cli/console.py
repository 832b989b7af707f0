"""Standard output and standard error of the command line, and its exit with an error."""

import logging
from functools import cached_property
from typing import TYPE_CHECKING, Any, Never

import typer

from bot.cli.log_lines import JsonLines

if TYPE_CHECKING:
    from rich.console import Console

LOGGER = "bot.cli"
"""Name of the logger in lines that are written before there is a log."""
WRONG_SETTINGS = 2
"""Exit code if settings, options or files are wrong."""


class Output:
    """A stream for people; `console` is made when it is first needed, as the bot prints nothing.

    `is_json`: a program reads it, as LOG_FORMAT says.
    """

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr
        self.is_json = False

    @cached_property
    def console(self) -> "Console":
        """The console of rich on the stream."""
        from rich.console import Console  # noqa: PLC0415 - a faster start

        return Console(stderr=self._stderr, highlight=False)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads it."""
        return self.console.is_terminal

    def report(self, level: int, what: str) -> None:
        """Print a text for the operator; as the log's objects, one a line, while `is_json`."""
        if not self.is_json:
            self.print(what, markup=False, soft_wrap=True)
            return
        for line in what.splitlines():
            record = logging.LogRecord(LOGGER, level, "", 0, line, None, None)
            self.console.file.write(f"{JsonLines().format(record)}\n")

    def print(self, *what: object, **how: Any) -> None:
        """Print as `rich.console.Console.print` does."""
        self.console.print(*what, **how)


out = Output(stderr=False)
err = Output(stderr=True)


def warn(what: str) -> None:
    """Print what has no effect, or is dangerous."""
    err.report(logging.WARNING, what if err.is_json else f"WARNING {what}")


def fail(why: str) -> Never:
    """Print what is wrong and end the process with `WRONG_SETTINGS`."""
    err.report(logging.ERROR, why)
    raise typer.Exit(WRONG_SETTINGS)
