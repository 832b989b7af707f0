"""Relaying: copying messages between the requester's thread and the card's thread, once each."""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import replace

from bot.domain.cases import Case
from bot.domain.errors import after_a_post
from bot.domain.escalation_history import last_of
from bot.domain.escalations import CLOSED, Change, Escalation, Verb
from bot.domain.jobs import Attempt
from bot.domain.relays import Relay, RelayKind, ThreadMessage, changes_between
from bot.domain.reports import Interaction
from bot.log_fields import note
from bot.redaction.redact import secrets_redacted
from bot.services.card_thread import posting_under_card
from bot.services.case import CaseLoader
from bot.services.delivery_log import Delivery, log_delivery
from bot.services.ports import RelayPoster
from bot.storage.escalations import EscalationStore
from bot.storage.job_rows import causing_in_doubt
from bot.storage.relays import RelayStore
from bot.timings import Timings


class Relaying:
    """Stores messages, and keeps their copies up to date. `clock`: seconds since 1970."""

    def __init__(
        self,
        cases: CaseLoader,
        escalations: EscalationStore,
        relays: RelayStore,
        poster: RelayPoster,
        clock: Callable[[], float],
        timings: Timings,
    ) -> None:
        self._cases = cases
        self._escalations = escalations
        self._relays = relays
        self._poster = poster
        self._files = poster.files
        self._clock = clock
        self._timings = timings
        self._began = clock()

    async def send(self, card: tuple[str, str], message: ThreadMessage) -> bool | None:
        """Store a message under a card for the requester, `card` being channel and ts.

        Returns None if there is no such card, False if the message was stored before. One with
        files that another company may get is held until `confirm`.
        """
        escalation = await self._escalations.by_card(*card)
        if escalation is None:
            return None
        held = bool(message.files) and await self._files.reaches_others(
            await self._cases.of(escalation.id)
        )
        return await self._relays.insert(
            escalation.id, RelayKind.ANSWER, _clean(message), held=held
        )

    async def is_held(self, message: ThreadMessage) -> bool:
        """Whether a message that was stored waits for `confirm`."""
        return await self._relays.is_held(message.channel, message.ts)

    async def confirm(self, channel: str, ts: str) -> bool:
        """Send a message that was held; False if it is held no longer."""
        return await self._relays.release(channel, ts)

    async def send_typed(self, escalation_id: int, message: ThreadMessage) -> bool:
        """Store what was typed in a card's reply box; False if it was stored before."""
        return await self._relays.insert(escalation_id, RelayKind.BOX, _clean(message))

    async def take(self, message: ThreadMessage) -> bool:
        """Store a message of a requester's thread for support; whether it is in such a thread."""
        escalation_id = await self._escalation_of(message)
        if escalation_id is None:
            return False
        await self._relays.insert(escalation_id, RelayKind.MESSAGE, _clean(message))
        return True

    async def edit(self, message: ThreadMessage) -> None:
        """Store the later text of a message of either thread.

        An edit that Slack delivers before its message is that message; one of a message from before
        the escalation is none of support's.
        """
        clean = _clean(message)
        if await self._relays.edit(clean):
            return
        escalation_id = await self._escalation_of(message, before=message.ts)
        if escalation_id is None:
            return
        if not await self._relays.insert(escalation_id, RelayKind.MESSAGE, clean):
            # the message itself came in at the same moment
            await self._relays.edit(clean)

    async def _escalation_of(self, message: ThreadMessage, *, before: str = "") -> int | None:
        """Returns the id of the escalation in whose thread a message is, or None.

        A note is in Slack before its position is stored, and a process may die in between.
        """
        return await self._relays.escalation_of_thread(
            message.channel,
            message.thread,
            before=before,
            note_for=message.sender if message.may_follow_note else None,
        )

    async def report_edited(self, before: str, message: ThreadMessage) -> None:
        """Store what changed in a message that was escalated; `before`: its text, if known."""
        escalation_id = await self._relays.escalation_of_report(message.channel, message.ts)
        if escalation_id is not None:
            # redacted first: a password is known by the words around it
            changed = changes_between(secrets_redacted(before), secrets_redacted(message.text))
            edit = replace(message, ts=f"{message.ts}/{message.edited}", text=changed)
            await self._relays.insert(escalation_id, RelayKind.REPORT, edit)

    async def join(self, interaction: Interaction) -> Escalation | None:
        """Pass a report on to the open escalation of its thread; returns that, or None."""
        if interaction.conversation is None:
            return None
        channel, thread = interaction.conversation
        escalation_id = await self._relays.escalation_of_thread(channel, thread)
        if escalation_id is None:
            return None
        escalation = await self._escalations.get(escalation_id)
        if escalation.status in CLOSED or escalation.interaction_id == interaction.id:
            return None
        report = interaction.report
        message = ThreadMessage(
            channel, thread, report.key, report.user, report.text, report.files, report.edited
        )
        await self._relays.insert(escalation_id, RelayKind.MESSAGE, message)
        return escalation

    async def add_form(self, joined: Escalation, form: str, message: ThreadMessage) -> None:
        """Pass on the answers of the form named `form`, whose report joined an escalation."""
        answers = replace(message, channel="", ts=f"form-{form}")
        await self._relays.insert(joined.id, RelayKind.MESSAGE, _clean(answers))

    async def delete(self, channel: str, ts: str, gone: ThreadMessage | None) -> None:
        """Store that a message was deleted.

        `gone`: the message, if it was in a thread and Slack may still deliver it.
        """
        if await self._relays.delete(channel, ts) or gone is None:
            return
        escalation_id = await self._escalation_of(gone, before=ts)
        if escalation_id is None:
            return
        empty = ThreadMessage(channel, gone.thread, ts, "", "", deleted=True)
        if not await self._relays.insert(escalation_id, RelayKind.MESSAGE, empty):
            # the message itself came in at the same moment
            await self._relays.delete(channel, ts)

    async def copy(self, relay_id: int, attempt: Attempt) -> None:
        """The job: post the copy of a message, update or delete it."""
        relay = await self._relays.get(relay_id)
        note(escalation_id=relay.escalation_id)
        if relay.held:
            return
        if relay.sent:
            await self._update(relay)
        elif relay.deleted:
            await self._remove_unfinished(relay, attempt)
        elif relay.text or relay.files:  # an old text is deleted
            await self._post(relay, attempt)

    async def _post(self, relay: Relay, attempt: Attempt) -> None:
        case = await self._cases.of(relay.escalation_id)
        # in a form, which has no channel, they ask
        may_be_answer = relay.kind is RelayKind.MESSAGE and relay.channel
        if may_be_answer and await self._poster.is_responder(case, relay.sender):
            relay = replace(relay, kind=RelayKind.THREAD_ANSWER)
        # an attempt that may have run looks for its copy anyway, and tells the sender of files
        is_unknown = relay.is_older(self._began) and not attempt.may_have_run
        if is_unknown and (copy := await self._poster.find_earlier_copy(case, relay)):
            await self._adopt(case, relay, copy)
            return
        if relay.kind.is_shown_to_support:
            # first, so that support can read what the requester may never get
            async with self._posting_under_card(relay.escalation_id):
                await self._poster.show_typed(case, relay, attempt)
        with after_a_post() if relay.kind.is_shown_to_support else nullcontext():
            relay, copy = await self._post_copy(case, relay, attempt)
        with after_a_post():
            if attempt.may_have_run and relay.revision > 1:
                # an earlier attempt may have posted the text from before the edit
                await self._poster.update_copy(case, replace(relay, copy=copy))
            if any(not upload.copy for upload in relay.uploads_shown):
                await self._files.tell_sender(case, relay)
        await self._relays.mark_sent(relay, copy)
        log_delivery(f"relay {relay.id}", Delivery.COPY, attempt.since, of=relay.kind.value)

    async def _adopt(self, case: Case, relay: Relay, copy: tuple[str, str]) -> None:
        """Store a copy that was posted after the backup from which the database was restored."""
        if relay.edited or relay.revision > 1:
            await self._poster.update_copy(case, replace(relay, copy=copy))
        with causing_in_doubt(is_doubtful=True):
            await self._relays.mark_sent(relay, copy)

    async def _post_copy(
        self, case: Case, relay: Relay, attempt: Attempt
    ) -> tuple[Relay, tuple[str, str]]:
        """Copy the files, then post the copy. Returns the relay as stored, and its position."""
        for file in relay.files_left:
            async with self._reaching(relay):
                upload = await self._files.upload(case, relay, file, attempt)
            relay = await self._relays.add_upload(relay, upload)
        async with self._reaching(relay):
            return relay, await self._poster.post_copy(case, relay, attempt)

    def _reaching(self, relay: Relay) -> AbstractAsyncContextManager[None]:
        if relay.kind.is_for_requester:
            return nullcontext()
        return self._posting_under_card(relay.escalation_id)

    def _posting_under_card(self, escalation_id: int) -> AbstractAsyncContextManager[None]:
        return posting_under_card(escalation_id, self._escalations, self._timings)

    async def _update(self, relay: Relay) -> None:
        """Update or delete the copy until it shows the last revision.

        Another process may have shown a later one meanwhile: what was sent last is what is seen.
        """
        shown = relay.copy_revision
        while relay.copy is not None and shown != relay.revision:
            if relay.deleted:
                await self._poster.remove_copy(relay.copy)
            elif relay.text or relay.files:
                await self._poster.update_copy(await self._cases.of(relay.escalation_id), relay)
            await self._files.remove(relay.uploads_to_remove)
            await self._relays.mark_shown(relay)
            what = Delivery.COPY_DELETED if relay.deleted else Delivery.COPY_UPDATED
            log_delivery(f"relay {relay.id}", what, of=relay.kind.value)
            shown = relay.revision
            relay = await self._relays.get(relay.id)

    async def _remove_unfinished(self, relay: Relay, attempt: Attempt) -> None:
        """Delete a copy that an earlier attempt may have posted before the deletion."""
        case = await self._cases.of(relay.escalation_id)
        if copy := await self._poster.find_copy(case, relay, attempt):
            await self._poster.remove_copy(copy)
        await self._files.remove(relay.uploads_to_remove)

    async def mention(self, escalation_id: int, attempt: Attempt) -> float | None:
        """The job: mention the claimant once the requester's side has been quiet for a while.

        Returns the seconds until then; None if there is nothing new, or it was answered already.
        """
        new = await self._relays.unmentioned(escalation_id)
        if not new:
            return None
        case = await self._cases.of(escalation_id)
        written = last_of(case.history, Verb.WRITE, Verb.EDIT)
        are_gone = all(relay.deleted for relay in new)
        if written and not are_gone and not _is_answered(case.history, written):
            due = written.at + self._timings.quiet
            if (left := due - self._clock()) > 0:
                return left
            if any(relay.was_copied(self._began) for relay in new):
                # it may be there already, if the database is a restored backup
                attempt = replace(attempt, may_have_run=True, is_ours_alone=False)
            async with self._posting_under_card(escalation_id):
                await self._poster.mention(case, new, attempt)
            log_delivery(case.escalation.name, Delivery.MENTION, due)
        await self._relays.mark_mentioned(new[-1])
        return None


def _is_answered(history: Sequence[Change], written: Change) -> bool:
    answer = last_of(history, Verb.RELAY, Verb.ANSWER)
    return answer is not None and answer.number > written.number


def _clean(message: ThreadMessage) -> ThreadMessage:
    return replace(message, text=secrets_redacted(message.text))
