"""What an article has for the integration's developers: in the e-mail and as an internal note."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.domain import escalation_labels
from bot.domain.escalations import Verb
from bot.domain.jobs import JobKind
from bot.integrations import handover_text, wording
from tests.builders import article, judged, knowledge
from tests.integrations.builders import handover
from tests.integrations.outside import Outside
from tests.integrations.test_email import Postbox, free_port, opened
from tests.integrations.test_email_message import arrived, text_in, words
from tests.integrations.test_outside import comments_about
from tests.integrations.zendesk_server import Fault, ZendeskServer
from tests.mail import body
from tests.service_harness import MINUTE

NOTE = "Read the invoice's Status before the payment is posted."
HEADING = escalation_labels.FOR_DEVELOPERS
KNOWN = knowledge(
    article("not-found", messages=["Invoice could not be found"], for_vendor=f"*Why:* {NOTE}")
)


@pytest.fixture
async def outside(tmp_path: Path) -> AsyncIterator[Outside]:
    async with (
        ZendeskServer(lambda: made.now) as zendesk,
        Outside(tmp_path, free_port(), zendesk, KNOWN) as made,
    ):
        made.now = 1_795_301_527.0
        yield made
        await made.helpdesk.close()


class TestATicket:
    async def test_has_it_where_the_store_cannot_read_it(self, outside: Outside) -> None:
        await outside.escalate()
        await outside.change(Verb.CLAIM)
        key, data = await outside.key(), outside.zendesk.data
        assert data.notes(key) == [f"{HEADING}\nWhy: {NOTE}"]
        assert await outside.comments() == comments_about(Verb.CLAIM)
        assert NOTE not in "".join(data.comments(key))
        assert data.tickets[key]["status"] == "pending", "the note leaves the status alone"

    @pytest.mark.parametrize("fault", list(Fault))
    @pytest.mark.parametrize("before", [0, 1, 2])
    async def test_has_it_once_whatever_happens_to_a_request(
        self, outside: Outside, fault: Fault, before: int
    ) -> None:
        outside.leave(JobKind.SEND_EMAIL, JobKind.REMIND_CLAIM)
        outside.zendesk.slow_seconds = 0.0
        outside.zendesk.faults = iter([*[None] * before, fault])
        await outside.escalate()
        await outside.work_for(10 * MINUTE)  # the longest wait after a failure
        assert len(outside.zendesk.data.tickets) == 1
        assert len(outside.zendesk.data.notes(await outside.key())) == 1


class TestAnEmail:
    async def test_has_it_in_both_parts(self, outside: Outside, tmp_path: Path) -> None:
        postbox = Postbox()
        with opened(postbox, port=outside.smtp_port):
            await outside.escalate()
            await outside.work_for(MINUTE)
        (raw,) = postbox.letters
        for kind in ("plain", "html"):
            text = text_in(body(raw, kind), kind)
            assert text.index(wording.REPLIED) < text.index(HEADING) < text.index(NOTE)

    def test_has_no_heading_without_it(self) -> None:
        read = arrived(handover())
        assert [kind for kind in ("plain", "html") if HEADING in words(read, kind)] == []

    def test_has_its_lines_and_no_more_than_fits(self) -> None:
        long = "One <b>line</b>.\nAnother line.\n" + "A sentence more. " * 1_000
        read = arrived(replace(handover(), for_developers=long))
        plain, page = words(read).replace("\r\n", "\n"), words(read, "html")
        assert f"{HEADING}\nOne <b>line</b>.\nAnother line.\n" in plain
        assert "One &lt;b&gt;line&lt;/b&gt;.<br>Another line.<br>" in page
        assert plain.count("A sentence more.") < handover_text.MAX_NOTE / len("A sentence more.")


class TestSeveralArticles:
    def test_are_named_where_each_has_something(self) -> None:
        found = judged("one", "two", "three")
        texts = {"one": "First.", "two": None, "three": "Third."}
        articles = {
            key: article(key, title=f"Title {key}", for_vendor=text) for key, text in texts.items()
        }
        assert (
            replace(found, articles=articles).for_developers
            == "Title one\nFirst.\n\nTitle three\nThird."
        )
        assert judged("one").for_developers == ""
        assert judged().for_developers == ""
