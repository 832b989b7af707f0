"""Cuts of a text inside a message: shown by dots, or at the end of a line, a cell or a quote. Pure.

"An existing contact could not be found using the specif" is what a column of a report, a mail's
subject or a field of a database has room for.
"""

from dataclasses import dataclass

from bot.lazy_regex import lazy_regex
from bot.recognition.patterns import MAX_CAPTURE_WORDS, STOP_WORDS, Pattern
from bot.recognition.text import FIELD_BORDER, Tokens

MIN_TRUNCATED_SCORE = 80.0
"""Lowest score of a message that is cut off."""
MIN_TRUNCATED_WORDS = 3
"""Required words before a cut that dots show or that is inside a word."""
MIN_OPENING_WORDS, MIN_OPENING_SHARE = 4, 0.6
"""Required words, and share of the weight, before the end of a text that may be no cut at all."""
MIN_LETTERS = 3
"""Letters of the last word of a message that may be cut off within it, be it ever so short."""
MAX_BEGUN_WORDS = 40
"""Words before dots that are looked up by their first letters; a log full of dots has thousands."""
_END = lazy_regex(
    rf"""[^\S\n]*(?:$|[\n\t|{FIELD_BORDER}]|[\"'`\u2019\u201d]\s*(?:[,;|}}\]\)\n\t]|$|\w+=)|;\S)|\s+[\[(]"""
)
"""The end of a text, a line, a cell or a quote; behind a full stop is no cut."""


@dataclass(frozen=True)
class Cut:
    """A cut in a message.

    length: words of the message before it.
    begun: the letters of the next word before the cut, in lower case; empty if there are none.
    shown: whether the text shows it, by a sign such as dots.
    """

    length: int
    begun: str
    shown: bool

    def score(self, pattern: Pattern, found: int, share: float) -> float:
        """Return the score, 0 to 100, of a message with `found` required words before the cut.

        `share`, 0 to 1, is that of its weight. If that is too little to answer, the score is.
        """
        if self.shown or len(self.begun) > 1:
            counted = found + bool(self.begun and self.shown)
            enough = counted >= MIN_TRUNCATED_WORDS
        else:
            enough = found >= MIN_OPENING_WORDS and share >= MIN_OPENING_SHARE
        if enough or self.leaves_half_a_word(pattern):
            return MIN_TRUNCATED_SCORE + (100 - MIN_TRUNCATED_SCORE) * share
        return min(MIN_TRUNCATED_SCORE - 1, 100 * share)

    def leaves_half_a_word(self, pattern: Pattern) -> bool:
        """Whether nothing is cut off but the end of the last word, and that is clear without it."""
        (*before, last) = pattern.stems
        letters = MIN_LETTERS if self.shown else max(MIN_LETTERS + 1, len(last) / 2)
        return self.length == len(before) and len(self.begun) >= letters


def cut_behind(tokens: Tokens, last: int, pattern: Pattern, length: int) -> Cut | None:
    """Return the cut behind token `last`, before the word `length` of a message or inside it."""
    if last in tokens.truncation_points:
        return Cut(length, "", shown=True)
    reach = 1 + MAX_CAPTURE_WORDS * bool(pattern.gaps[length])
    for following in range(last + 1, min(last + 1 + reach, len(tokens))):
        if begun := _begun(tokens, following, pattern.stems[length]):
            if following in tokens.truncation_points:
                return Cut(length, begun, shown=True)
            if begun not in STOP_WORDS and _is_end(tokens, following):
                return Cut(length, begun, shown=False)
    if not _is_end(tokens, last):
        return None
    # a message without the name of Xero at its end is another's
    goes_on = not pattern.required.isdisjoint(set(pattern.stems[length:]) - {"xero"})
    return Cut(length, "", shown=False) if goes_on else None


def begun_words(tokens: Tokens) -> set[str]:
    """Return the stems before the first shown cuts that may be the beginnings of words."""
    if not tokens.truncation_points:
        return set()
    before = [tokens.stems[index] for index in sorted(tokens.truncation_points)[:MAX_BEGUN_WORDS]]
    return {stem for stem in before if len(stem) >= MIN_LETTERS}


def begun_at(tokens: Tokens, position: int, pattern: Pattern, index: int) -> Cut | None:
    """Return the cut inside the word `index` of a message, if that is the token at `position`."""
    if position not in tokens.truncation_points:
        return None
    begun = _begun(tokens, position, pattern.stems[index])
    return Cut(index, begun, shown=True) if begun else None


def _begun(tokens: Tokens, index: int, expected: str) -> str:
    """Return a token if it is the beginning of an expected word; else nothing."""
    written = tokens.text[tokens.starts[index] : tokens.ends[index]].casefold()
    return written if len(written) < len(expected) and expected.startswith(written) else ""


def _is_end(tokens: Tokens, index: int) -> bool:
    """Whether a line, a cell or a quote ends behind a token."""
    text, end = tokens.text, tokens.ends[index]
    if text[end : end + 1] == " " and text[end + 1 : end + 2].isalnum():
        return False  # behind most tokens is another one
    return bool(_END.match(text, end))
