"""Reading ease by Flesch's formula: 100 is very easy, 60 plain English, below 30 hard. Pure.

Flesch, A new readability yardstick (1948): 206.835 - 1.015 x words a sentence - 84.6 x syllables a
word. Syllables are counted by groups of vowels, which English spelling makes right for most words.
"""

import re
from collections.abc import Iterable

_WORD = re.compile(r"[A-Za-z]+(?:['\u2019][A-Za-z]+)*")
_SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT = re.compile(
    r"(?<=\w[^aeiouytd])ed$|(?<=\w[^aeiouycgsxz])es$|(?<=\w[^aeiouyl])e$|(?<=[aeiouy]l)e$"
)
"""Endings whose vowel is not spoken: in opened, dates and invoice, but not in needed or table."""
_TWO = re.compile(r"(?<![tcsg])i(?:a|o|um)|eo|ua|uou|yi|creat|(?<!q)ui[nt]")
"""Neighbouring vowels of two syllables: "material", "video", "manual", "buying", "create"."""


def reading_ease(sentences: Iterable[str]) -> float:
    """Return the reading ease of texts that each end a sentence; 100 where there is no word."""
    texts = [text for text in sentences if _WORD.search(text)]
    words = [word for text in texts for word in _WORD.findall(text)]
    if not words:
        return 100.0
    ends = sum(max(1, len(_SENTENCE_END.findall(f"{text.rstrip('.!?:')}."))) for text in texts)
    return 206.835 - 1.015 * len(words) / ends - 84.6 * sum(map(syllables, words)) / len(words)


def syllables(word: str) -> int:
    """Return the number of syllables of an English word; at least 1."""
    word = word.lower().replace("'", "").replace("\u2019", "")
    spoken = _SILENT.sub("", word) or word
    return max(1, len(_VOWELS.findall(spoken)) + len(_TWO.findall(spoken)))
