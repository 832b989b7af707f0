"""Standard output and standard error of the command line, and its exit with an error."""

from functools import cached_property
from typing import TYPE_CHECKING, Any, Never

import typer

if TYPE_CHECKING:
    from rich.console import Console

WRONG_SETTINGS = 2
"""Exit code if settings, options or files are wrong."""


class Output:
    """A stream for people; `console` is made when it is first needed, as the bot prints nothing."""

    def __init__(self, *, stderr: bool) -> None:
        self._stderr = stderr

    @cached_property
    def console(self) -> "Console":
        """The console of rich on the stream."""
        from rich.console import Console  # noqa: PLC0415 - a faster start

        return Console(stderr=self._stderr, highlight=False)

    @property
    def is_terminal(self) -> bool:
        """Whether a person reads it."""
        return self.console.is_terminal

    def print(self, *what: object, **how: Any) -> None:
        """Print as `rich.console.Console.print` does."""
        self.console.print(*what, **how)


out = Output(stderr=False)
err = Output(stderr=True)


def fail(why: str) -> Never:
    """Print what is wrong and end the process with `WRONG_SETTINGS`."""
    err.print(why, markup=False, soft_wrap=True)
    raise typer.Exit(WRONG_SETTINGS)
