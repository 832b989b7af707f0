"""Words that a scanner or a line break split: "speci fied", "currentIy". Pure."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from itertools import pairwise

from bot.lazy_regex import lazy_regex
from bot.recognition.text import Tokens, stem

MIN_LETTERS, MIN_BROKEN, MIN_HYPHENATED = 6, 5, 4
"""Of a word that is joined: with a space in it, a line break, or a hyphen before that.

Two short words make another too easily without a hyphen.
"""
_SPLIT = lazy_regex(r" |[-\u2010]|[ \t]?[-\u2010\u00ac]?\r?\n[>| \t]*")
"""What may be inside a split word: a space, a hyphen, or the end of a line."""
_BROKEN, _HYPHENATED = lazy_regex(r"\r?\n"), lazy_regex(r"[-\u2010\u00ac]\r?\n")
_I_IN_WORD, _BAR_IN_WORD = lazy_regex(r"I(?<=[a-z]I)"), lazy_regex(r"\|(?<=[a-z]\|)")
"""What a scanner reads an l as, so that a word seems to end before it."""
_MISREAD = lazy_regex(r"(?<=[a-z])(?:[I|]+(?=[a-zI|])|I\b)")
_LETTERS = lazy_regex(r"[A-Za-z|]{4,40}")


class SplitWords:
    """Joins words that were split, by the words that there are.

    `vocabulary` has the stems of all messages.
    """

    def __init__(self, vocabulary: AbstractSet[str]) -> None:
        self._vocabulary = vocabulary
        self._joined = {form for word in vocabulary for form in _joined_stems(word)}

    def joined(self, tokens: Tokens) -> Tokens:
        """Return the tokens with each two that are a word of the vocabulary as one.

        Two that are words themselves stay two.
        """
        tokens = self._read_again(tokens)
        known = self._joined
        found = [
            (index, word)
            for index, (first, second) in enumerate(pairwise(tokens.stems))
            if first + second in known and (word := self._word_at(tokens, index))
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

    def _read_again(self, tokens: Tokens) -> Tokens:
        """Return the tokens with each word as one in which an l was misread as another sign."""
        # most texts end here; a sign with a letter before it is found fastest so
        if not (_I_IN_WORD.search(tokens.text) or _BAR_IN_WORD.search(tokens.text)):
            return tokens
        found: dict[int, tuple[int, int, str]] = {}
        for written in _LETTERS.finditer(tokens.text):
            read = _MISREAD.sub(lambda signs: "l" * len(signs[0]), written[0])
            if read != written[0] and (word := stem(read)) in self._vocabulary:
                found[written.start()] = (*written.span(), word)
        return _with_words(tokens, found) if found else tokens

    def _word_at(self, tokens: Tokens, index: int) -> str:
        """Return the word that the token `index` and the next one are, or nothing."""
        text, end, start = tokens.text, tokens.ends[index], tokens.starts[index + 1]
        written = text[tokens.starts[index] : end] + text[start : tokens.ends[index + 1]]
        word = stem(written)
        least = MIN_BROKEN if _BROKEN.match(text, end) else MIN_LETTERS
        least = MIN_HYPHENATED if _HYPHENATED.match(text, end) else least
        if len(written) < least or word not in self._vocabulary:
            return ""
        is_split = _SPLIT.fullmatch(text, end, start)
        return (
            word if is_split and not {*tokens.stems[index : index + 2]} <= self._vocabulary else ""
        )


def _with_words(tokens: Tokens, words: dict[int, tuple[int, int, str]]) -> Tokens:
    """Return the tokens, with one for those inside each of the words: start -> start, end, stem."""
    read: list[tuple[int, int, str]] = []
    for one, start, end in zip(tokens.stems, tokens.starts, tokens.ends, strict=True):
        if start in words:
            read.append(words[start])
        elif not read or start >= read[-1][1]:
            read.append((start, end, one))
    starts, ends, stems = zip(*read, strict=True)
    return Tokens(tokens.text, list(stems), list(starts), list(ends))


def _joined_stems(word: str) -> Iterator[str]:
    """Yield what the stems of the parts of a word may be together: a part may lose an s."""
    yield word
    yield f"{word}s"
    yield word.replace("is", "iz")
    for at in range(3, len(word) - 1):
        if word[at] == "s":
            yield word[:at] + word[at + 1 :]
