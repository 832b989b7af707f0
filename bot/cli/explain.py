"""`explain`: the reply to a text or a file, for people and for programs."""

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TextIO

from rich.console import Console, RenderableType
from rich.progress import Progress
from rich.text import Text

from bot.cli.branches import branches
from bot.cli.explained_json import as_dict
from bot.cli.explained_ranking import ranking_as_dict, ranking_as_text
from bot.cli.terminal import render
from bot.domain.attachments import FileKind, FileText, ReadOutcome, file_kind
from bot.domain.errors import UserError
from bot.domain.knowledge import KnowledgeBase
from bot.domain.reports import Hearing, Trigger
from bot.domain.verdicts import Abstain
from bot.recognition.excerpts import excerpt
from bot.recognition.explanation import MISSING_WORDS, Candidate, as_text
from bot.recognition.recogniser import Recogniser
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext

if TYPE_CHECKING:
    from asyncio import Runner

    from bot.attachments.reader import FileReader

SILENT = "Silence: not sure enough to answer without being asked."
_PARTLY = "{name} is long: its first and last 256 kB were read."
_PARTLY_PDF = "{name} is long: its first and last pages were read."
UNREAD = {
    ReadOutcome.NOT_READ: (
        "{name} has a type that is not read (allowed: text files (txt, log, json, xml, csv, html, "
        "md, yaml), pdf, and pictures (png, jpg, webp, bmp, gif, heic)). Give one of those, a "
        "screenshot, or the error's text."
    ),
    ReadOutcome.NO_READER: (
        "{name} is a picture, and the extra that reads pictures is not installed: run make ocr, "
        "or give the error's text."
    ),
    ReadOutcome.TOO_LARGE: (
        "{name} is too large (allowed: pictures and PDFs up to 20 MB, pictures up to 66 megapixels). "
        "Cut out the part with the error, or give its text."
    ),
    ReadOutcome.TOO_SLOW: (
        "{name} could not be read within 30 seconds. "
        "Cut out the part with the error, or give its text."
    ),
    ReadOutcome.NO_TEXT: (
        "{name} has no legible text. "
        "Take a screenshot rather than a photo of the screen, or give the error's text."
    ),
    ReadOutcome.DAMAGED: (
        "{name} is damaged, or is not what its name says. Save it again, or give the error's text."
    ),
    ReadOutcome.GONE: "{name} is gone.",
}
"""Sentences for files without text: what is wrong, and what to do."""
UNREAD_PDF = {
    ReadOutcome.NO_TEXT: (
        "{name} has no text; it may be a scan. "
        "Give a screenshot of the part with the error, or its text."
    ),
    ReadOutcome.DAMAGED: (
        "{name} is damaged, needs a password, or is not what its name says. "
        "Give a screenshot of the part with the error, or its text."
    ),
}
"""The same for PDFs, where it differs."""


class NotReadError(UserError):
    """A file has no text to explain; `str(error)` is the sentence for the person."""


class Explainer:
    """Explains texts as if they had come in like `hearing`."""

    def __init__(self, knowledge: KnowledgeBase, hearing: Hearing) -> None:
        self._recogniser = Recogniser(knowledge)
        self._hearing = hearing

    def as_json(self, text: str, *, why: bool = False, **first: Any) -> str:
        """Return a JSON object: `first`, verdict, articles (best first) and suggestions."""
        described = first | as_dict(
            self._recogniser.verdict(text, self._hearing), self._recogniser.knowledge
        )
        if why:
            described["why"] = [
                asdict(candidate) for candidate in self._recogniser.explain(text, self._hearing)
            ]
            if self._hearing.trigger is Trigger.ADDRESSED:
                ranking = self._recogniser.ranking(text)
                described |= ranking_as_dict(ranking, self._recogniser.knowledge)
        return json.dumps(described, ensure_ascii=False)

    def render(self, text: str) -> RenderableType:
        """Return the reply as it would look in Slack, and what its buttons open; or a line that
        there is none.
        """
        judgement = self._recogniser.judge(text, self._hearing)
        if self._hearing.trigger is Trigger.HEARD and isinstance(judgement.verdict, Abstain):
            return SILENT
        context = ReplyContext(self._recogniser.knowledge.names)
        return render(reply(judgement, context, empty=not text.strip()), branches(judgement))

    def matched_articles(self, text: str) -> frozenset[str]:
        """Return the ids of the articles that would answer a text."""
        return self._recogniser.matched_articles(text, self._hearing)

    def why(self, text: str) -> RenderableType:
        """Return what decided, for a terminal."""
        shown = explanation_text(self._recogniser.explain(text, self._hearing))
        if self._hearing.trigger is Trigger.ADDRESSED:
            ranking = ranking_as_text(self._recogniser.ranking(text), self._recogniser.knowledge)
            shown.append(f"\n\n{ranking}")
        return shown


class LocalFiles:
    """Reads local files like those in Slack. A context manager, which ends the OCR process."""

    def __init__(self, explainer: Explainer) -> None:
        self._explainer = explainer
        self._running: tuple[Runner, FileReader] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._running is not None:
            runner, reader = self._running
            runner.run(reader.close())
            runner.close()

    def read(self, path: Path) -> FileText:
        """Return the text of a file, or an excerpt of a long one.

        Raises:
            NotReadError: the file has no text.
        """
        from asyncio import Runner  # noqa: PLC0415 - a faster start

        from bot.attachments.local_file import open_file  # noqa: PLC0415
        from bot.attachments.reader import FileReader  # noqa: PLC0415

        try:
            file = open_file(path)
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or "not a path"
            raise NotReadError(f"{path} cannot be read ({reason}).") from None
        runner, reader = self._running = self._running or (Runner(), FileReader())
        found = self._explainer.matched_articles
        read = runner.run(reader.read(file, lambda text: bool(found(text))))
        unread = UNREAD | UNREAD_PDF if file.kind is FileKind.PDF else UNREAD
        if sentence := unread.get(read.outcome):
            raise NotReadError(sentence.format(name=path))
        return replace(read, text=excerpt(read.text, found))


def partly_read(read: FileText, path: Path) -> str:
    """Return a line that says which parts of a long file were read; empty if all of it was."""
    if read.outcome is not ReadOutcome.PARTLY:
        return ""
    is_pdf = file_kind(read.name) is FileKind.PDF
    return (_PARTLY_PDF if is_pdf else _PARTLY).format(name=path)


def file_summary(read: FileText) -> dict[str, str]:
    """Return the entry for a file in the JSON output."""
    return {"name": read.name, "outcome": read.outcome.value}


def explanation_text(candidates: Sequence[Candidate]) -> Text:
    """Return the candidates for a text, best first, with colours for a terminal."""
    made = Text()
    for line in as_text(candidates).splitlines(keepends=True):
        made.append(line, style=_style(line))
    return made


def _style(line: str) -> str:
    if line.startswith(MISSING_WORDS):
        return "red"
    return "dim" if line.startswith(" ") else "bold"


def explain_batch(
    explainer: Explainer,
    source: Iterable[bytes],
    target: TextIO,
    console: Console | None,
    size: int | None,
    *,
    why: bool = False,
) -> int:
    """Explain JSON lines {"id", "text"} or {"id", "file"}, in order and as they come.

    Writes one JSON object per line to `target`. `console` shows a progress bar; `size` is the
    length of the source in bytes, if known. Returns the number of invalid lines.
    """
    bad = 0
    progress = Progress(console=console, disable=console is None, transient=True)
    with progress, LocalFiles(explainer) as files:
        bar = progress.add_task("Explaining", total=size)
        for number, line in enumerate(source, start=1):
            if line.strip():
                answer, good = _answer_line(explainer, files, line, number, why=why)
                bad += not good
                target.write(answer + "\n")
                target.flush()
            progress.advance(bar, len(line))
    return bad


def _answer_line(
    explainer: Explainer, files: LocalFiles, line: bytes, number: int, *, why: bool
) -> tuple[str, bool]:
    try:
        given: Any = json.loads(line)
    except (ValueError, RecursionError):
        given = None
    problem = _problem(given)
    if problem is None and "file" not in given:
        return explainer.as_json(given["text"], why=why, id=given["id"]), True
    if problem is None:
        try:
            read = files.read(Path(given["file"]))
        except NotReadError as error:
            problem = str(error)
        else:
            first = {"id": given["id"], "file": file_summary(read)}
            return explainer.as_json(read.text, why=why, **first), True
    identity = given.get("id") if isinstance(given, dict) else None
    return json.dumps(
        {"id": identity, "error": f"line {number}: {problem}"}, ensure_ascii=False
    ), False


def _problem(given: Any) -> str | None:
    if not isinstance(given, dict):
        return 'not a JSON object in UTF-8; a line is {"id": …, "text": …}'
    if "id" not in given:
        return "id is missing"
    if "file" in given:
        if "text" in given:
            return "text and file exclude each other"
        return None if isinstance(given["file"], str) else "file is not a string"
    if not isinstance(given.get("text"), str):
        return "text is missing or not a string"
    return None
