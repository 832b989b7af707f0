"""A report comes in, is judged, and answered once; its message is edited or deleted, and the answer follows."""

from dataclasses import replace

from bot.domain.jobs import Attempt, JobKind
from bot.domain.replies import Posted
from bot.domain.reports import Interaction, Report, Trigger, Visibility
from bot.domain.verdicts import Abstain, Judgement, Suggest, article_ids
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.duplicates import DuplicateFilter
from bot.services.ports import ReplyPoster
from bot.services.reply_state import ReplyStates
from bot.services.reply_updates import ReplyUpdates
from bot.storage.interactions import InteractionStore
from bot.timings import Timings


class Triage:
    """Answers a report once, whatever is delivered twice and whoever dies in between."""

    def __init__(
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        poster: ReplyPoster,
        reply_states: ReplyStates,
        repeats: DuplicateFilter,
        timings: Timings,
    ) -> None:
        self._recogniser = recogniser
        self._interactions = interactions
        self._timings = timings
        self._poster = poster
        self._reply_states = reply_states
        self._repeats = repeats
        self._redrawing = ReplyUpdates(interactions, reply_states, poster)
        self._begun: dict[int, Interaction] = {}
        """What was kept a moment ago by this process, which will reply to it: it need not be read again."""

    async def take(self, report: Report) -> bool:
        """Keep a report that deserves a reply, with the job that posts it; False: silence, or kept already.

        A report that gets no reply writes nothing: listening costs no disk. What has files must be kept until they
        are read.
        """
        unread = is_unread(report)
        judgement = None if unread else self._recogniser.judge(report.text, report.trigger)
        if judgement and is_silence(judgement, report):
            return False
        clean = replace(report, text=redacted(report.text))
        if judgement and clean != report:
            judgement = self._recogniser.judge(clean.text, clean.trigger)
            if is_silence(judgement, clean):
                return False
        interaction = await self._interactions.insert_with_job(
            clean, judgement, self._timings.lease
        )
        if interaction is None:
            return False
        if not unread:
            # the commit has started the job's task, which runs once this one waits for something
            self._begun[interaction.id] = interaction
        return True

    async def ask(self, report: Report) -> Interaction:
        """Keep a report that only its asker sees, and that is answered at once."""
        report = replace(report, text=redacted(report.text))
        interaction = await self._interactions.insert(
            report, self._recogniser.judge(report.text, report.trigger)
        )
        interaction = interaction or await self._interactions.by_key(report.channel, report.key)
        if interaction is None:
            raise KeyError(report.key)
        return interaction

    async def reply(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: put the reply into the thread."""
        interaction = self._begun.pop(interaction_id, None) or await self._kept_under(
            interaction_id
        )
        if interaction is None:
            return
        if interaction.reply_ts is not None:
            await self.revise(interaction_id, attempt)
            return
        new = not (attempt.may_have_run or interaction.revision)
        settled = None if interaction.deleted else await self._settled(interaction)
        if settled is not None:
            posted = await self._poster.reply(
                await self._reply_states.of(settled, new=new), attempt
            )
        else:
            ts = await self._poster.standing(interaction, attempt)
            posted = Posted(ts) if ts else None
        if posted is not None:
            # a reply can be seen, its button pressed and its message edited, before we know that it is in Slack
            await self._interactions.mark_replied(settled or interaction, posted)
            if (
                attempt.may_have_run and interaction.revision
            ):  # an earlier try's reply says what the message said then
                await self.revise(interaction_id, attempt)
        elif settled is None and not (interaction.deleted or interaction.was_shown):
            await self._interactions.drop(interaction)

    async def _kept_under(self, interaction_id: int) -> Interaction | None:
        try:
            return await self._interactions.get(interaction_id)
        except KeyError:
            return None  # nothing was said to it, so it was dropped

    async def _settled(self, interaction: Interaction) -> Interaction | None:
        """The interaction without what its thread or its author has been told already; None: nothing is left."""
        judgement = self._recogniser.current_judgement(
            replace(interaction, suppressed_articles=frozenset())
        )
        settled = await self._repeats.without(interaction, judgement.verdict)
        if settled is not None and settled != interaction:
            await self._interactions.save_suppression(settled)
        return settled

    async def pick(self, interaction: Interaction, article_id: str, response_url: str) -> bool:
        """Answer with one of the articles that the reply suggests; False: it suggests no such article.

        `response_url`: where an ephemeral reply is brought up to date.
        """
        judged = interaction.judgement or self._recogniser.current_judgement(
            replace(interaction, article_id=None)
        )
        offered = judged.verdict.suggestions if isinstance(judged.verdict, Suggest) else ()
        known = {suggestion.article_id for suggestion in offered}
        article_id = (
            article_id if article_id in known else self._recogniser.knowledge.current(article_id)
        )
        if article_id not in known:
            return False
        is_ephemeral = interaction.visibility is Visibility.EPHEMERAL
        url = response_url if is_ephemeral else ""
        return await self._interactions.set_choice(interaction, article_id, url)

    async def edit(self, report: Report, *, is_for_us: bool, before: str = "") -> None:
        """A message was edited: its reply is posted, updated or deleted.

        `is_for_us`: it would be answered if it were new; `before`: its earlier text, if Slack sends it.
        """
        known = await self._interactions.by_key(report.channel, report.key)
        if known is None:
            is_taken = is_for_us and await self.take(report)
            # the message itself may have come in at the same moment
            known = (
                None if is_taken else await self._interactions.by_key(report.channel, report.key)
            )
            if known is None:
                if is_for_us and not is_taken and await self._outran(report, before):
                    await self.edit(report, is_for_us=is_for_us)
                return
        trigger = (
            Trigger.ADDRESSED
            if Trigger.ADDRESSED in {report.trigger, known.report.trigger}
            else Trigger.HEARD
        )
        clean = replace(
            known.report,
            text=redacted(report.text),
            trigger=trigger,
            files=report.files,
            edited=report.edited,
            shop=report.shop or known.report.shop,
        )
        if replace(clean, edited=known.report.edited) == known.report:
            return
        same_files = clean.files == known.report.files
        # files whose reading is under way are read again: what it finds belongs to the old text, and is thrown away
        kind = (
            JobKind.POST_REPLY
            if same_files and (known.file_results or not clean.files)
            else JobKind.READ_REPORT
        )
        judgement = (
            None
            if kind == JobKind.READ_REPORT
            else self._recogniser.judge(replace(known, report=clean).text, trigger)
        )
        if known.report.private and judgement and self._is_same_answer(judgement, known):
            kind = JobKind.UPDATE_REPLY  # its asker has seen that very answer
        self._begun.pop(known.id, None)
        is_kept = await self._interactions.edit(known, clean, judgement, kind)
        if is_for_us and not is_kept:
            # nothing was to be said to the old text, so it may have been dropped just now; what is still kept stays
            await self.take(report)

    async def _outran(self, report: Report, before: str) -> bool:
        """Keep an edit that needs no reply, where its message may still come and would be answered; True:
        the message has come at this moment.
        """
        if not before or is_silence(self._recogniser.judge(before, report.trigger), report):
            return False
        clean = replace(report, text=redacted(report.text))
        return (
            await self._interactions.insert(
                clean, self._recogniser.judge(clean.text, clean.trigger)
            )
            is None
        )

    def _is_same_answer(self, judgement: Judgement, known: Interaction) -> bool:
        told = article_ids(judgement.verdict)
        return bool(told) and told == article_ids(self._recogniser.current_judgement(known).verdict)

    async def delete(self, channel: str, ts: str, *, may_come: bool) -> None:
        """A message is gone, and so is our reply, unless a person was called. `may_come`: Slack may deliver it later
        than its deletion, and then it is not answered.
        """
        if may_come:
            await self._interactions.bury(channel, ts)
        for known in await self._interactions.for_message(channel, ts):
            self._begun.pop(known.id, None)
            if not known.deleted:
                await self._interactions.delete(known.id)

    async def revise(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: bring the reply in line with its message. One that does not stand yet is for `reply` to put up."""
        interaction = await self._kept_under(interaction_id)
        if interaction is None:
            return
        if interaction.reply_ts is None:
            await self._redrawing.redraw_ephemeral(interaction)
            return
        if interaction.deleted:
            await self._poster.remove(interaction)
            return
        await self._redrawing.redraw(await self._settled(interaction) or interaction, attempt)


def is_unread(report: Report) -> bool:
    """What it says has still to be found out: it has files, or asks about the thread it stands in."""
    return bool(report.files) or (not report.text.strip() and report.thread_ts is not None)


def is_silence(judgement: Judgement, report: Report) -> bool:
    """Nobody asked, and there is nothing sure to say."""
    return report.trigger is Trigger.HEARD and isinstance(judgement.verdict, Abstain)
