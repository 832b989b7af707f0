"""Counts of what passed between the two threads of escalations, and of what must not pass."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from bot.domain.escalations import Verb
from slack_sandbox import Message
from tests.crash.balance import Balance
from tests.crash.cases import FILE_MARK, MARK, Asked, Kind, Line, key_of
from tests.crash.pastes import private_replies
from tests.crash.posts import Posts
from tests.crash.world import World
from tests.slack_harness import words_in, words_of

NOTICES = {
    Verb.RESOLVE: ("requester",),
    Verb.WITHDRAW: ("support",),
    Verb.REOPEN: ("requester", "support"),
}


def passed_on(world: World) -> dict[str, Balance]:
    """Returns the counts by kind."""
    found = Found(world)
    every = [(asked, line) for asked in world.shop.asked for line in asked.lines]
    made = {
        "relays to support": Balance(),
        "relays to requesters": Balance(),
        "relayed edits": Balance("stale"),
        "relayed deletions": Balance("left over"),
        "relayed files": Balance(),
    }
    for asked, line in every:
        if line.kind is not Kind.INTERNAL:
            _count(asked, line, found, made)
    for asked in world.shop.asked:
        edits = len(found.posts.of(asked, "relay", cards=True)) - _copied(asked, found)
        made["relays to support"].book(f"edits of {asked.token}", edits, asked.paste.edits)
    return {
        **made,
        "notices": notices(world, found),
        "mentions": mentions(world, found),
        "private replies": private(world),
        "secrets": secrets(world, found),
    }


class Found:
    """The bot's posts by the numbers of the texts in them."""

    def __init__(self, world: World) -> None:
        self.ws, self.cards = world.ws, world.shop.cards
        self.posts = Posts(world.ws, world.shop.cards)
        self._by_number: dict[str, list[Message]] = {}
        for message in self._bots():
            words = words_of(message)
            for number in {*MARK.findall(words), *FILE_MARK.findall(words)}:
                self._by_number.setdefault(number, []).append(message)

    def _bots(self) -> Iterator[Message]:
        for channel in self.ws.directory.channels:
            yield from (m for m in self.ws.messages(channel.id) if m.bot_id == self.ws.bot_id)
        for person in self.ws.directory.users:
            yield from self.ws.ephemerals(person.id)

    def of(self, number: str) -> list[Message]:
        return self._by_number.get(number, [])

    def copies(self, asked: Asked, line: Line) -> dict[str, Message]:
        """Returns the copies of a message where they belong, whatever text they have, by ts."""
        made = (message for number in line.numbers for message in self.of(number))
        is_here = self._is_with_requester if line.kind.is_for_requester else self._is_under_card
        return {message.ts: message for message in made if is_here(asked, message)}

    def _is_under_card(self, asked: Asked, message: Message) -> bool:
        card = self.posts.of(asked, "card")[0]
        return message.channel == card.channel and message.thread_ts == card.ts

    def _is_with_requester(self, asked: Asked, message: Message) -> bool:
        channel, thread = asked.thread
        return message.channel == channel and message.thread_ts == thread


def _count(asked: Asked, line: Line, found: Found, made: dict[str, Balance]) -> None:
    copies = found.copies(asked, line)
    if line.gone:
        made["relayed deletions"].book(f"no copy of {line}", int(not copies))
        return
    kind = "relays to requesters" if line.kind.is_for_requester else "relays to support"
    made[kind].book(f"copy of {line} of {asked.token}", len(copies))
    if len(line.numbers) > 1:
        shown = [set(MARK.findall(words_of(copy))) for copy in copies.values()]
        is_current = all(numbers == {line.now} for numbers in shown)
        made["relayed edits"].book(f"copy of {line} as it is now", int(is_current))
    if line.has_file:
        files = sum(files_in(copy).count(line.numbers[0]) for copy in copies.values())
        made["relayed files"].book(f"file of {line}", files)
    if line.kind is Kind.TYPED:
        under = [m for m in found.of(line.now) if m.channel == found.cards]
        made["relays to support"].book(f"{line} under the card", len(under))


def files_in(copy: Message) -> list[str]:
    """Returns the numbers of the files that a copy shows, or of which it says why they stay."""
    return [
        number
        for block in copy.blocks
        for number in set(FILE_MARK.findall(" ".join(words_in(block))))
    ]


def _copied(asked: Asked, found: Found) -> int:
    """Returns the number of copies under the card that have a text of somebody's message."""
    of_shop = [line for line in asked.lines if line.kind in {Kind.SHOP, Kind.SUPPORT}]
    return len({ts for line in of_shop for ts in found.copies(asked, line)})


def notices(world: World, found: Found) -> Balance:
    """Each change that somebody waits for is posted once in their thread."""
    made = Balance()
    for asked in world.shop.asked:
        sides = Counter(side for verb in asked.steps for side in NOTICES.get(verb, ()))
        posts = found.posts.of(asked, "notice")
        for side, is_card in (("requester", False), ("support", True)):
            here = [m for m in posts if (m.channel == found.cards) is is_card]
            ours = [m for m in here if key_of(m).endswith(f"-{side}")]
            made.book(f"notices of {asked.token} for {side}", len(ours), sides[side])
        for key, count in Counter(map(key_of, found.posts.of(asked, "unanswered"))).items():
            made.book(key, count)
    return made


def mentions(world: World, found: Found) -> Balance:
    """Each message of the shop that nobody answered is followed by one mention, in the end.

    While processes die, one mention may cover several messages, but a message needs no two.
    """
    made = Balance()
    for asked in world.shop.asked:
        posts = found.posts.of(asked, "mention")
        shop = [line for line in asked.lines if line.kind is Kind.SHOP]
        news = len(shop) + asked.paste.edits
        made.book(f"mentions of {asked.token}", len(posts), min(len(posts), news))
        for key, count in Counter(map(key_of, posts)).items():
            made.book(key, count)
        if asked.last is not None and (copies := found.copies(asked, asked.last)):
            after = [post for post in posts if float(post.ts) > float(min(copies))]
            made.book(f"mentions of {asked.token} after its last message", len(after))
    return made


def private(world: World) -> Balance:
    """Each text from the form of the command has a reply that its author sees."""
    made = Balance("lost")
    for asked in world.shop.private:
        made.book(
            f"private reply about box {asked.number}",
            int(bool(private_replies(world.ws, asked.person))),
        )
    return made


def secrets(world: World, found: Found) -> Balance:
    """Nothing is seen where it does not belong.

    Internal notes stay under the card; what is private stays in its direct message and there.
    """
    made, cards = Balance("leaked"), world.shop.cards
    comments = " ".join(map(str, world.zendesk.data.audits.values()))
    noted = set(MARK.findall(comments))
    for asked in world.shop.asked:
        for line in asked.lines:
            homes = {cards} if line.kind is Kind.INTERNAL else {cards, asked.thread[0]}
            out = {m.channel for n in line.numbers for m in found.of(n)} - homes
            in_ticket = line.kind is Kind.INTERNAL and line.now in noted
            made.book(f"{line} of {asked.token}: no copy in {out}", int(not out and not in_ticket))
    for paste in world.shop.private:
        directs = {cards, world.ws.open_im(paste.person)}
        out = {m.channel for m in found.of(paste.number) if not m.ephemeral_to} - directs
        made.book(f"box {paste.number}: no copy in {out}", int(not out))
    return made
