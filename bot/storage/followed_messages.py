"""Queries of messages whose edits and deletions the bot follows, and of the threads it follows."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.escalations import CLOSED
from bot.domain.relays import RelayKind
from bot.storage.dialect import rows_of
from bot.storage.tables import escalations, interactions, relays

MAX_ESCALATIONS = 100
"""Escalations whose threads are read: those that changed last."""
_OF_MESSAGES = (RelayKind.MESSAGE.value, RelayKind.ANSWER.value)
"""Kinds of relays whose key is the ts of a message."""
_note_thread = func.coalesce(escalations.c.note_thread, escalations.c.note_ts)


class FollowedThread(NamedTuple):
    """The requester's thread of an escalation, or that of its card."""

    channel: str
    thread: str


class FollowedMessages:
    """What one workspace's bot has stored of messages and threads."""

    def __init__(self, engine: AsyncEngine, team: str) -> None:
        self._engine = engine
        self._team = team

    async def reported(self, channel: str, oldest: str) -> Mapping[str, str]:
        """Returns the ts of messages with a report since `oldest`, each with that of its thread.

        The thread of a message outside a thread is its own. Without those that were deleted.
        """
        thread = func.coalesce(interactions.c.thread_ts, interactions.c.message_ts)
        found = select(interactions.c.message_ts, thread).where(
            interactions.c.team == self._team,
            interactions.c.channel == channel,
            interactions.c.message_ts >= oldest,
            interactions.c.deleted.is_(False),
        )
        return {row[0]: row[1] for row in await rows_of(self._engine, found)}

    async def is_reported(self, channel: str, ts: str) -> bool:
        """Whether a message has a report of its own."""
        found = select(interactions.c.id).where(
            interactions.c.team == self._team,
            interactions.c.channel == channel,
            interactions.c.ts == ts,
        )
        return bool(await rows_of(self._engine, found))

    async def relayed(self, channel: str, thread: str, oldest: str) -> frozenset[str]:
        """Returns the ts of messages since `oldest` in an escalation's thread that have a copy."""
        found = (
            select(relays.c.ts)
            .join(escalations, escalations.c.id == relays.c.escalation_id)
            .where(
                relays.c.team == self._team,
                relays.c.channel == channel,
                relays.c.ts >= oldest,
                relays.c.deleted.is_(False),
                relays.c.kind.in_(_OF_MESSAGES),
                or_(
                    and_(escalations.c.note_channel == channel, _note_thread == thread),
                    and_(escalations.c.card_channel == channel, escalations.c.card_ts == thread),
                ),
            )
        )
        return frozenset(row.ts for row in await rows_of(self._engine, found))

    async def threads(self, oldest: float) -> Sequence[FollowedThread]:
        """Returns the threads of open escalations, and of those closed since `oldest`."""
        is_closed = escalations.c.status.in_([status.value for status in CLOSED])
        found = (
            select(
                *(escalations.c.note_channel, _note_thread),
                *(escalations.c.card_channel, escalations.c.card_ts),
            )
            .where(
                escalations.c.team == self._team,
                or_(~is_closed, escalations.c.changed_at >= oldest),
            )
            .order_by(escalations.c.changed_at.desc())
            .limit(MAX_ESCALATIONS)
        )
        rows = await rows_of(self._engine, found)
        pairs = [pair for row in rows for pair in (row[:2], row[2:])]
        return [FollowedThread(*pair) for pair in pairs if all(pair)]
