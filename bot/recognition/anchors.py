"""Messages by the rarest of their words, which lead from a text to what it may contain. Pure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import accumulate, chain

from bot.recognition.cuts import begun_words
from bot.recognition.known_words import KnownWords
from bot.recognition.leads import Lead
from bot.recognition.patterns import Pattern
from bot.recognition.screening import fewest_words
from bot.recognition.text import Tokens
from bot.recognition.typos import beginning_with, deletions, spelling_variants, typo_distance

MAX_ANCHORS = 2
"""Words that a message is indexed under: with two, one may be misspelt beyond recognition."""
MAX_POSTINGS = 16
"""A word that more messages share is not used as a second anchor."""
MAX_LETTERS_LOOKED_UP = 10_000
"""Letters of the different words of one text that are looked up as misspellings. The longest real
pastes have up to a thousand words that no message has."""
Posting = tuple[Pattern, int]
"""A message, and the index of the word that it is indexed under."""


class Anchors:
    """The messages by one or two of their stems. `counts`: in how many messages each stem is."""

    def __init__(self, patterns: Iterable[Pattern], counts: Counter[str]) -> None:
        self._counts = counts
        self.postings: defaultdict[str, list[Posting]] = defaultdict(list)
        """By the stems that they are indexed under."""
        self._leads = KnownWords(self._lead)
        for pattern in patterns:
            self._add(pattern)
        self._sorted = sorted(self.postings)

    def among(self, tokens: Tokens) -> dict[str, Lead[Posting]]:
        """Return the patterns indexed under each stem of a text, misspelt or not, if any is."""
        found = {
            stem: lead for stem in self._looked_up(tokens) if (lead := self._leads[stem]).messages
        }
        for stem in begun_words(tokens):
            if stem not in self._counts:
                known = found.get(stem, _NOWHERE).messages
                found[stem] = _lead_to([*known, *self._beginning(stem)])
        return found

    def _looked_up(self, tokens: Tokens) -> Iterable[str]:
        """Return the different words of a text, without those unknown ones that are too many."""
        stems = dict.fromkeys(tokens.stems)
        if len(tokens.text) <= MAX_LETTERS_LOOKED_UP:
            return stems
        unknown = [stem for stem in stems if stem not in self._counts]
        letters = accumulate(map(len, unknown))
        skipped = {
            one
            for one, all_to_it in zip(unknown, letters, strict=True)
            if all_to_it > MAX_LETTERS_LOOKED_UP
        }
        return [stem for stem in stems if stem not in skipped]

    def of(self, stem: str) -> Sequence[Posting]:
        """Return the patterns indexed under a stem, or under a stem that it is a misspelling of."""
        return self._leads[stem].messages

    def _lead(self, stem: str) -> Lead[Posting]:
        found = self.postings.get(stem, ()) if stem in self._counts else self._similar(stem)
        return _lead_to(found) if found else _NOWHERE

    def _similar(self, stem: str) -> Sequence[Posting]:
        similar = {
            word
            for variant in spelling_variants(stem)
            for short in deletions(variant)
            for word in self._by_deletion.get(short, ())
        }
        return tuple(
            posting
            for word in sorted(similar)
            if typo_distance(stem, word)
            for posting in self.postings[word]
        )

    def _beginning(self, start: str) -> list[Posting]:
        """Return the patterns indexed under the words that begin so."""
        words = beginning_with(start, self._sorted, MAX_POSTINGS)
        return [posting for word in words for posting in self.postings[word]]

    def _add(self, pattern: Pattern) -> None:
        required = [i for i, stem in enumerate(pattern.stems) if stem in pattern.required] or [0]
        required.sort(key=lambda i: (len(pattern.stems[i]) < 4, self._counts[pattern.stems[i]], i))
        for rank, index in enumerate(required[:MAX_ANCHORS]):
            stem = pattern.stems[index]
            if rank and self._counts[stem] > MAX_POSTINGS:
                break
            self.postings[stem].append((pattern, index))

    @cached_property
    def _by_deletion(self) -> dict[str, tuple[str, ...]]:
        """The stems by what is left of them without a letter."""
        found: dict[str, tuple[str, ...]] = {}
        for stem in self.postings:
            alone = (stem,)
            for short in dict.fromkeys(deletions(stem)):
                found[short] = (*found[short], stem) if short in found else alone
        return found


def _lead_to(postings: Iterable[Posting]) -> Lead[Posting]:
    postings = tuple(postings)
    others = (pattern.required - {pattern.stems[index]} for pattern, index in postings)
    least = min((fewest_words(pattern) for pattern, _ in postings), default=1)
    return Lead(postings, frozenset(chain.from_iterable(others)), least - 1)


_NOWHERE = _lead_to(())
