"""Look-ups of people, channels and threads."""

from collections.abc import Mapping
from typing import Any

from bot.domain.errors import GaveUpError
from bot.slack.client.error_codes import NOT_A_MEMBER, UNKNOWN_USER
from bot.slack.client.errors import calling
from bot.slack.client.web_client import SlackClient
from bot.slack.incoming.messages import SlackMessage, parse_message


class Directory:
    """Looks up people, channels and threads. All calls raise TryLaterError or GaveUpError."""

    def __init__(self, client: SlackClient) -> None:
        self._client = client

    def follow_moves(self, moves: Mapping[str, str]) -> None:
        """Use the new ids of channels in all calls; `moves`: new ids by old ones."""
        self._client.moved = moves

    async def home_of(self, user: str) -> tuple[str, str]:
        """Return the ids of a person's workspace and organisation, each empty if unknown."""
        async with calling("users.info"):
            answer = await self._client.users_info(user=user)
        known: dict[str, Any] = answer["user"]
        enterprise = (known.get("enterprise_user") or {}).get("enterprise_id")
        return str(known.get("team_id") or ""), str(enterprise or "")

    async def name_of(self, user: str) -> str:
        """Return a person's full name, else their display name, else an empty string."""
        async with calling("users.info"):
            answer = await self._client.users_info(user=user)
        profile: dict[str, Any] = answer["user"].get("profile") or {}
        return str(
            profile.get("real_name")
            or answer["user"].get("real_name")
            or profile.get("display_name")
            or ""
        )

    async def members(self, channel_or_group: str) -> frozenset[str]:
        """Return the ids of the people in a channel (C…, G…) or a user group (S…)."""
        if channel_or_group.startswith("S"):
            async with calling("usergroups.users.list"):
                answer = await self._client.usergroups_users_list(usergroup=channel_or_group)
            return frozenset(answer["users"])
        found: list[str] = []
        cursor = ""
        while True:
            async with calling("conversations.members"):
                answer = await self._client.conversations_members(
                    channel=channel_or_group, limit=1_000, cursor=cursor
                )
            found += answer["members"]
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor:
                return frozenset(found)

    async def open_dm(self, user: str) -> str:
        """Return the id of the direct message channel with a person."""
        async with calling("conversations.open"):
            answer = await self._client.conversations_open(users=user)
        return str(answer["channel"]["id"])

    async def is_member(self, channel: str) -> bool:
        """Return whether the bot can post in a channel."""
        try:
            async with calling("conversations.info"):
                answer = await self._client.conversations_info(channel=channel)
        except GaveUpError as error:
            if error.code in NOT_A_MEMBER:
                return False
            raise
        found: dict[str, Any] = answer["channel"]
        return bool(found.get("is_member") or found.get("is_im"))

    async def problem_of(self, channel: str) -> str:
        """Return why the bot cannot post in a channel, and what to do; empty if it can."""
        channel = self._client.moved.get(channel, channel)
        try:
            async with calling("conversations.info"):
                answer = await self._client.conversations_info(channel=channel)
        except GaveUpError as error:
            if error.code not in NOT_A_MEMBER:
                raise
            return f"there is no channel {channel} that the bot can see; check the id, and invite it with /invite"
        found: dict[str, Any] = answer["channel"]
        if found.get("is_archived"):
            return f"the channel {channel} is archived; unarchive it or set another one"
        if not (found.get("is_member") or found.get("is_im")):
            return f"the bot is not in {channel}; invite it there with /invite"
        return ""

    async def problem_of_person(self, who: str) -> str:
        """Return why a person (U…) or a user group (S…) cannot be reached; empty if they can."""
        try:
            if who.startswith("S"):
                return "" if await self.members(who) else "nobody is in this user group"
            async with calling("users.info"):
                answer = await self._client.users_info(user=who)
        except GaveUpError as error:
            if error.code in UNKNOWN_USER:
                return "there is no such person"
            if error.code == "no_such_subteam":
                return "there is no such user group, or it is disabled"
            raise
        return "this person is deactivated" if answer["user"].get("deleted") else ""

    async def is_public(self, channel: str) -> bool:
        """Return whether everyone in the workspace can open a channel."""
        async with calling("conversations.info"):
            answer = await self._client.conversations_info(channel=channel)
        found: dict[str, Any] = answer["channel"]
        return not (found.get("is_private") or found.get("is_im") or found.get("is_mpim"))

    async def is_external(self, channel: str) -> bool:
        """Return whether people of another company are, or are invited, in a channel."""
        async with calling("conversations.info"):
            answer = await self._client.conversations_info(channel=channel)
        found: dict[str, Any] = answer["channel"]
        return bool(found.get("is_ext_shared") or found.get("is_pending_ext_shared"))

    async def thread_root(self, channel: str, thread: str) -> SlackMessage | None:
        """Return the first message of a thread; None if Slack returns none."""
        async with calling("conversations.replies"):
            answer = await self._client.conversations_replies(channel=channel, ts=thread, limit=1)
        return next(map(parse_message, answer["messages"]), None)

    async def thread_messages(self, channel: str, thread: str, until: str) -> list[SlackMessage]:
        """Return up to a hundred messages of a thread, oldest first, up to the ts `until`."""
        async with calling("conversations.replies"):
            answer = await self._client.conversations_replies(
                channel=channel, ts=thread, latest=until, limit=100
            )
        return [parse_message(message) for message in answer["messages"]]

    async def replies_after(self, channel: str, thread: str, ts: str) -> list[SlackMessage]:
        """Return up to two hundred replies in a thread after the ts of a message, with marks."""
        async with calling("conversations.replies"):
            answer = await self._client.conversations_replies(
                channel=channel, ts=thread, oldest=ts, limit=200, include_all_metadata=True
            )
        found = map(parse_message, answer["messages"])
        return [message for message in found if message.ts not in {thread, ts}]
