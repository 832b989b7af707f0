"""Who there is and how they are set up: the app, people, conversations, user groups."""

from __future__ import annotations

from collections.abc import Iterable

from slack_sandbox.state.identity import Identity, new_id
from slack_sandbox.state.models import Channel, Refused, User, Usergroup
from slack_sandbox.state.store import State


class People:
    """The app, and everybody and everything it may meet."""

    def __init__(self, state: State) -> None:
        self._state = state

    @property
    def identity(self) -> Identity:
        """All ids, tokens and secrets."""
        return self._state.identity

    @property
    def api_url(self) -> str:
        """The Web API's address, for AsyncWebClient(base_url=...)."""
        return f"{self._state.base_url}/api/"

    @property
    def bot_token(self) -> str:
        """The bot's token, xoxb-."""
        return self.identity.bot_token

    @property
    def app_token(self) -> str:
        """The app-level token for Socket Mode, xapp-."""
        return self.identity.app_token

    @property
    def signing_secret(self) -> str:
        """What deliveries over HTTP are signed with."""
        return self.identity.signing_secret

    @property
    def team_id(self) -> str:
        """The workspace's id."""
        return self.identity.team_id

    @property
    def app_id(self) -> str:
        """The app's id."""
        return self.identity.app_id

    @property
    def bot_user_id(self) -> str:
        """The user id of the bot, by which it is mentioned."""
        return self.identity.bot_user_id

    @property
    def bot_id(self) -> str:
        """The bot id (B...) in the bot's messages."""
        return self.identity.bot_id

    @property
    def scopes(self) -> set[str]:
        """The scopes of the bot token; change the set to change them."""
        return self._state.scopes

    def join_organisation(self, enterprise_id: str) -> None:
        """The workspace becomes one of an Enterprise Grid organisation (E...)."""
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
        """A new member, or with another team_id a guest by Slack Connect; returns the user id.

        With the organisation's `enterprise_id` and another team_id: a colleague of a sibling
        workspace.
        """
        address = f"{name.lower().replace(' ', '.')}@example.com" if email is None else email
        user = User(new_id("U"), name, team_id or self.team_id, address, is_bot, enterprise_id)
        self._state.users[user.id] = user
        return user.id

    def add_channel(
        self,
        name: str,
        members: Iterable[str] = (),
        *,
        private: bool = False,
        archived: bool = False,
        bot_is_member: bool = True,
    ) -> str:
        """A new channel; returns its id."""
        inside = {self._state.user(member).id for member in members}
        if bot_is_member:
            inside.add(self.bot_user_id)
        kind = "group" if private else "channel"
        return self._state.add_channel(Channel(new_id("C"), name, kind, inside, archived)).id

    def open_group_dm(self, members: Iterable[str]) -> str:
        """A group direct message of these people and the bot; returns its id."""
        inside = {self._state.user(member).id for member in members} | {self.bot_user_id}
        names = "--".join(sorted(self._state.user(member).name.lower() for member in inside))
        return self._state.add_channel(Channel(new_id("C"), f"mpdm-{names}-1", "mpim", inside)).id

    def open_im(self, user: str) -> str:
        """The person's direct conversation with the bot; returns its id."""
        return self._state.open_im(user).id

    def join(self, channel: str, user: str) -> None:
        """Let somebody, the bot too, into a channel, without any message."""
        self._state.channel(channel).members.add(user)

    def leave(self, channel: str, user: str) -> None:
        """Take somebody, the bot too, out of a channel, without any message."""
        self._state.channel(channel).members.discard(user)

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Archive a channel, or bring it back."""
        self._state.channel(channel).archived = archived

    def revoke(self, *, revoked: bool = True) -> None:
        """Take the bot token's rights away, or give them back."""
        self._state.revoked = revoked

    def add_usergroup(self, handle: str, members: Iterable[str] = ()) -> str:
        """A new user group, mentioned as <!subteam^S...>; returns its id."""
        group = Usergroup(new_id("S"), handle, [self._state.user(member).id for member in members])
        self._state.usergroups[group.id] = group
        return group.id

    def change_usergroup(self, usergroup: str, members: Iterable[str]) -> None:
        """Put these members into a user group in the place of those that were in it."""
        self._state.usergroup(usergroup).members = [
            self._state.user(member).id for member in members
        ]

    def disable_usergroup(self, usergroup: str, *, disabled: bool = True) -> None:
        """Disable a user group, or bring it back."""
        self._state.usergroup(usergroup).disabled = disabled

    @property
    def users(self) -> list[User]:
        """Everybody, the bot first."""
        return list(self._state.users.values())

    @property
    def channels(self) -> list[Channel]:
        """All conversations, direct ones too, oldest first."""
        return list(self._state.channels.values())

    @property
    def usergroup_handles(self) -> dict[str, str]:
        """How each user group is called, by its id."""
        return {group.id: group.handle for group in self._state.usergroups.values()}

    def _person(self, user: str) -> User:
        if user not in self._state.users:
            raise Refused(f"there is no user {user}")
        return self._state.users[user]
