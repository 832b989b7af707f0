"""The reply box on the card: what support types there reaches the requester's thread, once."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import replace
from functools import partial

from bot.domain.escalations import Status, Verb
from bot.domain.relays import RelayKind
from bot.slack.views import escalation_card, ids, requester_wording, support_wording, wording
from slack_sandbox import Failure, Message
from tests.reading import shows
from tests.slack.escalated_case import Case
from tests.slack_harness import Office, buttons, words_of

WORDS = "Press *Retry* & wait.\n<!channel> <@U0SOMEBODY>"


def boxes(card: Message) -> list[str]:
    return [block["block_id"] for block in card.blocks if block["type"] == "input"]


async def send(case: Case, user: str, words: str | None, card: Message | None = None) -> None:
    """Type into the card's box, as it is or as it was, and press its button."""
    card = card or case.card
    typed = {boxes(card)[0]: words}
    await case.shop.ws.click(user, card, ids.ACTION_SEND_TYPED, typed=typed)


async def until_answered(case: Case, count: int = 1) -> list[Message]:
    """What the requester's thread has after reply and note."""
    await case.shop.ws.until(lambda: len(case.shop.replies_to(case.ts)) == 2 + count)
    return case.shop.replies_to(case.ts)[2:]


class TestWhatIsTyped:
    async def test_is_sent_in_one_step_shown_under_the_card_and_empties_the_box(
        self, http_case: Case
    ) -> None:
        case, shop, before = http_case, http_case.shop, http_case.card
        await send(case, shop.bob, WORDS)
        (answer,) = await until_answered(case)
        assert "Press *Retry* &amp; wait." in words_of(answer)
        assert shows(answer, requester_wording.RELAYED, name="ESC-1")
        assert answer.effective_mentions == [f"@{shop.alice}", f"@{shop.bob}"]
        (shown,) = case.under_the_card
        assert shows(shown, support_wording.COPIED[RelayKind.BOX], name="Bob")
        assert "Press *Retry* &amp; wait." in words_of(shown)
        assert shown.effective_mentions == []
        await shop.ws.until(lambda: boxes(case.card) not in ([], boxes(before)))
        await shop.ws.until(lambda: shows(case.card, support_wording.HISTORY[Verb.RELAY]))
        await shop.ws.settled()
        assert len(shop.replies_to(case.ts)) == 3

    async def test_is_sent_once_though_pressed_twice_on_an_older_card_and_again_from_the_next_box(
        self, http_case: Case
    ) -> None:
        shop, before = http_case.shop, http_case.card
        for words in ("Press A", "Press A", "Press B"):
            await send(http_case, shop.bob, words, before)
        await shop.whisper_to(shop.bob, support_wording.BOX_SENT_ALREADY)
        answers = await until_answered(http_case, 2)
        assert ["Press A" in words_of(answer) for answer in answers] == [True, False]
        await shop.ws.settled()
        assert len(http_case.under_the_card) == 2
        await shop.ws.until(lambda: boxes(http_case.card) != boxes(before))
        await send(http_case, shop.bob, "Press A")
        await until_answered(http_case, 3)

    async def test_reaches_the_thread_after_posts_with_unknown_outcomes_once(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        for failure in (Failure.reset(after=True), Failure.server_error()):
            shop.ws.api.fail_next("chat.postMessage", failure)
        await send(http_case, shop.bob, "Press A")
        await until_answered(http_case)
        await shop.ws.settled()
        assert len(http_case.under_the_card) == 1
        assert len(shop.replies_to(http_case.ts)) == 3


def has_heard(shop: Office, user: str, times: int) -> bool:
    """Whether somebody has this number of messages that only they see."""
    return len(shop.ws.ephemerals(user)) == times


class TestWhatIsNotSent:
    async def test_is_nothing(self, http_case: Case) -> None:
        shop = http_case.shop
        for sent, words in enumerate((None, "  \n "), start=1):
            await send(http_case, shop.bob, words)
            await shop.ws.until(partial(has_heard, shop, shop.bob, sent))
            assert shows(shop.ws.ephemerals(shop.bob)[-1], support_wording.BOX_EMPTY)
        await self.stays(http_case)

    async def test_is_too_long(self, http_case: Case) -> None:
        card = replace(http_case.card, blocks=deepcopy(http_case.card.blocks))
        box = next(block for block in card.blocks if block["type"] == "input")
        box["element"]["max_length"] = 2 * escalation_card.MAX_BOX
        await send(http_case, http_case.shop.bob, "x" * (escalation_card.MAX_BOX + 1), card)
        await http_case.shop.whisper_to(http_case.shop.bob, support_wording.BOX_LONG)
        await self.stays(http_case)

    async def test_is_somebody_elses(self, http_case: Case) -> None:
        shop = http_case.shop
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.escalations, guest)
        await send(http_case, guest, "Press A")
        await shop.whisper_to(guest, wording.NOT_A_RESPONDER)
        await self.stays(http_case)

    async def stays(self, case: Case) -> None:
        """The box keeps its words, and the thread is as it was."""
        before = boxes(case.card)
        await case.shop.ws.settled()
        assert (len(case.shop.replies_to(case.ts)), boxes(case.card)) == (2, before)


async def test_the_box_stays_until_an_escalation_is_closed_and_a_late_click_is_still_sent(
    http_case: Case,
) -> None:
    shop, before = http_case.shop, http_case.card
    await http_case.press(shop.bob, "claim")
    await http_case.until_status(Status.CLAIMED)
    assert boxes(http_case.card) == boxes(before)
    await http_case.resolve(shop.bob)
    await http_case.until_status(Status.RESOLVED)
    assert (boxes(http_case.card), buttons(http_case.card)) == ([], [requester_wording.REOPEN])
    await send(http_case, shop.bob, "Press A", before)
    await shop.ws.until(
        lambda: any("Press A" in words_of(answer) for answer in shop.replies_to(http_case.ts))
    )
