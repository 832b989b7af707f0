"""Responders: the people who may claim and resolve escalations."""

import asyncio
import logging
from collections.abc import Callable, Collection

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.slack.client.api import SlackApi
from bot.slack.client.error_codes import UNKNOWN_USER
from bot.slack.id_shapes import is_person
from bot.slack.views import wording

log = logging.getLogger(__name__)

MEMBERS_FRESH_SECONDS = 300.0
"""Lifetime of the cached members of a group."""
CHECK_SECONDS = 2.0
"""Time limit of a check: Slack expects the answer to a click within three seconds."""


class Responders:
    """Checks whether a person is a responder.

    `who`: ids of users and user groups; empty: the members of the escalation channel. `home`: the
    ids of the bot's workspace and of its organisation; the latter may be empty. `clock`: monotonic
    seconds.
    """

    def __init__(
        self,
        slack: SlackApi,
        who: tuple[str, ...],
        home: tuple[str, str],
        clock: Callable[[], float],
    ) -> None:
        self._slack = slack
        self._people = frozenset(name for name in who if is_person(name))
        self._groups = tuple(name for name in who if name not in self._people)
        self._home = home
        self._clock = clock
        self._members_of: dict[str, tuple[float, frozenset[str]]] = {}

    async def is_responder(self, user: str, team: str, channels: Collection[str]) -> bool:
        """Return whether a person is a responder; a guest of another workspace never is.

        `channels`: the escalation channels whose members count if nobody is named.

        Raises:
            UserError: the members of a group cannot be looked up.
        """
        try:
            async with asyncio.timeout(CHECK_SECONDS):
                if not await self._is_colleague(user, team):
                    return False
                if user in self._people:
                    return True
                named = self._groups if self._people or self._groups else channels
                groups = await asyncio.gather(*map(self._load_members, named))
        except (TryLaterError, GaveUpError, TimeoutError) as error:
            reason = "no answer in time" if isinstance(error, TimeoutError) else error.reason
            log.error("RESPONDERS: members cannot be looked up: %s", reason)  # noqa: TRY400 - no trace needed
            raise UserError(wording.CANNOT_CHECK) from None
        return any(user in members for members in groups)

    async def _is_colleague(self, user: str, team: str) -> bool:
        """Return whether a person belongs to the bot's workspace or organisation.

        Slack may send the organisation's id as `team` (docs: block_suggestion payload).
        """
        ours, organisation = self._home
        if team == ours or (organisation and team == organisation):
            return True
        if team and not organisation:
            return False
        try:
            theirs, their_organisation = await self._slack.directory.home_of(user)
        except GaveUpError as error:
            if error.code in UNKNOWN_USER:
                return False
            raise
        return theirs == ours or bool(organisation and their_organisation == organisation)

    async def escalation_channels_of(
        self, user: str, team: str, channels: Collection[str]
    ) -> frozenset[str]:
        """Return those of `channels` in which a person is a responder.

        A failed look-up counts as "not a responder".
        """
        return frozenset(
            [channel for channel in channels if await self._is_responder_in(user, team, channel)]
        )

    async def _is_responder_in(self, user: str, team: str, channel: str) -> bool:
        try:
            return await self.is_responder(user, team, (channel,))
        except UserError:
            return False

    async def _load_members(self, group: str) -> frozenset[str]:
        asked_at, known = self._members_of.get(group, (0.0, None))
        if known is not None and self._clock() - asked_at < MEMBERS_FRESH_SECONDS:
            return known
        try:
            members = await self._slack.directory.members(group)
        except (TryLaterError, GaveUpError):
            if known is None:
                raise
            return known
        self._members_of[group] = (self._clock(), members)
        return members
