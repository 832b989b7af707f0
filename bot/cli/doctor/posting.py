"""The test card, posted when the operator asks for it."""

import secrets

from bot.cli.doctor.findings import Finding, with_advice
from bot.cli.doctor.known_settings import KnownSettings
from bot.cli.doctor.slack import SlackConnection
from bot.domain.errors import GaveUpError, TryLaterError
from bot.slack.views.alerts import test_card


async def post_test_card(given: KnownSettings, slack: SlackConnection) -> list[Finding]:
    """Post a test card in the escalation channel; return where it is."""
    given.require("escalation_channel")
    messages = (await slack.api()).messages
    key = f"doctor-{secrets.token_hex(8)}"
    try:
        channel, ts = await messages.post(given.settings.escalation_channel, test_card(), key)
    except GaveUpError as error:
        return [Finding.fail(f"ESCALATION_CHANNEL: {error.reason}")]
    except TryLaterError as error:
        may_be = " It may have been posted all the same." if error.unsure else ""
        return [Finding.fail(f"Slack did not confirm it: {with_advice(error)}.{may_be}")]
    return [Finding.ok(f"posted: {messages.permalink(channel, ts)}")]
