"""E-mails to operators whose channel in Slack takes no alerts."""

from __future__ import annotations

import asyncio
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import pytest

from bot.integrations import wording
from bot.integrations.email.tls import Tls
from slack_sandbox import PATIENCE
from tests.integrations.test_email import RECIPIENT, SENDER, Postbox, opened
from tests.mail import body
from tests.sentences import occurs
from tests.slack_harness import AUTHORISED, office


async def test_a_card_and_its_alert_that_slack_refuses_are_reported_by_email(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    postbox = Postbox()
    with opened(postbox) as server:
        mail: dict[str, Any] = {"support_email": RECIPIENT, "email_from": SENDER}
        mail |= {"smtp_host": "127.0.0.1", "smtp_port": server.port, "smtp_tls": Tls.NONE}
        async with office(tmp_path, **mail) as shop:
            reply = await shop.reply_to(await shop.ws.say(shop.alice, shop.support, AUTHORISED))
            shop.ws.directory.archive(shop.escalations)
            await shop.escalate(shop.alice, reply)
            async with asyncio.timeout(PATIENCE):
                while "ERROR" not in {record.levelname for record in caplog.records}:
                    await asyncio.sleep(0.01)
            letter = next(raw for raw in postbox.letters if AUTHORISED not in body(raw))
    read = message_from_bytes(letter, policy=SMTP_POLICY)
    assert (read["To"], read["Subject"]) == (RECIPIENT, wording.ALERT_SUBJECT)
    assert read["Auto-Submitted"] == "auto-generated"
    text = " ".join(body(letter).split())
    assert "publish_escalation" in text or "check_channels" in text
    assert "archived" in text
    assert occurs(" ".join(wording.ALERT.split()), text)
