"""Wording of what everybody reads in Slack: replies, help, lists, failures.

`{product}`, `{read_first}` and `{last_resort}` are filled where a sentence is rendered: by
`named.named`, in plain text by `named.named_plainly`.
"""

from bot.domain.escalation_labels import URGENCIES_IN_SHORT
from bot.domain.escalations import CLOCK, HELPDESK, Status, Urgency
from bot.domain.feedback import Reason
from bot.domain.knowledge import Area
from bot.slack.views import ids

LOOK = "Look"
CHECK = "Check"
REASON = "Reason"
ACTION = "Action"
IF = "if"
"""In front of what one reads where a cause is the right one: "Action if: Draft"."""
CAUTION = "Careful"
DONE_WHEN = "done when {done}"
PREVENT = "Next time"
LINKS = "Helpful pages"
RELATED = "Looks similar"
SOURCES = "Sources"
WHY_THIS = "Why this answer"
FROM = "from {basis}"
FROM_OWN = "from {basis}: tell us whether it helped"
MENUS = "Other names of these menus"
ALSO_CALLED = "{shown} is also called {others}"
OR = " or "
LAST_RESORT = "As a last resort, use {last_resort}."
XERO_PAGE = "Xero's own page about this"

ESCALATE = "Escalate to a person"
SHARE = "Share in channel"
MORE = "More"
SHOW = "Show"
SHOW_HOW = "Show me how"
OPENED_BY = "<@{user}> chose *{cause}*"
STEPS_FOLLOW = " … there are more steps: press *More*."
MORE_TITLE = "About this error"
WORDINGS = "Recognised by"
REVIEWED = "reviewed {date}"
HELPED = "This helped"
HELPED_NOT = "Didn't help"
DID_YOU_MEAN = "Did you mean one of these?"
NOT_SURE = "I'm not sure which error this is."
DID_YOU_MEAN_THIS = "Did you mean this?"
OR_ONE_OF = "Or is it one of these?"
OR_THIS = "Or is it this?"
ANOTHER_ANSWER = "Something else"
SUGGEST_NOTIFICATION = "I'm not sure which Xero error this is. Did you mean one of these?"
SUGGEST_QUESTION = "I'm not sure which Xero error this is."
SEVERAL_FIRST = "I found {count} errors. Fix this one first; that may fix the others:"
SEVERAL = "I found {count} errors here."
AND_ALSO = "Also in this message:"

LATE = "Sorry, this is late: I was offline when you wrote this."

UNKNOWN_TITLE = "I don't know this one"
UNKNOWN = (
    "I know the errors you get when {product} sends to Xero, and this doesn't look like any of "
    "them. {read_first} Open the failed record in {product}, copy everything in the error box, and "
    "paste it here, or tell me what went wrong."
)
CUT_OFF_TITLE = "This doesn't say why Xero refused it"
CUT_OFF = (
    "Xero refused something, but the reason isn't in what you pasted. Here's where to find it:\n"
    "• in {product}, open the failed record and copy everything in the error box\n"
    "• in a log or an answer from Xero, find *ValidationErrors* and copy each *Message* under it\n"
    "• if it ends in *(truncated...)* or *[Object]*, ask the person who runs the integration for "
    "all of it\n"
    "Then paste it here again."
)
VANISHED = (
    "You changed that message, and I can't find an error I know in it now. If {product} still "
    "shows one, paste the whole message again."
)
ANSWERED_EARLIER = (
    ":point_up: <{link}|I've just answered this.> If that's not enough, press *Escalate* there."
)
UNKNOWN_NEXT = (
    "Is it about something else, or was that the whole message? Press *Escalate* and a person will "
    "look at it."
)
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
UNRATED = "no votes"
OPENED = "opened at {cause}: {count.times}; as the last one: {count.reports}"
NO_CAUSE = "none of its causes"
NO_ARTICLE = "no article"
FIELD_WORDS = "In your own words"
FIELD_WORDS_HINT = "Support can read this. Don't enter passwords."
WORD_FOR_WORD = "word for word"
NEARLY = "nearly word for word"
PICKED = "chosen from the suggestions"
NONE_OF_THEM = "None of these? Paste the whole message, or press *Escalate*."

APP_DESCRIPTION = "Explains Xero integration errors, and gets you a person when that's not enough."
AGENT_DESCRIPTION = (
    "Paste a Xero integration error: text, a file or a screenshot. I'll tell you what it means and "
    "what to do, and get you a person if that's not enough."
)
"""In the app's manifest, which is the same for every product."""
COMMAND_DESCRIPTION = "Explain a Xero integration error"
COMMAND_HINT = "[the error | escalate | status ESC-1 | open | list | help]"
SHORTCUTS = {
    ids.SHORTCUT_EXPLAIN: ("Explain this Xero error", "Replies with the reason and what to do"),
    ids.SHORTCUT_HELP: ("Get help with this", "Gets you a person, with this message as the error"),
    ids.SHORTCUT_SEND: ("Send to requester", "Sends your reply under a card to the shop"),
}
"""Name and description of each entry in a message's menu, by its id."""
PROMPTS_TITLE = "{read_first} If that's not enough, paste what Xero or {product} says, or ask about one of these:"
GREETING = (
    "Hi! I know Xero integration errors. {read_first} If that's not enough, paste it here, as text "
    "or a file. If I'm sure what it is, I'll reply in its thread with the reason and what to do; "
    "otherwise I'll stay quiet. For more, type `/xero-error help`."
)

PASTE_TITLE = "Explain a Xero error"
PASTE_SUBMIT = "Explain"
CANCEL = "Cancel"
CLOSE = "Close"
PASTE_LABEL = "The error, as {product} or Xero shows it"
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
    "*Before you ask*\n"
    "{read_first}\n"
    "\n"
    "*What I do*\n"
    "I know Xero integration errors. Paste one, and I'll reply with the reason and what to do.\n"
    "\n"
    "*How to ask*\n"
    "• `/xero-error` and the error: only you see the answer\n"
    "• `/xero-error` on its own: opens a box for a long error\n"
    "• `/xero-error list`: the errors I know\n"
    "• `/xero-error open`: escalations that are still open\n"
    "• `/xero-error status ESC-12`: how that one is going; without a number, all of yours\n"
    "• mention me with the error, or in the thread of a message that has one\n"
    "• *More actions* > *Explain this Xero error* on any message\n"
    "• in a support channel, just paste the error: I answer if I'm sure, and stay quiet if I'm "
    "not\n"
    "• under my answer, press what you see in Xero, or write it, such as `it's paid`\n"
    "• text, snippets and files all work; if you edit your message, I'll change my answer\n"
    "\n"
    "*When that's not enough*\n"
    "Press *Escalate* under a reply, or get a person from anywhere:\n"
    "• `/xero-error escalate`, with the error after it if you like\n"
    "• *More actions* > *Get help with this* on any message\n"
    "• the button on my *Home* tab\n"
    "A person will take over. Don't paste passwords.\n"
    f"{LAST_RESORT}"
)

CHOOSE = "Choose one"

URGENCIES = {
    Urgency.NOW: f":rotating_light: {URGENCIES_IN_SHORT[Urgency.NOW]}",
    Urgency.TODAY: URGENCIES_IN_SHORT[Urgency.TODAY],
    Urgency.WEEK: URGENCIES_IN_SHORT[Urgency.WEEK],
}
HELPDESK_NAME = "the help desk"
BOT_NAME = "Xero Help"
CANNOT_CHECK = (
    "Slack can't tell me right now who's allowed to do this, so nothing has changed. Please press "
    "the button again in a minute. If it keeps happening, tell the person who runs the bot."
)
NOT_A_RESPONDER = "Only the support team can do this. You can follow the escalation in its thread."
UNCHANGED = {
    Status.OPEN: "*{name}* is open, so nothing has changed.",
    Status.CLAIMED: "*{name}* is claimed by <@{claimant}>, so nothing has changed.",
    Status.RESOLVED: "*{name}* is already resolved, so nothing has changed.",
    Status.WITHDRAWN: "*{name}* was withdrawn, so nothing has changed.",
}

PRESS_AGAIN = "Slack was too slow, so nothing opened. Please press it again."
SLACK_FAILED = (
    "Slack didn't let me do that just now. Please try again in a minute. If it keeps happening, "
    "tell your support team."
)
SLACK_UNREACHABLE = (
    "I can't get through to Slack right now. Please try again later. If it keeps happening, tell "
    "your support team."
)
OUR_FAULT = (
    "Something went wrong on my side. Please try again. If it happens again, tell support "
    "this reference: {reference}"
)
ONE_MOMENT = "One moment, this is taking longer than usual. I'll answer here as soon as I can."
FAULT_TITLE = "Something went wrong"
NOT_OFFERED = (
    "That isn't one of my suggestions any more: the message was changed. Look at my answer again."
)
STEPS_CHANGED = "Those steps have changed since. Paste the error again to see them as they are now."
NOT_IN_ANSWER = (
    "That isn't in my answer any more: the message was changed. Look at my answer again."
)
ARTICLE_GONE = (
    "That article's gone from the knowledge base. Paste the error again to see what replaced it."
)
CUT = " …"
"""The end of a truncated text; a button opens the full article."""


def count(forms: tuple[str, str], number: int) -> str:
    """Return the singular or the plural, with the number in it; other fields stay."""
    return forms[number != 1].replace("{count}", str(number))


def who(actor: str) -> str:
    """Return the mention of an actor, or the name of the help desk or the bot."""
    return {HELPDESK: HELPDESK_NAME, CLOCK: BOT_NAME}.get(actor, f"<@{actor}>")


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
