"""HTTP statuses that a library tells by their number: "Request failed with status code 401". Pure.

Each library has its own words for it, and a number alone is no status.
"""

import re
from collections.abc import Sequence

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
_COUNTED = re.compile(r" (?!(?:and|at|for|from|in|on|when|while|with)\b|http)[a-z]")
"""A word behind a number, which then says how many: "returned 429 contacts"."""
_STATUS = re.compile(r"[45]\d\d")
_KEYS = frozenset({"status", "detail"})
"""The keys of Xero's answers beside a status and what it says."""
_REASON = re.compile(r"\b(?:oauth_problem|error_description|detail)\w{0,7}\W{1,5}\w", re.IGNORECASE)
"""What says more than a status."""


class Statuses:
    """The messages of which each is the name of a status, by its number."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
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
        self._details = _details_of(patterns)

    def beside_status(self, message: str, article_id: str, tokens: Tokens) -> Pattern | None:
        """Return the message of another article that says the same beside the status of a text.

        None if the text tells no status, or that of the article itself.
        """
        of_each = self._details.get(message)
        if not of_each:
            return None
        numbers = {
            stem
            for index, stem in enumerate(tokens.stems)
            if stem in of_each and _is_status(tokens, index)
        }
        found = [of_each[number] for number in numbers]
        if len(found) != 1 or found[0].article_id == article_id:
            return None
        return found[0]

    def find(self, tokens: Tokens) -> tuple[Pattern, int] | None:
        """Return the name of the first status that a text tells, and the token of its number."""
        if self._patterns.keys().isdisjoint(tokens.stems) or _REASON.search(tokens.text):
            return None
        for index, stem in enumerate(tokens.stems):
            if stem in self._patterns and _is_status(tokens, index):
                return self._patterns[stem], index
        return None


def _details_of(patterns: Sequence[Pattern]) -> dict[str, dict[str, Pattern]]:
    """Return the messages that several articles have, each beside its status: by its number."""
    with_status: dict[frozenset[str], dict[str, Pattern]] = {}
    for pattern in patterns:
        numbers = [stem for stem in pattern.stems if _STATUS.fullmatch(stem)]
        if len(numbers) == 1:
            rest = frozenset(pattern.stems) - _KEYS - {numbers[0]}
            with_status.setdefault(rest, {}).setdefault(numbers[0], pattern)
    return {
        pattern.message: of_each
        for pattern in patterns
        if len(of_each := with_status.get(frozenset(pattern.stems), {})) > 1
    }


def _is_status(tokens: Tokens, index: int) -> bool:
    start, end = tokens.starts[index], tokens.ends[index]
    before = tokens.text[max(0, start - _REACH) : start]
    after = tokens.text[end : end + _REACH]
    if _AFTER.match(after):
        return True
    return bool(_BEFORE.search(before)) and not _COUNTED.match(after)
