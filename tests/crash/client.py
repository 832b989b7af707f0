"""People at Slack's client: they press until it shows no failure, and look until it shows more."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

from bot.domain.escalations import Verb
from bot.slack.views import ids, requester_wording, support_wording
from slack_sandbox import Message, Refused, SlackSandbox

LOOK_SECONDS = 0.1
MODAL_SECONDS = 2.0
AGAIN_SECONDS = (0.3, 1.0)
SENT = {support_wording.SENT, support_wording.SENT_ALREADY}


class Client:
    """Everybody's client. `pressed_again`: how often people pressed again after a failure."""

    def __init__(self, ws: SlackSandbox, chance: random.Random) -> None:
        self.ws = ws
        self.pressed_again = 0
        self._chance = chance
        self._busy: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def press(
        self, person: str, find: Callable[[], Message | None], action: str, **options: Any
    ) -> None:
        """Press a button of a message as soon as it has that button, and again after a failure."""
        await self.until(lambda: offers(find(), action))
        async with self._busy[person]:
            while not await self._pressed(person, find(), action, **options):
                await self._again()

    async def _pressed(
        self, person: str, message: Message | None, action: str, **options: Any
    ) -> bool:
        seen = self._troubles(person)
        try:
            await self.ws.click(person, message or _gone(), action, **options)
        except Refused:
            return True  # the button is gone: an earlier press had an effect, though its answer was lost
        return self._troubles(person) == seen

    async def opened(self, person: str, find: Callable[[], Message | None], action: str) -> None:
        """Press a button until its form is open."""
        await self.until(lambda: offers(find(), action))
        while self.ws.modal(person) is None:
            await self.ws.click(person, find() or _gone(), action)
            await self.look(lambda: self.ws.modal(person) is not None, MODAL_SECONDS)

    async def typed(self, person: str, channel: str, command: str) -> None:
        """Type a command until its form is open."""
        while self.ws.modal(person) is None:
            await self.ws.command(person, channel, command)
            await self.look(lambda: self.ws.modal(person) is not None, MODAL_SECONDS)

    async def submit(self, person: str, answers: dict[str, str]) -> None:
        """Press submit until the client shows no failure, ours or its own; close what it shows."""
        while not await self._submitted(person, answers):
            await self._again()
        while self.ws.modal(person) is not None:
            await self.ws.close_modal(person)

    async def _submitted(self, person: str, answers: dict[str, str]) -> bool:
        if await self.ws.submit(person, answers):
            return False
        shown = self.ws.modal(person)
        if shown is not None and shown.callback_id == "fault":
            await self.ws.close_modal(person)
            return False
        return True

    async def resolve(self, person: str, find: Callable[[], Message | None]) -> None:
        """Fill in the form of *Resolve*."""
        await self.until(lambda: offers(find(), ids.ACTION_RESOLVE))
        async with self._busy[person]:
            await self.opened(person, find, ids.ACTION_RESOLVE)
            await self.submit(person, {})

    async def send(self, person: str, channel: str, ts: str) -> None:
        """Choose *Send to requester* until the client says that it is under way.

        The bot asks whether files may go out, if it cannot find out who reads along.
        """
        async with self._busy[person]:
            seen = self._confirmed(person)
            while self._confirmed(person) == seen:
                await self.ws.shortcut(person, channel, ts, ids.SHORTCUT_SEND)
                await self.look(
                    lambda: self._confirmed(person) > seen or self.ws.modal(person), MODAL_SECONDS
                )
                if self.ws.modal(person) is not None:
                    await self.submit(person, {})

    def _confirmed(self, person: str) -> int:
        return sum(message.text in SENT for message in self.ws.ephemerals(person))

    def _troubles(self, person: str) -> int:
        return sum(trouble.user == person for trouble in self.ws.client_errors)

    async def _again(self) -> None:
        self.pressed_again += 1
        await asyncio.sleep(self._chance.uniform(*AGAIN_SECONDS))

    async def look(self, condition: Callable[[], object], seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not condition():
            await asyncio.sleep(LOOK_SECONDS)

    async def until(self, condition: Callable[[], object]) -> None:
        """Look again and again; the errand that this belongs to has a time limit."""
        while not condition():
            await asyncio.sleep(LOOK_SECONDS)


def offers(message: Message | None, action: str) -> bool:
    """Whether a message has this button."""
    return message is not None and any(
        element.get("action_id") == action for element in elements(message)
    )


def says(note: Message, step: Verb) -> bool:
    """Whether a requester's note shows this step."""
    return note.text.startswith(requester_wording.NOTES[step].partition(" ")[0])


def elements(message: Message) -> Iterable[dict[str, Any]]:
    return (element for block in message.blocks for element in block.get("elements", []))


def _gone() -> Message:
    raise Refused("the message is gone")
