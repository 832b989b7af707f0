"""Words that a scanner or a line break split: "speci fied". Pure."""

import re
from collections.abc import Set as AbstractSet

from bot.recognition.text import Tokens, stem

MIN_LETTERS = 6
"""Of a word that is joined; two short words make another too easily."""
BEGINNING = 4
"""Letters by which a word is looked up."""
_SPLIT = re.compile(r" |[ \t]?[-\u2010\u00ac]?\r?\n[>| \t]*")
"""What may be inside a split word: a space, or the end of a line."""


class SplitWords:
    """Joins words that were split, by the words that there are.

    `vocabulary` has the stems of all messages.
    """

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        self._vocabulary = vocabulary
        self._beginnings = {word[:size] for word in vocabulary for size in (2, 3, BEGINNING)}

    def joined(self, tokens: Tokens) -> Tokens:
        """Return the tokens with each two that are a word of the vocabulary as one.

        Two that are words themselves stay two.
        """
        found = [
            (index, word)
            for index, first in enumerate(tokens.stems[:-1])
            if first[:BEGINNING] in self._beginnings and (word := self._word_at(tokens, index))
        ]
        if not found:
            return tokens
        stems, starts, ends = list(tokens.stems), list(tokens.starts), list(tokens.ends)
        behind = len(tokens)
        for index, word in reversed(found):
            if index + 1 < behind:
                stems[index : index + 2] = [word]
                del starts[index + 1], ends[index]
                behind = index
        return Tokens(tokens.text, stems, starts, ends)

    def _word_at(self, tokens: Tokens, index: int) -> str:
        """Return the word that the token `index` and the next one are, or nothing."""
        if {tokens.stems[index], tokens.stems[index + 1]} <= self._vocabulary:
            return ""
        text, begin, end = tokens.text, tokens.ends[index], tokens.starts[index + 1]
        written = text[tokens.starts[index] : begin] + text[end : tokens.ends[index + 1]]
        if len(written) < MIN_LETTERS or (word := stem(written)) not in self._vocabulary:
            return ""
        return word if _SPLIT.fullmatch(text, begin, end) else ""
