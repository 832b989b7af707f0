"""HTTP statuses that a library tells by their number: "Request failed with status code 401". Pure.

Each library has its own words for it, and a number alone is no status.
"""

import re
from collections.abc import Iterable

from bot.recognition.patterns import Pattern
from bot.recognition.text import Tokens

_REACH = 24
"""Characters beside a number in which a library says what it is."""
_BEFORE = re.compile(
    r"(?:(?:status|error|returned|response)(?:\s?code)?|\bhttp(?:\serror)?)[\s\W]{0,4}\Z"
    r"|\bhttp/\d(?:\.\d)? \Z|\bresponded(?:\swith)?(?:\shttp)?\s\Z",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\W{1,3}(?:(?:client|server)\s?)?error\b", re.IGNORECASE)
_COUNTED = re.compile(r" (?!(?:at|for|from|in|on|when|while)\b|http)[a-z]")
"""A word behind a number, which then says how many: "returned 429 contacts"."""
_REASON = re.compile(r"\b(?:oauth_problem|error_description|detail)\w{0,7}\W{1,5}\w", re.IGNORECASE)
"""What says more than a status."""


class Statuses:
    """The messages of which each is the name of a status, by its number."""

    def __init__(self, patterns: Iterable[Pattern]) -> None:
        found: dict[str, list[Pattern]] = {}
        for pattern in patterns:
            numbers = [stem for stem in pattern.stems if stem.isdigit()]
            if pattern.is_bare_status and len(numbers) == 1:
                found.setdefault(numbers[0], []).append(pattern)
        self._patterns = {
            number: named[0]
            for number, named in found.items()
            if len({pattern.article_id for pattern in named}) == 1
        }

    def find(self, tokens: Tokens) -> tuple[Pattern, int] | None:
        """Return the name of the first status that a text tells, and the token of its number."""
        if self._patterns.keys().isdisjoint(tokens.stems) or _REASON.search(tokens.text):
            return None
        for index, stem in enumerate(tokens.stems):
            if stem in self._patterns and _is_status(tokens, index):
                return self._patterns[stem], index
        return None


def _is_status(tokens: Tokens, index: int) -> bool:
    start, end = tokens.starts[index], tokens.ends[index]
    before = tokens.text[max(0, start - _REACH) : start]
    after = tokens.text[end : end + _REACH]
    if _AFTER.match(after):
        return True
    return bool(_BEFORE.search(before)) and not _COUNTED.match(after)
