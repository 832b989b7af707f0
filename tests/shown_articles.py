"""All that is shown of an article: to who asks, to support, and outside Slack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.cli.branches import branches
from bot.cli.explained_json import as_dict
from bot.cli.terminal import render
from bot.domain.articles import Article
from bot.domain.cases import Case
from bot.domain.escalations import Change, Escalation, Verb
from bot.domain.handover import Handover
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.domain.reports import Interaction, Opening, Report, Trigger
from bot.domain.verdicts import Answer, FollowUp, Intent, Judgement, Suggest, Suggestion
from bot.integrations import handover_text
from bot.integrations.email.message import html
from bot.slack.views import escalation_card, requester_messages, requester_wording
from bot.slack.views.article_modal import ArticleContext, article_modal
from bot.slack.views.follow_up import follow_up_reply
from bot.slack.views.procedure_modal import procedure_modal
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext
from tests.integrations.builders import details

Shown = Iterator[tuple[str, Any]]
"""Names of what is shown, each with its text or payload."""
Show = Callable[[Article, KnowledgeBase], Shown]


def match_of(article: Article) -> Match:
    return Match(article.id, next(iter(article.wordings), ""), 100.0, "a paste", {})


def judged(article: Article) -> Judgement:
    return Judgement(Answer((match_of(article),)), {article.id: article})


def replies(article: Article, known: KnowledgeBase) -> Shown:
    """The reply at each cause."""
    for cause in article.causes:
        opening = Opening(article.id, cause.id, "U1")
        message = reply(judged(article), ReplyContext(known.names, "t", opening=opening))
        yield f"reply at {cause.id}", [message.text, message.blocks]


def command_line(article: Article, known: KnowledgeBase) -> Shown:
    """What `explain` prints: the reply, and what its buttons open; and what programs get."""
    judgement = judged(article)
    made = reply(judgement, ReplyContext(known.names))
    yield "command line", "\n".join(printed(render(made, branches(judgement))))
    yield "JSON", as_dict(judgement.verdict, known)["articles"]


def printed(drawn: RenderableType) -> Iterator[str]:
    """The texts of what is printed; laying them out in lines takes ten times as long."""
    match drawn:
        case Text():
            yield drawn.plain
        case str():
            yield drawn
        case Group():
            yield from chain.from_iterable(map(printed, drawn.renderables))
        case Panel():
            yield from (str(drawn.title), *printed(drawn.renderable))
        case Padding():
            yield from printed(drawn.renderable)
        case Table():
            for column in drawn.columns:
                yield from chain.from_iterable(map(printed, column.cells))
        case _:
            assert isinstance(drawn, Rule), drawn


def modals(article: Article, known: KnowledgeBase) -> Shown:
    """*More*, and *Show me how* of each step."""
    related = [known[other] for other in article.related]
    context = ArticleContext(known.names, related, token="t", match=match_of(article))
    yield "more", article_modal(article, context)
    for index, step in enumerate(article.steps):
        if step.how:
            yield f"how {index}", procedure_modal(step.how, known.names, {})


def follow_ups(article: Article, known: KnowledgeBase) -> Shown:
    """The reply to each kind of message after the answer, and one that suggests the article."""
    steps = tuple(range(len(article.steps)))
    for intent in Intent:
        wanted = FollowUp(intent, 1, "t", match_of(article), steps)
        message = follow_up_reply(wanted, article, ReplyContext(known.names, "t"))
        yield f"after it: {intent}", [message.text, message.blocks]
    family = known.family_of(article.id)
    for families in ((), (family,)) if family else ((),):
        suggested = Suggest((Suggestion(article.id, 50.0),), families)
        message = reply(Judgement(suggested, known), ReplyContext(known.names, "t"))
        yield f"suggestion with {len(families)} families", [message.text, message.blocks]


def case_of(article: Article, known: KnowledgeBase) -> Case:
    report = Report("T1", "C1", "1.0", "U1", "a paste", Trigger.ADDRESSED, "1.0")
    return Case(
        Escalation(1, 1, "U1", details(), number=1),
        Interaction(1, report, "t"),
        judged(article),
        [Change(1, Verb.OPEN, "U1", 1.0)],
        names=known.names,
    )


def requesters_posts(article: Article, known: KnowledgeBase) -> Shown:
    """The note and the posts about an escalation, in the requester's thread."""
    case = case_of(article, known)
    note = requester_messages.note(case, private=False, begins_thread=False)
    yield "note", [note.text, note.blocks]
    for verb in requester_wording.NOTICES:
        made = requester_messages.notice(case, Change(2, verb, "U2", 2.0))
        yield f"notice: {verb}", [made.text, made.blocks]


def supports_posts(article: Article, known: KnowledgeBase) -> Shown:
    """The card and its reminder."""
    case = case_of(article, known)
    card = escalation_card.card(case, None, ())
    yield "card", [card.text, card.blocks, card.brief]
    yield "reminder", escalation_card.reminder(case, case.history[0], ()).blocks


def outside(article: Article, known: KnowledgeBase) -> Shown:
    """The e-mail, the ticket and its note."""
    handover = Handover(
        name="ESC-1",
        token="t",
        opened_at=0.0,
        link=None,
        details=details(),
        replied=(article.title,),
        for_developers=judged(article).for_developers,
    )
    yield "e-mail", html(handover, "help@acme.example")
    yield "ticket", handover_text.plain(handover, "Reply here.")
    yield "note", handover_text.for_developers(handover)


TO_WHO_ASKS: tuple[Show, ...] = (replies, command_line, modals, follow_ups, requesters_posts)
TO_SUPPORT: tuple[Show, ...] = (supports_posts, outside)
