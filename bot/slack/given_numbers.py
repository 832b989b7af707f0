"""Numbers of escalations that were given before a database was restored from a backup."""

import asyncio
import logging
import re
import time
from contextlib import suppress

from bot.domain.errors import GaveUpError
from bot.services.fault_log import log_fault
from bot.slack.client.history import Entry, History, StoppedError
from bot.slack.client.messages import CLOCK_SECONDS
from bot.slack.client.web_client import SlackClient
from bot.slack.incoming.filters import ListenPolicy
from bot.slack.last_event_time import LastEventTime
from bot.slack.marks import mark_of
from bot.storage.escalations import EscalationStore
from bot.timings import Timings

log = logging.getLogger(__name__)

_NAME = re.compile(r"\bESC-(\d{1,9})\b")
"""In the text of a card, the name is before anything that people wrote."""


class GivenNumbers:
    """Keeps the numbers that cards show from being given again.

    A restored database does not know them, and two escalations would have one name.
    """

    def __init__(
        self,
        client: SlackClient,
        escalations: EscalationStore,
        policy: ListenPolicy,
        seen: LastEventTime,
        timings: Timings,
    ) -> None:
        self._client = client
        self._escalations = escalations
        self._policy = policy
        self._seen = seen
        self._timings = timings
        self._kept = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Give no number again that is on a card since the last event that was seen."""
        try:
            since = await self._seen.stored()
            if since is not None:
                # what the database lacks was posted after that
                await self._keep(History(self._client, self._timings, stop), since)
        except StoppedError:
            log.info("numbers of escalations: stopped before it was done; the next start does it")
        except Exception as error:  # noqa: BLE001 - the bot is to run all the same
            log_fault(error, "keeping numbers of escalations")
        finally:
            self._kept.set()

    async def kept(self) -> None:
        """Wait until that is done, but not for long."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._kept.wait(), self._timings.numbers_wait)

    async def _keep(self, history: History, since: float) -> None:
        until, given = time.time() + CLOCK_SECONDS, 0
        for channel in sorted(self._policy.escalation_channels):
            try:
                found = await history.channel(channel, since, until)
            except GaveUpError as error:
                log.warning("numbers of escalations: %s", error.reason)
            else:
                given = max(given, *map(self._number, found.entries), 0)
        if given and await self._escalations.raise_numbers(given):
            log.warning("numbers of escalations: the last one given is %s, by its card", given)

    def _number(self, entry: Entry) -> int:
        """Return the number on a card; 0 if the message is no card of ours."""
        is_ours = {entry.get("user"), entry.get("bot_id")} & self._policy.own
        if not is_ours or mark_of(entry).kind != "card":
            return 0
        found = _NAME.search(str(entry.get("text")))
        return int(found[1]) if found else 0
