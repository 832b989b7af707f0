"""Posting under a card that may be missing."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.domain.errors import GaveUpError, TryLaterError
from bot.storage.escalations import EscalationStore
from bot.timings import Timings

DELETED = "thread_not_found"


@asynccontextmanager
async def posting_under_card(
    escalation_id: int, escalations: EscalationStore, timings: Timings
) -> AsyncIterator[None]:
    """Turn a final failure into a retry, and publish the escalation, which posts a lost card again.

    Raises:
        TryLaterError: the card was deleted, or its channel is archived or was left by the bot.
    """
    try:
        yield
    except GaveUpError as error:
        await escalations.publish(escalation_id)
        if error.code == DELETED:
            raise TryLaterError(error.reason, timings.card_retry) from None
        raise TryLaterError(error.reason, timings.refused_retry, alert=True) from None
