"""Triage: judging a report, replying once, and following edits and deletions of its message."""

from dataclasses import replace

from bot.domain.jobs import Attempt, JobKind
from bot.domain.replies import Posted
from bot.domain.report_rules import is_silence, is_unread
from bot.domain.reports import Interaction, Report, Trigger, Visibility
from bot.domain.verdicts import Answer, FollowUp, Judgement, Suggest, article_ids
from bot.recognition.recogniser import Recogniser
from bot.redaction.redact import redacted
from bot.services.answer_log import log_deleted, log_near_miss, log_reply, log_updated, log_withheld
from bot.services.follow_ups import FollowUps
from bot.services.late_reports import Fate, LateReports
from bot.services.ports import ReplyPoster
from bot.services.repeated_answers import RepeatedAnswers
from bot.services.reply_state import ReplyStates
from bot.services.reply_updates import ReplyUpdates
from bot.services.verdict_counts import VerdictCounts
from bot.storage.interactions import InteractionStore
from bot.storage.relays import RelayStore
from bot.timings import Timings


class Triage:
    """Answers each report exactly once, despite redelivery and crashes."""

    def __init__(  # noqa: PLR0913 - and one that only counts
        self,
        recogniser: Recogniser,
        interactions: InteractionStore,
        relays: RelayStore,
        poster: ReplyPoster,
        reply_states: ReplyStates,
        timings: Timings,
        *,
        counts: VerdictCounts,
    ) -> None:
        self.counts = counts
        self._recogniser = recogniser
        self._interactions = interactions
        self._timings = timings
        self._poster = poster
        self._reply_states = reply_states
        self._repeated_answers = RepeatedAnswers(recogniser, interactions, poster, timings)
        self._follow_ups = FollowUps(recogniser, interactions, relays, poster, timings)
        self._late = LateReports(interactions, relays, poster)
        self._reply_updates = ReplyUpdates(interactions, reply_states, poster)
        self._just_stored: dict[int, Interaction] = {}
        """Interactions just stored by this process, by id; saves their jobs a read."""

    async def take(self, report: Report, instead_of: int | None = None) -> bool:
        """Store a report that gets a reply, with its job; False if it gets none or is stored.

        A report without a reply is not stored, so listening writes nothing. One with files is
        stored until they are read. `instead_of`: an interaction that it replaces.
        """
        unread = is_unread(report)
        judgement = None if unread else await self._follow_ups.judge(report, instead_of)
        if judgement:
            self.counts.add(report.trigger, judgement.verdict)
            # most messages end here
            if is_silence(judgement, report) or await self._is_with_support(judgement, report):
                log_near_miss(report, judgement.verdict)
                return False
        clean = replace(report, text=redacted(report.text))
        if judgement and clean != report:
            judgement = await self._follow_ups.judge(clean, instead_of)
            if is_silence(judgement, clean):
                return False
        interaction = await self._interactions.insert_with_job(
            clean, judgement, self._timings.lease, instead_of=instead_of
        )
        if interaction is None:
            return False
        if not unread:
            # the commit has created the job's task, which first runs when this one awaits
            self._just_stored[interaction.id] = interaction
        return True

    async def _is_with_support(self, judgement: Judgement, report: Report) -> bool:
        """Whether a report gets no reply, as support has its conversation."""
        is_answered = isinstance(judgement.verdict, Answer)
        return not is_answered and await self._follow_ups.is_with_support(report)

    async def ask(self, report: Report) -> Interaction:
        """Store a report that somebody asks about and that no job answers.

        Returns its interaction, the stored one if the report was delivered twice.
        """
        report = replace(report, text=redacted(report.text))
        judgement = await self._recogniser.judged(report.text, Trigger.ADDRESSED)
        self.counts.add(Trigger.ADDRESSED, judgement.verdict)
        interaction = await self._interactions.insert(report, judgement)
        interaction = interaction or await self._interactions.by_key(report.channel, report.key)
        if interaction is None:
            raise KeyError(report.key)
        return interaction

    async def take_private(self, report: Report, response_url: str) -> None:
        """Store a report with the job that answers it at `response_url`, unless it is stored."""
        clean = replace(report, text=redacted(report.text))
        judgement = await self._recogniser.judged(clean.text, clean.hearing)
        self.counts.add(clean.trigger, judgement.verdict)
        await self._interactions.insert_with_job(
            clean, judgement, self._timings.lease, response_url
        )

    async def reply_privately(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: show the reply to its requester."""
        interaction = await self._load(interaction_id)
        if interaction is not None and interaction.ephemeral_url:
            reply_state = await self._reply_states.of(interaction)
            await self._poster.reply_privately(reply_state, attempt)
            await self._interactions.clear_ephemeral_url(interaction)
            log_reply(interaction, reply_state.judgement.verdict, attempt.since)

    async def reply(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: post the reply in the thread."""
        interaction = self._just_stored.pop(interaction_id, None) or await self._load(
            interaction_id
        )
        if interaction is None:
            return
        if interaction.reply_ts is not None:
            await self.revise(interaction_id, attempt)
            return
        new = not (attempt.may_have_run or interaction.revision)
        fate = Fate() if interaction.deleted else await self._late.fate_of(interaction.report)
        if fate.reply_ts is not None:
            await self._interactions.mark_replied(interaction, Posted(fate.reply_ts))
            # its buttons have a token that is not stored
            await self.revise(interaction_id, attempt)
            return
        is_over = interaction.deleted or fate.is_over
        deduplicated = None if is_over else await self._without_repeats(interaction)
        if deduplicated is not None:
            posted = await self._poster.reply(
                await self._reply_states.of(deduplicated, new=new), attempt
            )
        else:
            ts = await self._poster.find_posted(interaction, attempt)
            posted = Posted(ts) if ts else None
        shown = deduplicated or interaction
        verdict = self._recogniser.current_judgement(shown).verdict
        if posted is not None or (deduplicated is not None and shown.report.private):
            log_reply(shown, verdict, attempt.since)
        if posted is not None:
            # its button may have been clicked, or its message edited, before this is stored
            await self._interactions.mark_replied(shown, posted)
            if attempt.may_have_run and interaction.revision:
                # an earlier attempt may have posted the answer to the message before its edit
                await self.revise(interaction_id, attempt)
        elif deduplicated is None and not (interaction.deleted or interaction.was_shown):
            await self._interactions.drop(interaction)
            log_withheld(interaction, verdict, late=is_over)

    async def _load(self, interaction_id: int) -> Interaction | None:
        try:
            return await self._interactions.get(interaction_id)
        except KeyError:
            return None  # dropped, as it gets no reply

    async def _without_repeats(self, interaction: Interaction) -> Interaction | None:
        """Returns the interaction without earlier answers; None if nothing is left to reply."""
        judgement = self._recogniser.current_judgement(
            replace(interaction, suppressed_articles=frozenset())
        )
        if await self._is_with_support(judgement, interaction.report):
            return None  # only its files, or an edit, showed that there is no answer
        if isinstance(judgement.verdict, FollowUp):
            return interaction if await self._follow_ups.is_due(interaction) else None
        deduplicated = await self._repeated_answers.without(interaction, judgement.verdict)
        if deduplicated is not None and deduplicated != interaction:
            await self._interactions.save_suppression(deduplicated)
        return deduplicated

    async def pick(self, interaction: Interaction, article_id: str, response_url: str) -> bool:
        """Answer with an article that the reply offers; False if it does not offer it.

        `response_url`: where an ephemeral reply is updated.
        """
        judged = interaction.judgement or self._recogniser.current_judgement(
            replace(interaction, article_id=None)
        )
        known = judged.verdict.offered if isinstance(judged.verdict, Suggest) else ()
        article_id = (
            article_id if article_id in known else self._recogniser.knowledge.current(article_id)
        )
        if article_id not in known:
            return False
        is_ephemeral = interaction.visibility is Visibility.EPHEMERAL
        url = response_url if is_ephemeral else ""
        return await self._interactions.set_choice(interaction, article_id, url)

    async def edit(self, report: Report, *, is_for_us: bool, before: str = "") -> None:
        """Post, update or delete the reply to an edited message.

        `is_for_us`: whether a new message like it would be answered; `before`: its earlier text, if
        Slack sent it.
        """
        known = await self._interactions.by_key(report.channel, report.key)
        if known is None:
            is_taken = is_for_us and await self.take(report)
            # the message itself may have come in at the same moment
            known = (
                None if is_taken else await self._interactions.by_key(report.channel, report.key)
            )
            if known is None:
                if is_for_us and not is_taken and await self._store_early_edit(report, before):
                    await self.edit(report, is_for_us=is_for_us)
                return
        clean = _edited(known.report, report)
        if replace(clean, edited=known.report.edited) == known.report:
            return
        kind, judgement = await self._judge_edited(known, clean)
        self._just_stored.pop(known.id, None)
        is_kept = await self._interactions.edit(known, clean, judgement, kind)
        if is_for_us and not is_kept:
            # the old text may have been dropped just now, as it got no reply; a stored one stays
            await self.take(report)

    async def _judge_edited(
        self, known: Interaction, clean: Report
    ) -> tuple[JobKind, Judgement | None]:
        """Return the job that follows an edit, and the new judgement; None if files come first."""
        same_files = clean.files == known.report.files
        # a read under way is discarded, as it belongs to the old text: read the files again
        if not (same_files and (known.file_results or not clean.files)):
            return JobKind.READ_REPORT, None
        text = replace(known, report=clean).text
        if known.judgement and isinstance(known.judgement.verdict, FollowUp):
            judgement = await self._follow_ups.judge(replace(clean, text=text), known.id)
        else:
            judgement = await self._recogniser.judged(text, clean.hearing)
        if known.report.private and self._is_same_answer(judgement, known):
            return JobKind.UPDATE_REPLY, judgement  # its requester has already seen this answer
        return JobKind.POST_REPLY, judgement

    async def _store_early_edit(self, report: Report, before: str) -> bool:
        """Store an edit that arrived before its message, so that the old text is not answered.

        True if the message was stored at the same moment.
        """
        if not before:
            return False
        if is_silence(await self._recogniser.judged(before, report.hearing), report):
            return False
        clean = replace(report, text=redacted(report.text))
        judgement = await self._recogniser.judged(clean.text, clean.hearing)
        return await self._interactions.insert(clean, judgement) is None

    def _is_same_answer(self, judgement: Judgement, known: Interaction) -> bool:
        articles = article_ids(judgement.verdict)
        return bool(articles) and articles == article_ids(
            self._recogniser.current_judgement(known).verdict
        )

    async def delete(self, channel: str, ts: str, *, may_come: bool) -> None:
        """Delete the reply to a deleted message, unless it was escalated.

        `may_come`: Slack may deliver the message after its deletion; it is then not answered.
        """
        if may_come:
            await self._interactions.save_deletion(channel, ts)
        for known in await self._interactions.for_message(channel, ts):
            self._just_stored.pop(known.id, None)
            if not known.deleted:
                await self._interactions.delete(known.id)

    async def revise(self, interaction_id: int, attempt: Attempt) -> None:
        """The job: update or delete the posted reply; `reply` posts one that is missing."""
        interaction = await self._load(interaction_id)
        if interaction is None:
            return
        if interaction.reply_ts is None:
            is_updated = await self._reply_updates.redraw_ephemeral(interaction)
        elif interaction.deleted:
            await self._poster.remove(interaction)
            log_deleted(interaction)
            return
        else:
            interaction = await self._without_repeats(interaction) or interaction
            is_updated = await self._reply_updates.redraw(interaction, attempt)
        if is_updated:
            log_updated(interaction, self._recogniser.current_judgement(interaction).verdict)


def _edited(known: Report, report: Report) -> Report:
    """Return a known report with what an edit changes, redacted. Who asked once has asked."""
    asked = Trigger.ADDRESSED in {report.trigger, known.trigger}
    return replace(
        known,
        text=redacted(report.text),
        trigger=Trigger.ADDRESSED if asked else Trigger.HEARD,
        files=report.files,
        edited=report.edited,
        shop=report.shop or known.shop,
        about_xero=report.about_xero,
    )
