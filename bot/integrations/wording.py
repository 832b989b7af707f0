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
INTRO = "The store pressed Escalate on a Xero error. Here's everything they told us."
CONVERSATION = "Conversation"
OPEN_CONVERSATION = "Open the conversation"
PRIVATE = (
    "The store asked privately, so only the person who asked can open the conversation. "
    "Please answer under {name}'s card in the escalation channel."
)
FACTS = "What the store told us"
REPLIED = "What the bot replied"
REPLIED_NOTHING = "No known error"
FOOTER = (
    "Sent by {sender} for {name}. "
    "Please answer in Slack: the store doesn't get replies to this e-mail."
)

COMMENTS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.OPEN: "{name} is open: the store needs a person.",
        Verb.CLAIM: "{name}: somebody in support is working on it.",
        Verb.RELEASE: "{name} is waiting again: the person working on it has handed it back.",
        Verb.RESOLVE: "{name} is resolved.",
        Verb.WITHDRAW: "{name} is withdrawn: the store doesn't need help any more.",
        Verb.REOPEN: "{name} is open again: the store still needs a person.",
        Verb.REMIND: "{name} is still waiting: nobody has picked it up yet.",
        Verb.RELAY: "{name}: support has sent the store an answer.",
        Verb.WRITE: "{name}: the store has written something in Slack.",
        Verb.EDIT: "{name}: the store has changed its first message in Slack.",
        Verb.ANSWER: "{name}: support has answered the store in its thread.",
    }
)
"""A ticket's comment about each change. The store may read it: it never has support's own notes."""
