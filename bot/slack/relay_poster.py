"""Posting of copies of messages. Implements `bot.services.ports.RelayPoster`."""

from collections.abc import Sequence

from bot.domain.cases import Case
from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.domain.jobs import Attempt
from bot.domain.relays import Relay, RelayKind
from bot.services.ports import RelayFiles
from bot.slack.client.api import SlackApi
from bot.slack.escalation_channels import EscalationChannels
from bot.slack.id_shapes import is_direct_message
from bot.slack.marks import Mark
from bot.slack.relay_files import SlackRelayFiles
from bot.slack.requester_conversation import answers_conversation, requester_conversation
from bot.slack.responders import Responders
from bot.slack.views import relays as views
from bot.slack.views.outgoing import OutgoingMessage
from bot.timings import Timings


class SlackRelayPoster:
    """Posts the copies of one workspace's relays."""

    def __init__(
        self,
        slack: SlackApi,
        channels: EscalationChannels,
        responders: Responders,
        timings: Timings,
    ) -> None:
        self._slack = slack
        self._channels = channels
        self._responders = responders
        self._timings = timings
        self._files = SlackRelayFiles(slack, timings)

    @property
    def files(self) -> RelayFiles:
        """See `RelayPoster.files`."""
        return self._files

    async def is_responder(self, case: Case, user: str) -> bool:
        """See `RelayPoster.is_responder`. Who asked is the requester, whatever else they are."""
        if user == case.escalation.requester:
            return False
        channel, _ = await self._card_thread(case)
        try:
            return await self._responders.is_responder(user, "", (channel,))
        except UserError:
            raise TryLaterError("the responders cannot be looked up") from None

    async def post_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str]:
        """See `RelayPoster.post_copy`."""
        channel, thread = await self._conversation(case, relay)
        message = await self._message(case, relay, is_new=True)
        return await self._slack.messages.post_once(
            channel, message, _mark(case, relay), attempt, thread
        )

    async def show_typed(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        """See `RelayPoster.show_typed`."""
        channel, thread = await self._card_thread(case)
        if relay.kind is RelayKind.HELPDESK:
            name = relay.author
        else:
            name = await self._name_of(relay.sender)
        mark = Mark(f"typed-{case.interaction.token}-{relay.id}", (relay.source,))
        message = views.for_support(relay, name, None)
        await self._slack.messages.post_once(channel, message, mark, attempt, thread)

    async def find_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str] | None:
        """See `RelayPoster.find_copy`."""
        if not attempt.may_have_run:
            return None
        channel, thread = await self._conversation(case, relay)
        ts = await self._slack.messages.find_posted(channel, _mark(case, relay), thread, attempt)
        return (channel, ts) if ts else None

    async def find_earlier_copy(self, case: Case, relay: Relay) -> tuple[str, str] | None:
        """See `RelayPoster.find_earlier_copy`."""
        channel, thread = await self._conversation(case, relay)
        since, mark = case.escalation.opened_at, Mark("relay-", (relay.source,))
        ts = await self._slack.messages.find_any(channel, mark, thread, since)
        return (channel, ts) if ts else None

    async def update_copy(self, case: Case, relay: Relay) -> None:
        """See `RelayPoster.update_copy`."""
        if relay.copy is None:
            return
        try:
            message = await self._message(case, relay, is_new=False)
            await self._slack.messages.update(*relay.copy, message)
        except GaveUpError as error:
            if error.code != "message_not_found":
                raise

    async def remove_copy(self, copy: tuple[str, str]) -> None:
        """See `RelayPoster.remove_copy`."""
        await self._slack.messages.delete(*copy)

    async def mention(self, case: Case, relays: Sequence[Relay], attempt: Attempt) -> None:
        """See `RelayPoster.mention`."""
        channel, thread = await self._card_thread(case)
        if attempt.may_have_run:
            # a restored database may put together what was mentioned in parts, or not at all
            known = await self._slack.messages.sources_of(channel, "mention", thread)
            relays = [relay for relay in relays if relay.source not in known]
            if all(relay.deleted for relay in relays):
                return
        who = self._channels.who_has(case.history)
        count = sum(not relay.deleted for relay in relays)
        message = views.new_messages(case, count, who)
        sources = tuple(relay.source for relay in relays)
        mark = Mark(f"mention-{case.interaction.token}-{relays[-1].id}", sources)
        await self._slack.messages.post_once(channel, message, mark, attempt, thread)

    async def _conversation(self, case: Case, relay: Relay) -> tuple[str, str | None]:
        if relay.kind.is_for_requester:
            return await answers_conversation(case, self._slack.directory)
        return await self._card_thread(case)

    async def _card_thread(self, case: Case) -> tuple[str, str]:
        channel, ts = case.escalation.card_channel, case.escalation.card_ts
        if channel is None or ts is None:
            raise TryLaterError("there is no card to post under yet", self._timings.card_retry)
        return channel, ts

    async def _message(self, case: Case, relay: Relay, *, is_new: bool) -> OutgoingMessage:
        files = await self._files.shown(relay, is_new=is_new)
        if relay.kind.is_for_requester:
            return views.answer(case, relay, files)
        name = await self._name_of(relay.sender)
        link = None
        if relay.channel and not is_direct_message(relay.channel):
            _, thread = await requester_conversation(case, self._slack.directory)
            link = self._slack.messages.permalink(relay.channel, relay.message_ts, thread)
        return views.for_support(relay, name, link, files)

    async def _name_of(self, user: str) -> str:
        """Return a sender's name; empty if Slack refuses it, as that of an app."""
        try:
            return await self._slack.directory.name_of(user)
        except GaveUpError:
            return ""


def _mark(case: Case, relay: Relay) -> Mark:
    return Mark(f"relay-{case.interaction.token}-{relay.id}", (relay.source,))
