"""Who may claim and resolve."""

import asyncio
import logging
from collections.abc import Callable, Collection

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.slack.client.api import SlackApi
from bot.slack.id_shapes import is_person
from bot.slack.views import wording

log = logging.getLogger(__name__)

FRESH_SECONDS = 300.0
"""How long a group's members are believed without asking Slack again."""
ANSWER_SECONDS = 2.0
"""Slack waits three seconds for us, so we cannot wait longer for Slack."""


class Responders:
    """The people named by `who`: ids of users and user groups; nobody named: whoever is in the escalation channel.

    `home`: the ids of our workspace and of its organisation, the latter empty where there is none.
    `clock`: seconds, from any beginning.
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
        self._known: dict[str, tuple[float, frozenset[str]]] = {}

    async def include(self, user: str, team: str, channels: Collection[str]) -> bool:
        """Whether that person is one of them; a guest of another workspace never is. `channels`: the escalation
        channels in question.

        Raises:
            UserError: Slack does not say who is in a group.
        """
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                if not await self._is_colleague(user, team):
                    return False
                if user in self._people:
                    return True
                named = self._groups if self._people or self._groups else channels
                groups = await asyncio.gather(*map(self._members, named))
        except (TryLaterError, GaveUpError, TimeoutError) as error:
            reason = "no answer in time" if isinstance(error, TimeoutError) else error.reason
            log.error("RESPONDERS: nobody can be checked: %s", reason)  # noqa: TRY400 - no trace needed
            raise UserError(wording.CANNOT_CHECK) from None
        return any(user in members for members in groups)

    async def _is_colleague(self, user: str, team: str) -> bool:
        """Whether a person is of our workspace, or of another one of the same organisation.

        Slack may name the organisation in place of the team (docs: block_suggestion payload).
        """
        ours, organisation = self._home
        if team == ours or (organisation and team == organisation):
            return True
        if team and not organisation:
            return False
        theirs, their_organisation = await self._slack.directory.home_of(user)
        return theirs == ours or bool(organisation and their_organisation == organisation)

    async def channels_of(self, user: str, team: str, channels: Collection[str]) -> frozenset[str]:
        """The escalation channels in which that person takes up escalations. What nobody knows counts as no."""
        return frozenset(
            [channel for channel in channels if await self._is_in(user, team, channel)]
        )

    async def _is_in(self, user: str, team: str, channel: str) -> bool:
        try:
            return await self.include(user, team, (channel,))
        except UserError:
            return False

    async def _members(self, group: str) -> frozenset[str]:
        asked, known = self._known.get(group, (0.0, None))
        if known is not None and self._clock() - asked < FRESH_SECONDS:
            return known
        try:
            members = await self._slack.directory.members(group)
        except (TryLaterError, GaveUpError):
            if known is None:
                raise
            return known
        self._known[group] = (self._clock(), members)
        return members
