"""Stored answers, which do not change when articles are removed, reworded or merged later."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from textwrap import dedent

import pytest

from bot.domain.feedback import Rating, current
from bot.domain.reports import Opening
from bot.services.openings import Openings
from bot.slack.views import ids, support_wording, wording
from slack_sandbox import Message
from tests.builders import article, knowledge
from tests.sentences import occurs
from tests.slack_harness import Office, buttons, office, words_in, words_of

PASTE = "Xero: Gizmo number G-71 is not on the shelf"
GIZMO = """\
    id: gizmo-not-on-the-shelf
    title: "Gizmo {number|number} is missing"
    messages: ["Gizmo number {number} is not on the shelf"]
    causes:
      - id: taken
        reason: Somebody took the gizmo.
        action: ["Put gizmo {number|it} back."]
    sources: [the shelf]
    reviewed: 2026-11-22
    examples:
      match: ["Gizmo number G-1 is not on the shelf", "Gizmo number G-2 is not on the shelf"]
      near_miss: ["The widget is not in the drawer"]
    """
WIDGET = """\
    id: widget-not-in-the-drawer
    title: The widget is missing
    messages: ["Widget is not in the drawer"]
    causes:
      - id: taken
        reason: Somebody took the widget.
        action: ["Put the widget back."]
    sources: [the drawer]
    reviewed: 2026-11-22
    examples:
      match: ["Widget is not in the drawer", "widget is not in the drawer"]
      near_miss: ["The gizmo is on the shelf"]
    """


OTHERS = [
    WIDGET.replace("widget", f"thing{number}")
    .replace("Widget", f"Thing{number}")
    .replace("drawer", f"box{number}")
    for number in range(20)
]


@dataclass
class Shop:
    office: Office
    folder: Path

    def write(self, text: str) -> None:
        text = dedent(text)
        name = text.partition("\n")[0].removeprefix("id: ")
        (self.folder / f"{name}.yaml").write_text(text, encoding="utf-8")

    async def rewrite(self, *texts: str) -> None:
        """Replace all articles by these, again until the folder is watched."""
        while True:
            for path in self.folder.glob("*.yaml"):
                path.unlink()
            for text in texts:
                self.write(text)
            with suppress(TimeoutError):
                assert await asyncio.wait_for(self.office.readings.get(), 1) == ()
                return

    async def paste(self, text: str = PASTE, by: str = "") -> Message:
        return await self.office.reply_to(
            await self.office.ws.say(by or self.office.alice, self.office.support, text)
        )

    async def card(self) -> str:
        return words_of(await self.office.card())

    async def edit(self, reply: Message, text: str, shows: str) -> None:
        """Edit the message, and wait until the reply shows it."""
        assert reply.thread_ts is not None
        await self.office.ws.edit(self.office.alice, reply.channel, reply.thread_ts, text)
        await self.office.ws.until(lambda: occurs(shows, words_of(self.now(reply))) > 0)

    async def escalate(self, reply: Message) -> None:
        await self.office.escalate(self.office.alice, reply)
        await self.office.card()
        await self.office.ws.settled()

    async def claim(self) -> str:
        """Returns the card's text after Bob's claim."""
        return await self._press("claim", support_wording.RESOLVE)

    async def release(self) -> str:
        """Returns the card's text after Bob gave it back."""
        return await self._press("release", support_wording.CLAIM)

    async def _press(self, button: str, then_shown: str) -> str:
        """Bob presses a button of the card, which shows another one then."""
        ws, channel = self.office.ws, self.office.escalations
        await ws.click(self.office.bob, await self.office.card(), button)
        await ws.until(lambda: then_shown in buttons(ws.messages(channel)[0]))
        await ws.settled()
        return await self.card()

    def now(self, reply: Message) -> Message:
        return self.office.ws.message(reply.channel, reply.ts)

    def updates(self, reply: Message) -> int:
        return [call["ts"] for call in self.office.ws.transcript.calls("chat.update")].count(
            reply.ts
        )


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    folder = tmp_path / "knowledge" / "invoices"
    folder.mkdir(parents=True)
    made = Shop(None, folder)  # type: ignore[arg-type]
    made.write(GIZMO)
    made.write(WIDGET)
    async with office(tmp_path, knowledge_dir=tmp_path / "knowledge") as made.office:
        yield made


class TestAnArticleThatIsRemoved:
    async def test_stays_in_reply_and_card_of_an_escalation_also_after_a_restart(
        self, shop: Shop
    ) -> None:
        reply = await shop.paste()
        await shop.escalate(reply)
        await shop.rewrite(WIDGET)
        assert "Gizmo G-71 is missing" in await shop.claim()
        assert "Gizmo G-71 is missing" in words_of(shop.now(reply))
        assert wording.UNKNOWN_TITLE not in words_of(shop.now(reply))
        await shop.office.restart()
        assert "Gizmo G-71 is missing" in await shop.release()

    async def test_still_opens_completely_with_its_values_and_counts_the_votes_on_it(
        self, shop: Shop
    ) -> None:
        reply = await shop.paste()
        await shop.rewrite(WIDGET)
        await shop.office.ws.click(shop.office.alice, reply, "read_all.1")
        modal = await shop.office.modal(shop.office.alice)
        assert "Gizmo G-71 is missing" in words_in(modal.blocks)
        await shop.office.ws.click(shop.office.alice, reply, f"{ids.ACTION_FEEDBACK}.yes")
        await shop.office.ws.settled()
        await shop.office.ws.until(lambda: bool(shop.office.ws.ephemerals(shop.office.alice)))
        assert set(await shop.office.votes.ratings()) == {"gizmo-not-on-the-shelf"}

    async def test_still_fills_the_form_from_what_was_found(self, shop: Shop) -> None:
        reply = await shop.paste(f"{'A line of a log that says nothing. ' * 120}\n{PASTE}")
        await shop.rewrite(WIDGET)
        await shop.office.ws.click(shop.office.alice, reply, "escalate")
        modal = await shop.office.modal(shop.office.alice)
        error = next(block for block in modal.blocks if block.get("block_id") == "error")
        assert error["element"]["initial_value"].startswith("Gizmo number G-71 is not on the shelf")

    async def test_stays_with_the_escalation_when_the_message_is_edited_too(
        self, shop: Shop
    ) -> None:
        reply = await shop.paste()
        await shop.escalate(reply)
        await shop.rewrite(WIDGET)
        await shop.edit(reply, PASTE.replace("71", "72"), shows=wording.VANISHED)
        assert "Gizmo G-71 is missing" in await shop.claim()


class TestWhatWasEscalated:
    async def test_stays_on_the_card_when_its_error_is_edited_away(self, shop: Shop) -> None:
        reply = await shop.paste()
        await shop.escalate(reply)
        await shop.edit(reply, "sorry, all good", shows=wording.VANISHED)
        assert "Gizmo G-71 is missing (gizmo-not-on-the-shelf)" in await shop.claim()
        await shop.office.restart()
        assert "Gizmo G-71 is missing (gizmo-not-on-the-shelf)" in await shop.release()

    async def test_is_the_answer_of_that_moment_not_of_the_first(self, shop: Shop) -> None:
        reply = await shop.paste()
        await shop.edit(reply, "Xero: Widget is not in the drawer", shows="The widget is missing")
        await shop.escalate(reply)
        await shop.edit(reply, PASTE, shows="Gizmo G-71 is missing")
        card = await shop.claim()
        assert ("(widget-not-in-the-drawer)" in card, "gizmo" in card) == (True, False)


class TestAnArticleThatIsReworded:
    async def test_changes_new_answers_only(self, shop: Shop) -> None:
        reply = await shop.paste()
        await shop.rewrite(GIZMO.replace("is missing", "went away"), WIDGET)
        await shop.escalate(reply)
        assert "Gizmo G-71 is missing" in words_of(shop.now(reply))
        later = await shop.paste("Xero: Gizmo number G-99 is not on the shelf", shop.office.bob)
        assert "Gizmo G-99 went away" in words_of(later)

    async def test_answers_an_edited_message_in_its_new_words(self, shop: Shop) -> None:
        reply = await shop.paste()
        await shop.rewrite(GIZMO.replace("is missing", "went away"), WIDGET)
        await shop.edit(reply, PASTE.replace("71", "72"), shows="Gizmo G-72 went away")


class TestAnArticleThatIsMerged:
    MERGED = WIDGET.replace("title:", "formerly: [gizmo-not-on-the-shelf]\n    title:")

    async def test_is_found_under_its_new_id_by_a_button_from_before(self, shop: Shop) -> None:
        reply = await shop.paste("Xero: Widget is not in the drawer")
        (row,) = [block for block in reply.blocks if block.get("block_id") == "foot"]
        more = next(element for element in row["elements"] if element["action_id"] == "read_all.1")
        more["value"] = more["value"].replace("widget-not-in-the-drawer", "gizmo-not-on-the-shelf")
        await shop.rewrite(self.MERGED)
        await shop.office.ws.click(shop.office.alice, reply, "read_all.1")
        modal = await shop.office.modal(shop.office.alice)
        assert "The widget is missing" in words_in(modal.blocks)

    async def test_opens_no_step_of_the_other_article_with_a_button_from_before(
        self, shop: Shop
    ) -> None:
        reply = await shop.paste("Xero: Widget is not in the drawer")
        await shop.rewrite(self.MERGED.replace("Put the widget back.", "{do.reconnect}"))
        (row,) = [block for block in reply.blocks if block.get("block_id") == "foot"]
        more = next(element for element in row["elements"] if element["action_id"] == "read_all.1")
        token = more["value"].split()[0]
        more |= {"action_id": "show_how.0", "value": f"{token} gizmo-not-on-the-shelf 0"}
        await shop.office.ws.click(shop.office.alice, reply, "show_how.0")
        await shop.office.whisper_to(shop.office.alice, wording.STEPS_CHANGED)

    async def test_opens_by_a_button_from_before_also_at_a_cause_that_did_not_come_along(
        self, shop: Shop
    ) -> None:
        reply = await shop.paste("Xero: Widget is not in the drawer")
        interaction = await shop.office.interactions.by_key(reply.channel, reply.thread_ts or "")
        assert interaction is not None
        await shop.rewrite(self.MERGED)
        opening = Opening("gizmo-not-on-the-shelf", "taken", shop.office.bob)
        openings = Openings(shop.office.bot.recogniser, shop.office.bot.stores.openings)
        assert await openings.open(interaction, opening, "")
        assert not await openings.open(interaction, replace(opening, article_id="other"), "")

    def test_brings_its_votes_along(self) -> None:
        gizmo, widget = article("gizmo"), article("widget")
        before = {"gizmo": Rating(2, 3), "widget": Rating(3, 3)}
        assert current(before, knowledge(gizmo, widget)) == before
        merged = knowledge(article("widget", formerly=["gizmo"]))
        assert current(before, merged) == {"widget": Rating(5, 6)}


class TestAReply:
    async def test_is_not_updated_when_it_would_show_the_same(self, shop: Shop) -> None:
        reply = await shop.paste()
        await shop.escalate(reply)
        await shop.office.ws.until(lambda: shop.updates(reply) == 1)
        assert "ESC-1" in words_of(shop.now(reply))
        await shop.claim()
        # this announcement comes after that of the claim, which ended with a look at the reply
        await shop.release()
        assert shop.updates(reply) == 1


class TestAPick:
    @pytest.fixture
    async def shop(self, shop: Shop) -> Shop:
        """With many other articles, the words of a description score enough for a suggestion."""
        await shop.rewrite(GIZMO, WIDGET, *OTHERS)
        return shop

    async def suggested(self, shop: Shop) -> Message:
        mention = f"<@{shop.office.ws.bot_user_id}>"
        reply = await shop.paste(
            f"{mention} the gizmo is missing from the shelf, somebody took the gizmo and the widget"
        )
        assert "pick_article.1" in f"{reply.blocks}"
        return reply

    def forged(self, reply: Message, article_id: str) -> Message:
        picks = next(block for block in reply.blocks if block.get("block_id") == "picks")
        token, _ = picks["elements"][0]["value"].split()
        picks["elements"][0]["value"] = f"{token} {article_id}"
        return reply

    async def test_is_answered_with_what_was_suggested_even_after_it_was_removed(
        self, shop: Shop
    ) -> None:
        reply = await self.suggested(shop)
        picked = buttons(reply)[0].removeprefix("1. ")
        await shop.rewrite(GIZMO if "widget" in picked else WIDGET, *OTHERS)
        await shop.office.ws.click(shop.office.alice, reply, "pick_article.1")
        await shop.office.ws.until(lambda: wording.PICKED in words_of(shop.now(reply)))
        assert picked in words_in(shop.now(reply).blocks)

    async def test_stays_with_the_escalation_when_the_message_is_edited(self, shop: Shop) -> None:
        reply = await self.suggested(shop)
        picked = buttons(reply)[0].removeprefix("1. ")
        await shop.office.ws.click(shop.office.alice, reply, "pick_article.1")
        await shop.office.ws.until(lambda: wording.PICKED in words_of(shop.now(reply)))
        await shop.escalate(shop.now(reply))
        assert f"{picked} (" in await shop.card()
        await shop.edit(reply, "sorry, all good", shows=wording.UNKNOWN_TITLE)
        assert f"{picked} (" in await shop.claim()

    async def test_of_what_was_not_suggested_is_refused_in_words_as_instead_of_a_sure_answer(
        self, shop: Shop
    ) -> None:
        alice = shop.office.alice
        sure, unsure = await shop.paste(), await self.suggested(shop)
        await shop.office.ws.click(alice, self.forged(unsure, "not-an-article"), "pick_article.1")
        await shop.office.whisper_to(alice, wording.NOT_OFFERED)
        assert wording.PICKED not in words_of(shop.now(unsure))
        forged = self.forged(unsure, "widget-not-in-the-drawer")
        picks = next(block for block in forged.blocks if block.get("block_id") == "picks")
        foot = next(block for block in sure.blocks if block.get("block_id") == "foot")
        picks["elements"][0]["value"] = (
            f"{foot['elements'][0]['value'].split()[0]} widget-not-in-the-drawer"
        )
        await shop.office.ws.click(alice, forged, "pick_article.1")
        await shop.office.ws.until(lambda: len(shop.office.ws.ephemerals(alice)) == 2)
        assert occurs(wording.NOT_OFFERED, words_of(shop.office.ws.ephemerals(alice)[-1]))
        await shop.office.ws.settled()
        assert "Gizmo G-71 is missing" in words_of(shop.now(sure))
