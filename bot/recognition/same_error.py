"""Comparison of a repeated error with the one that was answered. Pure."""

from bot.domain.matches import Match
from bot.domain.names import Names
from bot.lazy_regex import lazy_regex
from bot.recognition.text import strip_markup

_WORD = lazy_regex(r"[^\W_]+")
_NO_NAMES = frozenset(
    "xero pos error errors hi hello hey again still same the this it i we and but also please help sorry "
    "thanks ok now".split()
)
"""Words that people write with a capital letter without naming anything."""


def same_error(match: Match, other: Match) -> bool:
    """Whether two matches are of one article, one wording and one set of values."""
    return (match.article_id, match.message) == (other.article_id, other.message) and _values(
        match
    ) == _values(other)


def _values(match: Match) -> dict[str, frozenset[str]]:
    return {name: frozenset(map(str.casefold, values)) for name, values in match.values.items()}


def has_new_names(text: str, earlier: str, names: Names) -> bool:
    """Whether a text has a name or number that an earlier one lacks: it may be about another shop.

    Every word with a capital first letter counts as a name, except the product's `names`: one
    answer too many is better than a link to the wrong one.
    """
    known = {word.casefold() for word in _words(earlier, names)} | _NO_NAMES
    return any(_is_name(word) and word.casefold() not in known for word in _words(text, names))


def _words(text: str, names: Names) -> list[str]:
    return _WORD.findall(names.spoken.sub(" ", strip_markup(text)))


def _is_name(word: str) -> bool:
    return word[0].isupper() or any(map(str.isdigit, word))
