"""A message as it is compared: its words, their weights, and where its variable parts stand. Pure."""

import re
from dataclasses import dataclass, replace
from functools import cached_property

from bot.domain.articles import PLACEHOLDER
from bot.domain.text import CAMEL, Words, unwrap

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

MAX_VALUE = 150
"""Characters of a captured value that are shown; a name or a code is shorter."""

_QUOTES = "\"'\u2018\u2019\u201c\u201d`*_ \t\r\n"
_BREAKS = re.compile(r"[!?;]\s|:\s|\.\s+[A-Z]|\n\s*\n")
_ENDS = re.compile(r"[\n\"<>;|!?,]|\.(?:\s|$)")
_VALUE = re.compile(r"[A-Z0-9(\[$\u00a3'\"-]|\W*\d")


@dataclass(frozen=True)
class Pattern:
    """A message cut into stems; `gaps[i]` names the variable parts before stem i, the last those at the end."""

    article_id: str
    message: str
    stems: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    weights: tuple[float, ...] = ()

    @classmethod
    def of(cls, article_id: str, message: str) -> "Pattern":
        """Cut a message; its weights are not known yet."""
        stems: list[str] = []
        gaps: list[tuple[str, ...]] = [()]
        for index, part in enumerate(PLACEHOLDER.split(message)):
            if index % 2:
                gaps[-1] += (part,)
                continue
            for word in Words.of(unwrap(part)).stems:
                stems.append(word)
                gaps.append(())
        return cls(article_id, message, tuple(stems), tuple(gaps))

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
    def general(self) -> bool:
        """Other software says it too: what stands around it decides whether Xero did."""
        return self.short or not (self.deciding & TRADE)

    @cached_property
    def anybodys(self) -> bool:
        """Any software may say it, so Xero must be named near it."""
        return not (self.deciding & TRADE) and len(self.deciding - NEGATIONS) <= SHORT + 1


def captures(words: Words, pattern: Pattern, at: dict[int, int]) -> tuple[dict[str, str], int, int] | None:
    """The values of the variable parts, empty where Xero writes one and the text has none, and the words covered.

    `at` maps a word of the pattern to its place in the text. None: what stands in a variable part's place is no value
    but somebody's sentence, so the words around it are not this message.
    """
    values: dict[str, str] = {}
    start, end = min(at.values()), max(at.values())
    for index, names in enumerate(pattern.gaps):
        if not names:
            continue
        before = max((there for i, there in at.items() if i < index), default=None)
        after = min((there for i, there in at.items() if i >= index), default=None)
        if before is not None and after is not None:
            between = words.text[words.ends[before] : words.starts[after]]
            if _BREAKS.search(between.strip(_QUOTES + ":")):
                return None
        elif before is not None:
            end = max(end, _last_of_value(words, before))
            between = words.text[words.ends[before] : words.ends[end]] + words.text[words.ends[end] :][:1].strip(" ,;.")
        else:
            start = max(0, start - 1)
            between = words.between(start, start)
        value = _clean(between)
        if value or (before is not None and after is not None):
            values[names[0]] = value
    return values, start, end


def _last_of_value(words: Words, last: int) -> int:
    """The last word of a value that closes a message: quoted, or numbers, codes and names with nothing between."""
    after = words.text[words.ends[last] :][:200]
    opening = re.match(r"\s*:?\s*([\"'\u2018\u201c])", after)
    if opening:
        closing = {"\u2018": "\u2019", "\u201c": "\u201d"}.get(opening[1], opening[1])
        stop = words.ends[last] + after.find(closing, opening.end()) if closing in after[opening.end() :] else -1
        inside = [i for i in range(last + 1, min(len(words), last + 1 + MAX_CAPTURE)) if words.ends[i] <= stop]
        return inside[-1] if inside else last
    while last + 1 < len(words):
        between = words.text[words.ends[last] : words.starts[last + 1]]
        if _ENDS.search(between) or not _VALUE.match(words.text[words.starts[last + 1] :]):
            break
        last += 1
    return last


def _clean(value: str) -> str:
    value = " ".join(value.split()).strip(_QUOTES).lstrip(":,;.# ").rstrip(",;: ").strip(_QUOTES)
    if value.startswith("(") and value.endswith(")"):
        value = value[1:-1]
    if value.endswith(")") and "(" not in value:
        value = value[:-1]
    return (value.lstrip("(") if ")" not in value else value)[:MAX_VALUE]
