"""Wording of the alerts that operators read in Slack."""

from collections.abc import Mapping

from bot.domain.jobs import JobKind

FAILED_JOBS: Mapping[str, str] = {
    JobKind.READ_REPORT: "I couldn't read the files of a message",
    JobKind.POST_REPLY: "I couldn't post a reply",
    JobKind.UPDATE_REPLY: "I couldn't update a reply after its message was edited",
    JobKind.REPLY_PRIVATELY: "I couldn't show somebody a private reply",
    JobKind.EXPLAIN_MESSAGE: "I couldn't explain a message to somebody who asked in its menu",
    JobKind.SHARE_REPLY: "I couldn't share a private reply",
    JobKind.PUBLISH_ESCALATION: (
        "I can't update an escalation's card, and I'm retrying every few minutes"
    ),
    JobKind.POST_NOTICES: (
        "I can't post that an escalation changed, and I'm retrying every few minutes"
    ),
    JobKind.REMIND_CLAIM: (
        "I can't post a reminder of an unclaimed escalation, and I'm retrying every few minutes"
    ),
    JobKind.DELETE_OLD_TEXTS: "I couldn't delete old texts",
    JobKind.RELAY_MESSAGE: "I couldn't copy a message between support and the requester",
    JobKind.MENTION_CLAIMANT: "I couldn't mention who has an escalation with new messages",
    JobKind.CHECK_CHANNELS: "I can't post in a channel that I need",
    JobKind.ALERT_CHANNEL_MOVED: (
        "Slack has given a channel a new id. I still post there, but the setting has the old id"
    ),
    JobKind.ALERT_TOKEN_REFUSED: "I can't post that Slack refused my token for a while",
    JobKind.SEND_EMAIL: "I couldn't send the e-mail about an escalation",
    JobKind.SYNC_TICKET: "I couldn't write an escalation's ticket in the help desk",
    JobKind.POLL_TICKETS: "I can't ask the help desk which tickets have changed",
    JobKind.READ_TICKET: "I couldn't read an escalation's ticket in the help desk",
}
ALERT = (
    ":warning: {what}: {reason}.\n"
    "That's job {number}. If I've given up on it, run `python -m bot jobs --retry` once the cause "
    "is fixed. I report each cause once a day."
)
UNAUTHORISED = (
    ":warning: Slack refused my token since {since}. It works again now, and I'll post what was "
    "waiting within a minute. If nobody reinstalled the app or changed the token, find out who "
    "revoked it."
)
TEST_CARD_TITLE = "Test card"
TEST_CARD = (
    "This is a test: escalations will be posted in this channel. There's nothing to claim, and nobody "
    "was asked. `python -m bot doctor --post` has sent it."
)
