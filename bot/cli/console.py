"""Standard output and standard error of the command line, and its exit with an error."""

from typing import Never

import typer
from rich.console import Console

WRONG_SETTINGS = 2
"""Exit code if settings, options or files are wrong."""

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)


def fail(why: str) -> Never:
    """Print what is wrong and end the process with `WRONG_SETTINGS`."""
    err.print(why, markup=False, soft_wrap=True)
    raise typer.Exit(WRONG_SETTINGS)
