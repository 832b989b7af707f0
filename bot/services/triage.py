"""A report comes in, is judged, and answered once."""

from dataclasses import dataclass, replace

from bot.domain.articles import KnowledgeBase
from bot.domain.context import reason_is_missing
from bot.domain.matches import Match
from bot.domain.matching import Matcher
from bot.domain.ports import LEASE_SECONDS, Attempt, Desk, Interactions, Job, Jobs
from bot.domain.redaction import redacted, unmarked
from bot.domain.reports import Door, Interaction, Report
from bot.domain.search import Search
from bot.domain.verdicts import Abstain, Answer, Verdict, judge
from bot.domain.why import Candidate, candidates

REPLY = "reply"
"""Kind of the job that puts a reply into a thread; its subject is the interaction."""
SHARE = "share"
"""Kind of the job that shows a private reply to its channel."""
ANNOUNCE = "announce"
"""Kind of the job that shows everybody how an escalation stands; its subject is the escalation."""


@dataclass(frozen=True)
class _Index:
    knowledge: KnowledgeBase
    matcher: Matcher
    search: Search

    @classmethod
    def of(cls, knowledge: KnowledgeBase) -> "_Index":
        return cls(knowledge, Matcher(knowledge), Search(knowledge))


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

    def judge(self, text: str, door: Door) -> Verdict:
        """What to say to a text at that door. What redaction left in a secret's place says nothing about the error."""
        index, text = self._index, unmarked(text)
        matches = index.matcher.match(text)
        verdict = judge(matches, door)
        if door is Door.CHANNEL or isinstance(verdict, Answer):
            return verdict
        return judge(matches, door, index.search.suggest(text), reason_missing=reason_is_missing(text))

    def why(self, text: str, door: Door) -> list[Candidate]:
        """What the verdict rests on."""
        return candidates(self._index.matcher, text, door)

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
        self._begun: dict[int, tuple[Interaction, Verdict] | None] = {}
        """What was kept a moment ago by this process, which will reply to it: it need not be read again."""

    async def take(self, report: Report) -> Job | None:
        """Keep a report that deserves a reply, with the job that will give it; None: silence, or kept already.

        A report that gets no reply writes nothing: listening costs no disk. The job is ours and can start at once.
        """
        verdict = self._engine.judge(report.text, report.door)
        if _is_silence(verdict, report):
            return None
        clean = replace(report, text=redacted(report.text))
        if clean != report and _is_silence(verdict := self._engine.judge(clean.text, clean.door), clean):
            return None
        kept = await self._interactions.begin_with(clean, REPLY, LEASE_SECONDS)
        if kept is None:
            return None
        interaction, job = kept
        self._begun[interaction.id] = interaction, verdict
        return job

    async def ask(self, report: Report) -> tuple[Interaction, Verdict]:
        """Keep a report that only its asker sees, and give what to tell them at once."""
        report = replace(report, text=redacted(report.text))
        interaction = await self._interactions.begin(report)
        interaction = interaction or await self._interactions.find(report.team, report.channel, report.ts)
        if interaction is None:
            raise KeyError(report.ts)
        return interaction, self._engine.verdict(interaction)

    async def reply(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: put the reply into the thread."""
        interaction, verdict = self._begun.pop(interaction_id, None) or await self._kept(interaction_id)
        if interaction.reply_ts is not None:
            return
        if not interaction.report.text.strip() and interaction.report.thread_ts:
            question = redacted(await self._desk.question(interaction.report))
            interaction = replace(interaction, report=replace(interaction.report, text=question))
            await self._interactions.read(interaction_id, question)
            verdict = self._engine.verdict(interaction)
        ts = await self._desk.reply(interaction, verdict, attempt)
        # a reply can be seen, and its button pressed, before we know that it stands
        await self._interactions.replied(interaction_id, ts, (ANNOUNCE,))

    async def _kept(self, interaction_id: int) -> tuple[Interaction, Verdict]:
        interaction = await self._interactions.get(interaction_id)
        return interaction, self._engine.verdict(interaction)

    async def share(self, interaction_id: int) -> None:
        """Keep the job that shows a private reply to its channel; a second click changes nothing."""
        await self._jobs.wake(SHARE, interaction_id)

    async def show(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: post the private reply."""
        interaction = await self._interactions.get(interaction_id)
        if interaction.reply_ts is None:
            ts = await self._desk.share(interaction, self._engine.verdict(interaction), attempt)
            await self._interactions.replied(interaction_id, ts, (ANNOUNCE,))


def _is_silence(verdict: Verdict, report: Report) -> bool:
    return report.door is Door.CHANNEL and isinstance(verdict, Abstain)
