"""HTTP statuses that a library tells by number or by name: "failed with status code 401". Pure.

Each library has its own words for it, and a number alone is no status: nor is a name that nothing
presents as one ("error: Forbidden", "UnauthorizedException").
"""

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TypeVar

from bot.lazy_regex import lazy_regex
from bot.recognition.patterns import Pattern
from bot.recognition.text import Tokens

K = TypeVar("K")

_REACH = 24
"""Characters beside a number in which a library says what it is."""
_BEFORE = lazy_regex(
    r"(?:(?:status|error|returned|response)(?:[\s_]?code)?|\bhttp(?:\serror)?)[\s\W]{0,4}\Z"
    r"|\b(?:requests?|calls?|queries|query|get|put|post) failed(?: with)?[\s\W]{1,4}\Z"
    r"|\bfailed(?: with)? ?[\[(]\Z"
    r"|\bhttp/\d(?:\.\d)? \Z|\bresponded(?:\swith)?(?:\shttp)?\s\Z",
    re.IGNORECASE,
)
_AFTER = lazy_regex(r"\W{1,3}(?:(?:client|server)\s?)?error\b", re.IGNORECASE)
_UNSAID = lazy_regex(
    r"\b(?i:xero) API error calling [A-Za-z]\w+[ \t]?:?[ \t]*(?:\Z|\r?\n[ \t]*(?:\r?\n|\Z))"
)
"""What Xero's library for .NET says before an answer, where that is empty."""
_UNSAID_WORD, _UNSAID_STATUS = "calling", "500"
_AT_SIGN_IN = lazy_regex(
    r"\s?errors?\s(?:at|in|on|when|while)?\s?(?:(?:log(?:ging)?|sign(?:ing)?)[\s-]?(?:in|on)(?:\s?to)?)\s(?:\w+\s){0,2}"
    r"xero\s(?:add-?on|bridge|connector|gateway|middleware|module|plug-?in|portal|proxy|server|site)\b",
    re.IGNORECASE,
)
"""What is behind a status of a program whose name has Xero's in it."""
_COUNTED = lazy_regex(r" (?!(?:and|at|for|from|in|on|when|while|with)\b|http|\w+[=:])[a-z]")
"""A word behind a number, which then says how many: "returned 429 contacts"."""
_PRESENTS_NAME = lazy_regex(
    r"\b(?:\w{0,20}(?:error|exception)|code|failure|failed|http|response|returned|status\s?text)"
    r"\s?(?:[:=(\[]|\s-)[\s\"'\[(]{0,4}\Z|\.exceptions?\.\Z",
    re.IGNORECASE,
)
"""What presents the name of a status: a label, or the space of names that an exception is in."""
_BEHIND_NAME = lazy_regex(r"\s*(?:[.,;:!?)\]}\"'\n(]|\Z)|(?:Exception|Error)\b")
_STATUS = lazy_regex(r"[45]\d\d")
_BEFORE_NUMBER = frozenset({"a", "an", "api", "code", "error", "got", "http", "status", "xero"})
"""Words right before the number of a status in talk: "we get a 403"; an order has a number too."""
_KEYS = frozenset({"status", "detail"})
"""The keys of Xero's answers beside a status and what it says."""
_NAMES = {"401": "unauthorised", "403": "forbidden"}
_TITLES = lazy_regex(
    r"\b(?:title|status)[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?(forbidden|unauthori[sz]ed)\b",
    re.IGNORECASE,
)
"""The name of a status as the title of Xero's answer; numbers elsewhere in the text count less."""
_REASON = lazy_regex(
    r"\b(?:oauth_problem|error_description|detail)\w{0,7}\W{1,5}\w"
    r"|\bsomething went wrong\W{1,5}error code\b",
    re.IGNORECASE,
)
"""What says more than a status; a page for people says that its own status is no answer's."""


class Statuses:
    """The messages of which each is the name of a status, by its number and its name."""

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        numbered: dict[str, list[Pattern]] = {}
        named: dict[tuple[str, ...], list[Pattern]] = {}
        for pattern in patterns:
            numbers = [stem for stem in pattern.stems if stem.isdigit()]
            if len(numbers) == 1 and pattern.is_bare_status:
                numbered.setdefault(numbers[0], []).append(pattern)
                if pattern.stems[0] == numbers[0]:
                    named.setdefault(pattern.stems[1:], []).append(pattern)
        self._patterns = _of_one_article(numbered)
        self._names: dict[str, list[tuple[tuple[str, ...], Pattern]]] = {}
        for name, pattern in _of_one_article(named).items():
            self._names.setdefault(max(name, key=len), []).append((name, pattern))
        self._details = _details_of(patterns)

    def beside_status(
        self, message: str, article_id: str, tokens: Tokens, start: int
    ) -> Pattern | None:
        """Return the message of another article that says the same beside the status of a text.

        `start`: the first token of the message, right before which a number is a status.

        None if the text tells no status, or that of the article itself.
        """
        of_each = self._details.get(message)
        if not of_each:
            return None
        there = [index for index, stem in enumerate(tokens.stems) if stem in of_each]
        numbers = (
            _titled(tokens.text)
            or {
                tokens.stems[index]
                for index in there
                if index == start - 1 or _is_status(tokens, index)
            }
            or {tokens.stems[index] for index in there if _is_no_record(tokens, index)}
            or {number for number, name in _NAMES.items() if name in tokens.stems}
        )
        numbers &= of_each.keys()
        found = [of_each[number] for number in numbers]
        if len(found) != 1 or found[0].article_id == article_id:
            return None
        return found[0]

    def find(self, tokens: Tokens) -> tuple[Pattern, int] | None:
        """Return the name of the first status that a text tells, and the token that tells it.

        That is its number or, where no number tells one, the longest word of its name.
        """
        has_number = not self._patterns.keys().isdisjoint(tokens.stems)
        has_name = not self._names.keys().isdisjoint(tokens.stems)
        is_opening = _UNSAID_WORD in tokens.stems
        if not (has_number or has_name or is_opening) or _REASON.search(tokens.text):
            return None
        for index, stem in enumerate(tokens.stems if has_number else ()):
            if stem in self._patterns and _is_status(tokens, index):
                return self._patterns[stem], index
        named = self._named_in(tokens) if has_name else None
        return self._unsaid(tokens) if named is None and is_opening else named

    def _unsaid(self, tokens: Tokens) -> tuple[Pattern, int] | None:
        """Return the status of an error that says nothing, and the first token of its opening."""
        pattern, found = self._patterns.get(_UNSAID_STATUS), _UNSAID.search(tokens.text)
        if pattern is None or found is None:
            return None
        return pattern, bisect_left(tokens.starts, found.start())

    def _named_in(self, tokens: Tokens) -> tuple[Pattern, int] | None:
        for index, stem in enumerate(tokens.stems):
            for name, pattern in self._names.get(stem, ()):
                first = index - name.index(stem)
                behind = first + len(name)
                is_there = first >= 0 and tuple(tokens.stems[first:behind]) == name
                if is_there and _is_presented(tokens, first, behind - 1):
                    return pattern, index
        return None


def _titled(text: str) -> set[str]:
    """Return the numbers of the statuses that the titles of Xero's answers in a text name."""
    names = (found[1].lower() for found in _TITLES.finditer(text))
    return {"403" if name == _NAMES["403"] else "401" for name in names}


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


def _of_one_article(found: Mapping[K, Sequence[Pattern]]) -> dict[K, Pattern]:
    return {
        key: patterns[0]
        for key, patterns in found.items()
        if len({pattern.article_id for pattern in patterns}) == 1
    }


def _is_presented(tokens: Tokens, first: int, last: int) -> bool:
    """Whether the tokens `first` to `last` are presented as the name of a status."""
    start, end = tokens.starts[first], tokens.ends[last]
    before = tokens.text[max(0, start - _REACH) : start]
    return bool(_PRESENTS_NAME.search(before) and _BEHIND_NAME.match(tokens.text, end))


def _is_no_record(tokens: Tokens, index: int) -> bool:
    """Whether a number that may be a status is not that of a record, such as "order 403"."""
    if not index:
        return True
    joint = tokens.text[tokens.ends[index - 1] : tokens.starts[index]]
    return tokens.stems[index - 1] in _BEFORE_NUMBER or bool("\n" in joint or "(" in joint)


def _is_status(tokens: Tokens, index: int) -> bool:
    start, end = tokens.starts[index], tokens.ends[index]
    before = tokens.text[max(0, start - _REACH) : start]
    after = tokens.text[end : end + _REACH]
    if _AFTER.match(after):
        return not _AT_SIGN_IN.match(tokens.text, end)
    return bool(_BEFORE.search(before)) and not _COUNTED.match(after)
