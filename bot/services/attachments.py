"""The job that reads a report's files, or the first message of its thread."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial

from bot.attachments.reader import FileReader
from bot.domain.attachments import File, FileKind, FileText, ReadOutcome
from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt
from bot.domain.report_rules import is_silence
from bot.domain.reports import Report
from bot.domain.verdicts import Answer
from bot.recognition.excerpts import excerpt
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.answer_log import log_near_miss
from bot.services.ports import ReplyPoster
from bot.services.verdict_counts import VerdictCounts
from bot.storage.interactions import InteractionStore

FetchFile = Callable[[str], Awaitable[File | FileText]]
"""Returns the file of an id, or a `FileText` with the reason why it cannot be read.

Raises TryLaterError: another attempt may succeed.
"""
Sources = tuple[FetchFile, FileReader]
"""What fetches files, and what reads their texts."""
MAX_FILES = 10
"""Slack's own limit of files in a message."""
MAX_REPORTS_AT_ONCE = 3
"""Reports whose files are in memory at once."""
MAX_ATTEMPTS = 7
"""Attempts at a file before it is given up: 1+2+4+8+16+32 s of back-off, about a minute."""
MAX_ATTEMPTS_IF_ANSWERED = 6
"""The same if the text already has an answer: about half a minute."""


class AttachmentReading:
    """Reads the files of reports and stores the error messages found in them."""

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        poster: ReplyPoster,
        sources: Sources,
        counts: VerdictCounts,
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._poster = poster
        self._fetch, self._reader = sources
        self._counts = counts
        self._slots = asyncio.Semaphore(MAX_REPORTS_AT_ONCE)

    async def read(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: read and judge a report; dropped if it has no error and nobody asked."""
        try:
            interaction = await self._interactions.get(interaction_id)
        except KeyError:
            return
        if interaction.deleted:
            return
        report = await self._question(interaction.report)
        async with self._slots:
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
                    partial(self._recogniser.matched_articles, hearing=report.hearing),
                )
            ),
            file_results=tuple(replace(read, name=redacted(read.name), text="") for read in reads),
        )
        judgement = await self._recogniser.judged(read.text, report.hearing)
        self._counts.add(report.trigger, judgement.verdict)
        # an edited report may have a reply that is not stored yet, from an attempt before the edit
        if is_silence(judgement, report) and not interaction.revision:
            await self._interactions.drop(interaction)
            log_near_miss(report, judgement.verdict)
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
            known_text = "\n".join((report.text, *(read.text for read in reads)))
            if read := await self._read(file_id, report, known_text, attempt):
                reads.append(read)
        return reads

    async def _read(
        self, file_id: str, report: Report, known_text: str, attempt: Attempt
    ) -> FileText | None:
        """Returns the text of a file; None for a picture if the text already has an answer."""
        try:
            file = await self._fetch(file_id)
        except TryLaterError:
            if attempt.number < (
                MAX_ATTEMPTS_IF_ANSWERED
                if await self._is_enough(report, known_text)
                else MAX_ATTEMPTS
            ):
                raise
            return FileText("", ReadOutcome.TOO_SLOW)
        if isinstance(file, FileText):
            return file
        if file.kind is FileKind.PICTURE:
            if await self._is_enough(report, known_text):
                return None
            await self._poster.look(report, begin=True)
        try:
            return await self._reader.read(
                file,
                # without what is only described: the reader cannot wait for the index of that
                lambda text: bool(
                    self._recogniser.matched_articles(f"{known_text}\n{text}", report.hearing)
                ),
            )
        finally:
            if file.kind is FileKind.PICTURE:
                await self._poster.look(report, begin=False)

    async def _is_enough(self, report: Report, text: str) -> bool:
        judgement = await self._recogniser.judged(text, report.hearing)
        return isinstance(judgement.verdict, Answer)
