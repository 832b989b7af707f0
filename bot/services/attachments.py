"""Finds out what a report says that is more than text: its files, or the thread it asks about."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.attachments.reader import FileReader
from bot.domain.attachments import File, FileKind, FileText, ReadOutcome
from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.reports import Report
from bot.domain.verdicts import Answer
from bot.recognition.excerpts import excerpt
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.ports import ReplyPoster
from bot.services.triage import is_silence
from bot.storage.interactions import InteractionStore

FetchFile = Callable[[str], Awaitable[File | FileText]]
"""Fetches a file by its id; a `FileText` without text says why there is nothing to read.

Raises TryLaterError where another try may get it.
"""
MAX_FILES = 10
"""As many as Slack lets somebody attach to a message."""
AT_ONCE = 3
"""Messages whose files are held in memory together."""
MOST_TRIES = 7
"""So often a file that cannot be fetched is tried, which takes about two minutes: a person waits for the answer."""
ENOUGH_TRIES = 6
"""The same beside a text that has an answer already: half a minute."""


class AttachmentReading:
    """Reads files and keeps what they say."""

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        poster: ReplyPoster,
        sources: tuple[FetchFile, FileReader],
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._poster = poster
        self._fetch, self._reader = sources
        self._few = asyncio.Semaphore(AT_ONCE)

    async def read(self, interaction_id: int, attempt: Attempt) -> None:
        """The job. What nobody asked about and says nothing of an error is not kept."""
        try:
            interaction = await self._interactions.get(interaction_id)
        except KeyError:
            return
        if interaction.deleted:
            return
        report = await self._question(interaction.report)
        async with self._few:
            reads = await self._reads(report, attempt)
        texts = "\n".join(read.text for read in reads if read.text)
        read = replace(
            interaction,
            report=report,
            quoted_message_ts=report.thread_ts or "" if report is not interaction.report else "",
            attachment_text=redacted(
                await asyncio.to_thread(
                    excerpt,
                    texts,
                    partial(self._recogniser.matched_articles, trigger=report.trigger),
                )
            ),
            file_results=tuple(replace(read, name=redacted(read.name), text="") for read in reads),
        )
        judgement = self._recogniser.judge(read.text, report.trigger)
        # once it was edited, an earlier try may have put up a reply of which nobody knows yet
        if is_silence(judgement, report) and not interaction.revision:
            await self._interactions.drop(interaction)
        else:
            await self._interactions.save_files(replace(read, judgement=judgement))

    async def _question(self, report: Report) -> Report:
        if report.text.strip() or report.files or report.thread_ts is None:
            return report
        text, files = await self._poster.question(report)
        return replace(report, text=redacted(text), files=files)

    async def _reads(self, report: Report, attempt: Attempt) -> list[FileText]:
        reads: list[FileText] = []
        for file_id in report.files[:MAX_FILES]:
            said = "\n".join((report.text, *(read.text for read in reads)))
            if read := await self._read(file_id, report, said, attempt):
                reads.append(read)
        return reads

    async def _read(
        self, file_id: str, report: Report, said: str, attempt: Attempt
    ) -> FileText | None:
        """One file; None: a picture beside a text that says it all."""
        try:
            file = await self._fetch(file_id)
        except TryLaterError:
            if attempt.number < (ENOUGH_TRIES if self._is_enough(report, said) else MOST_TRIES):
                raise
            return FileText("", ReadOutcome.TOO_SLOW)
        if isinstance(file, FileText):
            return file
        if file.kind is FileKind.PICTURE:
            if self._is_enough(report, said):
                return None
            await self._poster.look(report, begin=True)
        try:
            return await self._reader.read(
                file, lambda text: self._is_enough(report, f"{said}\n{text}")
            )
        finally:
            if file.kind is FileKind.PICTURE:
                await self._poster.look(report, begin=False)

    def _is_enough(self, report: Report, text: str) -> bool:
        return isinstance(self._recogniser.verdict(text, report.trigger), Answer)
