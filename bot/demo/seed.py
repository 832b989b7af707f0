"""The try-out's first content: samples to click, and a channel with an answered report."""

import contextlib
import json
from pathlib import Path

from bot.attachments.reader import can_read_pictures
from bot.domain.article_text import plain_text
from bot.domain.knowledge import KnowledgeBase
from bot.slack.views import ids, wording
from slack_sandbox import SlackSandbox
from slack_sandbox.page import Sample, SampleFile

SAMPLES = (
    "payments-only-against-authorised",
    "invoice-not-found",
    "invoice-number-not-unique",
    "account-code-not-valid-for-document",
    "contact-number-in-use",
)
"""Articles whose first example can be tried with a click; the first one has votes."""
LOGGED = "account-not-found-payments"
"""Article whose message is in the sample log."""
PICTURE = Path(__file__).with_name("error-box.png")
"""A sale in ClickPOS with an error box from Xero."""
UNKNOWN = Sample(
    "Described in words",
    f"@{wording.BOT_NAME} xero won't take the payment for Saturday's takings",
)
SILENT = (
    Sample("Another system's error", "Stripe: Document could not be found", must_be_silent=True),
    Sample("Chatter", "Good morning, the courier is here with the new tills", must_be_silent=True),
)
COLLEAGUES = ("Aroha", "Ian", "Lena", "Noor", "Tom")
"""Enough people for the votes to be shown; the last of them votes no."""
ANSWER_SECONDS = 3.0
"""Seconds to wait for the bot's first answer before the page opens without it."""


def samples(knowledge: KnowledgeBase) -> tuple[Sample, ...]:
    """The samples whose article exists, and whose kind of file can be read here."""
    known = [knowledge[article_id] for article_id in SAMPLES if article_id in knowledge]
    texts = [Sample(plain_text(article.title, {}), article.sample) for article in known]
    files = [
        Sample("A screenshot", file=SampleFile(PICTURE.name, "image/png", PICTURE.read_bytes()))
    ]
    if not can_read_pictures():
        files.clear()
    if LOGGED in knowledge:
        logged = _log(knowledge[LOGGED].sample)
        files.append(
            Sample("A log file", file=SampleFile("xero-sync.log", "text/plain", logged.encode()))
        )
    return (*texts, *files, UNKNOWN, *SILENT)


def _log(message: str) -> str:
    """A log longer than a message may be, with one error in the middle."""
    lines = [
        f"2026-11-21 02:{n // 60:02}:{n % 60:02} INFO  sale {10_400 + n} sent" for n in range(140)
    ]
    lines[82] = f"2026-11-21 02:01:22 ERROR sale 10482 refused: ValidationException: {message}"
    return "\n".join(lines)


def add_shop_floor(ws: SlackSandbox, people: tuple[str, ...]) -> tuple[str, list[str]]:
    """Add a second channel with colleagues in it; returns its id and theirs."""
    colleagues = [ws.add_user(name) for name in COLLEAGUES]
    return ws.add_channel("shop-floor", [*people, *colleagues]), colleagues


async def fill_shop_floor(
    ws: SlackSandbox, channel: str, colleagues: list[str], knowledge: KnowledgeBase
) -> None:
    """Post a report in the second channel that has an answer and votes."""
    if SAMPLES[0] in knowledge:
        ts = await ws.say(
            colleagues[0],
            channel,
            f"Ponsonby till 2: {knowledge[SAMPLES[0]].sample}",
        )
        with contextlib.suppress(TimeoutError):
            await ws.until(lambda: len(ws.thread(channel, ts)) > 1, ANSWER_SECONDS)
            await _votes(ws, channel, ts, colleagues)


async def _votes(ws: SlackSandbox, channel: str, ts: str, voters: list[str]) -> None:
    answer = ws.thread(channel, ts)[1]
    if f"{ids.ACTION_FEEDBACK}.yes" not in json.dumps(answer.blocks):
        return  # no article answers the sample
    for voter in voters:
        side = "no" if voter == voters[-1] else "yes"
        await ws.click(voter, answer, f"{ids.ACTION_FEEDBACK}.{side}")
    # once a vote is stored, the voter is thanked or asked why
    await ws.until(
        lambda: all(ws.ephemerals(voter) or ws.modal(voter) for voter in voters), ANSWER_SECONDS
    )
