"""The load: people who paste errors, edit and delete them, escalate, and claim escalations.

Nobody stops before Slack's client shows success: after a failure they press again, as people do.
"""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from functools import partial

from bot.slack.views import ids, modals
from slack_sandbox import Message, SlackSandbox
from tests.crash.cases import Asked, key_of
from tests.crash.client import Client, elements
from tests.crash.openings import Opened, open_causes
from tests.crash.pastes import CHATTER, ERRORS, FILED, Paste, Private, private_replies
from tests.crash.threads import Threads
from tests.slack_harness import AUTHORISED

IN_FILE = 0.25
FATES = {
    "escalate": 0.25,
    "edit": 0.15,
    "edit soon": 0.1,
    "take away": 0.15,
    "delete": 0.1,
    "delete soon": 0.1,
    "echo": 0.05,
    "open": 0.15,
    "stay": 0.1,
}
"""What happens to messages, and how often: after the answer, or soon after they were posted."""
SOON_SECONDS = 0.5
EVERY_SECONDS = 0.14
IN_FORM = 0.06
PRIVATE_ESCALATED = 0.5
PATIENCE_SECONDS = 400.0
"""Seconds for which somebody keeps trying: on a busy machine processes die before they answer."""
PEOPLE_LOOK = (0.2, 3.0)
"""Seconds until a responder looks at a card; some have had a reminder by then."""


@dataclass
class Shop:
    ws: SlackSandbox
    channels: list[str]
    cards: str
    responders: list[str]
    chance: random.Random
    patience: float = PATIENCE_SECONDS
    """Seconds for which people keep trying."""
    pastes: list[Paste] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    private: list[Private] = field(default_factory=list)
    opened: list[Opened] = field(default_factory=list)
    in_vain: list[str] = field(default_factory=list)
    """What people did not get, although they kept trying."""
    unanswered: list[Asked] = field(default_factory=list)
    """Escalations whose form was sent, but its sender gave up before Slack showed success."""

    def __post_init__(self) -> None:
        self.client = Client(self.ws, self.chance)
        self.threads = Threads(self.client, self.cards, self.responders, self.chance, self._send)
        self._errands: set[asyncio.Task[None]] = set()

    async def open(self, over: asyncio.Event) -> None:
        """Paste until it is over."""
        while not over.is_set():
            if self.chance.random() < IN_FORM:
                self._send(self._ask_privately(), "pasting into the form")
            else:
                await self.paste()
            await asyncio.sleep(self.chance.uniform(0.5, 1.5) * EVERY_SECONDS)

    async def paste(self) -> None:
        """Post as somebody new: mostly an error, at times with a mention, at times delivered twice.

        Somebody new, because the same person does not get the same answer in full again.
        """
        paste, dice = self._made(), self.chance.random()
        text = (
            f"<@{self.ws.bot_user_id}> {paste.text}"
            if 0.1 <= dice < 0.25 and paste.articles
            else paste.text
        )
        if 0.2 <= dice < 0.3:
            self.ws.events.duplicate_next(same_id=dice < 0.25)
        files = (
            [{"name": "till.txt", "content": paste.filed, "mode": "snippet"}] if paste.filed else []
        )
        paste.ts = await self.ws.say(
            paste.person, paste.channel, text, in_background=True, files=files
        )
        self.pastes.append(paste)
        (fate,) = self.chance.choices(list(FATES), list(FATES.values()))
        if fate != "stay" and (paste.articles or fate.startswith("edit")):
            self._send(self._befall(paste, fate), f"{fate}: {paste.ts}")

    def _made(self) -> Paste:
        channel, errors = self.chance.choice(self.channels), list(ERRORS)
        person = self.somebody(channel)
        text = CHATTER if self.chance.random() < 0.2 else self.chance.choice(errors)
        if self.chance.random() > IN_FILE:
            return Paste(person, channel, text)
        return Paste(person, channel, "the till wrote this", filed=self.chance.choice(FILED))

    def somebody(self, channel: str) -> str:
        person = self.ws.add_user("Somebody")
        self.ws.directory.join(channel, person)
        return person

    async def _befall(self, paste: Paste, fate: str) -> None:
        if fate.endswith("soon"):
            await asyncio.sleep(self.chance.uniform(0.0, SOON_SECONDS))
        elif paste.articles:
            await self._answered(paste)
        match fate:
            case "escalate":
                await self._escalate(paste)
                fate = self.chance.choice(
                    ["edit", "delete", "stay"]
                )  # the card is updated, and the reply remains
            case "open":
                await self._open(paste)
                fate = self.chance.choice(["escalate", "edit", "delete", "stay", "stay"])
                if fate == "escalate":
                    await self._escalate(paste)
            case "echo":
                somebody = self.somebody(paste.channel)
                await self.ws.say(
                    somebody, paste.channel, paste.text, in_background=True, thread_ts=paste.ts
                )
        await self.changed(paste, fate)

    async def changed(self, paste: Paste, fate: str) -> None:
        """Edit the message to another error or to none, without its file; or delete it."""
        if fate.startswith("edit"):
            others = [text for text, article in ERRORS.items() if article not in paste.articles]
            paste.text, paste.edits = self.chance.choice(others), paste.edits + 1
            await self.ws.edit(paste.person, paste.channel, paste.ts, paste.text)
        elif fate == "take away":
            files = {str(file["id"]) for file in self.ws.message(paste.channel, paste.ts).files}
            paste.text, paste.filed, paste.edits = CHATTER, "", paste.edits + 1
            await self.ws.edit(paste.person, paste.channel, paste.ts, CHATTER, without_files=files)
        elif fate.startswith("delete"):
            paste.gone = True
            await self.ws.delete(paste.person, paste.channel, paste.ts)

    def _send(self, errand: Coroutine[None, None, None], what: str) -> None:
        self._errands.add(asyncio.create_task(self._patiently(errand, what)))

    async def _patiently(self, errand: Coroutine[None, None, None], what: str) -> None:
        try:
            async with asyncio.timeout(self.patience):
                await errand
        except TimeoutError:
            trouble = next(
                (f"{t.kind} {t.detail}" for t in reversed(self.ws.client_errors)), "nothing"
            )
            self.in_vain.append(
                f"{what} was tried in vain; the last trouble shown to anybody: {trouble}"
            )

    def close(self) -> None:
        """Claim the escalations that are left, and write a last message in the others."""
        for asked in self.asked:
            if asked.claimed_at is None:
                self._send(self.claim(asked), f"claiming {asked.token}")
            else:
                self._send(self.threads.finish(asked), f"the last message of {asked.token}")

    async def errands(self) -> None:
        """Wait until everybody has succeeded."""
        while waiting := [task for task in self._errands if not task.done()]:
            await asyncio.gather(*waiting)
        for task in self._errands:
            task.result()

    def posted(self, paste: Paste, kind: str) -> list[Message]:
        """Returns the bot's posts of a kind in a paste's thread."""
        return [
            m for m in self.ws.thread(paste.channel, paste.ts) if key_of(m).startswith(f"{kind}-")
        ]

    async def _answered(self, paste: Paste) -> list[Message]:
        """Escalate at once, often before the bot knows that its reply was posted."""
        return await self.ws.until(lambda: self.posted(paste, "reply"), self.patience)

    async def _escalate(self, paste: Paste) -> None:
        replies, person = await self._answered(paste), self.somebody(paste.channel)
        ts, token = replies[0].ts, key_of(replies[0]).removeprefix("reply-")
        await self._ask(paste, person, lambda: self.ws.message(paste.channel, ts), token)

    async def _open(self, paste: Paste) -> None:
        """Open causes of the reply."""
        (reply, *_), person = await self._answered(paste), self.somebody(paste.channel)
        opened = Opened(key_of(reply).removeprefix("reply-"), paste, person)
        self.opened.append(opened)
        now = partial(self.ws.message, paste.channel, reply.ts)
        await open_causes(self.client, opened, now, self.chance)

    async def _ask(
        self, paste: Paste, person: str, reply: Callable[[], Message], token: str
    ) -> None:
        await self.client.opened(person, reply, ids.ACTION_ESCALATE)
        asked = Asked(token, paste, time.time(), person, is_private=not paste.ts)
        self.unanswered.append(asked)
        await self.client.submit(person, {"store": "Ponsonby"})
        asked.at = time.time()
        self._accept(asked)
        if self.chance.random() < 0.5:
            self._send(self._claim_later(asked), f"claiming {asked.token}")

    def _accept(self, asked: Asked) -> None:
        self.unanswered.remove(asked)
        self.asked.append(asked)
        asked.paste.called = True

    def look_again(self) -> None:
        """Let those who gave up look whether support has got their escalation all the same.

        Nobody else asked for it: what they wanted once is not doubled if it is there once.
        """
        for asked in [one for one in self.unanswered if self.threads.card(one)]:
            self._accept(asked)

    async def _ask_privately(self) -> None:
        """Paste into the form of the command, and at times escalate the reply."""
        channel = self.chance.choice(self.channels)
        person, (text, number) = self.somebody(channel), self.threads.words()
        paste = Paste(person, channel, f"{AUTHORISED}\n{text}")
        await self.client.typed(person, channel, ids.COMMAND)
        await self.client.submit(person, {modals.PASTE_FIELD: paste.text})
        self.private.append(Private(person, number))
        if self.chance.random() < PRIVATE_ESCALATED:
            reply, *_ = await self.ws.until(lambda: private_replies(self.ws, person), self.patience)
            buttons = {element.get("action_id"): element for element in elements(reply)}
            token = str(buttons[ids.ACTION_ESCALATE]["value"])
            await self._ask(paste, person, lambda: reply, token)

    async def _claim_later(self, asked: Asked) -> None:
        await asyncio.sleep(self.chance.uniform(*PEOPLE_LOOK))
        await self.claim(asked)
        asked.in_storm = True
        await self.threads.live(asked)

    async def claim(self, asked: Asked) -> None:
        """Press Claim until the client shows no failure."""
        person = self.chance.choice(self.responders)
        await self.client.press(person, lambda: self.threads.card(asked), ids.ACTION_CLAIM)
        asked.claimed_at = asked.claimed_at or time.time()
