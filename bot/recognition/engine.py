"""The knowledge base at work: what to say to a text."""

from dataclasses import dataclass, replace

from bot.domain.articles import KnowledgeBase
from bot.domain.reports import Interaction, Trigger
from bot.domain.verdicts import Answer, Judgement, Verdict, named_by
from bot.recognition.context import reason_is_missing
from bot.recognition.explanation import Candidate, by_title, candidates
from bot.recognition.judging import judge
from bot.recognition.matcher import Matcher
from bot.recognition.suggestions import Search
from bot.recognition.titles import Titles
from bot.redaction.redact import unmarked


@dataclass(frozen=True)
class _Index:
    knowledge: KnowledgeBase
    matcher: Matcher
    search: Search
    titles: Titles

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> "_Index":
        return cls(knowledge, Matcher(knowledge), Search(knowledge), Titles(knowledge))


class Engine:
    """The knowledge base made ready to judge texts. Holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self._index = _Index.of(knowledge)

    @property
    def knowledge(self) -> KnowledgeBase:
        """What it judges by."""
        return self._index.knowledge

    def renew(self, knowledge: KnowledgeBase) -> None:
        """Judge by another knowledge base from now on; safe to call from another thread."""
        self._index = _Index.of(knowledge)

    def judge(self, text: str, trigger: Trigger) -> Verdict:
        """What to say to a text that came in that way."""
        return _verdict(self._index, text, trigger)

    def judged(self, text: str, trigger: Trigger) -> Judgement:
        """What to say to a text that came in that way, with the articles that say it."""
        index = self._index  # a reload may replace it from its own thread
        verdict = _verdict(index, text, trigger)
        return Judgement(
            verdict, {article_id: index.knowledge[article_id] for article_id in named_by(verdict)}
        )

    def found(self, text: str, trigger: Trigger) -> frozenset[str]:
        """Ids of the articles that would answer a text: `judge`, without the search for suggestions."""
        verdict = judge(self._index.matcher.match(unmarked(text)), trigger)
        return (
            frozenset(match.article_id for match in verdict.matches)
            if isinstance(verdict, Answer)
            else frozenset()
        )

    def why(self, text: str, trigger: Trigger) -> list[Candidate]:
        """What the verdict rests on."""
        found = candidates(self._index.matcher, text, trigger)
        titled = self._index.titles.match(text) if trigger is Trigger.ADDRESSED else None
        if titled is None:
            return found
        return [
            by_title(titled),
            *(other for other in found if other.article_id != titled.article_id),
        ]

    def judgement(self, interaction: Interaction) -> Judgement:
        """What an interaction's reply says: what a person picked, or else what its text was found to be, without what
        its thread has been answered before. Only what an older program kept is judged here.
        """
        found = interaction.judgement or self.judged(interaction.text, interaction.report.trigger)
        picked = interaction.article_id
        if picked and picked not in found.articles and picked in self.knowledge:
            found = replace(found, articles={**found.articles, picked: self.knowledge[picked]})
        if picked and picked in found.articles:
            return found.picked(picked)
        return found.without(interaction.omitted)


def _verdict(index: _Index, text: str, trigger: Trigger) -> Verdict:
    text = unmarked(text)  # the mark that replaces a secret says nothing about the error
    if trigger is Trigger.ADDRESSED and (titled := index.titles.match(text)):
        return Answer((titled,))
    matches = index.matcher.match(text)
    verdict = judge(matches, trigger)
    if trigger is Trigger.HEARD or isinstance(verdict, Answer):
        return verdict
    return judge(
        matches, trigger, index.search.suggest(text), reason_missing=reason_is_missing(text)
    )
