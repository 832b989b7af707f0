"""People, conversations and user groups: who is there, and who is in what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import Channel, User, Usergroup
from slack_sandbox.state.store import State


class Directory:
    """Sets up people, conversations and user groups. Nothing here sends an event."""

    def __init__(self, state: State) -> None:
        self._state = state

    @property
    def users(self) -> list[User]:
        """Everybody, the bot first."""
        return list(self._state.users.values())

    @property
    def channels(self) -> list[Channel]:
        """All conversations, direct ones included, oldest first."""
        return list(self._state.channels.values())

    @property
    def usergroup_handles(self) -> dict[str, str]:
        """The handle of each user group, by its id."""
        return {group.id: group.handle for group in self._state.usergroups.values()}

    def join_organisation(self, enterprise_id: str) -> None:
        """Make the workspace one of an Enterprise Grid organisation (E...)."""
        self._state.enterprise_id = enterprise_id

    def add_user(
        self,
        name: str,
        *,
        team_id: str | None = None,
        email: str | None = None,
        is_bot: bool = False,
        enterprise_id: str = "",
    ) -> str:
        """Add a member, or with another team_id a guest by Slack Connect; returns the user id.

        With the organisation's `enterprise_id` and another team_id: a colleague of a sibling
        workspace.
        """
        address = f"{name.lower().replace(' ', '.')}@example.com" if email is None else email
        team = team_id or self._state.identity.team_id
        user = User(new_id("U"), name, team, address, is_bot, enterprise_id)
        self._state.users[user.id] = user
        self._state.changes.notify()
        return user.id

    def deactivate(self, user: str) -> None:
        """Deactivate somebody's account."""
        self._state.users[user] = replace(self._state.user(user), deleted=True)
        self._state.changes.notify()

    def add_channel(
        self,
        name: str,
        members: Iterable[str] = (),
        *,
        private: bool = False,
        archived: bool = False,
        bot_is_member: bool = True,
    ) -> str:
        """Add a channel; returns its id."""
        inside = self._known(members)
        if bot_is_member:
            inside.add(self._state.identity.bot_user_id)
        kind = "group" if private else "channel"
        return self._state.add_channel(Channel(new_id("C"), name, kind, inside, archived)).id

    def open_group_dm(self, members: Iterable[str]) -> str:
        """Open a group direct message of these people and the bot; returns its id."""
        inside = self._known(members) | {self._state.identity.bot_user_id}
        names = "--".join(sorted(self._state.users[member].name.lower() for member in inside))
        channel = Channel(new_id("C"), f"mpdm-{names}-1", "mpim", inside)
        return self._state.add_channel(channel).id

    def open_im(self, user: str) -> str:
        """Open the person's direct conversation with the bot; returns its id."""
        return self._state.open_im(user).id

    def join(self, channel: str, user: str) -> None:
        """Add somebody, or the bot, to a channel, without a message."""
        self._state.channel(channel).members.add(user)

    def leave(self, channel: str, user: str) -> None:
        """Remove somebody, or the bot, from a channel, without a message."""
        self._state.channel(channel).members.discard(user)

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Archive a channel, or restore it."""
        self._state.channel(channel).archived = archived

    def add_usergroup(self, handle: str, members: Iterable[str] = ()) -> str:
        """Add a user group, mentioned as <!subteam^S...>; returns its id."""
        people = [self._state.user(member).id for member in members]
        group = Usergroup(new_id("S"), handle, people)
        self._state.usergroups[group.id] = group
        return group.id

    def change_usergroup(self, usergroup: str, members: Iterable[str]) -> None:
        """Replace the members of a user group."""
        people = [self._state.user(member).id for member in members]
        self._state.usergroup(usergroup).members = people

    def disable_usergroup(self, usergroup: str, *, disabled: bool = True) -> None:
        """Disable a user group, or enable it again."""
        self._state.usergroup(usergroup).disabled = disabled

    def _known(self, members: Iterable[str]) -> set[str]:
        return {self._state.user(member).id for member in members}
