"""Checks of the channels in the settings: whether the bot can post there, and under which id."""

import asyncio
from collections.abc import Mapping
from contextlib import suppress

from bot.domain.errors import TryLaterError
from bot.domain.jobs import Attempt, JobKind
from bot.services.fault_log import log_fault
from bot.services.ports import EscalationPoster
from bot.storage.channel_moves import ChannelStore
from bot.storage.jobs import JobStore
from bot.timings import Timings


class ChannelCheck:
    """Checks the channels for cards and operators when one of them may be lost, until all work.

    `needed`: names of settings by the channel id in them.
    """

    def __init__(
        self,
        channels: ChannelStore,
        jobs: JobStore,
        poster: EscalationPoster,
        needed: Mapping[str, str],
        timings: Timings,
    ) -> None:
        self._channels = channels
        self._jobs = jobs
        self._poster = poster
        self._needed = needed
        self._timings = timings

    async def suspect(self, channel: str) -> None:
        """Enqueue a check if the channel that something happened to is one of the needed ones."""
        moves = await self._channels.moves()
        if channel in {moves.get(needed, needed) for needed in self._needed}:
            await self._jobs.enqueue(JobKind.CHECK_CHANNELS, 0)

    async def moved(self, old: str, new: str) -> None:
        """Store that a channel has a new id, post under that, and alert the operators."""
        await self._channels.move(old, new)
        await self.follow()
        if old in self._needed:
            await self._jobs.enqueue(JobKind.ALERT_CHANNEL_MOVED, 0)

    async def follow(self) -> Mapping[str, str]:
        """Post under the new ids of channels, which another instance may have stored.

        Returns the new ids by the old ones.
        """
        moves = await self._channels.moves()
        self._poster.follow(moves)
        return moves

    async def check(self, _: int, _attempt: Attempt) -> None:
        """The job: alert the operators once a day, until the bot can post in all channels."""
        await self.follow()
        if lost := await self._poster.lost_channels():
            raise TryLaterError("; ".join(lost), self._timings.refused_retry, alert=True)

    async def name_moved(self, _: int, _attempt: Attempt) -> None:
        """The job: alert the operators once a day, until the settings name the new ids."""
        moves = await self.follow()
        if old := [channel for channel in self._needed if channel in moves]:
            lines = [
                f"{self._needed[channel]}: the channel {channel} is {moves[channel]} now"
                for channel in old
            ]
            raise TryLaterError(
                f"{'; '.join(lines)}; set that, and restart the bot",
                self._timings.refused_retry,
                alert=True,
            )


class ChannelWatch:
    """Checks every `seconds` whether another instance has stored a new id of a channel."""

    def __init__(self, channels: ChannelCheck, seconds: float) -> None:
        self._channels = channels
        self._seconds = seconds

    async def run(self, stop: asyncio.Event) -> None:
        """Check until `stop` is set."""
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), self._seconds)
            if not stop.is_set():
                try:
                    await self._channels.follow()
                except Exception as error:  # noqa: BLE001 - the database may be away for a moment
                    log_fault(error, "looking for moved channels")
