"""Families in Slack: the question is asked, and each of its answers can be pressed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain.verdicts import Suggest
from bot.knowledge_base.families import FAMILIES_FILE
from bot.slack.views import ids, wording
from slack_sandbox import Failure, Message
from tests.slack.test_kept_answers import GIZMO, OTHERS, WIDGET, Shop
from tests.slack_harness import buttons, office, words_in, words_of

FAMILIES = """\
families:
  missing:
    question: What is missing at {product}?
    answers:
      thing0-not-in-the-box0: A thing
      gizmo-not-on-the-shelf: The gizmo
      thing1-not-in-the-box1: Another thing
"""
QUESTION = "What is missing at ClickPOS?"
DESCRIPTION = "somebody took my gizmo off the shelf"
THING = "thing0-not-in-the-box0"
TITLE = "The thing0 is missing"


@pytest.fixture
async def shop(tmp_path: Path) -> AsyncIterator[Shop]:
    """A shop whose gizmos and things are a family; over HTTP, every request signed."""
    folder = tmp_path / "knowledge" / "invoices"
    folder.mkdir(parents=True)
    made = Shop(None, folder)  # type: ignore[arg-type]
    for text in (GIZMO, WIDGET, *OTHERS):
        made.write(text)
    (folder.parent / FAMILIES_FILE).write_text(FAMILIES, encoding="utf-8")
    async with office(tmp_path, knowledge_dir=tmp_path / "knowledge") as made.office:
        yield made


TWO_FAMILIES = f"""\
{FAMILIES}  other:
    question: What else is missing?
    answers:
      thing2-not-in-the-box2: Thing 2
      thing3-not-in-the-box3: Thing 3
      widget-not-in-the-drawer: The widget
"""


async def asked(shop: Shop) -> Message:
    return await shop.paste(f"<@{shop.office.ws.bot_user_id}> {DESCRIPTION}")


async def press(shop: Shop, reply: Message, label: str) -> None:
    """Press the button with a label."""
    elements = [one for block in reply.blocks for one in block.get("elements", ())]
    (button,) = [one for one in elements if one.get("text", {}) == words(label)]
    await shop.office.ws.click(shop.office.alice, reply, button["action_id"])


def words(label: str) -> dict[str, object]:
    return {"type": "plain_text", "text": label, "emoji": True}


async def shows_picked(shop: Shop, reply: Message, title: str) -> None:
    await shop.office.ws.until(lambda: wording.PICKED in words_of(shop.now(reply)))
    assert title in words_in(shop.now(reply).blocks)
    assert QUESTION not in words_of(shop.now(reply))


class TestADescription:
    async def test_is_asked_the_question_of_its_family_and_answered_though_it_was_not_suggested(
        self, shop: Shop
    ) -> None:
        reply = await asked(shop)
        assert QUESTION in words_in(reply.blocks)
        assert QUESTION in reply.text
        assert buttons(reply)[:3] == ["The gizmo", "A thing", "Another thing"]
        stored = await shop.office.interactions.by_key(reply.channel, str(reply.thread_ts))
        assert stored
        assert stored.judgement
        assert isinstance(stored.judgement.verdict, Suggest)
        suggested = [one.article_id for one in stored.judgement.verdict.suggestions]
        assert THING not in suggested
        await press(shop, reply, "A thing")
        await shows_picked(shop, reply, TITLE)

    async def test_keeps_what_was_pressed_as_it_was_though_all_is_removed_and_restarted(
        self, shop: Shop
    ) -> None:
        reply = await asked(shop)
        (shop.folder.parent / FAMILIES_FILE).unlink()
        await shop.rewrite(GIZMO, WIDGET)
        await press(shop, reply, "A thing")
        await shows_picked(shop, reply, TITLE)
        await shop.office.restart()
        await shop.escalate(shop.now(reply))
        assert f"{TITLE} (" in await shop.card()
        assert TITLE in words_in(shop.now(reply).blocks)

    async def test_keeps_its_question_when_the_reply_is_drawn_again(self, shop: Shop) -> None:
        reply = await asked(shop)
        (shop.folder.parent / FAMILIES_FILE).unlink()
        await shop.rewrite(GIZMO, WIDGET)
        await shop.escalate(reply)
        await shop.office.ws.until(lambda: wording.ESCALATE not in buttons(shop.now(reply)))
        assert buttons(shop.now(reply)) == ["The gizmo", "A thing", "Another thing"]
        assert QUESTION in words_in(shop.now(reply).blocks)

    async def test_is_answered_with_what_was_suggested_and_with_no_article_of_another_family(
        self, shop: Shop
    ) -> None:
        reply = await asked(shop)
        picks = next(one for one in reply.blocks if one.get("block_id") == ids.BLOCK_PICKS)
        button, offered = picks["elements"][0], picks["elements"][0]["value"]
        button["value"] = f"{offered.split()[0]} thing2-not-in-the-box2"
        await shop.office.ws.click(shop.office.alice, reply, "pick_article.1")
        await shop.office.whisper_to(shop.office.alice, wording.NOT_OFFERED)
        assert wording.PICKED not in words_of(shop.now(reply))
        button["value"] = offered
        await press(shop, reply, "The gizmo")
        await shows_picked(shop, reply, "Gizmo number is missing")

    async def test_is_answered_with_what_was_chosen_from_the_menu_of_a_second_family(
        self, shop: Shop
    ) -> None:
        (shop.folder.parent / FAMILIES_FILE).write_text(TWO_FAMILIES, encoding="utf-8")
        await shop.rewrite(GIZMO, WIDGET, *OTHERS)
        mention = f"<@{shop.office.ws.bot_user_id}>"
        reply = await shop.paste(
            f"{mention} the gizmo is missing from the shelf, somebody took the gizmo and the widget"
        )
        (menu,) = [
            one
            for block in reply.blocks
            for one in block.get("elements", ())
            if one["type"] == "static_select"
        ]
        chosen = menu["option_groups"][0]["options"][-1]["value"]
        await shop.office.ws.click(shop.office.alice, reply, menu["action_id"], chosen)
        thing, *_ = chosen.split()[1].split("-")
        await shows_picked(shop, reply, f"The {thing} is missing")

    async def test_that_was_edited_since_takes_no_old_answer(self, shop: Shop) -> None:
        reply = await asked(shop)
        await shop.edit(reply, "sorry, all good", shows=wording.UNKNOWN_TITLE)
        await press(shop, reply, "A thing")
        await shop.office.whisper_to(shop.office.alice, wording.NOT_OFFERED)

    async def test_in_private_becomes_what_was_pressed_though_slack_stumbles(
        self, shop: Shop
    ) -> None:
        ws, alice = shop.office.ws, shop.office.alice
        reply = await ws.command(alice, shop.office.support, "/xero-error", DESCRIPTION)
        assert reply is not None
        assert QUESTION in words_in(reply.blocks)
        ws.api.fail_next("response_url", Failure.server_error())
        await press(shop, reply, "A thing")
        assert TITLE in words_of(await shop.office.whisper_to(alice, wording.PICKED))

    async def test_pasted_as_its_message_is_answered_without_a_question(self, shop: Shop) -> None:
        reply = await shop.paste()
        assert QUESTION not in words_of(reply)
        assert "Gizmo G-71 is missing" in words_of(reply)
