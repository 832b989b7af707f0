"""Every sentence a person can read in Slack. Calm, exact, in a shop's words."""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.domain.articles import Area
from bot.domain.attachments import ReadOutcome
from bot.domain.escalation_labels import URGENCIES_IN_SHORT
from bot.domain.escalations import CLOCK, HELPDESK, Status, Urgency, Verb
from bot.domain.feedback import Reason
from bot.domain.jobs import JobKind
from bot.slack.views import ids

REASON = "Reason"
ACTION = "Action"
CAUTION = "Take care"
WHO = "Who can do this"
PREVENT = "Next time"
LINKS = "Helpful pages"
RELATED = "Looks similar"
SOURCES = "Sources"

ESCALATE = "Escalate"
SHARE = "Share in channel"
MORE = "More about this"
MORE_OF = "More about {number}"
STEPS_FOLLOW = " … more steps follow; press the button “More about …” below."
MORE_TITLE = "About this error"
WORDINGS = "Recognised by"
REVIEWED = "reviewed {date}"
HELPED = "This helped"
HELPED_NOT = "This did not help"
DID_YOU_MEAN = "Did you mean one of these?"
NOT_SURE = "I am not sure which error this is."
SUGGEST_NOTIFICATION = "I am not sure which Xero error this is. Did you mean one of these?"
SEVERAL_FIRST = (
    "There are {count} errors in this. Start with the first one; others may go away with it."
)
AND_ALSO = "Also in this text"

UNKNOWN_TITLE = "I do not know this error yet"
UNKNOWN = (
    "Nothing in this text matches a Xero integration error that I know. Please check that it holds the whole message: "
    "open the failed record in ClickPOS and copy everything the error box says, word for word."
)
CUT_OFF_TITLE = "The reason is missing from this text"
CUT_OFF = (
    "This says that Xero refused something, but not what. The reason stands further in:\n"
    "• in ClickPOS, open the failed record and copy everything the error box says\n"
    "• in a log or an answer from Xero, look for *ValidationErrors* and copy each *Message* under it\n"
    "• where the text ends in *(truncated...)* or *[Object]*, ask whoever runs the integration for the full answer\n"
    "Then paste it here again."
)
VANISHED = (
    "That message was changed, and I don't find a known error in it now. If ClickPOS still shows one, paste the whole "
    "message again."
)
ANSWERED_EARLIER = ":point_up: <{link}|I have just answered this.> If it isn't enough, a person can take over there."
FILE = "the file"
READ_IN = {
    ReadOutcome.READ: ":page_facing_up: Read in {name}",
    ReadOutcome.PARTLY: ":page_facing_up: {name} is long ({size:.1f} MB): I read its first and its last 256 kB",
}
NOT_READ = ":page_facing_up: Not read: {name}"
READ_WITHOUT = "A picture is easily misread: please paste its words as text."
UNREAD_TITLE = "I could not read this"
UNREAD = {
    ReadOutcome.NOT_READ: (
        "I do not open files such as {name}. What I read: text, log, JSON, XML, CSV and HTML files, and screenshots "
        "(PNG or JPEG) where that is set up. Please paste the error as text, or attach one of those."
    ),
    ReadOutcome.NO_READER: "I cannot read pictures here. Please paste the error as text: the words that {name} shows.",
    ReadOutcome.TOO_LARGE: (
        "{name} is too large for me. Please cut the picture down to the error box, or paste the error as text."
    ),
    ReadOutcome.TOO_SLOW: "Reading {name} took too long. Please paste the error as text.",
    ReadOutcome.NO_TEXT: (
        "I can make out no words in {name}. Please paste the error as text, or take the picture again: straight on, in "
        "good light, with the error box filling it."
    ),
    ReadOutcome.DAMAGED: "{name} cannot be opened. Please send it again, or paste the error as text.",
    ReadOutcome.GONE: (
        "I cannot get {name}: it was deleted, or Slack does not give it to me. Please paste the error as text."
    ),
}
UNKNOWN_NEXT = "If this is the whole message, press *Escalate* and a person will look at it."
NOTHING_PASTED = (
    "Paste the error behind my name, or mention me in the thread of the message that holds the error. "
    "For example: `Invoice could not be found`"
)

ESCALATE_UNDER_REPLY = "press *Escalate* under my reply"
ESCALATE_AFTER_PASTE = "paste the error after */xero-error*, press *Escalate* under my reply"
ESCALATE_DONE = "tell support in *{name}*"
"""The next words of the sentence are mostly "and give the document's number"."""

SHARING = "On its way to the channel."
SHARED = ":white_check_mark: <{link}|Shared in the channel>"
SHARED_ASKED = "<@{user}> asked about this with /xero-error:"
SHARED_BY = "<@{user}> shows everybody the answer to this:"
SHARE_REFUSED = (
    "I am not in this channel, so I cannot share it here. Add me with `/invite` and press "
    "*Share in channel* again."
)
SHARE_UNSURE = (
    "Slack won't tell me whether I'm in this conversation, so I can't share it here. Please try again in a minute, or "
    "mention me with the error."
)
FORGOTTEN = (
    "I no longer have what this button belongs to. Paste the error again and I will answer it anew."
)
EXPLAIN_PRIVATE = (
    "I am not in this channel, so only you can see this. To let me answer in the thread, "
    "type `/invite` with my name."
)
EXPLAIN_FILE = (
    "I am not in this channel, so I cannot open its files. Type `/invite` with my name and choose *Explain this Xero "
    "error* again, or send me the file in a direct message."
)
ALREADY_ANSWERED = "This message has an answer already: {link}"
THANKS = "Thank you. Your answer is noted."
THANKS_TITLE = "Thank you"
THANKS_NOT = "If the problem stays, press *Escalate* under the reply and a person takes over."
THANKS_ESCALATED = "Support has this already, and sees your answer."
RATED = "helped {rating.helped} of {rating.votes}"
FEEDBACK_TITLE = "What was missing?"
FEEDBACK_SUBMIT = "Send"
FEEDBACK_INTRO = "Your answer is noted: it did not help. Saying why makes the article better."
FIELD_REASON = "Why did it not help?"
REASONS = {
    Reason.WRONG_ERROR: "It explains another error than mine",
    Reason.UNCLEAR: "I could not follow the steps",
    Reason.NO_EFFECT: "I did the steps, and the error is still there",
    Reason.NO_ACCESS: "I am not allowed to do the steps",
}
NO_FEEDBACK = "Nobody has voted yet."
NO_ARTICLE = "no article"
FIELD_WORDS = "In your words"
FIELD_WORDS_HINT = "Support can read this. Never enter passwords."
WORD_FOR_WORD = "word for word"
NEARLY = "every deciding word is there"
PICKED = "chosen from the suggestions"
NONE_OF_THEM = "None of them? Paste the whole message, or press *Escalate*."

APP_DESCRIPTION = "Explains Xero integration errors and brings a person when that is not enough."
AGENT_DESCRIPTION = (
    "Paste an error from Xero or ClickPOS, as text, a file or a screenshot. I'll say what it means and what to do, and "
    "get you a person when that's not enough."
)
COMMAND_DESCRIPTION = "Explain a Xero integration error"
COMMAND_HINT = "[the error | open | list | help]"
SHORTCUTS = {
    ids.SHORTCUT_EXPLAIN: ("Explain this Xero error", "Replies with the reason and the action"),
    ids.SHORTCUT_SEND: ("Send to requester", "Sends your reply under a card to the shop"),
}
"""Name and description of each entry in a message's menu, by its id."""
PROMPTS_TITLE = "Paste what Xero or ClickPOS says, or ask about one of these:"
GREETING = (
    "I recognise Xero integration errors. Paste one here, as text or in a file: when I am sure which error it "
    "is, I answer in its thread with the reason and what to do. Everything else I leave alone. `/xero-error help` says "
    "more."
)

PASTE_TITLE = "Explain a Xero error"
PASTE_SUBMIT = "Explain"
CANCEL = "Cancel"
CLOSE = "Close"
PASTE_LABEL = "The error, as ClickPOS or Xero shows it"
PASTE_HINT = "The whole message is best. Only you will see the answer."
PASTE_EMPTY = "Paste the error message here, for example: Invoice could not be found."

LIST_TITLE = "Xero errors I know"
LIST_INTRO = (
    "I know {count} errors. Choose a subject and open one, or paste your error after `/xero-error`."
)
LIST_CHOOSE = "Choose a subject"
OPEN = "Open"
PREVIOUS = "Previous"
NEXT = "Next"
PAGE = "{first} to {last} of {total}"
HELP = (
    "*What I do*\nI recognise Xero integration errors and reply with the reason and the action.\n\n"
    "*How to ask*\n"
    "• `/xero-error` and the error: only you see the answer\n"
    "• `/xero-error` alone: opens a box to paste a long error into\n"
    "• `/xero-error list`: the errors I know, to open and read\n"
    "• `/xero-error open`: the escalations that are open\n"
    "• mention me with the error, or in the thread of a message that holds one\n"
    "• *More actions* > *Explain this Xero error* on any message\n"
    "• in support channels, paste the error: I answer when I am sure and stay silent otherwise\n"
    "• as text, as a snippet or in a file; edit your message and my answer follows\n\n"
    "*When it is not enough*\nPress *Escalate* under a reply and a person takes over. Never paste passwords."
)

ESCALATE_TITLE = "Bring in a person"
ESCALATE_SUBMIT = "Escalate"
ESCALATE_INTRO = (
    "Support gets this with a link to the thread. The more you can say, the sooner it is solved."
)
ESCALATE_SECRETS = (
    ":lock: Never enter passwords, login codes or card numbers. Support never asks for them."
)
FIELD_STORE_HINT = "The store's name as it is in ClickPOS."
FIELD_ORGANISATION_HINT = "The name at the top left in Xero."
CHOOSE = "Choose one"

URGENCIES = {
    Urgency.NOW: f":rotating_light: {URGENCIES_IN_SHORT[Urgency.NOW]}",
    Urgency.TODAY: URGENCIES_IN_SHORT[Urgency.TODAY],
    Urgency.WEEK: URGENCIES_IN_SHORT[Urgency.WEEK],
}
CARD_TITLE = "{urgency} · {name}: {store}"
CARD_NOTIFICATIONS = {
    Status.OPEN: "{urgency} · {name}: {store} needs a person, says {user}. {error}",
    Status.CLAIMED: "{name} for {store} is claimed · {urgency}. {error}",
    Status.RESOLVED: "{name} for {store} is resolved. {error}",
    Status.WITHDRAWN: "{name} for {store} is withdrawn. {error}",
}
CARD_STANDINGS = {
    Status.OPEN: ":red_circle: *Open* · opened {opened}",
    Status.CLAIMED: ":large_blue_circle: *Claimed* by {user} {since} · opened {opened}",
    Status.RESOLVED: ":white_check_mark: *Resolved* by {user} {since} · opened {opened}",
    Status.WITHDRAWN: ":leftwards_arrow_with_hook: *Withdrawn* by {user} {since} · opened {opened}",
}
CARD_OPEN_AGAIN = ":red_circle: *Open* again {since} · first opened {opened}"
CARD_HINT = "To answer the shop: reply under this card, then *More actions* > *Send to requester* on your reply."
CARD_ARTICLE_WANTED = ":pencil: An article should say this."
HISTORY = {
    Verb.OPEN: "{at}: opened by {user}",
    Verb.CLAIM: "{at}: claimed by {user}",
    Verb.RELEASE: "{at}: released by {user}",
    Verb.RESOLVE: "{at}: resolved by {user}",
    Verb.WITHDRAW: "{at}: withdrawn by {user}",
    Verb.REOPEN: "{at}: reopened by {user}",
    Verb.REMIND: "{at}: nobody had claimed it; reminded",
    Verb.RELAY: "{at}: {user} sent an answer to the requester",
}
HISTORY_CUT = "{count} earlier changes"
CLAIM = "Claim"
RELEASE = "Release"
RESOLVE = "Resolve"
WITHDRAW = "Withdraw"
WITHDRAW_TITLE = "Withdraw {name}?"
WITHDRAW_ASK = "Support will stop working on it. If you need them after all, you can reopen it."
WITHDRAW_NOT = "Keep it"
REOPEN = "Reopen"
RESOLVE_TITLE = "Resolve {name}"
RESOLVE_INTRO = (
    "The shop is told that it is resolved. What you write here stays on the card; to tell the shop something, use "
    "*Send to requester* on a reply under the card."
)
FIELD_CAUSE = "Cause"
FIELD_HELPED = "What helped"
FIELD_ARTICLE = "Should an article say this?"
FIELD_ARTICLE_YES = "Yes, the knowledge base should know it"
HELPDESK_NAME = "the help desk"
BOT_NAME = "Xero Help"
REMINDER = (
    ":bell: Nobody has claimed *{name}* yet ({store} · {urgency}). It came in {since}. {whom}"
)
RELAYED = ":speech_balloon: <@{user}>, <@{sender}> from support answers *{name}*:"
RELAYED_SOMEBODY = "_a colleague_"
"""Instead of a mention in the answer: it would call somebody who is not in this thread."""
SENT = "On its way to the requester. The card says so once it stands in their thread."
SENT_ALREADY = "That reply was sent to the requester already."
SEND_WHERE = (
    "*Send to requester* works on replies under an escalation's card. Reply there first, "
    "then choose it on your reply."
)
SEND_OWN_WORDS = (
    "Only what a person wrote can be sent to the requester. Write your answer as a reply under the card, then choose "
    "*Send to requester* on that."
)
SEND_LONG = (
    "That reply is longer than {most} characters, so it does not fit. Please send it in parts."
)
SEND_EMPTY = "There is no text in that message to send."
CANNOT_CHECK = (
    "Slack does not tell me at the moment who may do this, so nothing has changed. Please press the button again in a "
    "minute. If it stays like this, tell whoever runs the bot."
)
NOT_A_RESPONDER = "Only the support team can do this. You can follow the escalation in its thread."
NOT_THE_REQUESTER = "Only <@{user}>, who asked for help, can do this."
STANDS = {
    Status.OPEN: "*{name}* is open at the moment, so nothing has changed.",
    Status.CLAIMED: "*{name}* is claimed by <@{claimant}>, so nothing has changed.",
    Status.RESOLVED: "*{name}* is resolved already, so nothing has changed.",
    Status.WITHDRAWN: "*{name}* was withdrawn, so nothing has changed.",
}

OPEN_TITLE = "Open escalations"
OPEN_TITLE_OWN = "Your open escalations"
HOME_INTRO = "I recognise Xero integration errors. Paste one after `/xero-error`, or send it to me under *Messages*."
HOME_MINE = "Mine"
HOME_OPEN = "Open"
HOME_TODAY = "Today"
OPEN_NOTHING = "Nothing's open."
OPEN_NOTHING_OWN = (
    "You've no open escalations. If an answer isn't enough, press *Escalate* under it."
)
HOME_NOTHING = (
    "You've no open escalations. If an answer of mine isn't enough, press *Escalate* under it: a person takes over, "
    "and you can follow it here."
)
HOME_NOTHING_SUPPORT = (
    "Nothing's waiting. When a shop presses *Escalate* under an answer, it shows up here, "
    "the most urgent first."
)
LISTED_CLAIMED = "claimed by <@{user}>"
LISTED = {Status.OPEN: "*open*", Status.RESOLVED: "resolved", Status.WITHDRAWN: "withdrawn"}

GIVEN_UP: Mapping[str, str] = {
    JobKind.READ_REPORT: "The files of a message could not be read",
    JobKind.POST_REPLY: "A reply could not be put into its thread",
    JobKind.UPDATE_REPLY: "A reply could not be brought in line with its edited message",
    JobKind.SHARE_REPLY: "A private reply could not be shared",
    JobKind.PUBLISH_ESCALATION: "An escalation's card cannot be brought up to date, so it is tried every few minutes",
    JobKind.REMIND_CLAIM: "A reminder of an unclaimed escalation cannot be posted, so it is tried every few minutes",
    JobKind.DELETE_OLD_TEXTS: "Old texts could not be deleted",
    JobKind.RELAY_ANSWER: "Support's answer could not be sent to the requester",
    JobKind.CHECK_CHANNELS: "I cannot post in a channel that I need",
    JobKind.ALERT_CHANNEL_MOVED: "Slack has given a channel a new id. I post there all the same, "
    "but the setting still has the old one",
    JobKind.SEND_EMAIL: "The e-mail about an escalation could not be sent",
    JobKind.SYNC_TICKET: "The help desk's ticket of an escalation could not be written",
    JobKind.POLL_TICKETS: "The help desk cannot be asked what was solved there",
}
ALERT = (
    ":warning: {what}: {reason}.\nIt is kept as job {number}. If I have given it up, `python -m bot jobs --retry` "
    "tries it again once the cause is removed. You hear of each cause once a day."
)
PRESS_AGAIN = "Slack was too slow just now, so nothing has opened. Please press it again."
SLACK_FAILED = (
    "Slack didn't let me do that just now. Please try again in a minute. If it stays like "
    "this, tell your support team."
)
SLACK_UNREACHABLE = (
    "I can't get through to Slack at the moment. Please try again later. If it stays like "
    "this, tell your support team."
)
CARD_SHORTENED = (
    "Slack would not take all of it, so this card is shortened. The conversation has the rest."
)
UNAUTHORISED = (
    ":warning: Slack refused my token from {since} on. It takes it again now, so whatever waited is posted within a "
    "minute. If nobody reinstalled the app or changed the token, find out who revoked it."
)
CARD_REQUESTER = "Requested by"
CARD_THREAD = "Conversation"
CARD_THREAD_LINK = "Open the thread"
CARD_PRIVATE = "Asked privately, so there's no thread to open"
CARD_ARTICLES = "What the bot replied"
CARD_NOT_HELPED = "Why the reply did not help"
CARD_NO_ARTICLE = "No known error"
ESCALATED_AS = ":raising_hand: Escalated as *{name}* by <@{user}>"
YOU = "You"
NOTE_WHERE = "Support has the details and will answer in this thread; add anything new here."
NOTE_WHERE_PRIVATE = "Support has the details and will write to you directly."
NOTES = {
    Verb.OPEN: ":raising_hand: {user} brought in a person: *{name}*. {where}",
    Verb.CLAIM: ":mag: *{name}*: {actor} from support is looking at it. {where}",
    Verb.RELEASE: ":raising_hand: *{name}* is back with the support team, and somebody will take it up. {where}",
    Verb.RESOLVE: (
        ":white_check_mark: *{name}* is resolved, says {actor}. If the error is still there, press *Reopen* and "
        "support takes it up again."
    ),
    Verb.WITHDRAW: (
        ":leftwards_arrow_with_hook: *{name}* was withdrawn by {actor}: nobody is needed any more. If that changes, "
        "press *Reopen*."
    ),
    Verb.REOPEN: ":raising_hand: *{name}* was reopened by {actor}. {where}",
}
NOTE_RESOLVED_OUTSIDE = (
    ":white_check_mark: *{name}* was resolved by support. If the error is still there, press *Reopen* and support "
    "takes it up again."
)
NOTE_WAITING = (
    ":hourglass: *{name}* is kept safe, but the support channel cannot be reached at the moment. It is sent as soon as "
    "that works again. If you cannot wait, call support and name {name}."
)
ALREADY_ESCALATED = (
    "<@{user}> has escalated this already as *{name}*. Support has it; nothing more to do."
)
ALREADY_WAITING = (
    "<@{user}> has escalated this already as *{name}*. It is kept safe and sent as soon as the support channel can be "
    "reached. If you cannot wait, call support and name {name}."
)
ESCALATED_TITLE = "Already escalated"
NOT_RESOLVED_TITLE = "Nothing has changed"
FIELD_EMPTY = "Please fill this in: support cannot start without it."

OUR_FAULT = (
    "Something went wrong on my side. Please try again. If it happens again, tell support "
    "this reference: {reference}"
)
ONE_MOMENT = "One moment, this takes longer than usual. My answer comes here as soon as I have it."
FAULT_TITLE = "Something went wrong"
NOT_OFFERED = (
    "That isn't one of my suggestions any more: the message was changed. Look at my answer again."
)
ARTICLE_GONE = "This article is no longer in the knowledge base. Paste the error again to see what replaced it."
CUT = " …"
"""Behind a text that goes on: a button beside it leads to the whole."""


def who(actor: str) -> str:
    """Whoever did something, as Slack shows people."""
    return {HELPDESK: HELPDESK_NAME, CLOCK: BOT_NAME}.get(actor, f"<@{actor}>")


def utc(at: float) -> str:
    """A time for readers whose Slack cannot show it by their own clock."""
    return f"{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M} UTC"


def score(value: float) -> str:
    """A score as a person reads it: whole numbers, never more precise than it is."""
    return f"{value:.0f} of 100"


AREAS = {
    Area.CONNECTION: "Connection and log-in",
    Area.PERIODS: "Lock dates and periods",
    Area.ACCOUNTS: "Accounts and codes",
    Area.TAXES: "Tax",
    Area.TRACKING: "Tracking",
    Area.CURRENCIES: "Currencies",
    Area.ITEMS: "Items and stock",
    Area.CONTACTS: "Contacts",
    Area.INVOICES: "Invoices and bills",
    Area.CREDITS: "Credit notes",
    Area.PAYMENTS: "Payments",
    Area.BANKING: "Bank",
    Area.INTEGRATION: "For whoever runs the integration",
}
