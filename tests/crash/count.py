"""Counts of what people see in the end: messages by their keys, e-mails, tickets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import partial

from bot.domain.attachments import ReadOutcome
from bot.domain.escalations import Verb
from bot.slack.views import file_wording, ids
from slack_sandbox import Exchange, Message
from tests.crash import openings, times
from tests.crash.balance import Balance
from tests.crash.cases import Asked, key_of
from tests.crash.client import offers, says
from tests.crash.copies import passed_on
from tests.crash.downtime import recovered
from tests.crash.pastes import ERRORS, Paste, articles_in
from tests.crash.posts import Posts
from tests.crash.world import RUNGS, World
from tests.slack_harness import words_of

SLACKS_RETRIES = 3
LATE_SECONDS = 30.0
"""Seconds. A reminder may be this late while processes die; after that, it counts as lost if
somebody has claimed meanwhile.
"""
UNDER_WAY_SECONDS = times.HANGING + 0.5
"""Seconds. A reminder that is already on its way to Slack, or hangs there, cannot be stopped by a
claim.
"""


NEXT = {
    Verb.CLAIM: ids.ACTION_RESOLVE,
    Verb.RESOLVE: ids.ACTION_REOPEN,
    Verb.WITHDRAW: ids.ACTION_REOPEN,
    Verb.REOPEN: ids.ACTION_CLAIM,
}
"""What a card offers after a step."""
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
    "relays to support",
    "relays to requesters",
    "relayed edits",
    "relayed deletions",
    "relayed files",
    "notices",
    "mentions",
    "private replies",
    "secrets",
    "openings",
    "recovered",
)


def balances(world: World, stored: openings.Stored) -> dict[str, Balance]:
    found = {
        "replies": replies(world),
        "answers": answers(world),
        "deletions": deletions(world),
        "files": files(world),
        "escalations": escalations(world),
        "e-mails": letters(world),
        "tickets": tickets(world),
        "reminders": reminders(world),
        "shown": shown(world),
        **passed_on(world),
        "openings": openings.counted(
            world.shop.opened, stored, lambda paste: world.shop.posted(paste, "reply")
        ),
        "recovered": recovered(world),
    }
    return {kind: found[kind] for kind in KINDS}


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
    made, posts = Balance(), Posts(world.ws, world.shop.cards)
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
    """Each escalation has one ticket, with one comment on each step.

    What was written and edited may have a comment too. What the articles have for developers is
    one internal note.
    """
    made, zendesk = Balance(), world.zendesk.data
    numbers: dict[str, list[str]] = {}
    for number, ticket in zendesk.tickets.items():
        numbers.setdefault(str(ticket["external_id"]), []).append(number)
    for asked in world.shop.asked:
        ours = numbers.pop(asked.token, [])
        made.book(f"ticket of {asked.token}", len(ours))
        comments = sum(len(zendesk.comments(number)) for number in ours)
        least = 2 + len(asked.steps)
        most = least + asked.paste.edits + sum(len(s.numbers) + s.gone for s in asked.lines)
        made.book(f"comments in {ours}", comments, max(least, min(comments, most)))
        notes = sum(len(zendesk.notes(number)) for number in ours)
        # an edit or a file changes whether an article answered when it was escalated
        is_known = bool(asked.paste.articles) and not (asked.paste.edits or asked.paste.filed)
        made.book(f"notes in {ours}", notes, 1 if is_known else min(notes, 1))
    for token in numbers:
        made.book(f"ticket of {token}, which nobody asked for", 1, 0)
    return made


def reminders(world: World) -> Balance:
    """Each reminder that was due before the claim was posted once, and none after it."""
    made, posts = Balance(), Posts(world.ws, world.shop.cards)
    for asked in world.shop.asked:
        came = posts.of(asked, "remind")
        rungs: dict[str, Counter[int]] = {}
        for post in came:
            since, _, number = key_of(post).rpartition("-")
            rungs.setdefault(since, Counter())[int(number)] += 1
        for since, counted in rungs.items():
            for rung in range(1, max(counted) + 1):
                made.book(f"{since}-{rung}", counted[rung])
        claimed = asked.claimed_at or float("inf")
        if wanting(asked, posts, claimed - LATE_SECONDS):
            made.book(f"reminder {len(came) + 1} of {asked.token}", 0)
        late = [after for post in came if (after := float(post.ts) - claimed) > UNDER_WAY_SECONDS]
        if late and Verb.REOPEN not in asked.steps:
            seconds = ", ".join(f"{after:.2f} s" for after in late)
            made.book(f"reminders of {asked.token} {seconds} after its claim", len(late), 0)
    return made


def shown(world: World) -> Balance:
    """In the end card, note and reply show that it was escalated, and its last step."""
    made, posts = Balance(), Posts(world.ws, world.shop.cards)
    for asked in world.shop.asked:
        for kind, shows in (
            ("card", partial(offers, action=NEXT[asked.status])),
            ("note", partial(says, step=asked.status)),
            ("reply", _is_marked),
        ):
            if asked.is_private and kind == "reply":
                continue  # Slack keeps nothing of what only one person sees
            found = posts.of(asked, kind)
            made.book(f"{asked.status} {kind} of {asked.token}", int(any(map(shows, found))))
    return made


def _is_marked(reply: Message) -> bool:
    return not offers(reply, ids.ACTION_ESCALATE)


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
