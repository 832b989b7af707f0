"""Wording of everything that people read in Slack."""

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
CAUTION = "Careful"
WHO = "Who can do this"
PREVENT = "Next time"
LINKS = "Helpful pages"
RELATED = "Looks similar"
SOURCES = "Sources"

ESCALATE = "Escalate"
SHARE = "Share in channel"
MORE = "More about this"
MORE_OF = "More about {number}"
STEPS_FOLLOW = " … there are more steps: press More about below."
MORE_TITLE = "About this error"
WORDINGS = "Recognised by"
REVIEWED = "reviewed {date}"
HELPED = "This helped"
HELPED_NOT = "This didn't help"
DID_YOU_MEAN = "Did you mean one of these?"
NOT_SURE = "I'm not sure which error this is."
SUGGEST_NOTIFICATION = "I'm not sure which Xero error this is. Did you mean one of these?"
SEVERAL_FIRST = (
    "I found {count} errors here. Start with the first one: fixing it may fix the others."
)
AND_ALSO = "Also in this message"

UNKNOWN_TITLE = "I don't know this error yet"
UNKNOWN = (
    "This doesn't match any Xero error I know. Is it the whole message? Open the failed record in "
    "ClickPOS, copy everything in the error box, and paste it here."
)
CUT_OFF_TITLE = "This doesn't say why Xero refused it"
CUT_OFF = (
    "Xero refused something, but the reason isn't in what you pasted. Here's where to find it:\n"
    "• in ClickPOS, open the failed record and copy everything in the error box\n"
    "• in a log or an answer from Xero, find *ValidationErrors* and copy each *Message* under it\n"
    "• if it ends in *(truncated...)* or *[Object]*, ask the person who runs the integration for "
    "all of it\n"
    "Then paste it here again."
)
VANISHED = (
    "You changed that message, and I can't find an error I know in it now. If ClickPOS still shows "
    "one, paste the whole message again."
)
ANSWERED_EARLIER = (
    ":point_up: <{link}|I've just answered this.> If that's not enough, press *Escalate* there."
)
FILE = "the file"
READ_IN = {
    ReadOutcome.READ: ":page_facing_up: Read in {name}",
    ReadOutcome.PARTLY: (
        ":page_facing_up: {name} is long ({size:.1f} MB), so I read the first and last 256 kB"
    ),
}
NOT_READ = ":page_facing_up: I couldn't read {name}"
READ_WITHOUT = "I can misread pictures. If you can, paste the words as text."
UNREAD_TITLE = "I couldn't read this"
UNREAD = {
    ReadOutcome.NOT_READ: (
        "I can't open files like {name}. I can read text, log, JSON, XML, CSV and HTML files, and "
        "screenshots (PNG or JPEG) where that's set up. Please paste the error as text, or attach "
        "one of those."
    ),
    ReadOutcome.NO_READER: (
        "I can't read pictures here. Please type the words in {name}, or paste the error as text."
    ),
    ReadOutcome.TOO_LARGE: (
        "{name} is too large for me. Please crop the picture to the error box, or paste the error "
        "as text."
    ),
    ReadOutcome.TOO_SLOW: "Reading {name} took too long. Please paste the error as text.",
    ReadOutcome.NO_TEXT: (
        "I can't make out any words in {name}. Please paste the error as text, or take the picture "
        "again: straight on, in good light, with the error box filling it."
    ),
    ReadOutcome.DAMAGED: "I can't open {name}. Please send it again, or paste the error as text.",
    ReadOutcome.GONE: (
        "I can't get {name}: it was deleted, or Slack won't let me see it. Please paste the error "
        "as text."
    ),
}
UNKNOWN_NEXT = "If that's the whole message, press *Escalate* and a person will look at it."
NOTHING_PASTED = (
    "Paste the error after my name, or mention me in the thread of the message with the error. For "
    "example: `Invoice could not be found`"
)

ESCALATE_UNDER_REPLY = "press *Escalate* under my reply"
ESCALATE_AFTER_PASTE = "paste the error after */xero-error*, press *Escalate* under my reply"
ESCALATE_DONE = "tell support in *{name}*"
"""Articles often continue with "and give the document's number"."""

SHARING = "On its way to the channel."
SHARED = ":white_check_mark: <{link}|Shared in the channel>"
SHARED_ASKED = "<@{user}> asked about this with /xero-error:"
SHARED_BY = "<@{user}> shared the answer to this:"
SHARE_REFUSED = (
    "I'm not in this channel, so I can't share it here. Add me with `/invite`, then press *Share "
    "in channel* again."
)
SHARE_UNSURE = (
    "Slack won't tell me if I'm in this conversation, so I can't share it here. Please try again "
    "in a minute, or mention me with the error."
)
FORGOTTEN = "This button has expired. Paste the error again and I'll answer it."
EXPLAIN_PRIVATE = (
    "I'm not in this channel, so only you can see this. To let me answer in the thread, type "
    "`/invite` and my name."
)
EXPLAIN_FILE = (
    "I'm not in this channel, so I can't open its files. Type `/invite` and my name, then choose "
    "*Explain this Xero error* again; or send me the file in a direct message."
)
ALREADY_ANSWERED = "I've already answered this message: {link}"
THANKS = "Thanks, I've noted that."
THANKS_TITLE = "Thanks"
THANKS_NOT = (
    "If it's still not working, press *Escalate* under the reply and a person will take over."
)
THANKS_ESCALATED = "Support already has this, and can see what you said."
RATED = "helped {rating.helped} of {rating.votes}"
FEEDBACK_TITLE = "What was missing?"
FEEDBACK_SUBMIT = "Send"
FEEDBACK_INTRO = "Sorry that didn't help. If you say why, we can make the answer better."
FIELD_REASON = "Why didn't it help?"
REASONS = {
    Reason.WRONG_ERROR: "It's about a different error",
    Reason.UNCLEAR: "I couldn't follow the steps",
    Reason.NO_EFFECT: "I did the steps, and the error's still there",
    Reason.NO_ACCESS: "I don't have access to do the steps",
}
NO_FEEDBACK = "Nobody has voted yet."
NO_ARTICLE = "no article"
FIELD_WORDS = "In your own words"
FIELD_WORDS_HINT = "Support can read this. Don't enter passwords."
WORD_FOR_WORD = "word for word"
NEARLY = "nearly word for word"
PICKED = "chosen from the suggestions"
NONE_OF_THEM = "None of these? Paste the whole message, or press *Escalate*."

APP_DESCRIPTION = "Explains Xero integration errors, and gets you a person when that's not enough."
AGENT_DESCRIPTION = (
    "Paste an error from Xero or ClickPOS: text, a file or a screenshot. I'll tell you what it "
    "means and what to do, and get you a person if that's not enough."
)
COMMAND_DESCRIPTION = "Explain a Xero integration error"
COMMAND_HINT = "[the error | open | list | help]"
SHORTCUTS = {
    ids.SHORTCUT_EXPLAIN: ("Explain this Xero error", "Replies with the reason and what to do"),
    ids.SHORTCUT_SEND: ("Send to requester", "Sends your reply under a card to the shop"),
}
"""Name and description of each entry in a message's menu, by its id."""
PROMPTS_TITLE = "Paste what Xero or ClickPOS says, or ask about one of these:"
GREETING = (
    "Hi! I know Xero integration errors. Paste one here, as text or a file. If I'm sure what it "
    "is, I'll reply in its thread with the reason and what to do; otherwise I'll stay quiet. For "
    "more, type `/xero-error help`."
)

PASTE_TITLE = "Explain a Xero error"
PASTE_SUBMIT = "Explain"
CANCEL = "Cancel"
CLOSE = "Close"
PASTE_LABEL = "The error, as ClickPOS or Xero shows it"
PASTE_HINT = "Paste the whole message if you can. Only you will see the answer."
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
    "*What I do*\n"
    "I know Xero integration errors. Paste one, and I'll reply with the reason and what to do.\n"
    "\n"
    "*How to ask*\n"
    "• `/xero-error` and the error: only you see the answer\n"
    "• `/xero-error` on its own: opens a box for a long error\n"
    "• `/xero-error list`: the errors I know\n"
    "• `/xero-error open`: escalations that are still open\n"
    "• mention me with the error, or in the thread of a message that has one\n"
    "• *More actions* > *Explain this Xero error* on any message\n"
    "• in a support channel, just paste the error: I answer if I'm sure, and stay quiet if I'm "
    "not\n"
    "• text, snippets and files all work; if you edit your message, I'll change my answer\n"
    "\n"
    "*When that's not enough*\n"
    "Press *Escalate* under a reply and a person will take over. Don't paste passwords."
)

ESCALATE_TITLE = "Get help from a person"
ESCALATE_SUBMIT = "Escalate"
ESCALATE_INTRO = (
    "Support gets this with a link to the thread. The more you can tell them, the faster they can "
    "help."
)
ESCALATE_SECRETS = (
    ":lock: Don't enter passwords, login codes or card numbers. Support will never ask for them."
)
FIELD_STORE_HINT = "The store's name in ClickPOS."
FIELD_ORGANISATION_HINT = "The name at the top left in Xero."
CHOOSE = "Choose one"

URGENCIES = {
    Urgency.NOW: f":rotating_light: {URGENCIES_IN_SHORT[Urgency.NOW]}",
    Urgency.TODAY: URGENCIES_IN_SHORT[Urgency.TODAY],
    Urgency.WEEK: URGENCIES_IN_SHORT[Urgency.WEEK],
}
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
CARD_OPEN_AGAIN = ":red_circle: *Open* again {since} · first opened {opened}"
CARD_HINT = (
    "To answer the shop, reply under this card, then choose *More actions* > *Send to requester* "
    "on your reply."
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
}
HISTORY_CUT = "{count} earlier changes"
CLAIM = "Claim"
RELEASE = "Release"
RESOLVE = "Resolve"
WITHDRAW = "Withdraw"
WITHDRAW_TITLE = "Withdraw {name}?"
WITHDRAW_ASK = "Support will stop working on it. You can reopen it if you need them after all."
WITHDRAW_NOT = "Keep it"
REOPEN = "Reopen"
RESOLVE_TITLE = "Resolve {name}"
RESOLVE_INTRO = (
    "The shop will see that it's resolved. What you write here stays on the card. To tell the shop "
    "something, use *Send to requester* on a reply under the card."
)
FIELD_CAUSE = "Cause"
FIELD_HELPED = "What helped"
FIELD_ARTICLE = "Should this go into an article?"
FIELD_ARTICLE_YES = "Yes, add it to the knowledge base"
HELPDESK_NAME = "the help desk"
BOT_NAME = "Xero Help"
REMINDER = ":bell: Nobody's claimed *{name}* yet ({store} · {urgency}). It came in {since}. {whom}"
RELAYED = ":speech_balloon: <@{user}>, here's an answer from <@{sender}> in support about *{name}*:"
RELAYED_SOMEBODY = "_a colleague_"
"""Replaces a mention in the answer, which would notify somebody outside the thread."""
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
SEND_EMPTY = "There's no text in that message to send."
CANNOT_CHECK = (
    "Slack can't tell me right now who's allowed to do this, so nothing has changed. Please press "
    "the button again in a minute. If it keeps happening, tell the person who runs the bot."
)
NOT_A_RESPONDER = "Only the support team can do this. You can follow the escalation in its thread."
NOT_THE_REQUESTER = "Only <@{user}>, who asked for help, can do this."
UNCHANGED = {
    Status.OPEN: "*{name}* is open, so nothing has changed.",
    Status.CLAIMED: "*{name}* is claimed by <@{claimant}>, so nothing has changed.",
    Status.RESOLVED: "*{name}* is already resolved, so nothing has changed.",
    Status.WITHDRAWN: "*{name}* was withdrawn, so nothing has changed.",
}

OPEN_TITLE = "Open escalations"
OPEN_TITLE_OWN = "Your open escalations"
HOME_INTRO = (
    "I know Xero integration errors. Paste one after `/xero-error`, or send it to me under "
    "*Messages*."
)
HOME_MINE = "Mine"
HOME_OPEN = "Open"
HOME_TODAY = "Today"
OPEN_NOTHING = "Nothing's open."
OPEN_NOTHING_OWN = (
    "You've no open escalations. If an answer isn't enough, press *Escalate* under it."
)
HOME_NOTHING = (
    "You've no open escalations. If an answer isn't enough, press *Escalate* under it. A person "
    "will take over, and you can follow it here."
)
HOME_NOTHING_SUPPORT = (
    "Nothing's waiting. When a shop presses *Escalate* under an answer, it shows up here, "
    "the most urgent first."
)
LISTED_CLAIMED = "claimed by <@{user}>"
LISTED = {Status.OPEN: "*open*", Status.RESOLVED: "resolved", Status.WITHDRAWN: "withdrawn"}

FAILED_JOBS: Mapping[str, str] = {
    JobKind.READ_REPORT: "I couldn't read the files of a message",
    JobKind.POST_REPLY: "I couldn't post a reply",
    JobKind.UPDATE_REPLY: "I couldn't update a reply after its message was edited",
    JobKind.SHARE_REPLY: "I couldn't share a private reply",
    JobKind.PUBLISH_ESCALATION: (
        "I can't update an escalation's card, and I'm retrying every few minutes"
    ),
    JobKind.REMIND_CLAIM: (
        "I can't post a reminder of an unclaimed escalation, and I'm retrying every few minutes"
    ),
    JobKind.DELETE_OLD_TEXTS: "I couldn't delete old texts",
    JobKind.RELAY_ANSWER: "I couldn't send support's answer to the requester",
    JobKind.CHECK_CHANNELS: "I can't post in a channel that I need",
    JobKind.ALERT_CHANNEL_MOVED: (
        "Slack has given a channel a new id. I still post there, but the setting has the old id"
    ),
    JobKind.ALERT_TOKEN_REFUSED: "I can't post that Slack refused my token for a while",
    JobKind.SEND_EMAIL: "I couldn't send the e-mail about an escalation",
    JobKind.SYNC_TICKET: "I couldn't write an escalation's ticket in the help desk",
    JobKind.POLL_TICKETS: "I can't ask the help desk which tickets are solved",
}
ALERT = (
    ":warning: {what}: {reason}.\n"
    "That's job {number}. If I've given up on it, run `python -m bot jobs --retry` once the cause "
    "is fixed. I report each cause once a day."
)
PRESS_AGAIN = "Slack was too slow, so nothing opened. Please press it again."
SLACK_FAILED = (
    "Slack didn't let me do that just now. Please try again in a minute. If it keeps happening, "
    "tell your support team."
)
SLACK_UNREACHABLE = (
    "I can't get through to Slack right now. Please try again later. If it keeps happening, tell "
    "your support team."
)
CARD_SHORTENED = (
    "This was too long for Slack, so I've shortened the card. The rest is in the conversation."
)
UNAUTHORISED = (
    ":warning: Slack refused my token since {since}. It works again now, and I'll post what was "
    "waiting within a minute. If nobody reinstalled the app or changed the token, find out who "
    "revoked it."
)
CARD_REQUESTER = "Requested by"
CARD_THREAD = "Conversation"
CARD_THREAD_LINK = "Open the thread"
CARD_PRIVATE = "Asked privately, so there's no thread to open"
CARD_ARTICLES = "What the bot replied"
CARD_NOT_HELPED = "Why the reply didn't help"
CARD_NO_ARTICLE = "It didn't know this error"
ESCALATED_AS = ":raising_hand: Escalated as *{name}* by <@{user}>"
YOU = "You"
NOTE_WHERE = "Support has the details and will answer in this thread. Add anything new here."
NOTE_WHERE_PRIVATE = "Support has the details and will write to you directly."
NOTES = {
    Verb.OPEN: ":raising_hand: {user} asked support for help: *{name}*. {where}",
    Verb.CLAIM: ":mag: *{name}*: {actor} from support is looking at it. {where}",
    Verb.RELEASE: (
        ":raising_hand: *{name}* is back with the support team, and somebody will pick it up. "
        "{where}"
    ),
    Verb.RESOLVE: (
        ":white_check_mark: {actor} has resolved *{name}*. If the error's still there, press "
        "*Reopen* and support will look again."
    ),
    Verb.WITHDRAW: (
        ":leftwards_arrow_with_hook: {actor} withdrew *{name}*. If you need help after all, press "
        "*Reopen*."
    ),
    Verb.REOPEN: ":raising_hand: *{name}* was reopened by {actor}. {where}",
}
NOTE_RESOLVED_OUTSIDE = (
    ":white_check_mark: Support has resolved *{name}*. If the error's still there, press *Reopen* "
    "and support will look again."
)
NOTE_WAITING = (
    ":hourglass: I've saved *{name}*, but I can't reach the support channel right now. I'll send "
    "it as soon as I can. If you can't wait, call support and mention {name}."
)
ALREADY_ESCALATED = (
    "<@{user}> has already escalated this as *{name}*. Support has it, so there's nothing more to "
    "do."
)
ALREADY_WAITING = (
    "<@{user}> has already escalated this as *{name}*. I've saved it and I'll send it as soon as I "
    "can reach the support channel. If you can't wait, call support and mention {name}."
)
ESCALATED_TITLE = "Already escalated"
NOT_RESOLVED_TITLE = "Nothing has changed"
FIELD_EMPTY = "Please fill this in. Support can't start without it."

OUR_FAULT = (
    "Something went wrong on my side. Please try again. If it happens again, tell support "
    "this reference: {reference}"
)
ONE_MOMENT = "One moment, this is taking longer than usual. I'll answer here as soon as I can."
FAULT_TITLE = "Something went wrong"
NOT_OFFERED = (
    "That isn't one of my suggestions any more: the message was changed. Look at my answer again."
)
ARTICLE_GONE = (
    "That article's gone from the knowledge base. Paste the error again to see what replaced it."
)
CUT = " …"
"""The end of a truncated text; a button opens the full article."""


def who(actor: str) -> str:
    """Return the mention of an actor, or the name of the help desk or the bot."""
    return {HELPDESK: HELPDESK_NAME, CLOCK: BOT_NAME}.get(actor, f"<@{actor}>")


def utc(at: float) -> str:
    """Return a time in UTC, for clients that cannot show it in the reader's time zone."""
    return f"{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M} UTC"


def score(value: float) -> str:
    """Return a score as an integer, 0 to 100: it is not more precise."""
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
    Area.INTEGRATION: "For the person who runs the integration",
}
