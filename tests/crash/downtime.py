"""An hour of Slack's clock in which every process is down, and people go on."""

from __future__ import annotations

import asyncio

from bot.slack.views import wording
from slack_sandbox import Message
from tests.crash.balance import Balance
from tests.crash.pastes import CHATTER, ERRORS, Missed, Paste, articles_in
from tests.crash.world import World
from tests.slack_harness import words_of

HOUR = 3_600.0
BEFORE = ("edit", "take away", "delete", "stay")
"""What happens in that hour to messages from before it, which have an answer."""
MEANWHILE = ("stay", "mention", "edit", "delete", "help", "echo", "chatter", "stay")
"""What happens to messages of that hour. To help is to answer them, as a person."""
ROUNDS = 3
PATIENCE_SECONDS = 60.0


async def an_hour_away(world: World) -> None:
    """Kill every process; start them after an hour in which Slack has delivered nothing."""
    shop, events = world.shop, world.ws.events
    events.seconds_behind = HOUR
    known = [await _pasted(world) for _ in BEFORE]
    for paste in known:
        await world.ws.until(lambda: shop.posted(paste, "reply"), PATIENCE_SECONDS)  # noqa: B023
    await asyncio.gather(*(bot.kill() for bot in world.bots))
    events.hold()
    world.missed = [Missed(paste, is_new=False) for paste in known]
    for paste, fate in zip(known, BEFORE, strict=True):
        await shop.changed(paste, fate)
    for number in range(1, ROUNDS * len(MEANWHILE) + 1):
        events.seconds_behind = HOUR * (1 - number / (ROUNDS * len(MEANWHILE) + 1))
        world.missed.append(await _happened(world, MEANWHILE[number % len(MEANWHILE)]))
    events.seconds_behind = 0.0
    events.give_up()
    for bot in world.bots:
        await bot.start()
    for bot in world.bots:
        await bot.listening()
    await _caught_up(world)


async def _pasted(world: World, fate: str = "") -> Paste:
    shop = world.shop
    channel, text = shop.chance.choice(shop.channels), shop.chance.choice([*ERRORS])
    paste = Paste(shop.somebody(channel), channel, CHATTER if fate == "chatter" else text)
    posted = f"<@{world.ws.bot_user_id}> {paste.text}" if fate == "mention" else paste.text
    paste.ts = await world.ws.say(paste.person, channel, posted)
    return paste


async def _happened(world: World, fate: str) -> Missed:
    """Let somebody write something, and somebody do something with it."""
    shop, paste = world.shop, await _pasted(world, fate)
    if fate in {"help", "echo"}:
        person = paste.person if fate == "echo" else shop.somebody(paste.channel)
        text = paste.text if fate == "echo" else "approve it"
        await world.ws.say(person, paste.channel, text, thread_ts=paste.ts)
    await shop.changed(paste, fate)
    return Missed(paste, is_new=True, helped=fate == "help")


async def _caught_up(world: World) -> None:
    """Wait until everything has come; what has not is counted at the end."""

    def done() -> bool:
        return not recovered(world).wrong

    try:
        await world.ws.until(done, PATIENCE_SECONDS)
    except TimeoutError:
        world.late += [f"late after a downtime: {wrong}" for wrong in recovered(world).wrong]


def _replies(world: World, missed: Missed) -> list[Message]:
    return world.shop.posted(missed.paste, "reply")


def recovered(world: World) -> Balance:
    """Each message has one reply, which fits what it says now, and says that it is late."""
    made = Balance()
    for one in world.missed:
        found, paste = _replies(world, one), one.paste
        may_be = min(len(found), 1) if paste.edits and not paste.articles else one.expected
        made.book(f"reply to {paste.ts} of the downtime", len(found), may_be)
        for reply in found:
            fits = articles_in(reply) == paste.articles
            is_late = wording.LATE in words_of(reply) or not one.is_new
            made.book(f"late answer as {paste.ts} is now", int(fits and is_late))
    return made
