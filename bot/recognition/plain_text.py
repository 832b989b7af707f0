"""A text in plain forms: its sentences, and what is in them beside a message. Pure."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import pairwise

from bot.lazy_regex import lazy_regex
from bot.recognition.equivalents import plain_forms
from bot.recognition.plain_words import MODALS, ORGANISATION, XERO, PlainMessage
from bot.recognition.refusals import tells_answer_of_xero, tells_failure
from bot.recognition.text import FIELD_BORDER, Tokens

_SENTENCE_END = lazy_regex(
    FIELD_BORDER
    + r"|[.!?;:]+(?=[\s\"'*_`]|$)|\s[-\u2013\u2014]+\s|[|()\[\]{}<>]|\n(?!\s*[a-z])|\n\s*\n"
    r"|[\"']\s?[,:]\s?[\"']"
)
_QUOTE = lazy_regex(
    r"(?<!\w)(['\"`\u2018\u201c])[^'\"`\u2018\u2019\u201c\u201d\n]{1,80}['\"`\u2019\u201d](?!\w)"
)
_NAME_OF_VALUE = lazy_regex(r"(?<=[\d\"'\u2019\u201d] )\([A-Z][^()\n]{0,40}\)(?= [a-z])")
"""The name in brackets of what a code tells: "account 218 (Freight) is …"."""
_SPEAKS = lazy_regex(r"[\"'*_`)\]]{0,3}\s?(?::|->?|>|\||\u2192|[\u2013\u2014])[\s\"'`\u201c*_]*")
"""What is between the name of a speaker and what it says."""
_OF_A_LOG = frozenset({XERO, "api", "export", "integration", "log", "sync", "the", "to"})
"""Words of a log beside Xero, to which what follows is an error."""
MAX_SPEAKER_WORDS = 5
"""Words of a sentence that only says who speaks: "Export to Xero failed"."""
_MAX_PART = 40
_PART_BEFORE, _PART = lazy_regex(r"[\w#/-]+$"), lazy_regex(r"[\w#/-]{0,40}")
"""The rest of a number around one of its parts."""


class PlainText:
    """A text in plain forms, one tuple a token."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.forms = [plain_forms(stem) for stem in tokens.stems]

    @cached_property
    def names_xero(self) -> bool:
        """Whether Xero is named anywhere in it."""
        return XERO in self.tokens.stems

    @cached_property
    def _sentences(self) -> list[tuple[int, int]]:
        """The first token of each sentence, and the one behind its last."""
        starts = [0]
        text = self.tokens.text
        brackets = {mark for first, behind in self._names for mark in (first, behind - 1)}
        for found in _SENTENCE_END.finditer(text):
            if found.start() in brackets:
                continue
            first = bisect_right(self.tokens.starts, found.start())
            if first > starts[-1]:
                starts.append(first)
        pairs = zip(starts, [*starts[1:], len(self.tokens)], strict=True)
        return [(first, behind) for first, behind in pairs if first < behind]

    @cached_property
    def _names(self) -> list[tuple[int, int]]:
        """The characters of the names of values, with their brackets."""
        return [found.span() for found in _NAME_OF_VALUE.finditer(self.tokens.text)]

    @cached_property
    def _spoken_by_xero(self) -> frozenset[int]:
        """The first tokens of the sentences that Xero says: "Xero refused: Contact is archived"."""
        if not self.names_xero:
            return frozenset()
        return frozenset(
            behind
            for first, behind in self._sentences[:-1]
            if self._is_xero_speaking(first, behind)
        )

    def _is_xero_speaking(self, first: int, behind: int) -> bool:
        """Whether a sentence only says that Xero says the next one: "Rejected by Xero:"."""
        stems = self.tokens.stems[first:behind]
        if len(stems) > MAX_SPEAKER_WORDS or XERO not in stems:
            return False
        text, start, end = self.tokens.text, self.tokens.starts[first], self.tokens.ends[behind - 1]
        if not _SPEAKS.fullmatch(text, end, self.tokens.starts[behind]):
            return False
        words = text[start:end]
        return _OF_A_LOG.issuperset(stems) or tells_answer_of_xero(words) or tells_failure(words)

    def is_spoken_by_xero(self, region: range) -> bool:
        """Whether the words before a region say that Xero says it, and none that it announces."""
        if region.start not in self._spoken_by_xero:
            return False
        return not self.tokens.text.startswith(":", self.tokens.ends[region.stop - 1])

    @cached_property
    def _words(self) -> list[frozenset[str]]:
        """The forms of each sentence."""
        return [
            frozenset(form for forms in self.forms[first:behind] for form in forms)
            | ({XERO} if first in self._spoken_by_xero else frozenset())
            for first, behind in self._sentences
        ]

    def regions(self, message: PlainMessage) -> Iterator[range]:
        """Yield the tokens of neighbouring sentences that have nearly all of a message's weight."""
        wanted = message.weights.keys()
        for first, words in enumerate(self._words):
            if words.isdisjoint(wanted):
                continue
            there: frozenset[str] = frozenset()
            for last in range(first, min(first + message.sentences, len(self._words))):
                there |= self._words[last] & wanted
                if message.is_nearly_in(there):
                    yield range(self._sentences[first][0], self._sentences[last][1])
                if there == wanted and not self._goes_on(message, last + 1):
                    break

    def _goes_on(self, message: PlainMessage, sentence: int) -> bool:
        """Whether a sentence has only words that the message has."""
        return sentence < len(self._words) and bool(
            self._words[sentence] and self._words[sentence] <= message.weights.keys()
        )

    def others(self, message: PlainMessage, positions: range) -> int:
        """Return how many words are neither small, nor the message's, nor values.

        In quotes are values only where the message has one.
        """
        own = message.weights.keys() | {XERO, ORGANISATION} | message.records
        quotes = any(message.pattern.gaps)
        return sum(
            bool(self.forms[here])
            and own.isdisjoint(self.forms[here])
            and here not in self.tokens.truncation_points
            and not (self._has_digit(here) or (quotes and self._is_quoted(here)))
            for here in positions
        )

    def says_what_may_be(self, positions: range) -> bool:
        """Whether a part says what can or must be, not what is."""
        return not MODALS.isdisjoint(self.tokens.stems[positions.start : positions.stop])

    def last_of(self, own: frozenset[str], positions: Sequence[int]) -> int:
        """Return the last position with an own form before another word, a comma or a colon."""
        last = positions[0]
        for before, here in pairwise(positions):
            foreign = not own.issuperset(self.forms[here])
            if foreign and not (self._has_digit(here) or self._is_quoted(here)):
                break
            if self._has_mark(before, here, ",:"):
                break
            last = last if own.isdisjoint(self.forms[here]) else here
        return last

    def clause(self, region: range, start: int, end: int) -> range:
        """Return the part of a region between two commas around `start` to `end`."""
        while start > region.start and not self._has_mark(start - 1, start):
            start -= 1
        while end < region.stop - 1 and not self._has_mark(end, end + 1):
            end += 1
        return range(start, end + 1)

    def _has_mark(self, here: int, there: int, marks: str = ",") -> bool:
        """Whether one of these marks is between two neighbouring tokens."""
        left, right = min(here, there), max(here, there)
        between = self.tokens.text[self.tokens.ends[left] : self.tokens.starts[right]]
        return between != " " and any(mark in between for mark in marks)

    def _has_digit(self, here: int) -> bool:
        """Whether a word is a number, or part of one such as CP-1822."""
        text = self.tokens.text
        before = _PART_BEFORE.search(
            text, max(0, self.tokens.starts[here] - _MAX_PART), self.tokens.ends[here]
        )
        after = _PART.match(text, self.tokens.ends[here])
        return any(map(str.isdigit, (before[0] if before else "") + (after[0] if after else "")))

    def _is_quoted(self, here: int) -> bool:
        start, end = self.tokens.starts[here], self.tokens.ends[here]
        before = bisect_left(self._quotes, (start, 0))  # quotes share no character
        return before > 0 and end < self._quotes[before - 1][1]

    @cached_property
    def _quotes(self) -> list[tuple[int, int]]:
        """The characters from the mark that opens a quote to behind the one that closes it.

        So too of the brackets around the name of a value.
        """
        quotes = [found.span() for found in _QUOTE.finditer(self.tokens.text)]
        names = [
            name
            for name in self._names
            if not any(first < name[0] < behind for first, behind in quotes)
        ]
        return sorted([*quotes, *names])
