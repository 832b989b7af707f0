"""What people write, forward, change and take back; whom they invite; and the conversation with the app."""

from __future__ import annotations

from collections.abc import Collection
from typing import TypedDict, Unpack

from slack_sandbox.client.posting import Posting
from slack_sandbox.delivery.deliverer import Courier
from slack_sandbox.delivery.payloads import event_callback, joined_event, opened_event
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.delivery_controls import Switchboard
from slack_sandbox.methods.files import FileServer
from slack_sandbox.methods.reactions import react, unreact
from slack_sandbox.state.agent_display import SuggestedPrompts
from slack_sandbox.state.files import Download, StoredFile
from slack_sandbox.state.models import Json, Refused
from slack_sandbox.state.store import State


class Said(TypedDict, total=False):
    """What else a post may have.

    `files` are dicts with name and content (text or bytes) and whatever else the file object shall say; mode "snippet"
    is a long paste, `stub` leaves only the id in the message, as Slack Connect does (always so for a guest's file).
    `bot_id` makes it another app's: with subtype "bot_message" the classic form without user, else the modern one.
    """

    thread_ts: str | None
    subtype: str | None
    blocks: list[Json] | None
    attachments: list[Json] | None
    bot_id: str | None
    files: list[Json] | None


class Talk(Switchboard):
    """What happens in conversations; whatever the bot may hear of it is delivered."""

    def __init__(self, state: State, sockets: Sockets, courier: Courier) -> None:
        super().__init__(state, sockets, courier)
        self._posting = Posting(state, self._feed)
        self._files = FileServer(state, self._failures)

    async def say(
        self,
        user: str,
        channel: str,
        text: str,
        *,
        in_background: bool = False,
        **extra: Unpack[Said],
    ) -> str:
        """Post as a person (or, with bot_id, as another app); returns the ts.

        The text is what they typed: entities are made of & < >, addresses are bracketed as Slack does, mentions
        stay. Returns when the first attempts to deliver all its events are answered, or at once when they are to be
        delivered in the background; settled() waits for those too.
        """
        events, ts = self._posting.say(self._person(user), channel, text, dict(extra))
        if in_background:
            self._feed.publish_later(events)
        else:
            await self._feed.publish(events)
        return ts

    async def forward(
        self, user: str, channel: str, message_channel: str, ts: str, comment: str = ""
    ) -> str:
        """Forward a message, with its files, into a channel; returns the new ts. The text is the comment alone."""
        original = self._state.post(message_channel, ts)
        events, new_ts = self._posting.forward(self._person(user), channel, original, comment)
        await self._feed.publish(events)
        return new_ts

    async def edit(
        self,
        user: str,
        channel: str,
        ts: str,
        text: str | None = None,
        *,
        without_files: Collection[str] = (),
    ) -> None:
        """Edit one's own message, and drop the files of these ids from it; the bot hears message_changed."""
        await self._posting.edit(
            self._person(user), self._state.post(channel, ts), text, without_files
        )

    async def unfurl(self, channel: str, ts: str) -> None:
        """Let Slack add a link's preview: message_changed without `edited` and with the same text."""
        await self._posting.unfurl(self._state.post(channel, ts))

    async def unfurl_message(
        self, channel: str, ts: str, message_channel: str, message_ts: str
    ) -> None:
        """Let Slack show the message whose permalink was posted, as it does a moment later: message_changed."""
        linked = self._state.post(message_channel, message_ts)
        await self._posting.unfurl_message(self._state.post(channel, ts), linked)

    async def delete(self, user: str, channel: str, ts: str) -> None:
        """Delete one's own message. The bot hears message_deleted, or message_changed to a tombstone while there are
        replies; the tombstone goes with the last of them.
        """
        await self._posting.delete(self._person(user), self._state.post(channel, ts))

    @property
    def tells_of_replies(self) -> bool:
        """Whether a person's reply is also told as a message_changed of its thread's first message: same text."""
        return self._posting.tells_of_replies

    @tells_of_replies.setter
    def tells_of_replies(self, told: bool) -> None:
        self._posting.tells_of_replies = told

    async def react(self, user: str, channel: str, ts: str, name: str) -> None:
        """Put an emoji under a message; the bot hears reaction_added where it has reactions:read."""
        event = react(self._state, self._person(user).id, self._state.post(channel, ts), name)
        await self._feed.publish([event])

    async def unreact(self, user: str, channel: str, ts: str, name: str) -> None:
        """Take one's emoji away again; the bot hears reaction_removed where it has reactions:read."""
        event = unreact(self._state, self._person(user).id, self._state.post(channel, ts), name)
        await self._feed.publish([event])

    def remove_file(self, file_id: str) -> None:
        """Delete a file everywhere, without an event: files.info says file_deleted, the download 404."""
        self._posting.remove_file(file_id)

    def file(self, file_id: str) -> StoredFile | None:
        """A file as it was uploaded, with its bytes."""
        return self._state.files.get(file_id)

    def serve_file(self, file_id: str, how: Download | None) -> None:
        """Let the file server treat downloads of a file in this way from now on; None: well."""
        self._state.files[file_id].download = how

    @property
    def ranges(self) -> bool:
        """Whether the file server minds Range (206), as Slack's does; else it sends the whole (200)."""
        return self._files.ranges

    @ranges.setter
    def ranges(self, minded: bool) -> None:
        self._files.ranges = minded

    def downloads(self, file_id: str | None = None) -> list[Json]:
        """Every request for a file (of any, when None) in order: what was asked, `range` where there was one."""
        made = [e for e in self._state.transcript if e.kind == "download"]
        return [e.request for e in made if file_id in {None, e.name}]

    async def tell(self, event: Json) -> None:
        """Deliver an event of which the workspace knows nothing itself, such as tokens_revoked."""
        await self._feed.deliver(event_callback(self._state, event))

    async def invite(self, user: str, channel: str, inviter: str | None = None) -> None:
        """Let somebody, the bot too, into a channel; the bot, when it is in there, hears member_joined_channel."""
        person, place = self._person(user), self._state.channel(channel)
        if place.is_im or user in place.members:
            raise Refused(f"{person.name} cannot be invited to {place.name or place.id}")
        self.join(channel, user)
        await self._feed.publish([joined_event(self._state, person, place, inviter)])

    async def open_messages(self, user: str) -> str:
        """Open the Messages tab of the app, which is the direct conversation; returns its id. The bot hears
        app_home_opened.
        """
        person = self._person(user)
        if person.team_id != self.team_id:
            raise Refused("a guest of another workspace has no conversation with this app")
        event = opened_event(self._state, person, "messages")
        await self._feed.publish([event])
        return str(event["channel"])

    def prompts(self, channel: str) -> list[Json]:
        """The suggested prompts of a direct conversation, with title and message each; gone after the first message."""
        shown = self._prompts(channel)
        return shown.prompts if shown else []

    def prompts_title(self, channel: str) -> str:
        """What stands above the suggested prompts; empty where nothing does."""
        shown = self._prompts(channel)
        return shown.title if shown else ""

    def _prompts(self, channel: str) -> SuggestedPrompts | None:
        found = self._state.agent.prompts.get(channel)
        return found if found and found.latest == self._state.latest_ts(channel) else None

    def status(self, channel: str, thread_ts: str) -> str:
        """What the app says it is doing in a thread; gone as soon as it posts there."""
        return self._state.agent.statuses.get((channel, thread_ts), "")
