"""The recogniser: the verdict on a text, by the articles of a knowledge base."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.collection import without_collections
from bot.domain.knowledge import KnowledgeBase
from bot.domain.matches import Match
from bot.domain.reports import Hearing, Interaction, Trigger
from bot.domain.verdicts import (
    Answer,
    Intent,
    Judgement,
    Suggest,
    Verdict,
    all_article_ids,
    article_ids,
)
from bot.recognition.described import DescribedErrors
from bot.recognition.explanation import Candidate, DecidingRule, candidates, without_message
from bot.recognition.follow_ups.intents import intent_of
from bot.recognition.follow_ups.readings import Readings
from bot.recognition.follow_ups.words import PRODUCT
from bot.recognition.judging import judge
from bot.recognition.matcher import Matcher
from bot.recognition.step_search import StepSearch
from bot.recognition.suggestions.index import (
    NotBuiltError,
    OnlyBuilt,
    Ranking,
    SuggestionIndex,
)
from bot.recognition.text import Tokens, tokenise
from bot.recognition.titles import Titles
from bot.redaction.redact import without_redaction_marks


@dataclass(frozen=True)
class _Index:
    knowledge: KnowledgeBase
    matcher: Matcher
    suggestions: SuggestionIndex
    described: DescribedErrors
    titles: Titles
    steps: StepSearch
    readings: Readings

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> "_Index":
        with without_collections():
            matcher, suggestions = Matcher(knowledge), SuggestionIndex(knowledge)
            return cls(
                knowledge,
                matcher,
                suggestions,
                DescribedErrors(suggestions, matcher.attribution, knowledge),
                Titles(knowledge),
                StepSearch(knowledge),
                Readings(knowledge),
            )


class Recogniser:
    """Judges texts by a knowledge base, which may be replaced. Keeps nothing of a text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._index = _Index.of(knowledge)

    @property
    def knowledge(self) -> KnowledgeBase:
        """The knowledge base that texts are judged by at present."""
        return self._index.knowledge

    @property
    def steps(self) -> StepSearch:
        """The search in the steps of its articles."""
        return self._index.steps

    @property
    def readings(self) -> Readings:
        """What its articles' causes are recognised by."""
        return self._index.readings

    def replace_knowledge(self, knowledge: KnowledgeBase) -> None:
        """Judge by another knowledge base from now on. Safe to call from another thread."""
        self._index = _Index.of(knowledge)

    def verdict(self, text: str, hearing: Hearing | Trigger) -> Verdict:
        """Return the verdict on a text that came in like this; a trigger: in any channel."""
        return _verdict(self._index, text, _hearing(hearing))

    async def judged(self, text: str, hearing: Hearing | Trigger) -> Judgement:
        """Return what `judge` does. What the first question needs is built in a thread.

        Built by the event loop, it would keep everybody waiting for up to half a second.
        """
        while True:
            try:
                with OnlyBuilt():
                    return self.judge(text, hearing)
            except NotBuiltError as error:
                await asyncio.to_thread(error.index.build)

    def judge(self, text: str, hearing: Hearing | Trigger) -> Judgement:
        """Return the verdict on a text, with a copy of the articles that it names."""
        index = self._index  # a reload may replace it from its own thread
        verdict = _verdict(index, text, _hearing(hearing))
        return Judgement(
            verdict,
            {article_id: index.knowledge[article_id] for article_id in all_article_ids(verdict)},
        )

    def matched_articles(self, text: str, hearing: Hearing | Trigger) -> frozenset[str]:
        """Return the ids of the articles that would answer a text.

        Faster than `verdict`: titles and suggestions are not looked up.
        """
        text, hearing = without_redaction_marks(text), _hearing(hearing)
        matches = self._index.matcher.match_tokens(tokenise(text), text, hearing)
        return frozenset(article_ids(judge(matches, hearing.trigger)))

    def intent(self, text: str, *, addressed: bool) -> Intent | None:
        """Return what a message after an answer wants, as `intent_of` does."""
        names = self._index.knowledge.names
        return intent_of(names.spoken.sub(PRODUCT, text), addressed=addressed)

    def explain(self, text: str, hearing: Hearing | Trigger) -> list[Candidate]:
        """Return the messages considered for a text, best first, each with what decided."""
        hearing = _hearing(hearing)
        matches = self._index.matcher.match_tokens(tokenise(text), text, hearing)
        found = candidates(self._index.matcher, text, hearing.trigger, matches)
        if hearing.trigger is not Trigger.HEARD:
            first = self._index.titles.match(text, tokenise(text))
            rule = DecidingRule.TITLE
        elif isinstance(judge(matches, hearing.trigger), Answer):
            return found
        else:
            first = _described(self._index, text, tokenise(text), matches)
            rule = DecidingRule.DESCRIBED
        if first is None:
            return found
        others = [one for one in found if one.article_id != first.article_id]
        return [without_message(first, rule), *others]

    def ranking(self, text: str) -> Ranking:
        """Return the articles that a description may be about, and whether any is suggested."""
        return self._index.suggestions.ranking(tokenise(without_redaction_marks(text)))

    def current_judgement(self, interaction: Interaction) -> Judgement:
        """Return what an interaction's reply shows.

        That is the article a person picked under "Did you mean", or else the stored judgement
        without the articles that its thread has been answered with before. Rows of an older
        program have no stored judgement: their text is judged here.
        """
        found = interaction.judgement or self.judge(interaction.text, interaction.report.hearing)
        picked = interaction.article_id
        if picked and picked not in found.articles and picked in self.knowledge:
            found = replace(found, articles={**found.articles, picked: self.knowledge[picked]})
        if picked and picked in found.articles:
            return found.picked(picked)
        return found.without(interaction.suppressed_articles)


def _hearing(how: Hearing | Trigger) -> Hearing:
    return how if isinstance(how, Hearing) else Hearing(how)


def _verdict(index: _Index, text: str, hearing: Hearing) -> Verdict:
    trigger = hearing.trigger
    # the mark that replaces a secret says nothing about the error
    text = without_redaction_marks(text)
    tokens = tokenise(text)
    if trigger is Trigger.ADDRESSED and (titled := index.titles.match(text, tokens)):
        return Answer((titled,))
    matches = index.matcher.match_tokens(tokens, text, hearing)
    verdict = judge(matches, trigger)
    if isinstance(verdict, Answer):
        return verdict
    if trigger is Trigger.HEARD:
        described = _described(index, text, tokens, matches)
        return Answer((described,)) if described else verdict
    suggestions = index.suggestions.suggest(tokens)
    is_missing = index.matcher.attribution.reason_is_missing(text)
    verdict = judge(matches, trigger, suggestions, reason_missing=is_missing)
    return _with_families(verdict, index.knowledge) if isinstance(verdict, Suggest) else verdict


def _described(index: _Index, text: str, tokens: Tokens, matches: Sequence[Match]) -> Match | None:
    """Return the match with the article that a text describes, and whose title it is not."""
    described = index.described.match(text, tokens, matches)
    return None if described and index.titles.match(text, tokens) else described


def _with_families(suggest: Suggest, knowledge: KnowledgeBase) -> Suggest:
    of_each = (knowledge.family_of(one.article_id) for one in suggest.suggestions)
    return replace(suggest, families=tuple({one.id: one for one in of_each if one}.values()))
