"""Messages of one article right beside each other, which hardly any other program says. Pure."""

from collections.abc import Iterable

from bot.domain.matches import Match
from bot.recognition.text import Tokens

MAX_BETWEEN = 12
"""Characters between two messages of one answer: a comma, quotes, a line break."""


def has_neighbour(match: Match, matches: Iterable[Match], tokens: Tokens) -> bool:
    """Whether another message of its article, of `matches`, is right before or behind a match."""
    return any(
        other.article_id == match.article_id
        and other.message != match.message
        and _touch(match, other, tokens)
        for other in matches
    )


def _touch(one: Match, other: Match, tokens: Tokens) -> bool:
    first, second = sorted((one, other), key=lambda match: match.start)
    between = tokens.starts[second.start] - tokens.ends[first.end]
    return second.start == first.end + 1 and between <= MAX_BETWEEN
