"""A message as it is compared: its words, their weights, and where its variable parts stand. Pure."""

from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.articles import PLACEHOLDER
from bot.recognition.text import CAMEL, Tokens, strip_markup

_GLUE = """
    a all an and any are as at be been being by can could does each every for from had has have in is it its may more
    must of on or our please should sorry than that the their there this to was were will with you your
"""
GLUE = frozenset(_GLUE.split())
"""Words that tell no two errors apart. Their weight is small and they may be missing."""
NEGATIONS = frozenset({"not", "no"})
"""Deciding, but they say nothing about what is not there."""
OPENERS = frozenset({"a", "an", "the", "this", "sorry", "please"})
"""Words that a message may lose at its beginning and stay whole."""
_TRADE_WORDS = """
    xero document invoice bill payment contact account tax tracking credit organisation overpayment prepayment journal
    lock quote purchase item unit due statement currency allocated allocate repository
"""
TRADE = frozenset(_TRADE_WORDS.split())
"""Words of the trade: a message without any is said by all kinds of software, however long it is. The (token)
repository is ClickPOS's own word."""
SHORT = 3
"""A message of so few deciding words is said by other software too."""
MAX_CAPTURE = 14
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
    marks: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()

    @classmethod
    def of(cls, article_id: str, message: str) -> "Pattern":
        """Cut a message; its weights are not known yet."""
        stems: list[str] = []
        gaps: list[tuple[str, ...]] = [()]
        marks, behind = [""], [""]
        for index, part in enumerate(PLACEHOLDER.split(message)):
            if index % 2:
                gaps[-1] += (part,)
                continue
            words = Tokens.of(strip_markup(part))
            stems.extend(words.stems)
            behind[-1] = words.text[: words.starts[0] if words.starts else None]
            for listed in (marks, behind):
                listed.extend("" for _ in words.stems)
            gaps.extend(() for _ in words.stems)
            if words.ends or not stems:
                marks[-1] = words.text[words.ends[-1] if words.ends else 0 :]
        return cls(article_id, message, tuple(stems), tuple(gaps), tuple(marks), tuple(behind))

    @classmethod
    def both(cls, article_id: str, message: str) -> tuple["Pattern", ...]:
        """The message, and as it looks in one case only: `DUEDATE` is one word where `DueDate` is two."""
        mixed = cls.of(article_id, message)
        if not CAMEL.search(message):
            return (mixed,)
        flat = replace(cls.of(article_id, message.lower()), message=message)
        return (mixed,) if mixed.stems == flat.stems else (mixed, flat)

    @classmethod
    def opening_sentence(cls, article_id: str, message: str) -> "Pattern | None":
        """The first of a message's sentences, where it is telling: some programs show only that one."""
        first, _, rest = message.partition(". ")
        made = replace(cls.of(article_id, first), message=message)
        return made if rest and not made.short else None

    @cached_property
    def total(self) -> float:
        """The weight of all its words."""
        return sum(self.weights)

    @cached_property
    def deciding(self) -> frozenset[str]:
        """The words without which it is not this message."""
        return frozenset(stem for stem in self.stems if stem not in GLUE)

    @cached_property
    def short(self) -> bool:
        """So few deciding words that every one must stand there, with nothing in between."""
        return len(self.deciding - NEGATIONS) <= SHORT

    @cached_property
    def generic(self) -> bool:
        """Other software says it too: what stands around it decides whether Xero did."""
        return self.short or not (self.deciding & TRADE)

    @cached_property
    def fully_generic(self) -> bool:
        """Any software may say it, so Xero must be named near it."""
        return not (self.deciding & TRADE) and len(self.deciding - NEGATIONS) <= SHORT + 1
