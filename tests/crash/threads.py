"""People in the two threads of an escalation: they write, correct, delete, answer and close it."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections.abc import Callable, Coroutine

from bot.domain.escalations import Verb
from bot.slack.views import ids
from slack_sandbox import Message, SlackSandbox
from tests.crash.cases import WORDS, Asked, Kind, Line, key_of
from tests.crash.client import Client, offers, says

KINDS = {Kind.SHOP: 0.35, Kind.SUPPORT: 0.15, Kind.SENT: 0.2, Kind.TYPED: 0.15, Kind.INTERNAL: 0.15}
FATES = {"stay": 0.5, "edit": 0.2, "edit back": 0.1, "delete": 0.2}
ENDS = {"stay": 0.5, "again": 0.3, "closed": 0.2}
"""Whether it is closed, and opened and claimed again."""
MOST_LINES = 4
SOON_SECONDS = 0.6
SILENT = 0.3
"""The share of escalations that support does not answer."""
WITH_FILE = 0.25
PDF = b"%PDF-1.7"
TWICE = 0.15
"""The share of messages of which Slack delivers the event twice."""
Send = Callable[[Coroutine[None, None, None], str], None]


class Threads:
    """The two threads of each escalation. `send` starts an errand that somebody does meanwhile."""

    def __init__(
        self,
        client: Client,
        cards: str,
        responders: list[str],
        chance: random.Random,
        send: Send,
    ) -> None:
        self._client = client
        self._ws: SlackSandbox = client.ws
        self._cards = cards
        self._responders = responders
        self._chance = chance
        self._send = send
        self._numbers = itertools.count(1)

    def words(self) -> tuple[str, str]:
        """Returns a text that nobody has written yet, and its number."""
        number = str(next(self._numbers))
        return WORDS.format(number=number), number

    async def live(self, asked: Asked) -> None:
        """Do some of what people do after a claim."""
        await self.found(asked)
        kinds = [Kind.SHOP, Kind.INTERNAL] if self._chance.random() < SILENT else [*KINDS]
        weights = [KINDS[kind] for kind in kinds]
        for kind in self._chance.choices(kinds, weights, k=self._chance.randint(1, MOST_LINES)):
            await self._write(asked, kind)
        (end,) = self._chance.choices([*ENDS], [*ENDS.values()])
        if end != "stay":
            await self._close(asked)
        if end == "again":
            await self._open_again(asked)
            await self._write(asked, Kind.SHOP)

    async def finish(self, asked: Asked) -> None:
        """Write a last message of the shop, whatever happened before; nobody answers it."""
        await self.found(asked)
        asked.last = await self._write(asked, Kind.SHOP, fate="stay")

    async def found(self, asked: Asked) -> None:
        """Look until card and note are there."""
        await self._client.until(lambda: self.card(asked) and self.note(asked))
        note = self.note(asked)
        if asked.is_private and note is not None:
            asked.thread = (note.channel, note.ts)

    def card(self, asked: Asked) -> Message | None:
        return self._posted(self._ws.messages(self._cards), f"card-{asked.token}")

    def note(self, asked: Asked) -> Message | None:
        if asked.is_private:
            channel = self._ws.open_im(asked.requester)
            return self._posted(self._ws.messages(channel), f"note-{asked.token}")
        thread = self._ws.thread(asked.paste.channel, asked.paste.ts)
        return self._posted(thread, f"note-{asked.token}")

    def _claimed(self, asked: Asked) -> Message | None:
        """Returns the note once it shows the claim: a button of an older one has no effect."""
        note = self.note(asked)
        return note if note is not None and says(note, Verb.CLAIM) else None

    def _posted(self, messages: list[Message], key: str) -> Message | None:
        return next((message for message in messages if key_of(message) == key), None)

    async def _write(self, asked: Asked, kind: Kind, fate: str = "") -> Line:
        text, number = self.words()
        if asked.is_private and kind is Kind.SUPPORT:
            kind = Kind.SHOP  # nobody else is in a direct message
        line = Line(kind, self._author(asked, kind), [number])
        asked.lines.append(line)
        if kind is Kind.TYPED:
            await self._type(asked, line, text)
            return line
        channel, thread = self._where(asked, kind)
        if self._chance.random() < TWICE:
            self._ws.events.duplicate_next(same_id=self._chance.random() < 0.5)
        line.channel, line.has_file = channel, self._chance.random() < WITH_FILE
        files = [{"name": line.file, "content": PDF}] if line.has_file else []
        line.ts = await self._ws.say(
            line.person, channel, text, in_background=True, thread_ts=thread, files=files
        )
        if kind is Kind.SENT:
            await self._client.send(line.person, channel, line.ts)
        (drawn,) = self._chance.choices([*FATES], [*FATES.values()])
        self._send(self._befall(line, fate or drawn), f"{line}: {fate or drawn}")
        return line

    def _author(self, asked: Asked, kind: Kind) -> str:
        if kind is Kind.SHOP:
            return asked.requester
        person = self._chance.choice(self._responders)
        if kind is Kind.SUPPORT:
            self._ws.directory.join(asked.paste.channel, person)
        return person

    def _where(self, asked: Asked, kind: Kind) -> tuple[str, str]:
        card, note = self.card(asked), self.note(asked)
        if kind in {Kind.SENT, Kind.INTERNAL}:
            return self._cards, card.ts if card else ""
        if asked.is_private:
            return asked.thread[0], note.ts if note else ""
        return asked.paste.channel, asked.paste.ts

    async def _type(self, asked: Asked, line: Line, text: str) -> None:
        """Type an answer into the card's box; once it is empty, it was sent."""
        await self._client.until(lambda: _box(self.card(asked)) not in {"", *asked.boxes})
        box = _box(self.card(asked))
        asked.boxes.append(box)

        def card() -> Message | None:
            found = self.card(asked)
            return found if _box(found) == box else None

        await self._client.press(line.person, card, ids.ACTION_SEND_TYPED, typed={box: text})

    async def _befall(self, line: Line, fate: str) -> None:
        await asyncio.sleep(self._chance.uniform(0.0, SOON_SECONDS))
        if fate == "delete":
            line.gone = True
            await self._ws.delete(line.person, line.channel, line.ts)
        elif fate.startswith("edit"):
            text, number = self.words()
            texts = [(text, number)]
            if fate == "edit back":
                texts.append((WORDS.format(number=line.now), line.now))
            for text, number in texts:
                line.numbers.append(number)
                await self._ws.edit(line.person, line.channel, line.ts, text)

    async def _close(self, asked: Asked) -> None:
        if self._chance.random() < 0.7:
            person = self._chance.choice(self._responders)
            await self._client.resolve(person, lambda: self.card(asked))
            asked.steps.append(Verb.RESOLVE)
        else:
            await self._client.press(
                asked.requester, lambda: self._claimed(asked), ids.ACTION_WITHDRAW
            )
            asked.steps.append(Verb.WITHDRAW)

    async def _open_again(self, asked: Asked) -> None:
        await self._client.press(asked.requester, lambda: self.note(asked), ids.ACTION_REOPEN)
        asked.steps.append(Verb.REOPEN)
        person = self._chance.choice(self._responders)
        await self._client.press(person, lambda: self.card(asked), ids.ACTION_CLAIM)
        asked.steps.append(Verb.CLAIM)


def _box(card: Message | None) -> str:
    """Returns the block id of a card's box; empty if it has none."""
    blocks = card.blocks if card is not None and offers(card, ids.ACTION_SEND_TYPED) else []
    return next((str(block["block_id"]) for block in blocks if block["type"] == "input"), "")
