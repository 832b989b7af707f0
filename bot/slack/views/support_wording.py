"""Wording of what support agents read in Slack: cards, their forms and buttons, reminders."""

from bot.domain.escalations import Status, Verb
from bot.domain.relays import RelayKind

CARD_TITLE = "{urgency} · {name}: {store}"
CARD_NOTIFICATIONS = {
    Status.OPEN: "{urgency} · {name}: {user} needs help for {store}. {error}",
    Status.CLAIMED: "{name} for {store} is claimed · {urgency}. {error}",
    Status.RESOLVED: "{name} for {store} is resolved. {error}",
    Status.WITHDRAWN: "{name} for {store} is withdrawn. {error}",
}
CARD_STATUSES = {
    Status.OPEN: ":red_circle: *Open* · opened {opened}",
    Status.CLAIMED: ":large_blue_circle: *Claimed* by {user} {since} · opened {opened}",
    Status.RESOLVED: ":white_check_mark: *Resolved* by {user} {since} · opened {opened}",
    Status.WITHDRAWN: ":leftwards_arrow_with_hook: *Withdrawn* by {user} {since} · opened {opened}",
}
CARD_ANSWERED = " · first answered {since}"
CARD_OPEN_AGAIN = ":red_circle: *Open* again {since} · first opened {opened}"
BOX_LABEL = "Answer the shop"
BOX_PLACEHOLDER = "The shop gets this as you write it"
BOX_SEND = "Send to the shop"
BOX_EMPTY = "There's nothing in the box yet. Type your answer, then press *Send to the shop*."
BOX_LONG = (
    "That's longer than {most} characters, so I haven't sent it. It's still in the box: please "
    "send it in parts."
)
BOX_SENT = "On its way to the shop. You'll see it under the card as well."
BOX_SENT_ALREADY = "That answer has already been sent to the shop."
CARD_HINT = (
    "Replies under this card stay with support. To send one of them to the shop, choose "
    "*More actions* > *Send to requester* on it."
)
CARD_ARTICLE_WANTED = ":pencil: This should go into an article."
HISTORY = {
    Verb.OPEN: "{at}: opened by {user}",
    Verb.CLAIM: "{at}: claimed by {user}",
    Verb.RELEASE: "{at}: released by {user}",
    Verb.RESOLVE: "{at}: resolved by {user}",
    Verb.WITHDRAW: "{at}: withdrawn by {user}",
    Verb.REOPEN: "{at}: reopened by {user}",
    Verb.REMIND: "{at}: not claimed yet, so I sent a reminder",
    Verb.RELAY: "{at}: {user} sent an answer to the requester",
    Verb.WRITE: "{at}: {user} wrote in their thread",
    Verb.ANSWER: "{at}: {user} answered in the thread",
    Verb.EDIT: "{at}: {user} edited the message that was escalated",
}
HISTORY_TIMES = "({count} times)"
HISTORY_CUT = "{count} earlier changes"
CLAIM = "Claim"
RELEASE = "Release"
RESOLVE = "Resolve"
RESOLVE_TITLE = "Resolve {name}"
RESOLVE_INTRO = (
    "The shop will see that it's resolved. What you write here stays on the card. To tell the shop "
    "something, use the box on the card."
)
FIELD_CAUSE = "Cause"
FIELD_HELPED = "What helped"
FIELD_ARTICLE = "Should this go into an article?"
FIELD_ARTICLE_YES = "Yes, add it to the knowledge base"
REMINDERS = {
    Verb.OPEN: ":bell: Nobody's claimed *{name}* yet ({store} · {urgency}). It came in {since}. {whom}",
    Verb.RELEASE: (
        ":bell: Nobody's claimed *{name}* again ({store} · {urgency}). {actor} released it {since}. "
        "{whom}"
    ),
    Verb.REOPEN: (
        ":bell: Nobody's claimed *{name}* again ({store} · {urgency}). {actor} reopened it {since}"
        "{before}. {whom}"
    ),
    Verb.EDIT: (
        ":bell: Nobody's claimed *{name}* ({store} · {urgency}). {actor} changed the message {since}"
        "{before}. {whom}"
    ),
    Verb.WRITE: (
        ":bell: Nobody's claimed *{name}* ({store} · {urgency}). {actor} wrote again {since}{before}. "
        "{whom}"
    ),
}
"""By the change after which it waits for a claim."""
BEFORE = {
    Verb.RESOLVE: "; {user} had resolved it",
    Verb.WITHDRAW: "; {user} had withdrawn it",
    Verb.CLAIM: "; {user} had claimed it",
    Verb.RELAY: "; {user} had answered",
    Verb.ANSWER: "; {user} had answered",
}
NOTICES = {
    Verb.RESOLVE: ":white_check_mark: *{name}* ({store}) was resolved in {actor}. {whom}",
    Verb.WITHDRAW: ":leftwards_arrow_with_hook: {actor} withdrew *{name}* ({store}): no help needed any more. {whom}",
    Verb.REOPEN: ":raising_hand: {actor} reopened *{name}* ({store}): it's waiting for a claim again. {whom}",
}
SENT = "On its way to the requester. You'll see it on the card once it's in their thread."
SENT_ALREADY = "That reply has already been sent to the requester."
SEND_WHERE = (
    "*Send to requester* works on replies under an escalation's card. Reply there first, then "
    "choose it on your reply."
)
SEND_OWN_WORDS = (
    "I can only send the requester what a person wrote. Write your answer as a reply under the "
    "card, then choose *Send to requester* on it."
)
SEND_LONG = "That reply's longer than {most} characters, so it won't fit. Please send it in parts."
SEND_EMPTY = "There's neither text nor a file in that message to send."
HOME_NOTHING_SUPPORT = (
    "Nothing's waiting. When a shop presses *Escalate* under an answer, it shows up here, "
    "the most urgent first."
)
OPEN_TITLE = "Open escalations"
OPEN_NOTHING = "Nothing's open."
CARD_SHORTENED = (
    "This was too long for Slack, so I've shortened the card. The rest is in the conversation."
)
CARD_REQUESTER = "Requested by"
CARD_THREAD = "Conversation"
CARD_THREAD_LINK = "Open the thread"
CARD_PRIVATE = "Asked privately, so there's no thread to open"
CARD_ARTICLES = "What the bot replied"
CARD_NOT_HELPED = "Why the reply didn't help"
CARD_NO_ARTICLE = "It didn't know this error"
NOT_RESOLVED_TITLE = "Nothing has changed"
COPIED = {
    RelayKind.HELPDESK: ":outbox_tray: *{name}* sent this to the shop from the help desk:",
    RelayKind.BOX: ":outbox_tray: *{name}* sent this to the shop:",
    RelayKind.MESSAGE: ":incoming_envelope: *{name}* wrote:",
    RelayKind.REPORT: ":pencil2: *{name}* changed the message that was escalated:",
    RelayKind.FORM: ":paperclip: *{name}* added this to the form:",
    RelayKind.THREAD_ANSWER: ":speech_balloon: *{name}* answered in the thread:",
}
COPIED_SOMEBODY = "Somebody"
COPIED_LINK = "<{link}|Open the thread>"
COPIED_FILES = ("With a file.", "With {count} files.")
FILE_MISSING = ":paperclip: A file isn't here: {reason}."
FILES_STAY = "The shop got your message, but not all of your files: {reasons}. Please tell them what they need."
FILES_STAY_IN_THREAD = "Your message is under the card too, but not all of your files: {reasons}."
FILES_ASK_TITLE = "Send files outside?"
FILES_ASK = (
    "People from another company may be able to read the shop's channel. Your message has files, "
    "and I don't look into them. Send it there?"
)
FILES_SEND = "Send"
COPIED_MENTION = "_a colleague_"
"""Replaces a mention in the message, which would notify somebody."""
NEW_MESSAGES = (
    "{whom} there's a new message from the shop about *{name}*, just above.",
    "{whom} there are {count} new messages from the shop about *{name}*, just above.",
)
STATUS_NONE = "There's no *ESC-{number}*. For those that are open, type `/xero-error open`."
STATUS_CARD = "Open the card"
