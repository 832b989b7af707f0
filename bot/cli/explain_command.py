"""The command `explain`: where its text comes from, and how the reply is printed."""

import sys
from pathlib import Path
from typing import Never

import typer

from bot.cli.console import err, fail, out
from bot.cli.explain import (
    Explainer,
    LocalFiles,
    NotReadError,
    explain_batch,
    file_summary,
    partly_read,
)
from bot.domain.attachments import FileText

STANDARD_INPUT = "-"


def print_explanation(
    explainer: Explainer, text: str | None, file: Path | None, *, json: bool, why: bool
) -> None:
    """Print the reply to a text, or to what a file says."""
    read = _file_text(explainer, file) if file is not None else None
    pasted = read.text if read else _typed(str(text))
    if json:
        more = {"file": file_summary(read)} if read else {}
        sys.stdout.write(explainer.as_json(pasted, why=why, **more) + "\n")
        return
    if read and file and (note := partly_read(read, file)):
        out.print(note, style="dim", markup=False, soft_wrap=True)
    out.print(explainer.render(pasted))
    if why:
        out.print(explainer.why(pasted))


def print_batch(explainer: Explainer, path: Path, *, why: bool) -> Never:
    """Print a line of JSON for each line of a file. Exit code 1 if any is no question."""
    try:
        source = sys.stdin.buffer if str(path) == STANDARD_INPUT else path.open("rb")
    except OSError as error:
        fail(f"--batch: {path} cannot be read ({error.strerror})")
    with source:
        size = path.stat().st_size if path.is_file() else None
        console = err.console if err.is_terminal else None
        bad = explain_batch(explainer, source, sys.stdout, console, size, why=why)
    raise typer.Exit(1 if bad else 0)


def _typed(text: str) -> str:
    if text != STANDARD_INPUT:
        return text
    return sys.stdin.buffer.read().decode("utf-8", "replace")


def _file_text(explainer: Explainer, path: Path) -> FileText:
    try:
        with LocalFiles(explainer) as files:
            return files.read(path)
    except NotReadError as error:
        fail(str(error))
