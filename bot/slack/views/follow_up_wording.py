"""Wording of the replies to what people write after an answer."""

from bot.domain.verdicts import Intent

STATUS_PAGE = "https://status.xero.com"

SENTENCES = {
    Intent.THANKS: "You're welcome!",
    Intent.NOT_SOLVED: "Sorry that didn't fix it. Here's what to try next:",
    Intent.PERSON: "Sure. Press *Escalate*, check the form, and a person will take over.",
    Intent.WHY: "Here's why it happens:",
    Intent.SAFE: "Before you go on:",
    Intent.GREETING: (
        "Hi! I'm a bot that explains Xero integration errors. Paste one here, as text, a file or a "
        "screenshot, and I'll tell you why it happens and what to do. If that's not enough, I'll "
        "get you a person. For more, type `/xero-error help`."
    ),
    Intent.OUTAGE: (
        f"I can't see if Xero is down. Xero says so itself at <{STATUS_PAGE}|status.xero.com>. If "
        "all's well there and you have an error, paste it here."
    ),
    Intent.ASIDE: "OK. If Xero or {product} shows you an error, paste it here.",
}
"""The first sentence of a reply, by what was wanted."""
THANKS_ASK = "You're welcome! Did that solve it? If not, press *Escalate* under my answer."
SOLVED = "Solved"
STEP = "That's in step {number}:"
STEPS = "Here it is, one step at a time:"
STEP_ELSEWHERE = "That's in another answer of mine:"
NOT_FOUND = "I don't know where that is, or how to do it. A person can tell you."
NOTHING_NEXT = "Sorry that didn't fix it. That's all I know about this one, so let's get a person."
NO_CAUTION = "I don't know of any risk here. If you're not sure, ask your bookkeeper or a person."
WITH_SUPPORT = "Support already has this as *{name}*, and will answer there."
