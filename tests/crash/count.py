"""Counts of what people see in the end: messages by their keys, e-mails, tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from bot.domain.attachments import ReadOutcome
from bot.domain.escalations import Verb
from bot.slack.views import file_wording, ids, requester_wording
from slack_sandbox import Exchange, Message, SlackSandbox
from tests.crash import times
from tests.crash.pastes import ERRORS, Paste, articles_in
from tests.crash.shop import Asked, key_of
from tests.crash.world import RUNGS, World
from tests.slack_harness import words_of

TOKEN_LENGTH = 16
SLACKS_RETRIES = 3
LATE_SECONDS = 30.0
"""Seconds. A reminder may be this late while processes die; after that, it counts as lost if
somebody has claimed meanwhile.
"""
UNDER_WAY_SECONDS = 0.5
"""Seconds. A reminder that is already on its way to Slack cannot be stopped by a claim."""


@dataclass
class Balance:
    """The count of one kind of thing.

    `wrong`: what is lost or doubled, in words. `word`: what to call a fault where nothing can be
    doubled.
    """

    word: str = ""
    expected: int = 0
    lost: int = 0
    doubled: int = 0
    wrong: list[str] = field(default_factory=list)

    def book(self, name: str, found: int, expected: int = 1) -> None:
        """Count the things that there are, and those that there should be."""
        self.expected += expected
        self.lost += max(0, expected - found)
        self.doubled += max(0, found - expected)
        if found != expected:
            self.wrong.append(f"{name}: {found} in place of {expected}")

    def __add__(self, other: Balance) -> Balance:
        return Balance(
            other.word,
            self.expected + other.expected,
            self.lost + other.lost,
            self.doubled + other.doubled,
            self.wrong + other.wrong,
        )

    def __str__(self) -> str:
        return (
            f"{self.word} {self.lost}" if self.word else f"lost {self.lost} doubled {self.doubled}"
        )


KINDS = (
    "replies",
    "answers",
    "deletions",
    "files",
    "escalations",
    "e-mails",
    "tickets",
    "reminders",
    "shown",
)


def balances(world: World) -> dict[str, Balance]:
    counted = {
        "replies": replies(world),
        "answers": answers(world),
        "deletions": deletions(world),
        "files": files(world),
        "escalations": escalations(world),
        "e-mails": letters(world),
        "tickets": tickets(world),
        "reminders": reminders(world),
        "shown": shown(world),
    }
    return {kind: counted[kind] for kind in KINDS}


def replies(world: World) -> Balance:
    """Each error has one reply.

    If the error was edited away, there is one that says so, or none.
    """
    made = Balance()
    for paste in filter(_is_there, world.shop.pastes):
        found = len(world.shop.posted(paste, "reply"))
        may_be = min(found, 1) if paste.edits else 0
        made.book(f"reply to {paste.ts}", found, 1 if paste.articles else may_be)
    return made


def answers(world: World) -> Balance:
    """Every reply fits what its message says now."""
    made = Balance("stale")
    for paste in filter(_is_there, world.shop.pastes):
        for reply in world.shop.posted(paste, "reply"):
            made.book(f"answer as {paste.ts} is now", int(articles_in(reply) == paste.articles))
    return made


def deletions(world: World) -> Balance:
    """A deleted message has no reply, unless it was escalated."""
    made = Balance("left over")
    for paste in world.shop.pastes:
        if not _is_there(paste):
            made.book(
                f"empty thread of deleted {paste.ts}", int(not world.shop.posted(paste, "reply"))
            )
    return made


def files(world: World) -> Balance:
    """The text of a file is read, and the reply names the file."""
    made, read = Balance("unread"), file_wording.READ_IN[ReadOutcome.READ].format(name="*till.txt*")
    for paste in world.shop.pastes:
        if _is_there(paste) and paste.filed in ERRORS:
            made.book(
                f"file of {paste.ts}",
                int(any(read in words_of(m) for m in world.shop.posted(paste, "reply"))),
            )
    return made


def _is_there(paste: Paste) -> bool:
    return paste.called or not paste.gone


def escalations(world: World) -> Balance:
    """Each escalation has one card in the channel and one note in its thread; nothing else has."""
    made, posts = Balance(), Posts(world.ws)
    for asked in world.shop.asked:
        for kind in ("card", "note"):
            made.book(f"{kind} of {asked.token}", len(posts.of(asked, kind)))
    tokens = {asked.token for asked in world.shop.asked}
    for key in map(key_of, world.ws.messages(world.shop.cards)):
        if key.startswith("card-") and key.removeprefix("card-") not in tokens:
            made.book(f"{key}, which nobody asked for", 1, 0)
    return made


def letters(world: World) -> Balance:
    """Each escalation has one e-mail.

    A mailbox shows two with one Message-ID once, so they must have the same bytes, unless the
    message was edited between them.
    """
    made, found = Balance(), world.post.by_id()
    for asked in world.shop.asked:
        copies = found.pop(f"<{asked.token}.escalation@clickpos.example>", [])
        different = len(set(copies)) if not asked.paste.edits else min(1, len(copies))
        made.book(f"e-mail of {asked.token}", different)
    for name in found:
        made.book(f"e-mail {name}, which nobody asked for", 1, 0)
    return made


def transmissions(world: World) -> int:
    """Returns the number of e-mails that were sent again with their Message-ID."""
    return len(world.post.letters) - len(world.post.by_id())


def tickets(world: World) -> Balance:
    """Each escalation has one ticket, with one comment on its opening and one on its claim.

    An edit of its message may have a comment too.
    """
    made, zendesk = Balance(), world.zendesk.data
    numbers: dict[str, list[str]] = {}
    for number, ticket in zendesk.tickets.items():
        numbers.setdefault(str(ticket["external_id"]), []).append(number)
    for asked in world.shop.asked:
        ours = numbers.pop(asked.token, [])
        made.book(f"ticket of {asked.token}", len(ours))
        comments = sum(len(zendesk.comments(number)) for number in ours)
        made.book(f"comments in {ours}", comments, max(2, min(comments, 2 + asked.paste.edits)))
    for token in numbers:
        made.book(f"ticket of {token}, which nobody asked for", 1, 0)
    return made


def reminders(world: World) -> Balance:
    """Each reminder that was due before the claim was posted once, and none after it."""
    made, posts = Balance(), Posts(world.ws)
    for asked in world.shop.asked:
        came = posts.of(asked, "remind")
        rungs = Counter(int(key_of(post).rpartition("-")[2]) for post in came)
        for rung in range(1, max(rungs, default=0) + 1):
            made.book(f"reminder {rung} of {asked.token}", rungs[rung])
        claimed = asked.claimed_at or float("inf")
        if wanting(asked, posts, claimed - LATE_SECONDS):
            made.book(f"reminder {len(rungs) + 1} of {asked.token}", 0)
        late = [post for post in came if float(post.ts) > claimed + UNDER_WAY_SECONDS]
        if late:
            made.book(f"reminders of {asked.token} after its claim", len(late), 0)
    return made


def shown(world: World) -> Balance:
    """In the end card, note and reply show that it was escalated and claimed."""
    made, posts = Balance(), Posts(world.ws)
    for asked in world.shop.asked:
        for kind, says in (
            ("card", _offers("resolve")),
            ("note", _says_claimed),
            ("reply", _is_marked),
        ):
            made.book(
                f"claimed {kind} of {asked.token}", int(any(map(says, posts.of(asked, kind))))
            )
    return made


def _offers(action: str) -> Callable[[Message], bool]:
    return lambda message: any(element.get("action_id") == action for element in _elements(message))


def _elements(message: Message) -> Iterable[dict[str, Any]]:
    return (element for block in message.blocks for element in block.get("elements", []))


def _says_claimed(note: Message) -> bool:
    return note.text.startswith(requester_wording.NOTES[Verb.CLAIM].partition(" ")[0])


def _is_marked(reply: Message) -> bool:
    return not _offers(ids.ACTION_ESCALATE)(reply)


class Posts:
    """The bot's posts by kind and escalation, as its keys name them."""

    def __init__(self, ws: SlackSandbox) -> None:
        self._found: dict[tuple[str, str], list[Message]] = {}
        for channel in ws.directory.channels:
            for message in ws.messages(channel.id):
                kind, _, rest = key_of(message).partition("-")
                self._found.setdefault((kind, rest[:TOKEN_LENGTH]), []).append(message)

    def of(self, asked: Asked, kind: str) -> list[Message]:
        return self._found.get((kind, asked.token), [])


def wanting(asked: Asked, posts: Posts, until: float) -> bool:
    """Whether the next reminder was due by then; the first one needs a card to be posted under."""
    reminders = posts.of(asked, "remind")
    rung = len(reminders) + 1
    since = max([asked.at, *(float(post.ts) for post in reminders or posts.of(asked, "card"))])
    wait = times.MINUTE * 2 ** min(6, max(0, rung - RUNGS))
    return bool(since + wait < min(until, asked.claimed_at or until))


def unheard(transcript: Iterable[Exchange]) -> list[Exchange]:
    """Returns one delivery of each event that the bot refused as often as Slack tries."""
    tries: dict[str, list[Exchange]] = {}
    for exchange in transcript:
        if exchange.direction == "out" and exchange.kind == "event":
            tries.setdefault(exchange.request["event_id"], []).append(exchange)
    return [
        each[0]
        for each in tries.values()
        if len(each) > SLACKS_RETRIES and all(e.status != 200 for e in each)
    ]


def deliveries(transcript: Iterable[Exchange]) -> tuple[int, int]:
    """Returns the number of events, and of repeated deliveries."""
    tries = Counter(
        e.request["event_id"] for e in transcript if e.direction == "out" and e.kind == "event"
    )
    return len(tries), tries.total() - len(tries)
