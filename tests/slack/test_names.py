"""Names of people outside Slack; an e-mail is sent even if Slack does not return the name."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import escalation_labels
from bot.domain.escalations import Urgency
from bot.integrations import wording
from bot.integrations.email.tls import Tls
from slack_sandbox import PATIENCE, Failure
from tests.integrations.test_email import RECIPIENT, SENDER, Postbox, free_port, opened
from tests.mail import body
from tests.slack_harness import AUTHORISED, Office, office


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
async def shop(tmp_path: Path, postbox: Postbox) -> AsyncIterator[Office]:
    port = free_port()
    with opened(postbox, port=port):
        async with office(
            tmp_path,
            support_email=RECIPIENT,
            email_from=SENDER,
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_tls=Tls.NONE,
        ) as made:
            yield made


async def letter(shop: Office, postbox: Postbox) -> str:
    reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
    await shop.escalate(shop.alice, reply, urgency="now")
    await shop.card()
    async with asyncio.timeout(PATIENCE):
        while not postbox.letters:
            await asyncio.sleep(0.01)
    return body(postbox.letters[0])


class TestALetter:
    async def test_names_who_asked_whose_shop_what_and_how_urgent(
        self, shop: Office, postbox: Postbox
    ) -> None:
        sent = await letter(shop, postbox)
        for words in (
            f"Alice ({shop.alice})",
            "Ponsonby",
            AUTHORISED,
            escalation_labels.URGENCIES[Urgency.NOW],
        ):
            assert words in sent

    @pytest.mark.parametrize("refusal", [Failure.error("missing_scope"), Failure.server_error()])
    async def test_goes_out_though_slack_does_not_say_the_name(
        self, shop: Office, postbox: Postbox, refusal: Failure
    ) -> None:
        shop.ws.api.fail_next("users.info", refusal)
        assert f"{wording.REQUESTER}: {shop.alice}" in await letter(shop, postbox)
