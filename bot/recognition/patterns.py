"""Messages in the form in which they are compared: words, weights and variable parts. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache
from http import HTTPStatus
from typing import TypeVar

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.knowledge import KnowledgeBase
from bot.lazy_regex import lazy_regex
from bot.recognition.text import CAMEL, Tokens, tokenise

T = TypeVar("T")

STOP_WORDS = frozenset(
    """
    a all an and any are as at be been being by can could does each every for from had has have in
    is it its may more must of on or our please should sorry than that the their there this to was
    were will with you your
    """.split()
)
"""Words that do not distinguish errors. They have little weight and may be missing."""
NEGATIONS = frozenset({"not", "no"})
"""Required where a message has them, but not counted as words that identify it."""
OPTIONAL_LEADING = frozenset({"a", "an", "the", "this", "sorry", "please"})
"""First words that a message may lose and still be complete."""
DOMAIN_TERMS = frozenset(
    """
    xero document invoice bill payment contact account tax tracking credit organisation overpayment
    prepayment journal lock quote purchase item unit statement currency allocated allocate
    repository
    """.split()
)
"""Words of accounting, and of the messages about a connection's tokens ("repository"). A message
without any of them is also used by other software, however long it is."""
RUNTIME_TERMS = frozenset({"guid", "curl", "redirect", "serialised", "server"})
"""Words of what a language's own library or a protocol says: any program that uses it says it."""
MIN_TELLING_WORDS = 6
"""Required words from which a message is Xero's alone, without a word of accounting."""
MAX_SHORT_WORDS = 3
"""Required words up to which a message counts as short: other software uses it too."""
MAX_CAPTURE_WORDS = 14
"""Words that a variable part may span: a contact's full name, a date with its time."""
_AROUND_STATUS = frozenset({"http", "error", "status", "code", "xero", "api"})
"""Words beside the name of a status."""
_FAILED_IN_XERO = frozenset({"occurred"})
"""What "An error occurred in Xero" says beside those words."""
_MARK = lazy_regex(r"[^\w\s'\u2019/-]")


@dataclass(frozen=True)
class Pattern:
    """A message cut into stems.

    gaps: `gaps[i]` are the names of the variable parts before stem i; the last entry has those at
        the end. It has one entry more than `stems`.
    marks_before, marks_after: quotes and brackets that the message has around `gaps[i]`.
    breaks: indices of the stems that the message has a mark before, such as a full stop.
    weights: one per stem; empty until the matcher knows how rare each stem is.
    """

    article_id: str
    message: str
    stems: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    marks_before: tuple[str, ...] = ()
    marks_after: tuple[str, ...] = ()
    breaks: frozenset[int] = frozenset()
    weights: tuple[float, ...] = ()

    @classmethod
    def of(cls, article_id: str, message: str) -> "Pattern":
        """Return the pattern of a message, without weights."""
        stems: list[str] = []
        gaps: list[tuple[str, ...]] = [()]
        marks_before, marks_after = [""], [""]
        breaks: set[int] = set()
        for index, part in enumerate(PLACEHOLDER.split(message)):
            if index % 2:
                gaps[-1] += (part,)
                continue
            tokens = tokenise(part)
            breaks.update(len(stems) + i for i in _marked(tokens))
            stems.extend(tokens.stems)
            marks_after[-1] = tokens.text[: tokens.starts[0] if tokens.starts else None]
            for marks in (marks_before, marks_after):
                marks.extend([""] * len(tokens))
            gaps.extend([()] * len(tokens))
            if tokens.ends or not stems:
                marks_before[-1] = tokens.text[tokens.ends[-1] if tokens.ends else 0 :]
        return cls(
            article_id,
            message,
            tuple(stems),
            _kept(tuple(gaps)),
            _kept(tuple(marks_before)),
            _kept(tuple(marks_after)),
            frozenset(breaks),
        )

    @classmethod
    def case_variants(cls, article_id: str, message: str) -> tuple["Pattern", ...]:
        """Return the pattern of a message and, if it differs, of the message in lower case.

        `DueDate` is two words, but `DUEDATE` is one.
        """
        camel = cls.of(article_id, message)
        if not CAMEL.search(message):
            return (camel,)
        lower = replace(cls.of(article_id, message.lower()), message=message)
        return (camel,) if camel.stems == lower.stems else (camel, lower)

    @classmethod
    def opening_sentence(cls, article_id: str, message: str) -> "Pattern | None":
        """Return the pattern of a message's first sentence, as some programs show only that one.

        None if the message has one sentence, or if the first one is too short to identify it and
        does not name Xero.
        """
        first, _, rest = message.partition(". ")
        if not rest:
            return None
        made = replace(cls.of(article_id, first), message=message)
        return None if made.short and "xero" not in made.stems else made

    def weighted(self, weights: tuple[float, ...]) -> "Pattern":
        """Return it with weights; `replace` would have all else that is known found again."""
        made = object.__new__(type(self))
        made.__dict__.update(self.__dict__, weights=weights)
        return made

    @cached_property
    def total_weight(self) -> float:
        """The sum of all weights."""
        return sum(self.weights)

    @cached_property
    def required(self) -> frozenset[str]:
        """The stems that must all be in a text that contains the message."""
        # a set that is made of another is as small as it can be
        return frozenset({stem for stem in self.stems if stem not in STOP_WORDS})

    @cached_property
    def short(self) -> bool:
        """Whether it has so few required words that all of it must be there, without insertions."""
        return len(self.required - NEGATIONS) <= MAX_SHORT_WORDS

    @cached_property
    def generic(self) -> bool:
        """Whether other software uses it too, so that the text around it decides."""
        if self.short or self.fully_generic:
            return True
        words = len(self.required - NEGATIONS)
        return not (self.required & DOMAIN_TERMS) and words < MIN_TELLING_WORDS

    @cached_property
    def fully_generic(self) -> bool:
        """Whether any software may use it, so that Xero must be named near it."""
        if self.required & DOMAIN_TERMS:
            return False
        is_brief = len(self.required - NEGATIONS) <= MAX_SHORT_WORDS + 1
        return is_brief or not self.required.isdisjoint(RUNTIME_TERMS)

    @cached_property
    def is_bare_status(self) -> bool:
        """Whether it is the name of an HTTP status, or says no more: something failed, not why."""
        words = frozenset(stem for stem in self.required if not stem.isdigit()) - _AROUND_STATUS
        return words in _status_names() or words <= _FAILED_IN_XERO


@lru_cache(maxsize=4_096)
def _kept(values: T) -> T:
    """Return the equal tuple that there is already: those of most messages are empty texts."""
    return values


def _marked(tokens: Tokens) -> Iterator[int]:
    """Yield the indices of the words that have a mark before them."""
    text = tokens.text
    for index, (end, start) in enumerate(zip(tokens.ends, tokens.starts[1:], strict=False), 1):
        if text[end:start] != " " and _MARK.search(text, end, start):
            yield index


@cache
def _status_names() -> frozenset[frozenset[str]]:
    names = (tokenise(status.phrase).stems for status in HTTPStatus)
    return frozenset(frozenset(name) - STOP_WORDS - _AROUND_STATUS for name in names)


def patterns_of(knowledge: KnowledgeBase) -> list[Pattern]:
    """Return every message of a knowledge base in each of its forms.

    A first sentence that messages of two articles share is left out: it belongs to neither.
    """
    made: list[Pattern] = []
    openings: dict[tuple[str, ...], Pattern | None] = {}
    for article in knowledge.values():
        for message in article.wordings:
            made.extend(Pattern.case_variants(article.id, message))
            if opening := Pattern.opening_sentence(article.id, message):
                other = openings.setdefault(opening.stems, opening)
                if other is not None and other.article_id != article.id:
                    openings[opening.stems] = None
    full = {pattern.stems for pattern in made}
    return made + [opening for stems, opening in openings.items() if opening and stems not in full]
