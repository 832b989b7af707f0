"""Errors of Xero in somebody's own words, so sure that one article is meant. Pure.

"Xero says we have two apps already that aren't certified": nobody asked, so no other system may be
named, one article must be ahead of all others, and have enough of the words that say something.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property

from bot.domain.article_text import plain_text
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.domain.verdicts import Suggestion
from bot.lazy_regex import lazy_regex
from bot.recognition.cited import cited_errors, labelled_error
from bot.recognition.context import Attribution
from bot.recognition.plain_words import XERO
from bot.recognition.refusals import is_general, refusal_in, tells_answer_of_xero, tells_failure
from bot.recognition.sales_channels import SALES_CHANNELS
from bot.recognition.shop_words import ABOUT_ANY_ERROR
from bot.recognition.suggestions.gate import FILLERS, asks
from bot.recognition.suggestions.index import SuggestionIndex
from bot.recognition.suggestions.terms import words_of
from bot.recognition.text import Tokens, tokenise

MAX_WORDS = 60
"""Words of a text; what is longer tells a story, in which Xero is one thing among others."""
MIN_SCORE = 30.0
"""Least score of the best article, on the ranking's own scale."""
FAR_AHEAD, MIN_SCORE_FAR_AHEAD = 20.0, 45.0
"""Points before the next article, and score, with which the best one may have few of the words."""
_CLEAR = (
    (MAX_WORDS, 45.0, 0.75, 0.5),
    (MAX_WORDS, 55.0, 0.85, 0.35),
    (20, MIN_SCORE, 0.83, 0.95),
)
"""What is clear otherwise: most words of a text, least score, the share of it that the next article
may have at most, and the least share of the rarity of a text's words that the best one has, but for
those that go with any error. The last one: another program's short sentence, as "Item code is too
long for Xero"."""
_CLEAR_REFUSAL = (*_CLEAR, (MAX_WORDS, 55.0, 0.93, 0.4), (MAX_WORDS, 45.0, 0.88, 0.6))
"""The like, where a program's own sentence says that something did not get into Xero."""
MIN_COVERED_FAR_AHEAD = 0.2
_INCIDENTAL = frozenset(
    words_of([*ABOUT_ANY_ERROR, *tokenise("answers popup pop-up screenshot would").stems])
)
"""Words that say nothing of which error it is."""
_INCIDENTAL_GROUPS = words_of(tokenise("error rejected sync invoice bill").stems)
"""Words whose synonyms say nothing of it either."""
_ELSEWHERE_IN_XERO = lazy_regex(
    r"\b(?:payroll|pay\s?(?:runs?|slips?|items?|calendars?)|time\s?sheets?|super(?:annuation)?|employees?|projects?"
    r"|budgets?|reports?|profit\sand\sloss|balance\ssheet|depreciation|csv|spread\s?sheets?"
    r"|practice\smanager|(?:tax|vat|gst|bas)\sreturns?|conversion\sbalances?|bank\srules?|cash\scoding"
    r"|statements?(?!\s(?:feed|lines?)\b)|(?<!\bour\s)dashboard|two.?factor|(?<!\ba\s)(?<!\bmy\s)phone"
    r"|logos?|fonts?|passwords?)\b",
    re.IGNORECASE,
)
"""Parts of Xero, and what somebody does there, that an integration does not touch."""
_IMPORTS = lazy_regex(r"\bimport(?:s|ed|ing)?\b", re.IGNORECASE)
"""Of files, in Xero; in what a program says that did not get there, it is what it does itself."""
_SAY_NOTHING = _INCIDENTAL | FILLERS
FIRST_FOR_LABELLED = 3
"""Rank up to which an article must come for the error itself."""
MIN_CITED = 0.4
"""Least share of the rarity of the words of a cited error that the best article has."""
_DENIED = lazy_regex(
    r"\b(?:not|never|\w{2,6}n['\u2019]t)\s+(?:(?:yet|been|already)\s+){0,2}(?P<word>[a-z]+)",
    re.IGNORECASE,
)
"""A word that a text denies: "is not paid"."""
_DENIES = lazy_regex(r"\b(?:not?|never)\b|n['\u2019]t\b", re.IGNORECASE)


class DescribedErrors:
    """Finds the article that a text describes beyond doubt. Keeps nothing of a text."""

    def __init__(
        self, suggestions: SuggestionIndex, attribution: Attribution, knowledge: KnowledgeBase
    ) -> None:
        self._suggestions = suggestions
        self._attribution = attribution
        self._knowledge = knowledge

    @cached_property
    def _incidental(self) -> AbstractSet[str]:
        """The incidental words, and the groups by which the words of a text are compared."""
        return _INCIDENTAL | self._suggestions.groups_of(_INCIDENTAL_GROUPS)

    def match(self, text: str, tokens: Tokens, matches: Iterable[Match]) -> Match | None:
        """Return a match with the article that a text describes; None if it is not sure.

        It is not if a message (`matches`) of another article or system is nearly there, or if an
        error is named or quoted that the article does not have.
        """
        if len(tokens) > MAX_WORDS or not self._is_of_xero(text, tokens):
            return None
        words = words_of(tokens.stems)
        # most talk ends here, before anything is ranked
        if asks(words) or not _tells_error(text):
            return None
        ranked = self._suggestions.ranked(tokens)
        if not ranked or ranked[0].score < MIN_SCORE:
            return None
        best = ranked[0].article_id
        if self._names_another(best, tokens, matches) or self._denies_title(best, text):
            return None
        incidental = {*self._incidental, *_names(tokens, words)}
        covered = self._suggestions.covered(tokens, best, incidental)
        if not (
            _is_clear(ranked, covered, len(tokens), refusal_in(text) is not None)
            and self._suggestions.evidence(tokens, ranked).is_open
            and self._tells_labelled_error(tokens.text, best)
        ):
            return None
        quote = text.strip()
        return Match(best, quote, round(100 * covered, 1), quote, {}, 0, len(tokens) - 1)

    def _is_of_xero(self, text: str, tokens: Tokens) -> bool:
        """Whether a text is about Xero, and has more of an error than its envelope."""
        is_of_xero = self._attribution.is_of_xero(text) or (
            # a program that is named before it passes on what Xero refused
            XERO in tokens.stems
            and (refusal := refusal_in(text)) is not None
            and self._attribution.is_about_xero(text[refusal:])
        )
        return is_of_xero and not self._attribution.reason_is_missing(text)

    def _names_another(self, article_id: str, tokens: Tokens, matches: Iterable[Match]) -> bool:
        """Whether a text says, names or quotes an error that is not one of an article."""
        if any(one.ambiguous_origin or one.article_id != article_id for one in matches):
            return True
        return not all(self._has(article_id, cited) for cited in cited_errors(tokens.text))

    def _denies_title(self, article_id: str, text: str) -> bool:
        """Whether a text says that something is not as the title of an article has it."""
        title = plain_text(self._knowledge[article_id].title, {})
        if _DENIES.search(title):
            return False
        denied = (tokenise(found["word"]).stems for found in _DENIED.finditer(text))
        return not {*tokenise(title).stems}.isdisjoint(stem for stems in denied for stem in stems)

    def _tells_labelled_error(self, text: str, article_id: str) -> bool:
        """Whether an article is among the first for what the program says, if a text tells it.

        What somebody writes below it may be of another error.
        """
        labelled = labelled_error(text)
        if labelled is None or not tells_failure(labelled.text):
            return True
        ranked = self._suggestions.ranked(labelled)[:FIRST_FOR_LABELLED]
        return article_id in [one.article_id for one in ranked]

    def _has(self, article_id: str, cited: Tokens) -> bool:
        """Whether an article has most of the words of a cited error, if they tell one."""
        if _SAY_NOTHING.issuperset(words_of(cited.stems)):
            return True
        return self._suggestions.covered(cited, article_id, _SAY_NOTHING) >= MIN_CITED


def _tells_error(text: str) -> bool:
    """Whether a text tells that something fails between Xero and another program."""
    fails = tells_answer_of_xero(text) or tells_failure(text)
    if not fails or is_general(text) or _ELSEWHERE_IN_XERO.search(text):
        return False
    return not _IMPORTS.search(text) or refusal_in(text) is not None


def _is_clear(ranked: Sequence[Suggestion], covered: float, length: int, is_refusal: bool) -> bool:
    """Whether the best article, which has a share `covered` of the words, is the only one meant."""
    best, *others = ranked
    following = others[0].score if others else 0.0
    is_far_ahead = best.score >= MIN_SCORE_FAR_AHEAD and best.score - following >= FAR_AHEAD
    if is_far_ahead and covered >= MIN_COVERED_FAR_AHEAD:
        return True
    return any(
        length <= words
        and best.score >= score
        and following <= share * best.score
        and covered >= least
        for words, score, share, least in (_CLEAR_REFUSAL if is_refusal else _CLEAR)
    )


def _names(tokens: Tokens, words: Sequence[str]) -> Iterator[str]:
    """Yield the words of numbers, sales channels and, within a sentence, of names."""
    text = tokens.text
    for found in SALES_CHANNELS.finditer(text):
        yield from words_of(tokenise(found[0]).stems)
    for at, (word, start, end) in enumerate(zip(words, tokens.starts, tokens.ends, strict=True)):
        before = text[tokens.ends[at - 1] : start] if at else ""
        is_name = text[start].isupper() and before in (" ", ' "', " '", " (")
        if is_name or any(map(str.isdigit, text[start:end])):
            yield word
