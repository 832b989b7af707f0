"""Rendering of Slack blocks for a terminal. Pure."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.panel import Panel
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from bot.domain.feedback import Ratings, Vote
from bot.domain.openings import OpeningCounts
from bot.domain.reports import NO_CAUSE
from bot.slack.views import wording
from bot.slack.views.blocks import Block
from bot.slack.views.outgoing import OutgoingMessage


def render(reply: OutgoingMessage, below: Sequence[Block] = ()) -> RenderableType:
    """Return the reply in a frame, and more blocks below it."""
    framed = Panel(
        Group(*_blocks(reply.blocks)),
        title="Xero Help",
        title_align="left",
        box=box.ROUNDED,
        padding=(1, 2),
    )
    return Group(framed, Padding(Group(*_blocks(below)), (1, 3))) if below else framed


def _blocks(blocks: Iterable[Block]) -> Iterable[RenderableType]:
    for number, block in enumerate(blocks):
        if number and block["type"] != "context":
            yield Text()
        yield from _block(block)


def _block(block: Block) -> Iterable[RenderableType]:
    match block["type"]:
        case "header":
            yield Text(block["text"]["text"], style="bold")
        case "section":
            yield _mrkdwn(block["text"]["text"])
        case "context":
            yield from (_mrkdwn(element["text"], "dim") for element in block["elements"])
        case "divider":
            yield Rule(style="dim")
        case "rich_text":
            for element in block["elements"]:
                yield from _rich(element)
        case "actions":
            yield Text("  ").join(_button(element) for element in block["elements"])
            yield from (line for element in block["elements"] for line in _groups(element))


def _rich(element: Block) -> Iterable[RenderableType]:
    match element["type"]:
        case "rich_text_quote":
            yield Padding(Text("▏ ", style="dim") + _runs(element["elements"]), (0, 0, 1, 0))
        case "rich_text_list":
            listed = Table.grid(padding=(0, 1, 0, 0))
            for number, item in enumerate(element["elements"], start=1 + element.get("offset", 0)):
                listed.add_row(
                    f"{number:>2}." if element["style"] == "ordered" else " •",
                    _runs(item["elements"]),
                )
            yield listed
        case _:
            yield _runs(element["elements"])


def _runs(elements: Iterable[Block]) -> Text:
    text = Text()
    for run in elements:
        text.append(run["text"], style="bold" if run.get("style", {}).get("bold") else "")
    return text


_MARK = re.compile(r"\*(?P<bold>[^*\n]+)\*|`(?P<code>[^`\n]+)`|<[^|>]+\|(?P<link>[^>]+)>")


def _mrkdwn(text: str, style: str = "") -> Text:
    drawn_text = Text(style=style)
    end = 0
    for found in _MARK.finditer(text):
        drawn_text.append(html.unescape(text[end : found.start()]))
        kind = str(found.lastgroup)
        drawn_text.append(
            html.unescape(found[kind]),
            style={"bold": "bold", "code": "cyan", "link": "underline"}[kind],
        )
        end = found.end()
    return drawn_text.append(html.unescape(text[end:]))


def _button(element: Block) -> Text:
    style = "bold white on dark_green" if element.get("style") == "primary" else "reverse"
    return Text(f" {_label(element)} ", style=style)


def _groups(element: Block) -> Iterator[Text]:
    """Yield what a menu has below each of its titles."""
    for group in element.get("option_groups", ()):
        labels = ", ".join(map(_label, group["options"]))
        yield Text(f"  {group['label']['text']} {labels}", style="dim")


def _label(element: dict[str, Any]) -> str:
    """Return the words of a button or an option, or those of a menu before a choice."""
    return str((element.get("text") or element["placeholder"])["text"])


def feedback_lines(
    ratings: Ratings, complaints: Sequence[Vote], openings: OpeningCounts
) -> Iterator[str]:
    """Yield how often each article helped, the least helpful first, with the comments on it.

    Then how often each of its causes was opened, the most frequent first.
    """
    if not ratings and not complaints:
        yield wording.NO_FEEDBACK
    for article_id, rating in sorted(
        ratings.items(), key=lambda item: item[1].helped / item[1].votes
    ):
        yield f"{article_id}: {wording.RATED.format(rating=rating)}"
        yield from (f"  {_why(vote)}" for vote in complaints if vote.article_id == article_id)
        yield from _opened(article_id, openings)
    yield from (
        f"{wording.NO_ARTICLE}: {_why(vote)}"
        for vote in complaints
        if vote.article_id not in ratings
    )

    for article_id in sorted({article_id for article_id, _ in openings} - ratings.keys()):
        yield f"{article_id}: {wording.UNRATED}"
        yield from _opened(article_id, openings)


def _opened(article_id: str, openings: OpeningCounts) -> Iterator[str]:
    """Yield how often each cause of an article was opened, the most frequent first."""
    theirs = [
        (cause, count) for (article, cause), count in openings.items() if article == article_id
    ]
    for cause, count in sorted(theirs, key=lambda one: (-one[1].times, one[0])):
        at = wording.NO_CAUSE if cause == NO_CAUSE else cause
        yield f"  {wording.OPENED.format(cause=at, count=count)}"


def _why(vote: Vote) -> str:
    return ": ".join(
        filter(None, (vote.reason and wording.REASONS[vote.reason], " ".join(vote.words.split())))
    )
