"""The steps of an escalation: claimed, answered, resolved, reopened, by those who may."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.cases import Case as EscalationCase
from bot.domain.escalation_labels import URGENCIES_IN_SHORT
from bot.domain.escalations import Change, Details, Escalation, Status, Urgency, Verb
from bot.domain.jobs import JobKind
from bot.domain.reports import Interaction, Report, Trigger
from bot.slack.views import (
    list_wording,
    operator_wording,
    relays,
    requester_messages,
    requester_wording,
    support_wording,
    wording,
)
from bot.storage.escalations import EscalationStore
from slack_sandbox import Failure, Message, effective_mentions, live_texts
from tests.builders import NAMES, judged, relay
from tests.reading import shows, shows_status, text_of
from tests.shipped import ARTICLES
from tests.slack.escalated_case import Case, escalated
from tests.slack_harness import AUTHORISED, QUICK, Office, buttons, office, over_http, words_of

MARKS = [
    *"<>|!@#^&; ",
    "<!",
    "<@",
    "here",
    "channel",
    "!subteam^S1",
    "U1",
    "U7",
    "&lt;",
    "https://x.example",
    "!date^1^",
]
CASE = EscalationCase(
    Escalation(1, 1, "U1", Details(error="e", store="s"), number=1),
    Interaction(1, Report("T1", "C1", "1.0", "U1", "e", Trigger.ADDRESSED, "1.0"), "t"),
    judged(),
    (),
    names=NAMES,
)
TOKEN = "xoxb" + "-1234567890-abcdefghijklmnop"
SECRET = "the manager moved the lock date without telling anybody"


class TestAClaim:
    async def test_changes_card_and_note_and_is_in_the_history(self, case: Case) -> None:
        assert shows_status(case.card, Status.OPEN)
        assert buttons(case.card) == [support_wording.CLAIM, support_wording.BOX_SEND]
        await case.press(case.shop.bob, "claim")
        await case.until_status(Status.CLAIMED)
        bob = f"<@{case.shop.bob}>"
        assert shows(case.card, support_wording.CARD_STATUSES[Status.CLAIMED], user=bob)
        assert shows(case.card, support_wording.HISTORY[Verb.CLAIM], user=bob)
        assert buttons(case.card) == [
            support_wording.RESOLVE,
            support_wording.RELEASE,
            support_wording.BOX_SEND,
        ]
        await case.tells(requester_wording.NOTES[Verb.CLAIM], actor=bob)
        assert len(case.shop.replies_to(case.ts)) == 2, "one note, updated"
        assert len(case.shop.ws.messages(case.shop.escalations)) == 1, "one card, updated"

    async def test_by_several_people_at_once_is_won_by_one(self, http_case: Case) -> None:
        shop, card = http_case.shop, http_case.card
        crowd = [shop.ws.add_user(f"Agent {number}") for number in range(6)]
        for agent in crowd:
            shop.ws.directory.join(shop.escalations, agent)
        await asyncio.gather(*(shop.ws.click(agent, card, "claim") for agent in crowd))
        await http_case.until_status(Status.CLAIMED)
        refused = [
            agent
            for agent in crowd
            if any(shows(m, wording.UNCHANGED[Status.CLAIMED]) for m in shop.ws.ephemerals(agent))
        ]
        await shop.ws.until(lambda: sum(bool(shop.ws.ephemerals(agent)) for agent in crowd) == 5)
        claimed = support_wording.CARD_STATUSES[Status.CLAIMED]
        (winner,) = [one for one in crowd if shows(http_case.card, claimed, user=f"<@{one}>")]
        assert winner not in refused

    async def test_and_its_resolution_are_refused_to_the_shop_and_to_guests_in_private_words(
        self, http_case: Case
    ) -> None:
        shop, card = http_case.shop, http_case.card
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.escalations, guest)
        for outsider in (guest, shop.alice):
            await shop.ws.click(outsider, card, "claim")
            await shop.whisper_to(outsider, wording.NOT_A_RESPONDER)
        assert shows_status(http_case.card, Status.OPEN)
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await http_case.press(shop.alice, "resolve")
        await shop.ws.until(lambda: len(shop.ws.ephemerals(shop.alice)) == 2)
        assert shows(shop.ws.ephemerals(shop.alice)[-1], wording.NOT_A_RESPONDER)
        assert shop.ws.modal(shop.alice) is None

    async def test_can_be_released(self, http_case: Case) -> None:
        await http_case.press(http_case.shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await http_case.press(http_case.shop.bob, "release")
        await http_case.until_status(Status.OPEN)
        assert buttons(http_case.card) == [support_wording.CLAIM, support_wording.BOX_SEND]
        await http_case.tells(requester_wording.NOTES[Verb.RELEASE])

    async def test_on_an_old_screen_shows_the_current_status(self, http_case: Case) -> None:
        old = http_case.card
        await http_case.press(http_case.shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await http_case.press(http_case.shop.bob, "claim", where=old)
        await http_case.shop.whisper_to(
            http_case.shop.bob, wording.UNCHANGED[Status.CLAIMED], name="ESC-1"
        )


class TestAPostWhoseAnswerWasLost:
    """Posts whose answer from Slack was lost: people click their buttons before the bot knows."""

    async def test_a_card_that_was_claimed_meanwhile_shows_the_claim(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        reply = await shop.reply_to(ts)
        shop.ws.api.fail_next("chat.postMessage", Failure.reset(after=True))
        await shop.escalate(shop.alice, reply)
        await shop.ws.click(shop.bob, await shop.card(), "claim")
        case = Case(shop, ts)
        await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
        await case.until_status(Status.CLAIMED)

    async def test_a_reply_that_was_escalated_meanwhile_says_so(self, http_shop: Office) -> None:
        shop = http_shop
        shop.ws.api.fail_next("chat.postMessage", Failure.reset(after=True))
        ts = await shop.ws.say(shop.alice, shop.support, AUTHORISED)
        await shop.escalate(shop.alice, await shop.reply_to(ts))
        await shop.ws.until(lambda: "ESC-1" in words_of(shop.replies_to(ts)[0]))


class TestAResolution:
    async def test_is_written_down_for_support_and_only_announced_to_the_shop(
        self, http_case: Case
    ) -> None:
        case, shop = http_case, http_case.shop
        await case.press(shop.bob, "claim")
        await case.until_status(Status.CLAIMED)
        await case.resolve(shop.bob, cause=SECRET, helped="Moved it back.", article="yes")
        await case.until_status(Status.RESOLVED)
        for words in (SECRET, "Moved it back.", support_wording.CARD_ARTICLE_WANTED):
            assert words in words_of(case.card)
        await case.tells(
            requester_wording.NOTES[Verb.RESOLVE], name="ESC-1", actor=f"<@{shop.bob}>"
        )
        everything = [words_of(m) for m in shop.ws.messages(shop.support)]
        assert not any(SECRET in text or "Moved it back" in text for text in everything)
        assert buttons(case.note) == [requester_wording.REOPEN]

    async def test_can_be_reopened_by_the_requester_from_the_thread(self, http_case: Case) -> None:
        shop = http_case.shop
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await http_case.resolve(shop.bob)
        await http_case.tells(requester_wording.NOTES[Verb.RESOLVE])
        await http_case.press(shop.alice, "reopen", where=http_case.note)
        await http_case.until_status(Status.OPEN)
        await http_case.tells(
            requester_wording.NOTES[Verb.REOPEN], name="ESC-1", actor=f"<@{shop.alice}>"
        )

    async def test_of_what_somebody_else_resolved_meanwhile_says_so(self, http_case: Case) -> None:
        shop = http_case.shop
        carol = shop.ws.add_user("Carol")
        shop.ws.directory.join(shop.escalations, carol)
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        for user in (shop.bob, carol):
            await http_case.press(user, "resolve")
            await shop.modal(user)
        await shop.ws.submit(shop.bob, {"cause": "Bob's"})
        await http_case.until_status(Status.RESOLVED)
        await shop.ws.submit(carol, {"cause": "Carol's"})
        view = await shop.modal(carol)
        assert shows(view, wording.UNCHANGED[Status.RESOLVED], name="ESC-1")
        assert "Carol's" not in words_of(http_case.card)


class TestWithdrawing:
    async def test_is_possible_for_the_requester_only(self, http_case: Case) -> None:
        shop = http_case.shop
        await http_case.press(shop.bob, "withdraw", where=http_case.note)
        await shop.whisper_to(shop.bob, requester_wording.NOT_THE_REQUESTER, user=shop.alice)
        await http_case.press(shop.alice, "withdraw", where=http_case.note)
        await http_case.until_status(Status.WITHDRAWN)
        alice = f"<@{shop.alice}>"
        await http_case.tells(requester_wording.NOTES[Verb.WITHDRAW], actor=alice)
        assert shows(http_case.card, support_wording.CARD_STATUSES[Status.WITHDRAWN], user=alice)
        assert not shows_status(http_case.card, Status.RESOLVED)
        assert shows(http_case.card.text, support_wording.CARD_NOTIFICATIONS[Status.WITHDRAWN])
        assert buttons(http_case.card) == buttons(http_case.note) == [requester_wording.REOPEN]

    def test_asks_first(self) -> None:
        opened = replace(CASE, history=[Change(0, Verb.OPEN, "U1", 1.0)])
        note = requester_messages.note(opened, private=False, begins_thread=False)
        (row,) = [block for block in note.blocks if block["type"] == "actions"]
        (button,) = row["elements"]
        assert button["confirm"]["text"]["text"] == requester_wording.WITHDRAW_ASK
        assert (button["confirm"]["confirm"]["text"], button["confirm"]["deny"]["text"]) == (
            requester_wording.WITHDRAW,
            requester_wording.WITHDRAW_NOT,
        )

    async def test_refuses_a_claim_from_an_old_screen_until_it_is_undone_by_reopening(
        self, http_case: Case
    ) -> None:
        shop, old = http_case.shop, http_case.card
        await http_case.press(shop.alice, "withdraw", where=http_case.note)
        await http_case.until_status(Status.WITHDRAWN)
        await http_case.press(shop.bob, "claim", where=old)
        await shop.whisper_to(shop.bob, wording.UNCHANGED[Status.WITHDRAWN], name="ESC-1")
        await http_case.press(shop.alice, "reopen", where=http_case.note)
        await http_case.until_status(Status.OPEN)
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)

    async def test_by_a_guest_of_a_shared_channel_works_as_their_escalating_does(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.support, guest)
        ts = await shop.ws.say(guest, shop.support, AUTHORISED)
        await shop.escalate(guest, await shop.reply_to(ts))
        await shop.ws.until(lambda: len(shop.replies_to(ts)) == 2)
        await shop.ws.click(guest, shop.replies_to(ts)[1], "withdraw")
        await Case(shop, ts).until_status(Status.WITHDRAWN)


class TestSendToRequester:
    async def reply_under_the_card(self, case: Case, text: str) -> str:
        return await case.shop.ws.say(
            case.shop.bob, case.shop.escalations, text, thread_ts=case.card.ts
        )

    async def test_sends_that_reply_without_secrets_once_and_nothing_else(self, case: Case) -> None:
        shop = case.shop
        await self.reply_under_the_card(case, f"Between us: {SECRET}")
        answer = await self.reply_under_the_card(
            case, f"Please *approve* it and retry & write if it fails. <!channel> {TOKEN}"
        )
        for _ in range(2):
            await shop.ws.shortcut(shop.bob, shop.escalations, answer, "send_to_requester")
        await shop.whisper_to(shop.bob, support_wording.SENT)
        await shop.whisper_to(shop.bob, support_wording.SENT_ALREADY)
        await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
        sent = shop.replies_to(case.ts)[2]
        assert "Please *approve* it and retry &amp; write if it fails." in words_of(sent)
        assert TOKEN not in words_of(sent)
        assert sent.effective_mentions == [f"@{shop.alice}", f"@{shop.bob}"]
        await shop.ws.until(lambda: shows(case.card, support_wording.HISTORY[Verb.RELAY]))
        await shop.ws.settled()
        assert len(shop.replies_to(case.ts)) == 3
        assert not any(SECRET in words_of(m) for m in shop.ws.messages(shop.support))

    async def test_elsewhere_or_by_others_is_refused(self, http_case: Case) -> None:
        shop = http_case.shop
        await shop.ws.shortcut(shop.bob, shop.escalations, http_case.card.ts, "send_to_requester")
        await shop.whisper_to(shop.bob, support_wording.SEND_WHERE)
        answer = await self.reply_under_the_card(http_case, "Please retry.")
        shop.ws.directory.join(
            shop.escalations, guest := shop.ws.add_user("Guest", team_id="T0OTHER")
        )
        await shop.ws.shortcut(guest, shop.escalations, answer, "send_to_requester")
        await shop.whisper_to(guest, wording.NOT_A_RESPONDER)
        await shop.ws.settled()
        assert len(shop.replies_to(http_case.ts)) == 2

    async def test_of_what_no_person_wrote_is_refused(self, http_case: Case) -> None:
        shop, thread = http_case.shop, http_case.card.ts
        await shop.bot.client.chat_postMessage(
            channel=shop.escalations, thread_ts=thread, text="A reminder of another case"
        )
        ours = shop.ws.messages(shop.escalations)[-1].ts
        theirs = await shop.ws.say(
            shop.bob, shop.escalations, "From a workflow", thread_ts=thread, bot_id="B0OTHER"
        )
        for ts in (ours, theirs):
            await shop.ws.shortcut(shop.bob, shop.escalations, ts, "send_to_requester")
        await shop.ws.until(lambda: len(shop.ws.ephemerals(shop.bob)) == 2)
        refused = support_wording.SEND_OWN_WORDS
        assert all(shows(whisper, refused) for whisper in shop.ws.ephemerals(shop.bob))
        await shop.ws.settled()
        assert len(shop.replies_to(http_case.ts)) == 2


class TestAReminder:
    async def test_is_broadcast_under_the_card_and_names_the_rung(self, tmp_path: Path) -> None:
        soon = replace(QUICK, claim_minute=0.3)
        ladder = "S0FIRST,S0SECOND"
        async with office(tmp_path, timings=soon, claim_within=1, escalation_ladder=ladder) as shop:
            case = await escalated(shop)

            def rung(number: int) -> Message:
                return [m for m in shop.ws.messages(shop.escalations) if m.is_reply][number]

            await shop.ws.until(
                lambda: any("S0SECOND" in words_of(m) for m in shop.ws.messages(shop.escalations))
            )
            urgency = URGENCIES_IN_SHORT[Urgency.TODAY]
            due = {"name": "ESC-1", "store": "Ponsonby", "urgency": urgency}
            assert shows(rung(0), support_wording.REMINDERS[Verb.OPEN], **due)
            assert rung(0).effective_mentions == ["!subteam^S0FIRST"]
            assert rung(0).subtype == "thread_broadcast"
            assert rung(1).effective_mentions == ["!subteam^S0SECOND"]
            await shop.ws.until(lambda: len(shop.replies_to(case.ts)) == 3)
            last_resort = shop.replies_to(case.ts)[2]
            assert shows(last_resort, requester_wording.NOTICES[Verb.REMIND], name="ESC-1")
            assert ARTICLES.names.last_resort in words_of(last_resort)
            assert last_resort.effective_mentions == [f"@{shop.alice}"]
            await case.press(shop.bob, "claim")
            await case.until_status(Status.CLAIMED)
            assert shows(case.card, support_wording.HISTORY[Verb.REMIND])


class TestResponders:
    @pytest.fixture
    async def grouped(self, tmp_path: Path) -> AsyncIterator[tuple[Case, str]]:
        async with office(tmp_path) as shop:
            group = shop.ws.directory.add_usergroup("support-team", [shop.bob])
            await shop.restart(responders=(group,))
            yield await escalated(shop), group

    async def test_are_the_current_members_of_a_user_group(self, grouped: tuple[Case, str]) -> None:
        case, _ = grouped
        carol = case.shop.ws.add_user("Carol")
        case.shop.ws.directory.join(case.shop.escalations, carol)
        await case.press(carol, "claim")
        await case.shop.whisper_to(carol, wording.NOT_A_RESPONDER)
        await case.press(case.shop.bob, "claim")
        await case.until_status(Status.CLAIMED)
        assert len(case.shop.ws.transcript.calls("usergroups.users.list")) == 1, (
            "known for five minutes"
        )

    async def test_whom_slack_does_not_name_change_nothing_and_get_a_sentence(
        self, grouped: tuple[Case, str]
    ) -> None:
        case, _ = grouped
        case.shop.ws.api.fail_next("usergroups.users.list", Failure.server_error())
        await case.press(case.shop.bob, "claim")
        await case.shop.whisper_to(case.shop.bob, wording.CANNOT_CHECK)
        await case.press(case.shop.bob, "claim")
        await case.until_status(Status.CLAIMED)


class TestACardThatWasDeleted:
    async def test_is_posted_again_with_the_next_change(self, http_case: Case) -> None:
        shop, old = http_case.shop, http_case.card
        await shop.bot.client.chat_delete(channel=shop.escalations, ts=old.ts)
        await shop.ws.click(shop.alice, http_case.note, "withdraw")
        await shop.ws.until(
            lambda: any(
                shows_status(m, Status.WITHDRAWN) for m in shop.ws.messages(shop.escalations)
            )
        )
        assert http_case.card.ts != old.ts


class TestLists:
    async def test_show_support_everything_and_the_shop_its_own(self, http_case: Case) -> None:
        shop = http_case.shop
        carol = shop.ws.add_user("Carol")
        shop.ws.directory.join(shop.support, carol)
        second = await shop.ws.say(carol, shop.support, "Invoice could not be found. Xero says so.")
        await shop.escalate(carol, await shop.reply_to(second), store="Newtown")
        await shop.ws.until(lambda: len(shop.ws.messages(shop.escalations)) == 2)
        for user, stores in ((shop.bob, ["Ponsonby", "Newtown"]), (carol, ["Newtown"])):
            listed = await shop.ws.command(user, shop.support, "/xero-error", "open")
            assert listed is not None
            words = words_of(listed)
            assert [store for store in ("Ponsonby", "Newtown") if store in words] == stores
        assert words.index("ESC-2") > 0

    @over_http
    async def test_on_the_home_tab_are_mine_open_and_todays(self, case: Case) -> None:
        shop = case.shop
        await shop.ws.open_home(shop.bob)
        await shop.ws.until(lambda: shop.ws.home(shop.bob) is not None)
        await case.press(shop.bob, "claim")
        await case.until_status(Status.CLAIMED)
        await shop.ws.open_home(shop.bob)
        await shop.ws.until(lambda: shows(shop.ws.home(shop.bob), list_wording.LISTED_CLAIMED))
        tab = shop.ws.home(shop.bob)
        assert tab is not None
        titles = [block["text"]["text"] for block in tab.blocks if block["type"] == "header"]
        assert titles == [list_wording.HOME_MINE, list_wording.HOME_TODAY], (
            "nothing is open any more"
        )
        await shop.ws.open_home(shop.alice)
        await shop.ws.until(lambda: shop.ws.home(shop.alice) is not None)
        mine = text_of(shop.ws.home(shop.alice))
        assert "ESC-1" in mine
        assert list_wording.HOME_TODAY not in mine


class TestWhatCameFromAPrivateReply:
    async def private(self, shop: Office) -> Case:
        """Alice asks by command, escalates, and then shows the reply to the channel."""
        reply = await shop.ws.command(
            shop.alice, shop.support, "/xero-error", f"Between us: {SECRET}. {AUTHORISED}"
        )
        assert reply is not None
        await shop.escalate(shop.alice, reply)
        await shop.card()
        im = shop.ws.open_im(shop.alice)
        await shop.ws.until(lambda: bool(shop.ws.messages(im)))
        await shop.whisper_to(shop.alice, requester_wording.ESCALATED_AS, name="ESC-1")
        shown = next(m for m in shop.ws.ephemerals(shop.alice) if wording.SHARE in buttons(m))
        await shop.ws.click(shop.alice, shown, "share")
        await shop.ws.until(lambda: bool(shop.ws.messages(shop.support)))
        return Case(shop, shop.ws.messages(shop.support)[0].ts)

    async def test_is_answered_where_it_was_asked_though_the_reply_was_shown_since(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        case = await self.private(shop)
        await case.press(shop.bob, "claim")
        im = shop.ws.open_im(shop.alice)
        await shop.ws.until(
            lambda: shows(shop.ws.messages(im)[0], requester_wording.NOTES[Verb.CLAIM])
        )
        answer = await shop.ws.say(
            shop.bob, shop.escalations, "Your bank feed is late.", thread_ts=case.card.ts
        )
        await shop.ws.shortcut(shop.bob, shop.escalations, answer, "send_to_requester")
        await shop.ws.until(lambda: len(shop.ws.messages(im)) == 2)
        assert not [m for m in shop.ws.messages(shop.support) if "bank feed" in words_of(m)]

    async def test_shows_the_paste_to_nobody_else(self, http_shop: Office) -> None:
        shop = http_shop
        reply = await shop.ws.command(
            shop.alice, shop.support, "/xero-error", f"Between us: {SECRET}. {AUTHORISED}"
        )
        assert reply is not None
        await shop.ws.click(shop.alice, reply, "share")
        await shop.ws.until(lambda: bool(shop.ws.messages(shop.support)))
        shown = shop.ws.messages(shop.support)[0]
        await shop.ws.click(shop.bob, shown, "escalate")
        form = str((await shop.modal(shop.bob)).blocks)
        assert SECRET not in form
        assert AUTHORISED.rstrip(".") in form
        await shop.ws.click(shop.alice, shown, "escalate")
        assert SECRET in str((await shop.modal(shop.alice)).blocks)


class TestANoteThatWasDeleted:
    async def test_is_posted_again_with_the_next_change(self, http_case: Case) -> None:
        shop, old = http_case.shop, http_case.note
        await shop.bot.client.chat_delete(channel=shop.support, ts=old.ts)
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await shop.ws.until(lambda: len(shop.replies_to(http_case.ts)) == 2)
        assert http_case.note.ts != old.ts


class TestADecision:
    async def test_that_cannot_be_kept_is_not_acknowledged_and_says_so(
        self, http_case: Case, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def failing(*_: Any) -> None:
            raise OSError("the disk is full")

        monkeypatch.setattr(EscalationStore, "change", failing)
        shop = http_case.shop
        await http_case.press(shop.bob, "claim")
        assert [trouble.user for trouble in shop.ws.client_errors] == [shop.bob]
        await shop.whisper_to(shop.bob, wording.OUR_FAULT)

    async def test_in_a_form_that_was_opened_before_it_changed_hands_is_refused_and_keeps_what_was_written(
        self, http_case: Case
    ) -> None:
        shop = http_case.shop
        carol = shop.ws.add_user("Carol")
        shop.ws.directory.join(shop.escalations, carol)
        await http_case.press(shop.bob, "claim")
        await http_case.until_status(Status.CLAIMED)
        await http_case.press(shop.bob, "resolve")
        await shop.modal(shop.bob)
        await http_case.press(carol, "release")
        await http_case.until_status(Status.OPEN)
        await http_case.press(carol, "claim")
        await http_case.until_status(Status.CLAIMED)
        await shop.ws.submit(shop.bob, {"cause": "Bob's"})
        await shop.ws.until(lambda: len(shop.ws.modals(shop.bob)) == 2)
        assert shows(shop.ws.modal(shop.bob), wording.UNCHANGED[Status.CLAIMED], claimant=carol)


class TestAGuestOfTheEscalationChannel:
    async def test_sees_no_other_shops_escalations(self, http_case: Case) -> None:
        shop = http_case.shop
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.escalations, guest)
        await shop.ws.open_home(guest)
        await shop.ws.until(lambda: shop.ws.home(guest) is not None)
        assert "ESC-1" not in text_of(shop.ws.home(guest))


class TestAnAnswerToTheShop:
    def test_mentions_nobody(self) -> None:
        text = "Hello <!channel> <!here|here> <!subteam^S1|@team> <!subteam^S2>, see <https://example.com|this>"
        answer = relays.answer(CASE, relay(text))
        shown = f"Hello @channel @here @team {requester_wording.RELAYED_SOMEBODY}, see <https://example.com|this>"
        assert shown in str(answer.blocks)

    @example("<!subteam^S1|<!here>>")
    @example("<<!here>!here>")
    @example("<!sub<!x>team^S1>")
    @example("<@U7|<@U8>>")
    @given(st.lists(st.sampled_from(MARKS) | st.text(max_size=3), max_size=12).map("".join))
    def test_mentions_only_the_requester_whatever_is_in_it(self, text: str) -> None:
        answer = relays.answer(CASE, relay(text))
        intro, *following = [live for _, live in live_texts(answer.blocks)]
        assert set(effective_mentions(intro)) == {"@U1", "@U2"}
        for live in following:
            assert set(effective_mentions(live)) <= {"@U1"}
            marks = re.findall(r"<([^<>]*)>", live)
            assert all(
                mark.startswith(("@U1", "http", "mailto:", "tel:", "#C", "!date^"))
                for mark in marks
            )
            assert re.sub(r"<[^<>]*>", "", live).count("<") == 0

    def test_keeps_links_channels_and_what_was_escaped(self) -> None:
        text = "&lt;!here&gt; <https://x.example|x> <#C0123|help> <mailto:a@b.nz|a@b.nz> <@U1>, ask <@U7|Ana> or <@U8>"
        answer = relays.answer(CASE, relay(text))
        left = text.replace("<@U7|Ana>", "@Ana").replace(
            "<@U8>", requester_wording.RELAYED_SOMEBODY
        )
        assert left in [live for _, live in live_texts(answer.blocks)]


class TestTheOperators:
    async def test_get_one_alert_about_a_failed_job(self, tmp_path: Path) -> None:
        async with office(tmp_path) as shop:
            operators = shop.ws.add_channel("operators")
            await shop.restart(operators_channel=operators)
            gone = shop.ws.add_channel("gone", [shop.alice])
            for text in (AUTHORISED, "Xero: Invoice could not be found"):
                shop.ws.api.fail_next("chat.postMessage", Failure.error("is_archived"))
                await shop.ws.say(shop.alice, gone, text)
                await shop.ws.until(lambda: bool(shop.ws.messages(operators)))
                await shop.ws.settled()
            (alert,) = shop.ws.messages(operators)
            what = operator_wording.FAILED_JOBS[JobKind.POST_REPLY]
            assert shows(alert, operator_wording.ALERT, what=what)
            assert f"chat.postMessage in {gone}: is_archived" in words_of(alert)
