"""Wording of what people read in Slack when they escalate, and about their escalations."""

from bot.domain.escalations import Verb

ESCALATE_TITLE = "Get help from a person"
ESCALATE_SUBMIT = "Escalate"
ESCALATE_SECRETS = (
    ":lock: Don't enter passwords, login codes or card numbers. Support will never ask for them."
)
MORE_DETAILS = "More details"
GET_HELP = "Get help from a person"
HELP_WHERE = "Choose *Get help with this* on the message with the error, or press *Escalate* under my answer."
FIELD_CALLBACK_HINT = "A phone number, if you'd rather talk. Only support sees it."
FIELD_FILES_HINT = "Screenshots or logs help most: up to {most} files of 10 MB each."
FIELD_ORGANISATION_HINT = "The name at the top left in Xero."
FIELD_EMPTY = "Please fill this in. Support can't start without it."
JOINED = "This thread's already with support as *{name}*, so I've passed this error on there too."
ESCALATED_TITLE = "Already escalated"
ALREADY_ESCALATED = (
    "<@{user}> has already escalated this as *{name}*. Support has it, so there's nothing more to "
    "do."
)
ALREADY_YOURS = (
    "You've already escalated this as *{name}*, and support has it. If there's more to say, write it "
    "in the thread of my note."
)
ALREADY_WAITING = (
    "<@{user}> has already escalated this as *{name}*. I've saved it and I'll send it as soon as I "
    "can reach the support channel. If you can't wait, call support and mention {name}."
)
ESCALATED_PRIVATELY_TITLE = "A person will help"
ESCALATED_PRIVATELY = (
    ":raising_hand: You asked support for help: *{name}*. I'm sending you a direct message about it: "
    "support will answer in its thread, and you can add anything new there."
)
ESCALATED_AS = ":raising_hand: Escalated as *{name}* by <@{user}>"
YOU = "You"
NOTE_WHERE = "Support has the details and will answer in this thread. Add anything new here."
NOTE_WHERE_BELOW = (
    "Support has the details and will answer in the thread of this message. Add anything new there."
)
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
NOTICES = {
    Verb.RESOLVE: (
        ":white_check_mark: <@{user}>, {actor} has resolved *{name}*. Not fixed? Press *Reopen* above."
    ),
    Verb.REOPEN: (
        ":raising_hand: <@{user}>, *{name}* is open again. Support will look at it once more."
    ),
    Verb.REMIND: (
        ":hourglass: <@{user}>, nobody has answered *{name}* yet, and I've reminded support. "
        "As a last resort, use {last_resort}."
    ),
}
NOTICE_RESOLVED_OUTSIDE = (
    ":white_check_mark: <@{user}>, support has resolved *{name}*. Not fixed? Press *Reopen* above."
)
NOTE_RESOLVED_OUTSIDE = (
    ":white_check_mark: Support has resolved *{name}*. If the error's still there, press *Reopen* "
    "and support will look again."
)
NOTE_WAITING = (
    ":hourglass: I've saved *{name}*, but I can't reach the support channel right now. I'll send "
    "it as soon as I can. If you can't wait, call support and mention {name}."
)
WITHDRAW = "Withdraw"
WITHDRAW_TITLE = "Withdraw {name}?"
WITHDRAW_ASK = "Support will stop working on it. You can reopen it if you need them after all."
WITHDRAW_NOT = "Keep it"
REOPEN = "Reopen"
NOT_THE_REQUESTER = "Only <@{user}>, who asked for help, can do this."
FILE_MISSING = ":paperclip: Support sent a file that isn't here: {reason}."
FILES_STAY = (
    "Support got your message, but not all of your files: {reasons}. They may not be able to open "
    "this conversation, so please tell them what's in there."
)
RELAYED = ":speech_balloon: <@{user}>, here's an answer from {sender} in support about *{name}*:"
SOMEBODY = "somebody"
RELAYED_SOMEBODY = "_a colleague_"
"""Replaces a mention in the answer, which would notify somebody outside the thread."""
STATUS_TITLE = "*{name}* for {store} · {urgency}"
STATUS_ANSWERED = ":speech_balloon: {user} last answered {since}"
STATUS_CONVERSATION = "Open the conversation"
STATUS_NOT_YOURS = (
    "I can't find *ESC-{number}* among the escalations you can see. For your own, type "
    "`/xero-error status`."
)
STATUS_WHICH = (
    "I don't know which escalation you mean. Type its number, like `/xero-error status ESC-12`, or "
    "just `/xero-error status` for all of yours."
)
