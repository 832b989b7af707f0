"""How often the bot does what a message after an answer wants: `make measure`.

The rules were improved on `tests/corpus/follow_ups.yaml` and `follow_ups_more.yaml`;
`follow_ups_kept.yaml` and `follow_ups_kept2.yaml` were kept for measuring. All were written by
people who had not seen the program. Each text comes after the answer to the same error: in its
thread without a mention, with one, or in a direct message.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest import mock

import yaml
from rich.table import Table

from bot.domain.reports import Earlier, Interaction, Report, Trigger
from bot.domain.verdicts import Abstain, FollowUp, Intent, Judgement
from bot.metrics import Metrics
from bot.services.reply_state import ReplyStates
from bot.services.triage import Triage
from bot.services.verdict_counts import VerdictCounts
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from tests.articles_once import shipped_recogniser
from tests.doubles import RecordingPoster
from tests.service_harness import NO_POLL

CORPUS = Path(__file__).resolve().parent / "corpus"
SEEN = ("follow_ups", "follow_ups_more")
KEPT = ("follow_ups_kept", "follow_ups_kept2")
FILES = (*SEEN, *KEPT)
ERROR = "Payments can only be made against Authorised invoices."
SILENCE, UNKNOWN, ARTICLE = "silence", "unknown", "article"
"""Reactions that are no follow-ups: no reply, one that knows no error, one with articles."""
WANTED: dict[str, set[str]] = {
    "thanks": {Intent.THANKS},
    "didnt_work": {Intent.NOT_SOLVED},
    "want_person": {Intent.PERSON},
    "where_is": {Intent.WHERE},
    "how_to": {Intent.WHERE},
    "hello_or_what": {Intent.GREETING, Intent.OUTAGE},
    "why_or_meaning": {Intent.WHY},
    "safe_or_who": {Intent.SAFE},
    "another_error_or_question": {SILENCE, UNKNOWN, ARTICLE},
}
"""The right reactions to each kind of text; more about an error is recognised as always."""


@dataclass
class FollowUpFigures:
    """By kind of text: how many there are, and how many got a right reaction."""

    texts: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    unwanted_articles: int = 0
    """Replies with an article where none was asked for."""
    missed: list[tuple[str, str, str]] = field(default_factory=list, repr=False)
    """Kind, reaction and text."""


def wanted(entry: dict[str, Any]) -> set[str]:
    """Return the right reactions to a text."""
    if entry["kind"] != "not_for_the_bot":
        return WANTED[entry["kind"]]
    return {SILENCE} if entry["where"] == "thread" else {SILENCE, Intent.ASIDE}


class _Conversation(InteractionStore):
    """An answer, and the reply to a text after it. A database would take ten times the time."""

    def __init__(self, answered: Judgement) -> None:
        start = Report("T1", "C1", "1.01", "U1", ERROR, Trigger.ADDRESSED, "1.01")
        self.answer = Interaction(1, start, "token", judgement=answered)
        self.judgement: Judgement | None = None

    async def earlier(
        self, report: Report, seconds: float, before: int | None = None
    ) -> list[Earlier]:
        start = replace(self.answer.report, channel=report.channel)
        return [Earlier(replace(self.answer, report=start), escalated=False)]

    async def insert_with_job(
        self,
        report: Report,
        judgement: Judgement | None,
        lease_seconds: float,
        ephemeral_url: str = "",
        instead_of: int | None = None,
    ) -> Interaction:
        self.judgement = judgement
        return Interaction(2, report, "token of the reply", judgement=judgement)


async def measured(name: str) -> FollowUpFigures:
    """Return the figures of one file."""
    figures = FollowUpFigures()
    entries = yaml.load((CORPUS / f"{name}.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    recogniser = shipped_recogniser()
    conversation = _Conversation(recogniser.judge(ERROR, Trigger.ADDRESSED))
    relays = mock.Mock(spec=RelayStore)
    relays.escalation_of_thread.return_value = None
    triage = Triage(
        recogniser,
        conversation,
        relays,
        RecordingPoster(),
        mock.Mock(spec=ReplyStates),
        NO_POLL,
        counts=VerdictCounts(recogniser, Metrics()),
    )
    for entry in entries:
        kind, reaction = entry["kind"], await _reaction(triage, conversation, entry)
        figures.texts[kind] += 1
        figures.right[kind] += reaction in wanted(entry)
        if reaction not in wanted(entry):
            figures.missed.append((kind, reaction, entry["text"]))
        figures.unwanted_articles += reaction == ARTICLE and ARTICLE not in wanted(entry)
    return figures


async def _reaction(triage: Triage, conversation: _Conversation, entry: dict[str, Any]) -> str:
    channel = "D1" if entry["where"] == "dm" else "C1"
    trigger = Trigger.HEARD if entry["where"] == "thread" else Trigger.ADDRESSED
    report = Report("T1", channel, "1.02", "U1", entry["text"], trigger, "1.02", thread_ts="1.01")
    if not await triage.take(report):
        return SILENCE
    assert conversation.judgement is not None
    match conversation.judgement.verdict:
        case FollowUp(intent):
            return intent
        case Abstain():
            return UNKNOWN
    return ARTICLE


def report() -> tuple[Table, list[str]]:
    """Return the figures of all files, and a line for each miss of those that were looked at."""
    found = {name: asyncio.run(measured(name)) for name in FILES}
    table = Table("after an answer", *found)
    for kind in (*WANTED, "not_for_the_bot"):
        table.add_row(kind, *(f"{f.right[kind]} of {f.texts[kind]}" for f in found.values()))
    table.add_row("right", *(f"{f.right.total()} of {f.texts.total()}" for f in found.values()))
    table.add_row("articles nobody asked for", *(str(f.unwanted_articles) for f in found.values()))
    missed = [miss for name in SEEN for miss in found[name].missed]
    lines = [f"{kind}: {reaction}: {text}" for kind, reaction, text in missed]
    return table, lines
