"""A report comes in, is judged, and answered once."""

from dataclasses import replace

from bot.domain.articles import KnowledgeBase
from bot.domain.context import reason_is_missing
from bot.domain.matches import Match
from bot.domain.matching import Matcher
from bot.domain.ports import Desk, Interactions, Jobs
from bot.domain.reports import Door, Interaction, Report
from bot.domain.search import Search
from bot.domain.verdicts import Abstain, Answer, Verdict, judge
from bot.domain.why import Candidate, candidates

REPLY = "reply"
"""Kind of the job that puts a reply into a thread; its subject is the interaction."""
SHARE = "share"
"""Kind of the job that shows a private reply to its channel."""


class Engine:
    """The knowledge base made ready to judge texts. Holds no state of any text."""

    def __init__(self, knowledge: KnowledgeBase) -> None:
        self.knowledge = knowledge
        self._matcher = Matcher(knowledge)
        self._search = Search(knowledge)

    def judge(self, text: str, door: Door) -> Verdict:
        """What to say to a text at that door."""
        matches = self._matcher.match(text)
        verdict = judge(matches, door)
        if door is Door.CHANNEL or isinstance(verdict, Answer):
            return verdict
        return judge(matches, door, self._search.suggest(text), reason_missing=reason_is_missing(text))

    def why(self, text: str, door: Door) -> list[Candidate]:
        """What the verdict rests on."""
        return candidates(self._matcher, text, door)

    def verdict(self, interaction: Interaction) -> Verdict:
        """What an interaction's reply says: what a person picked, or else what its text is."""
        if interaction.article_id and interaction.article_id in self.knowledge:
            return Answer((Match(interaction.article_id, "", 0.0, "", {}),))
        return self.judge(interaction.report.text, interaction.report.door)


class Triage:
    """Answers a report once, whatever is delivered twice and whoever dies in between."""

    def __init__(self, engine: Engine, interactions: Interactions, jobs: Jobs, desk: Desk) -> None:
        self._engine = engine
        self._interactions = interactions
        self._jobs = jobs
        self._desk = desk

    async def take(self, report: Report) -> bool:
        """Keep a report that deserves a reply, with the job that will give it; False: silence, or kept already.

        A report that gets no reply writes nothing: listening costs no disk.
        """
        if report.door is Door.CHANNEL and isinstance(self._engine.judge(report.text, Door.CHANNEL), Abstain):
            return False
        return await self._interactions.begin(report, REPLY) is not None

    async def ask(self, report: Report) -> tuple[Interaction, Verdict]:
        """Keep a report that only its asker sees, and give what to tell them at once."""
        interaction = await self._interactions.begin(report, None)
        interaction = interaction or await self._interactions.find(report.team, report.channel, report.ts)
        if interaction is None:
            raise KeyError(report.ts)
        return interaction, self._engine.verdict(interaction)

    async def reply(self, interaction_id: int, *, again: bool) -> None:
        """The job: put the reply into the thread. `again`: an earlier try may have got through."""
        interaction = await self._interactions.get(interaction_id)
        if interaction.reply_ts is not None:
            return
        if not interaction.report.text.strip() and interaction.report.thread_ts:
            question = await self._desk.question(interaction.report)
            interaction = replace(interaction, report=replace(interaction.report, text=question))
            await self._interactions.read(interaction_id, question)
        ts = await self._desk.reply(interaction, self._engine.verdict(interaction), again=again)
        await self._interactions.replied(interaction_id, ts)

    async def share(self, interaction_id: int) -> None:
        """Keep the job that shows a private reply to its channel; a second click changes nothing."""
        await self._jobs.add(SHARE, interaction_id)

    async def show(self, interaction_id: int, *, again: bool) -> None:
        """The job: post the private reply."""
        interaction = await self._interactions.get(interaction_id)
        if interaction.reply_ts is None:
            ts = await self._desk.share(interaction, self._engine.verdict(interaction), again=again)
            await self._interactions.replied(interaction_id, ts)
