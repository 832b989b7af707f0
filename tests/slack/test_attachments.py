"""Snippets, logs and screenshots: read and answered as if they had been pasted."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest

from bot.attachments.pdf_worker import MAX_PAGES
from bot.attachments.reader import can_read_pictures
from bot.domain.attachments import ReadOutcome
from bot.slack.views import file_wording, wording
from slack_sandbox import Download, Failure
from tests.attachments import pdfs
from tests.attachments.ocr import needs_heic
from tests.reading import shows
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, NOT_FOUND, Office, as_json, buttons, over_http, words_of

TITLE = AUTHORISED_TITLE
PHOTO = {"name": "till.png", "content": b"\x89PNG\r\n\x1a\n nothing", "mimetype": "image/png"}
SECRET = "a customer's own words, 021 555 0199"
pictures = pytest.mark.skipif(not can_read_pictures(), reason="the extra [ocr] is not installed")


def snippet(text: str, name: str = "Untitled") -> dict[str, object]:
    return {"name": name, "content": text, "mode": "snippet"}


def screen() -> dict[str, object]:
    from tests.attachments import drawing  # noqa: PLC0415 - needs the extra

    content = drawing.png(drawing.small())
    return {"name": "screen.png", "content": content, "mimetype": "image/png"}


def photo() -> dict[str, object]:
    """As an iPhone takes it, held sideways."""
    from tests.attachments import drawing  # noqa: PLC0415 - needs the extra

    content = drawing.heic(drawing.small(90), 6)
    return {"name": "IMG_4711.HEIC", "content": content, "mimetype": "image/heic"}


def a_pdf(content: bytes) -> dict[str, object]:
    return {"name": "sync.pdf", "content": content, "mimetype": "application/pdf"}


class TestASnippet:
    async def test_is_answered_in_the_channel_and_fills_the_escalations_form(
        self, shop: Office
    ) -> None:
        file = snippet(as_json(f"{AUTHORISED} INV-7731"))
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[file])
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert shows(reply, file_wording.READ_IN[ReadOutcome.READ], name="*Untitled*")
        await shop.ws.click(shop.alice, reply, "escalate")
        assert "INV-7731" in str((await shop.modal(shop.alice)).body)

    @over_http
    async def test_joins_what_is_typed_beside_it(self, shop: Office) -> None:
        files = [snippet(as_json(AUTHORISED), "a.json"), snippet(f"Xero: {NOT_FOUND}", "b.log")]
        ts = await shop.ws.say(
            shop.alice, shop.support, "Xero: Document could not be found", files=files
        )
        assert shows(await shop.reply_to(ts), wording.SEVERAL_FIRST, count=3)

    @over_http
    async def test_of_chatter_is_not_kept(self, shop: Office) -> None:
        ts = await shop.ws.say(
            shop.alice, shop.support, "the roster", files=[snippet("Mon: Ann, Tue: Bob")]
        )
        await settled(shop)
        assert shop.replies_to(ts) == []
        assert await shop.interactions.by_key(shop.support, ts) is None

    @over_http
    async def test_in_a_direct_message_is_always_answered(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(
            shop.alice, im, "", files=[snippet("Lorem ipsum dolor sit amet", "roster.txt")]
        )
        assert shows(await shop.reply_to(ts, im), wording.UNKNOWN_TITLE)

    @over_http
    async def test_of_megabytes_is_read_at_both_ends_and_says_so(self, shop: Office) -> None:
        line = "2026-11-23 09:00:00 INFO nothing to see here, all quiet at the tills\n"
        text = line * 30_000 + f"ERROR Xero: {AUTHORISED}\n"
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[snippet(text, "pos.log")])
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert shows(reply, file_wording.READ_IN[ReadOutcome.PARTLY], name="*pos.log*", size="2.1")

    @over_http
    async def test_that_is_forwarded_is_read(self, shop: Office) -> None:
        tills = shop.ws.add_channel("tills", [shop.alice, shop.bob])
        ts = await shop.ws.say(
            shop.alice, tills, "look", files=[snippet("Mon: Ann"), snippet(AUTHORISED)]
        )
        await shop.reply_to(ts, tills)
        forwarded = await shop.ws.forward(shop.bob, shop.support, tills, ts, "what is this?")
        assert TITLE in words_of(await shop.reply_to(forwarded))

    @over_http
    async def test_of_another_workspace_is_asked_for(self, shop: Office) -> None:
        guest = shop.ws.add_user("Mia", team_id="T0GUESTS")
        await shop.ws.invite(guest, shop.support)
        ts = await shop.ws.say(guest, shop.support, "", files=[snippet(as_json(AUTHORISED))])
        assert TITLE in words_of(await shop.reply_to(ts))

    @over_http
    async def test_is_read_when_the_bot_is_named_in_its_thread_or_by_the_shortcut(
        self, shop: Office
    ) -> None:
        file = snippet("sharepoint: Document could not be found")
        named, chosen = [
            await shop.ws.say(person, shop.support, "", files=[file])
            for person in (shop.alice, shop.bob)
        ]
        await settled(shop)
        mention = f"<@{shop.ws.bot_user_id}>"
        await shop.ws.say(shop.bob, shop.support, mention, thread_ts=named)
        assert "ocument could not be found" in words_of(await shop.reply_to(named))
        await shop.ws.shortcut(shop.alice, shop.support, chosen, "explain_xero_error")
        assert "ocument could not be found" in words_of(await shop.reply_to(chosen))

    @over_http
    async def test_that_is_taken_out_of_the_message_takes_its_answer_along(
        self, shop: Office
    ) -> None:
        ts = await shop.ws.say(
            shop.alice, shop.support, f"Xero: {NOT_FOUND}", files=[snippet(as_json(AUTHORISED))]
        )
        assert TITLE in words_of(await shop.reply_to(ts))
        (file,) = shop.ws.messages(shop.support)[0].files
        await shop.ws.edit(shop.alice, shop.support, ts, without_files=[file["id"]])
        await shop.ws.until(lambda: TITLE not in words_of(shop.replies_to(ts)[0]))
        assert "Invoice could not be found" in words_of(shop.replies_to(ts)[0])


@over_http
class TestAFileThatCannotBeHad:
    async def test_is_asked_for_as_text_where_somebody_asked(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        for served in (
            Download.forbidden(),
            Download.login(),
            Download.redirect("http://127.0.0.1:9/x"),
        ):
            shop.ws.api.fail_next("files.info", Failure.rate_limited(0))
            ts = await shop.ws.say(
                shop.alice, im, "", in_background=True, files=[snippet(AUTHORISED, "a.log")]
            )
            shop.ws.files.serve(shop.ws.message(im, ts).files[0]["id"], served)
            reply = await shop.reply_to(ts, im)
            assert shows(reply, file_wording.UNREAD[ReadOutcome.GONE], name="*a.log*")

    async def test_is_passed_over_in_silence_where_nobody_asked(self, shop: Office) -> None:
        shop.ws.api.fail_next("files.info", Failure.error("file_not_found"))
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[snippet(AUTHORISED)])
        await settled(shop)
        assert shop.replies_to(ts) == []

    async def test_is_tried_again_while_slack_cannot_be_reached(self, shop: Office) -> None:
        shop.ws.api.fail_next("files.info", Failure.server_error(), 2)
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[snippet(as_json(AUTHORISED))])
        await shop.ws.until(lambda: bool(shop.replies_to(ts)))

    async def test_does_not_keep_the_text_from_being_answered(self, shop: Office) -> None:
        shop.ws.api.fail_next("files.info", Failure.error("file_deleted"))
        ts = await shop.ws.say(
            shop.alice, shop.support, f"Xero: {AUTHORISED}", files=[snippet("x")]
        )
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert shows(reply, file_wording.NOT_READ, name=file_wording.FILE)

    async def test_of_a_kind_that_is_not_read_says_what_to_do(self, shop: Office) -> None:
        im = shop.ws.open_im(shop.alice)
        for name in ("all.zip", "log.docx", "log.xlsx", "log.pages", "log.odt"):
            files = [{"name": name, "content": b"PK", "mimetype": "application/zip"}]
            ts = await shop.ws.say(shop.alice, im, "", files=files)
            reply = await shop.reply_to(ts, im)
            assert shows(reply, file_wording.UNREAD[ReadOutcome.NOT_READ], name=f"*{name}*")
        assert buttons(reply) == [wording.ESCALATE]

    async def test_leaves_nothing_of_it_in_the_log(
        self, shop: Office, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG")
        im = shop.ws.open_im(shop.alice)
        photo = {**PHOTO, "name": f"{SECRET}.png"}
        files: list[dict[str, Any]] = [snippet(SECRET, f"{SECRET}.txt"), photo]
        await shop.reply_to(await shop.ws.say(shop.alice, im, "", files=files), im)
        mine = [
            record
            for record in caplog.records
            if record.name.startswith("bot") and "sandbox" not in record.name
        ]
        assert not any("own words" in record.getMessage() for record in mine)


@over_http
class TestWhatIsKept:
    async def test_of_files_threads_and_edits_holds_no_secret_and_no_address(
        self, shop: Office
    ) -> None:
        text = f"Xero: {AUTHORISED}\npassword: hunter2-hunter2\nmrs.smith@example.com"
        file = snippet(text, "mrs.smith@example.com.log")
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[file])
        await shop.reply_to(ts)
        kept = await shop.interactions.by_key(shop.support, ts)
        assert kept is not None
        assert "Authorised" in kept.text
        assert not [secret for secret in ("hunter2", "smith") if secret in f"{kept}"]
        start = await shop.ws.say(
            shop.alice, shop.support, "sharepoint said no to mrs.smith@example.com"
        )
        asked = await shop.ws.say(
            shop.bob, shop.support, f"<@{shop.ws.bot_user_id}>", thread_ts=start
        )
        await shop.reply_to(start)
        assert "smith" not in f"{await shop.interactions.by_key(shop.support, asked)}"
        edited = await shop.ws.say(shop.bob, shop.support, f"Xero: {AUTHORISED}")
        await shop.reply_to(edited)
        await shop.ws.edit(
            shop.bob, shop.support, edited, f"Xero: {NOT_FOUND} for mrs.smith@example.com"
        )
        await shop.ws.until(
            lambda: "Invoice could not be found" in words_of(shop.replies_to(edited)[0])
        )
        assert "smith" not in f"{await shop.interactions.by_key(shop.support, edited)}"


class TestAPDF:
    async def test_is_answered_in_the_channel(self, http_shop: Office) -> None:
        shop = http_shop
        files = [a_pdf(pdfs.pdf(f"Sync log\nXero: {AUTHORISED}"))]
        ts = await shop.ws.say(shop.alice, shop.support, "", files=files)
        reply = await shop.reply_to(ts)
        assert TITLE in words_of(reply)
        assert shows(reply, file_wording.READ_IN[ReadOutcome.READ], name="*sync.pdf*")

    async def test_of_many_pages_says_which_were_read(self, http_shop: Office) -> None:
        shop = http_shop
        pages = [*["All quiet at the tills"] * MAX_PAGES, f"Xero: {AUTHORISED}"]
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, "", files=[a_pdf(pdfs.pdf(*pages))])
        reply = await shop.reply_to(ts, im)
        assert TITLE in words_of(reply)
        assert shows(reply, file_wording.READ_IN_PDF[ReadOutcome.PARTLY], name="*sync.pdf*")

    @pytest.mark.parametrize(
        ("content", "outcome"),
        [(pdfs.scan(), ReadOutcome.NO_TEXT), (pdfs.locked(), ReadOutcome.DAMAGED)],
        ids=["scanned", "locked"],
    )
    async def test_without_text_gets_silence_in_the_channel_and_a_sentence_where_asked(
        self, http_shop: Office, content: bytes, outcome: ReadOutcome
    ) -> None:
        shop, files = http_shop, [a_pdf(content)]
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, shop.support, "", files=files)
        asked = await shop.ws.say(shop.alice, im, "", files=files)
        reply = await shop.reply_to(asked, im)
        assert shows(reply, file_wording.UNREAD_PDF[outcome], name="*sync.pdf*")
        await settled(shop)
        assert shop.replies_to(ts) == []


class TestAScreenshot:
    @needs_heic
    async def test_is_answered_and_looked_at_meanwhile_as_is_an_iphones_photo(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        for person, file in ((shop.alice, screen()), (shop.bob, photo())):
            ts = await shop.ws.say(person, shop.support, "", files=[file])
            replies = await shop.ws.until(partial(shop.replies_to, ts))
            assert "Invoice # must be unique" in words_of(replies[0]), file["name"]
            assert shop.ws.message(shop.support, ts).reactions == []
        assert [call["name"] for call in shop.ws.transcript.calls("reactions.add")] == ["eyes"] * 2

    @pictures
    async def test_is_answered_though_slack_refuses_the_reaction(self, http_shop: Office) -> None:
        shop = http_shop
        shop.ws.api.scopes.discard("reactions:write")
        im = shop.ws.open_im(shop.alice)
        ts = await shop.ws.say(shop.alice, im, "", files=[PHOTO])
        await shop.ws.until(lambda: bool(shop.replies_to(ts, im)))

    @pictures
    @over_http
    async def test_is_not_read_beside_a_text_that_says_it_all(self, shop: Office) -> None:
        ts = await shop.ws.say(shop.alice, shop.support, f"Xero: {AUTHORISED}", files=[PHOTO])
        await shop.reply_to(ts)
        assert shop.ws.transcript.calls("reactions.add") == []

    @pictures
    async def test_that_is_damaged_is_passed_over_in_the_channel_and_named_where_asked(
        self, http_shop: Office
    ) -> None:
        shop = http_shop
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[PHOTO])
        im = shop.ws.open_im(shop.bob)
        asked = await shop.ws.say(shop.bob, im, "", files=[PHOTO])
        await shop.ws.until(lambda: bool(shop.replies_to(asked, im)))
        reply = shop.replies_to(asked, im)[0]
        assert shows(reply, file_wording.UNREAD[ReadOutcome.DAMAGED], name="*till.png*")
        assert shop.replies_to(ts) == []

    async def test_is_asked_for_as_text_where_pictures_are_not_read(
        self, http_shop: Office, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        shop = http_shop
        monkeypatch.setattr("bot.attachments.reader.can_read_pictures", lambda: False)
        await shop.restart()
        im = shop.ws.open_im(shop.alice)
        asked = await shop.ws.say(shop.alice, im, "", files=[PHOTO])
        assert shows(await shop.reply_to(asked, im), file_wording.UNREAD[ReadOutcome.NO_READER])
        ts = await shop.ws.say(shop.alice, shop.support, "", files=[PHOTO])
        await settled(shop)
        assert shop.replies_to(ts) == []
        assert shop.ws.transcript.calls("reactions.add") == []
        assert shop.ws.files.downloads() == [], "nobody would read it"


async def settled(shop: Office) -> None:
    """Wait until everything before is handled: a later message of somebody else is answered."""
    carol = shop.ws.add_user("Carol")
    await shop.ws.invite(carol, shop.support)
    await shop.reply_to(await shop.ws.say(carol, shop.support, "Xero: Document could not be found"))
    await shop.ws.settled()
