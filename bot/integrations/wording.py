"""Every sentence that a person reads in the e-mail to support and in a ticket."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.escalations import Urgency, Verb

SENDER = "Xero Help"
SUBJECT = "{name} {urgency}: {store} - {error}"
SUBJECT_URGENCIES: Mapping[Urgency, str] = MappingProxyType(
    {Urgency.NOW: "urgent", Urgency.TODAY: "today", Urgency.WEEK: "this week"}
)
REQUESTER = "Asked by"
HEADLINE = "{store} needs a person"
INTRO = "{requester} at {store} asked for a person to look at a Xero error."
HOW = "How to answer"
HOW_IN_SLACK = (
    'Open the card in Slack. Type your answer in the box there and press "Send to the shop", or reply '
    'under the card and choose "Send to requester" on your reply: it goes to the store\'s thread. '
    "What you don't send stays with support."
)
HOW_IN_TICKET = (
    "Reply to this ticket publicly: your reply goes to the store's thread in Slack, within a minute or "
    "two. Internal notes stay here."
)
CARD = "Card"
OPEN_CARD = "Open the card in Slack"
CONVERSATION = "Conversation"
OPEN_CONVERSATION = "Open the conversation"
PRIVATE = "The store asked privately, so only the person who asked can open the conversation."
FACTS = "What the store told us"
FILES = "{names} (under the card in Slack)"
REPLIED = "What the bot replied"
REPLIED_NOTHING = "No known error"
FOOTER = (
    "Sent by {sender} for {name}. "
    "Please answer in Slack: replies to this e-mail go to {recipient}, and the store doesn't get them."
)

ALERT_SUBJECT = "Xero Help can't post in its channel in Slack"
ALERT = (
    "Job {number} ({kind}) can't be done: {reason}.\n"
    "\n"
    "The alert about that can't be posted in Slack either: {problem}. Please check that the channel of "
    "OPERATORS_CHANNEL, or ESCALATION_CHANNEL if that's empty, isn't archived, and that Xero Help is "
    "in it. Until then cards and reminders may be missing too, so somebody may be waiting for an "
    "answer.\n"
    "\n"
    "`python -m bot doctor` checks the channels, and the log has the details. What's waiting is posted "
    "within five minutes after you've fixed it.\n"
)

COMMENTS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.OPEN: "{name} is open: the store needs a person.",
        Verb.CLAIM: "{name}: somebody in support is working on it.",
        Verb.RELEASE: "{name} is waiting again: the person working on it has handed it back.",
        Verb.RESOLVE: "{name} is resolved.",
        Verb.WITHDRAW: "{name} was withdrawn by {who}: the store doesn't need help any more.",
        Verb.REOPEN: "{name} was reopened by {who}: the store still needs a person.",
        Verb.REMIND: "{name} is still waiting: nobody has picked it up yet.",
        Verb.RELAY: "{name}: support has sent the store an answer.",
        Verb.WRITE: "{name}: the store has written something in Slack.",
        Verb.EDIT: "{name}: the store has changed its first message in Slack.",
        Verb.ANSWER: "{name}: support has answered the store in its thread.",
    }
)
"""A ticket's comment about each change. The store may read it: it never has support's own notes."""
MESSAGES: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.RELAY: "{name}: {who} in support sent the store this answer in Slack:",
        Verb.WRITE: "{name}: {who} wrote in Slack:",
        Verb.EDIT: "{name}: {who} changed the message that was escalated:",
        Verb.ANSWER: "{name}: {who} in support answered in the store's thread in Slack:",
    }
)
"""The line above a message's words; without these, `COMMENTS` says that there was one."""
MESSAGE_CHANGED = "{name}: {who} changed this message in Slack. It now says:"
MESSAGE_DELETED = "{name}: {who} deleted a message in Slack."
MESSAGE_FILE = "It came with a file, which is in Slack."
MESSAGE_FILES = "It came with {count} files, which are in Slack."
SOMEBODY = "somebody"
"""Where Slack doesn't say a person's name."""
CHANNEL = "channel"
GROUP = "group"
