"""A message as it is compared: its words, their weights, and where its variable parts stand. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.articles import PLACEHOLDER
from bot.recognition.text import CAMEL, Tokens, strip_markup

_STOP_WORDS = """
    a all an and any are as at be been being by can could does each every for from had has have in is it its may more
    must of on or our please should sorry than that the their there this to was were will with you your
"""
STOP_WORDS = frozenset(_STOP_WORDS.split())
"""Words that tell no two errors apart. Their weight is small and they may be missing."""
NEGATIONS = frozenset({"not", "no"})
"""Deciding, but they say nothing about what is not there."""
OPTIONAL_LEADING = frozenset({"a", "an", "the", "this", "sorry", "please"})
"""Words that a message may lose at its beginning and stay whole."""
_DOMAIN_TERMS = """
    xero document invoice bill payment contact account tax tracking credit organisation overpayment prepayment journal
    lock quote purchase item unit due statement currency allocated allocate repository
"""
DOMAIN_TERMS = frozenset(_DOMAIN_TERMS.split())
"""Words of the trade: a message without any is said by all kinds of software, however long it is. The (token)
repository is ClickPOS's own word."""
MAX_SHORT_WORDS = 3
"""A message of so few deciding words is said by other software too."""
MAX_CAPTURE_WORDS = 14
"""Words a variable part may span: a contact's full name, a date with its time."""


@dataclass(frozen=True)
class Pattern:
    """A message cut into stems; `gaps[i]` names the variable parts before stem i, the last those at the end.

    `marks[i]` are the quotes and brackets that the message has in front of them, `behind[i]` those behind.
    """

    article_id: str
    message: str
    stems: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    marks_before: tuple[str, ...] = ()
    marks_after: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()

    @classmethod
    def of(cls, article_id: str, message: str) -> "Pattern":
        """Cut a message; its weights are not known yet."""
        stems: list[str] = []
        gaps: list[tuple[str, ...]] = [()]
        marks_before, marks_after = [""], [""]
        for index, part in enumerate(PLACEHOLDER.split(message)):
            if index % 2:
                gaps[-1] += (part,)
                continue
            words = Tokens.of(strip_markup(part))
            stems.extend(words.stems)
            marks_after[-1] = words.text[: words.starts[0] if words.starts else None]
            for listed in (marks_before, marks_after):
                listed.extend("" for _ in words.stems)
            gaps.extend(() for _ in words.stems)
            if words.ends or not stems:
                marks_before[-1] = words.text[words.ends[-1] if words.ends else 0 :]
        return cls(
            article_id, message, tuple(stems), tuple(gaps), tuple(marks_before), tuple(marks_after)
        )

    @classmethod
    def case_variants(cls, article_id: str, message: str) -> tuple["Pattern", ...]:
        """The message, and as it looks in one case only: `DUEDATE` is one word where `DueDate` is two."""
        camel = cls.of(article_id, message)
        if not CAMEL.search(message):
            return (camel,)
        flat = replace(cls.of(article_id, message.lower()), message=message)
        return (camel,) if camel.stems == flat.stems else (camel, flat)

    @classmethod
    def opening_sentence(cls, article_id: str, message: str) -> "Pattern | None":
        """The first of a message's sentences, where it is telling: some programs show only that one."""
        first, _, rest = message.partition(". ")
        made = replace(cls.of(article_id, first), message=message)
        return made if rest and not made.short else None

    @cached_property
    def total_weight(self) -> float:
        """The weight of all its words."""
        return sum(self.weights)

    @cached_property
    def required(self) -> frozenset[str]:
        """The words without which it is not this message."""
        return frozenset(stem for stem in self.stems if stem not in STOP_WORDS)

    @cached_property
    def short(self) -> bool:
        """So few deciding words that every one must stand there, with nothing in between."""
        return len(self.required - NEGATIONS) <= MAX_SHORT_WORDS

    @cached_property
    def generic(self) -> bool:
        """Other software says it too: what stands around it decides whether Xero did."""
        return self.short or not (self.required & DOMAIN_TERMS)

    @cached_property
    def fully_generic(self) -> bool:
        """Any software may say it, so Xero must be named near it."""
        return (
            not (self.required & DOMAIN_TERMS)
            and len(self.required - NEGATIONS) <= MAX_SHORT_WORDS + 1
        )
