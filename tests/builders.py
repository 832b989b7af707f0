"""Articles and knowledge bases with only what a test is about."""

from __future__ import annotations

from datetime import date
from typing import Any

from bot.domain.article_examples import Example, Examples
from bot.domain.articles import Article
from bot.domain.jobs import Attempt
from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.matches import Match
from bot.domain.names import Basis, Names, Role
from bot.domain.relays import Relay, RelayKind, ThreadMessage
from bot.domain.verdicts import Abstain, Answer, Judgement
from bot.slack.views.article_modal import ArticleContext
from bot.slack.views.reply_context import ReplyContext


def article(article_id: str = "invoice-not-found", **given: Any) -> Article:
    """Returns an article; `reason` and `action` are its one cause unless `causes` are given."""
    cause = {
        "id": "unsent",
        "reason": given.pop("reason", "The sales summary was not sent."),
        "action": given.pop("action", ["Send the sales summary.", "Send the payment again."]),
    }
    examples = Examples(
        match=[Example(text="a paste"), Example(text="another paste")], near_miss=["a look-alike"]
    )
    plain = {
        "title": "The invoice is not in Xero yet",
        "messages": ["Invoice could not be found."],
        "causes": [cause],
        "sources": ["ClickPOS help page"],
        "reviewed": date(2026, 11, 22),
        "examples": examples,
    }
    return Article(id=article_id, **plain | given)


NAMES = Names(
    product="ClickPOS",
    last_resort="the *EMAIL ClickPOS* option",
    read_first="Read the message first.",
    who={role: role.value for role in Role},
    basis={basis: basis.value for basis in Basis},
)


def reply_context(token: str = "", **given: Any) -> ReplyContext:
    return ReplyContext(NAMES, token, **given)


def article_context(**given: Any) -> ArticleContext:
    return ArticleContext(NAMES, **given)


def knowledge(*articles: Article, names: Names = NAMES) -> KnowledgeBase:
    return KnowledgeBase(
        {a.id: a for a in articles}, {a.id: Area.INVOICES for a in articles}, names
    )


def messages(**by_id: str | list[str]) -> KnowledgeBase:
    """Returns a knowledge base: `messages(not_found="Invoice could not be found")`."""
    listed = {
        key.replace("_", "-"): [wordings] if isinstance(wordings, str) else wordings
        for key, wordings in by_id.items()
    }
    return knowledge(*(article(key, messages=wordings) for key, wordings in listed.items()))


def attempt(
    *,
    may_have_run: bool = False,
    held: bool = True,
    fresh: bool = True,
    number: int = 1,
    ours_alone: bool = False,
) -> Attempt:
    """Returns an attempt at a job.

    `held`: this process holds its lease; `ours_alone`: no other process has attempted it.
    """

    async def holds() -> bool:
        return held

    return Attempt(
        may_have_run, holds, number=number, is_fresh=lambda: fresh, is_ours_alone=ours_alone
    )


def judged(
    *article_ids: str, quote: str = "a paste", captures: dict[str, str] | None = None
) -> Judgement:
    """Returns an answer with these articles; without any, an abstention."""
    matches = tuple(
        Match(one, "Invoice could not be found.", 100.0, quote, captures or {})
        for one in article_ids
    )
    return Judgement(
        Answer(matches) if matches else Abstain(), {one: article(one) for one in article_ids}
    )


def thread_message(
    sender: str = "U2",
    text: str = "an answer",
    ts: str = "18.5",
    card: tuple[str, str] = ("C9", "9.1"),
) -> ThreadMessage:
    """A message in a thread, by default that of a card."""
    return ThreadMessage(*card, ts, sender, text)


def relay(text: str, kind: RelayKind = RelayKind.ANSWER, sender: str = "U2") -> Relay:
    """A message to copy."""
    return Relay(1, 1, kind, "C9", "1.0", sender, text)
