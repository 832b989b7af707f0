"""An escalation in Slack: what its requester and support see of it, and press."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.domain.escalations import Status
from slack_sandbox import Message
from tests.reading import shows, shows_status
from tests.slack_harness import AUTHORISED, Office


@dataclass
class Case:
    """Alice's escalation: her paste, and the card that Bob sees."""

    shop: Office
    ts: str

    @property
    def card(self) -> Message:
        return next(m for m in self.shop.ws.messages(self.shop.escalations) if not m.is_reply)

    @property
    def note(self) -> Message:
        return self.shop.replies_to(self.ts)[1]

    @property
    def under_the_card(self) -> list[Message]:
        """The messages in the card's thread."""
        thread = self.shop.ws.thread(self.shop.escalations, self.card.ts)
        return [message for message in thread if message.ts != self.card.ts]

    async def press(self, user: str, button: str, *, where: Message | None = None) -> None:
        await self.shop.ws.click(user, where or self.card, button)

    async def until_status(self, status: Status) -> None:
        """Wait until card and note show it."""
        await self.shop.ws.until(lambda: shows_status(self.card, status))
        await self.shop.ws.settled()

    async def tells(self, sentence: str, **parts: object) -> None:
        await self.shop.ws.until(lambda: shows(self.note, sentence, **parts))

    async def resolve(self, user: str, **answers: Any) -> None:
        await self.press(user, "resolve")
        await self.shop.modal(user)
        await self.shop.ws.submit(user, answers)


async def escalated(shop: Office) -> Case:
    ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
    await shop.escalate(shop.alice, await shop.reply_to(ts))
    await shop.card()
    await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
    return Case(shop, ts)
