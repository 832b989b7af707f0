"""The escalation form: short at first, then with all its fields, and files."""

from __future__ import annotations

import json
from typing import Any

from bot.domain import escalation_labels
from bot.domain.escalations import Status, Verb
from bot.domain.relays import RelayKind
from bot.domain.uploads import UploadOutcome
from bot.slack.client.scopes import ALL
from bot.slack.views import file_wording, ids, requester_wording, support_wording
from slack_sandbox import Failure, Message
from tests.reading import shows
from tests.slack.payload_samples import changed, deliver, samples_about
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, elements, over_http, words_of

PASTE = f"Invoice INV-2041 of 31/10/2026 for $1,284.50: {AUTHORISED}"
SHOT = {"name": "till.png", "content": b"\x89PNG"}
LOG = {"name": "sync.log", "content": b"refused"}


async def opened(shop: Office, text: str = PASTE) -> Message:
    """The bot's reply, on which Alice has pressed Escalate."""
    reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, text))
    await shop.ws.click(shop.alice, reply, "escalate")
    await shop.modal(shop.alice)
    return reply


class TestTheShortForm:
    @over_http
    async def test_asks_for_the_error_the_shop_and_the_urgency(self, shop: Office) -> None:
        await opened(shop)
        view = await shop.modal(shop.alice)
        assert list(elements(view)) == ["error", "store", "urgency"]
        assert shows(view, requester_wording.MORE_DETAILS)

    @over_http
    async def test_says_what_the_paste_says_about_the_record(self, shop: Office) -> None:
        await opened(shop)
        assert await shop.ws.submit(shop.alice, {"store": "Ponsonby"}) == {}
        card = words_of(await shop.card())
        assert all(fact in card for fact in ("INV-2041", "2026-10-31", "1,284.50"))

    @over_http
    async def test_says_nothing_about_the_record_of_another_error(self, shop: Office) -> None:
        await opened(shop)
        answers = {"store": "Ponsonby", "error": "Invoice INV-7 could not be found"}
        assert await shop.ws.submit(shop.alice, answers) == {}
        card = words_of(await shop.card())
        assert f"{escalation_labels.RECORD}: INV-7" in " ".join(card.split())
        assert "2026-10-31" not in card


class TestAllFields:
    async def test_keep_what_was_typed_before_and_have_a_number_to_call_back(
        self, shop: Office
    ) -> None:
        await opened(shop)
        typed = {"error": "Account code 200 is gone", "store": "Albany", "urgency": "now"}
        given = await shop.all_fields(shop.alice, **typed)
        assert given["error"]["initial_value"] == typed["error"]
        assert given["store"]["initial_value"] == "Albany"
        assert given["urgency"]["initial_option"]["value"] == "now"
        answers = {"amount": "12.50", "callback": "021 555 1234, after five"}
        assert await shop.ws.submit(shop.alice, answers) == {}
        card = await shop.card()
        called = f"{escalation_labels.CALLBACK}: 021 555 1234, after five"
        assert called in " ".join(words_of(card).split())
        assert "ESC-1: Albany" in words_of(card)
        assert typed["error"] in words_of(card)

    @over_http
    async def test_appear_once_though_the_button_is_pressed_twice_and_require_no_more(
        self, shop: Office
    ) -> None:
        await opened(shop)
        short = await shop.modal(shop.alice)
        for _ in range(2):
            await shop.ws.click(shop.alice, short, ids.ACTION_MORE_DETAILS)
        await shop.ws.until(lambda: len(shop.ws.transcript.calls("views.update")) == 2)
        await shop.ws.settled()
        assert "callback" in elements(await shop.modal(shop.alice))
        hashes = [call.get("hash") for call in shop.ws.transcript.calls("views.update")]
        assert hashes == [short.hash] * 2, "Slack refuses the second"
        assert shop.ws.transcript.calls("views.push") == []
        required = [
            block["block_id"]
            for block in (await shop.modal(shop.alice)).blocks
            if block["type"] == "input" and not block["optional"]
        ]
        assert required == ["error", "store", "urgency"]

    @over_http
    async def test_have_none_for_files_where_the_scope_was_declined(self, shop: Office) -> None:
        shop.ws.api.scopes.clear()
        shop.ws.api.scopes.update(ALL - {"files:read"})
        await opened(shop)
        given = await shop.all_fields(shop.alice)
        assert "files" not in given
        assert "callback" in given

    @over_http
    async def test_are_not_shown_when_slack_fails_and_the_person_sees_why(
        self, shop: Office
    ) -> None:
        await opened(shop)
        shop.ws.api.fail_next("views.update", Failure.error("not_found"))
        short = await shop.modal(shop.alice)
        await shop.ws.click(shop.alice, short, ids.ACTION_MORE_DETAILS)
        await shop.ws.until(lambda: bool(shop.ws.transcript.calls("views.push")))


async def escalated_with(shop: Office, *files: dict[str, Any]) -> Message:
    """The card of a form with files."""
    await opened(shop)
    await shop.all_fields(shop.alice)
    assert await shop.ws.submit(shop.alice, {"store": "Ponsonby", "files": [*files]}) == {}
    return await shop.card()


async def copy_under(shop: Office, card: Message) -> Message:
    """The post under the card with the form's files."""
    introduction = support_wording.COPIED[RelayKind.FORM]

    def found() -> list[Message]:
        under = shop.ws.thread(shop.escalations, card.ts)[1:]
        return [m for m in under if shows(m, introduction, name="Alice")]

    await shop.ws.until(lambda: bool(found()))
    assert len(found()) == 1
    return found()[0]


class TestFiles:
    async def test_are_named_on_the_card_and_copied_under_it(self, shop: Office) -> None:
        card = await escalated_with(shop, SHOT, LOG)
        named = f"{escalation_labels.FILES}: till.png, sync.log"
        assert named in " ".join(words_of(card).split())
        copy = await copy_under(shop, card)
        images = [block for block in copy.blocks if block["type"] == "image"]
        assert (len(images), len(copy.files)) == (1, 1)
        assert [file.content for file in shop.ws.files.uploaded] == [b"\x89PNG", b"refused"]

    @over_http
    async def test_are_copied_once_though_slack_stumbles_and_are_neither_news_nor_history(
        self, shop: Office
    ) -> None:
        shop.ws.api.fail_next("files.completeUploadExternal", Failure.error("internal_error"))
        card = await escalated_with(shop, SHOT)
        await copy_under(shop, card)
        await shop.ws.settled()
        await copy_under(shop, card)
        escalations = shop.bot.stores.escalations
        assert [change.verb for change in await escalations.history(1)] == [Verb.OPEN]
        assert await shop.bot.stores.relays.unmentioned(1) == []

    @over_http
    async def test_stay_where_they_are_if_another_company_reads_the_cards(
        self, shop: Office
    ) -> None:
        guest = shop.ws.add_user("Guest", team_id="T0OTHER")
        shop.ws.directory.join(shop.escalations, guest)
        copy = await copy_under(shop, await escalated_with(shop, SHOT))
        reason = file_wording.FILE_REASONS[UploadOutcome.SHARED]
        missing = support_wording.FILE_MISSING.replace("{reason}", reason)
        assert shows(copy, missing, name="till.png")
        assert not list(shop.ws.files.uploaded)
        await shop.whisper_to(shop.alice, requester_wording.FILES_STAY)


class TestAFormOfAnOlderVersion:
    """It had all fields at once, neither files nor a number to call back."""

    @over_http
    async def test_is_taken_as_it_was_filled_in(self, shop: Office) -> None:
        text = {"type": "plain_text_input", "value": "said"}
        reply = await opened(shop, NOT_FOUND)
        found = await shop.interactions.by_key(shop.support, reply.thread_ts or "")
        assert found is not None
        fields: Any = {name: {name: text} for name in ("error", "store", "organisation")}
        fields |= {"record": {"record": {"type": "plain_text_input", "value": None}}}
        forms = [p for p in samples_about(shop, found.token) if p.get("type") == "view_submission"]
        sent, *_ = [p for p in forms if p["view"]["callback_id"] == ids.VIEW_ESCALATE]
        sent = changed(sent, ("view", "state", "values"), fields)
        carried = json.dumps({"token": found.token, "url": ""})
        sent = changed(sent, ("view", "private_metadata"), carried)
        assert await deliver(shop, sent) == 200
        escalation = await shop.bot.stores.escalations.for_interaction(found.id)
        assert escalation is not None
        assert (escalation.status, escalation.details.record) == (Status.OPEN, "")
        assert escalation.details.organisation == "said"
