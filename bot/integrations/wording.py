"""Every sentence a person can read in the e-mail to support and in the help desk. Calm, exact, in a shop's words."""

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
INTRO = "The store pressed Escalate under a Xero error. This is everything it said."
CONVERSATION = "Conversation"
OPEN_CONVERSATION = "Open the conversation"
PRIVATE = (
    "The store asked privately, so only the person who asked can open the conversation. Answer under the card of "
    "{name} in the escalation channel."
)
FACTS = "What the store said"
REPLIED = "What the bot replied"
REPLIED_NOTHING = "No known error"
FOOTER = "Sent by {sender} for {name}. Please answer in Slack: a reply to this e-mail does not reach the store."

COMMENTS: Mapping[Verb, str] = MappingProxyType(
    {
        Verb.OPEN: "{name} is open: the store needs a person.",
        Verb.CLAIM: "{name} is in hand: somebody in support is working on it.",
        Verb.RELEASE: "{name} is waiting again: whoever worked on it has handed it back.",
        Verb.RESOLVE: "{name} is resolved.",
        Verb.WITHDRAW: "{name} is withdrawn: the store no longer needs anybody.",
        Verb.REOPEN: "{name} is open again: the store still needs a person.",
        Verb.REMIND: "{name} is still waiting: nobody has taken it up yet.",
        Verb.RELAY: "{name}: support has sent the store an answer.",
    }
)
"""What the ticket says of each change. Public: the store may read it, so nothing of what support notes for itself."""
