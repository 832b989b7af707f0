"""The first view of an article: the reply to a paste with its message, as it reads on a phone."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.article_text import Values
from bot.domain.articles import Article, KeyPath
from bot.domain.causes import Cause
from bot.domain.matches import Match
from bot.domain.names import Names
from bot.domain.reports import Opening
from bot.domain.verdicts import Answer, Judgement
from bot.slack.views.blocks import Block
from bot.slack.views.phone import PhoneView, on_phone
from bot.slack.views.reply import reply
from bot.slack.views.reply_context import ReplyContext

UNKNOWN = "…"
"""In a quote, in place of a value that is not known."""
SOMEBODY = "Somebody"
TOKEN = "token"  # noqa: S105 - of no interaction: its buttons lead to nothing


@dataclass(frozen=True)
class Size:
    """Words, lines of 40 characters, line of step 1, and buttons of a view, or their limits."""

    words: int
    lines: int
    step_1: int
    buttons: int

    @classmethod
    def of(cls, view: PhoneView) -> "Size":
        """Return the size of a view."""
        return cls(view.words, len(view.lines), view.step_1, view.buttons)


COUNTED = {
    "words": "words",
    "lines": "lines on a phone",
    "step_1": "lines up to step 1",
    "buttons": "buttons",
}
"""What the figures of a size count."""
LONGEST = Size(words=115, lines=26, step_1=9, buttons=9)
"""What no first view may exceed."""


def first_view(article: Article, names: Names) -> PhoneView:
    """Return the reply to the article's message, at its usual cause."""
    return _longest(article, names, article.usual, None)


def opened_views(article: Article, names: Names) -> dict[str, PhoneView]:
    """Return by id of a cause what the reply shows after somebody pressed its button."""
    return {
        cause.id: _longest(article, names, cause, Opening(article.id, cause.id, SOMEBODY))
        for cause in article.causes
        if cause is not article.usual
    }


def view_faults(article: Article, names: Names) -> Iterator[tuple[KeyPath, str]]:
    """Yield where a view of an article is longer than a phone shows at a glance."""
    for what in _too_much(first_view(article, names), is_first=True):
        yield ("causes", article.causes.index(article.usual)), f"the first view has {what}"
    opens_at = {message.cause for message in article.messages}
    views = opened_views(article, names)
    for number, cause in enumerate(article.causes):
        if cause.id in views:
            for what in _too_much(views[cause.id], is_first=cause.id in opens_at):
                yield ("causes", number), f"opened at this cause, the reply has {what}"


def _too_much(view: PhoneView, *, is_first: bool) -> Iterator[str]:
    """Yield what exceeds its limit. `is_first`: step 1 must be in sight without a scroll."""
    for key, count in asdict(Size.of(view)).items():
        most = getattr(LONGEST, key)
        if count > most and (is_first or key != "step_1"):
            yield f"{count} {COUNTED[key]} (allowed: at most {most})"


def _longest(article: Article, names: Names, cause: Cause, opening: Opening | None) -> PhoneView:
    """Return the longer of the views without values and with those of the first example that has
    some. A paste with more records has more lines, which no article can help.
    """
    examples = [example.values for example in article.examples.match if example.values]
    views = [
        on_phone(_blocks(article, names, _match(article, cause, values), opening))
        for values in ({}, *examples[:1])
    ]
    return max(views, key=lambda view: (view.words, len(view.lines)))


def _blocks(article: Article, names: Names, match: Match, opening: Opening | None) -> list[Block]:
    judgement = Judgement(Answer((match,)), {article.id: article})
    return reply(judgement, ReplyContext(names, token=TOKEN, opening=opening)).blocks


def _match(article: Article, cause: Cause, values: Values) -> Match:
    """Return a match of the message that tells the cause, or else of one that tells none."""
    fitting = [one.text for one in article.messages if one.cause in {cause.id, None}]
    message = next(iter(fitting or article.wordings), "")
    quote = PLACEHOLDER.sub(lambda name: " ".join(values.get(name[1], (UNKNOWN,))[:1]), message)
    most = max(map(len, values.values()), default=0)
    captures = [
        {name: found[index] for name, found in values.items() if index < len(found)}
        for index in range(most)
    ]
    first = captures[0] if captures else {}
    return Match(article.id, message, 100.0, quote, first, all_captures=tuple(captures))
