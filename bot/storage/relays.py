"""The store of relays: messages copied between the requester's thread and the card's thread."""

import json
from collections.abc import Sequence
from dataclasses import replace
from math import inf
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.escalations import Step
from bot.domain.jobs import JobKind
from bot.domain.relays import NEWS, Relay, RelayKind, ThreadMessage
from bot.domain.uploads import Upload
from bot.storage.dialect import change, insert_once, rows_of
from bot.storage.escalation_history import add_change
from bot.storage.job_rows import enqueue
from bot.storage.relay_queries import of_report, of_thread
from bot.storage.relay_rows import relay_of, uploads_json
from bot.storage.tables import escalations, relays
from bot.storage.transactions import transaction


class RelayStore:
    """The relays of one workspace.

    `outlets`: `SYNC_TICKET` if enabled; enqueued when a copy was posted, updated or deleted.
    """

    def __init__(self, engine: AsyncEngine, team: str, outlets: Sequence[JobKind] = ()) -> None:
        self._outlets = outlets
        self._engine = engine
        self._team = team
        self._is_ours = relays.c.team == team

    async def insert(
        self, escalation_id: int, kind: RelayKind, message: ThreadMessage, *, held: bool = False
    ) -> bool:
        """Store a message and enqueue its copy; False if it is stored already.

        `held`: the copy waits for `release`.
        """
        values = {
            "team": self._team,
            "escalation_id": escalation_id,
            "kind": kind.value,
            "channel": message.channel,
            "ts": message.ts,
            "sender": message.sender,
            "text": message.text,
            "files": json.dumps(message.files),
            "edited": message.edited,
            "author": message.author,
            "deleted": message.deleted,
            "sent": False,
            "held": held,
        }
        async with transaction(self._engine) as connection:
            made = await insert_once(connection, relays, values)
            if made is not None and not message.deleted and not held:
                await enqueue(connection, self._team, JobKind.RELAY_MESSAGE, made)
            if made is not None and kind is RelayKind.BOX:
                # the card shows an empty box next
                await enqueue(connection, self._team, JobKind.PUBLISH_ESCALATION, escalation_id)
        return made is not None

    async def escalation_of_thread(
        self, channel: str, thread: str, *, before: str = "", note_for: str | None = None
    ) -> int | None:
        """Returns the id of the escalation whose requester's thread this is, or None.

        An open one before a closed one, the newest first. `before`: the ts of a message; the
        escalation must be older. `note_for`: the requester, if the thread may be that of a note
        whose position is not stored yet: else an open escalation of theirs without a note counts.
        """
        values = {
            "of_team": self._team,
            "of_channel": channel,
            "thread": thread,
            "before": float(before or inf),
            "note_for": note_for,
        }
        rows = await rows_of(self._engine, of_thread(), values)
        return rows[0].id if rows else None

    async def escalation_of_report(self, channel: str, ts: str) -> int | None:
        """Returns the id of the escalation of a message, or None."""
        rows = await rows_of(self._engine, of_report(self._team, channel, ts))
        return rows[0].id if rows else None

    async def edit(self, message: ThreadMessage) -> bool:
        """Store a later text and later files of a message.

        Returns False if it is not stored, or has later ones.
        """
        later = and_(
            self._is_original(message.channel, message.ts),
            relays.c.deleted.is_(False),
            relays.c.edited < message.edited,
        )
        now = {"text": message.text, "files": json.dumps(message.files)}
        changed = or_(relays.c.text != now["text"], relays.c.files != now["files"])
        # what has not changed is stored too: an earlier edit may still come
        revision = relays.c.revision + case((changed, 1), else_=0)
        return await self._update_copies(later, **now, edited=message.edited, revision=revision)

    async def delete(self, channel: str, ts: str) -> bool:
        """Store that a message was deleted, without its text; False if it is not stored."""
        gone = and_(self._is_original(channel, ts), relays.c.deleted.is_(False))
        return await self._update_copies(
            gone, text="", deleted=True, revision=relays.c.revision + 1
        )

    async def _update_copies(self, where: ColumnElement[bool], **values: Any) -> bool:
        """Change relays and enqueue their copies; False if there are none."""
        changed = update(relays).where(where).values(**values).returning(relays.c.id)
        async with transaction(self._engine) as connection:
            found = [row.id for row in await connection.execute(changed)]
            for relay_id in found:
                await enqueue(connection, self._team, JobKind.RELAY_MESSAGE, relay_id)
        return bool(found)

    async def is_held(self, channel: str, ts: str) -> bool:
        """Whether a message's copy waits for `release`."""
        found = select(relays.c.id).where(self._is_waiting(channel, ts))
        return bool(await rows_of(self._engine, found))

    async def release(self, channel: str, ts: str) -> bool:
        """Enqueue a message's copy that was held; False if it is held no longer."""
        return await self._update_copies(self._is_waiting(channel, ts), held=False)

    def _is_waiting(self, channel: str, ts: str) -> ColumnElement[bool]:
        is_held = and_(relays.c.held.is_(True), relays.c.deleted.is_(False))
        return and_(self._is_original(channel, ts), is_held)

    async def add_upload(self, relay: Relay, upload: Upload) -> Relay:
        """Store what became of a file, before the copy is posted. Returns the relay as stored.

        Another attempt may have stored the same file since `relay` was read: that counts.
        """
        added = (
            update(relays)
            .where(
                self._is_ours,
                relays.c.id == relay.id,
                relays.c.uploads == uploads_json(relay.uploads),
            )
            .values(uploads=uploads_json((*relay.uploads, upload)))
        )
        await change(self._engine, added)
        stored = await self.get(relay.id)
        return replace(relay, uploads=stored.uploads)

    def _is_original(self, channel: str, ts: str) -> ColumnElement[bool]:
        return and_(self._is_ours, relays.c.channel == channel, relays.c.ts == ts)

    async def get(self, relay_id: int) -> Relay:
        """Returns a relay. Raises KeyError if there is none."""
        found = select(relays).where(self._is_ours, relays.c.id == relay_id)
        rows = await rows_of(self._engine, found)
        if not rows:
            raise KeyError(relay_id)
        return relay_of(rows[0])

    async def count(self, escalation_id: int, kind: RelayKind) -> int:
        """Returns how many relays of one kind an escalation has."""
        found = select(func.count()).where(
            self._is_ours, relays.c.escalation_id == escalation_id, relays.c.kind == kind.value
        )
        ((number,),) = await rows_of(self._engine, found)
        return int(number)

    async def keys_of(self, escalation_id: int, kind: RelayKind) -> frozenset[str]:
        """Returns the `ts` of an escalation's relays of one kind."""
        found = select(relays.c.ts).where(
            self._is_ours, relays.c.escalation_id == escalation_id, relays.c.kind == kind.value
        )
        return frozenset(row.ts for row in await rows_of(self._engine, found))

    async def unmentioned(self, escalation_id: int) -> Sequence[Relay]:
        """Returns the requester's messages that no mention covers, in the order of their copies.

        Those deleted since are among them: a mention may have been posted before.
        """
        found = (
            select(relays)
            .where(
                self._is_ours,
                relays.c.escalation_id == escalation_id,
                relays.c.kind.in_([kind.value for kind in NEWS]),
                relays.c.sent.is_(True),
                relays.c.change > self._mentioned_change(escalation_id),
            )
            .order_by(relays.c.change)
        )
        return [relay_of(row) for row in await rows_of(self._engine, found)]

    def _mentioned_change(self, escalation_id: int) -> ColumnElement[int]:
        """The history line of the last message that a mention covers; 0 if there is none.

        Ids are in another order: the copy of an earlier message may be posted later.
        """
        last, whose = relays.alias(), escalations.alias()
        found = (
            select(last.c.change)
            .join(whose, whose.c.mentioned == last.c.id)
            .where(whose.c.team == self._team, whose.c.id == escalation_id)
        )
        return func.coalesce(found.scalar_subquery(), 0)

    async def mark_sent(self, relay: Relay, copy: tuple[str, str]) -> None:
        """Store that the copy of a relay was posted, once, with its line of history."""
        first = (
            update(relays)
            .where(self._is_ours, relays.c.id == relay.id, relays.c.sent.is_(False))
            .values(
                sent=True,
                kind=relay.kind.value,
                copy_channel=copy[0],
                copy_ts=copy[1],
                copy_revision=relay.revision,
            )
        )
        async with transaction(self._engine) as connection:
            if not (await connection.execute(first)).rowcount:
                return
            if relay.kind.verb is None:
                return
            step = Step(relay.kind.verb, relay.sender)
            number = await add_change(connection, self._team, relay.escalation_id, step)
            await self._set_change(connection, relay.id, number)
            caused = [JobKind.PUBLISH_ESCALATION, *self._outlets]
            if relay.kind.is_news:
                caused += JobKind.MENTION_CLAIMANT, JobKind.REMIND_CLAIM
            for kind in caused:
                await enqueue(connection, self._team, kind, relay.escalation_id)

    async def _set_change(self, connection: AsyncConnection, relay_id: int, number: int) -> None:
        numbered = update(relays).where(self._is_ours, relays.c.id == relay_id)
        await connection.execute(numbered.values(change=number))

    async def mark_shown(self, relay: Relay) -> None:
        """Store that the copy shows this revision of the relay."""
        shown = (
            update(relays)
            .where(
                self._is_ours,
                relays.c.id == relay.id,
                relays.c.copy_revision < relay.revision,
            )
            .values(copy_revision=relay.revision)
        )
        async with transaction(self._engine) as connection:
            if (await connection.execute(shown)).rowcount:
                for kind in self._outlets:
                    await enqueue(connection, self._team, kind, relay.escalation_id)

    async def mark_mentioned(self, relay: Relay) -> None:
        """Store that a mention covers the escalation's messages up to this one."""
        covered = (
            update(escalations)
            .where(
                escalations.c.team == self._team,
                escalations.c.id == relay.escalation_id,
                self._mentioned_change(relay.escalation_id) < (relay.change or 0),
            )
            .values(mentioned=relay.id)
        )
        await change(self._engine, covered)
