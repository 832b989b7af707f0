"""Wording of the replies to what people write after an answer."""

from bot.domain.verdicts import Intent

STATUS_PAGE = "https://status.xero.com"

SENTENCES = {
    Intent.THANKS: "You're welcome!",
    Intent.NOT_SOLVED: "Sorry that didn't fix it. What did you read there?",
    Intent.PERSON: "Sure. Press *Escalate*, check the form, and a person will take over.",
    Intent.WHY: "Here's why it happens:",
    Intent.SAFE: "Before you go on:",
    Intent.GREETING: (
        "Hi! I'm a bot that explains Xero integration errors. {read_first} If that's not enough, "
        "paste it here, as text, a file or a screenshot, and I'll tell you why it happens and what "
        "to do, or get you a person. For more, type `/xero-error help`."
    ),
    Intent.OUTAGE: (
        f"I can't see if Xero is down. Xero says so itself at <{STATUS_PAGE}|status.xero.com>. If "
        "all's well there and you have an error, paste it here."
    ),
    Intent.READ: "OK, then it's this:",
    Intent.ASIDE: "OK. If Xero or {product} shows you an error, paste it here.",
}
"""The first sentence of a reply, by what was wanted."""
THANKS_ASK = "You're welcome! Did that solve it? If not, press *Escalate* under my answer."
SOLVED = "Solved"
NOT_SOLVED_WITHOUT_LOOK = "Sorry that didn't fix it. Is it one of these instead?"
OPENS_ABOVE = "Press what fits, and my answer above changes to it."
LOOK_HERE = "That's where to look first:"
STEP = "That's in step {number}:"
STEP_OF_CAUSE = "That's in step {number} of *{cause}*:"
STEPS = "Here it is, one step at a time:"
STEP_ELSEWHERE = "That's in another answer of mine:"
NOT_FOUND = "I don't know where that is, or how to do it. A person can tell you."
NOTHING_NEXT = "Sorry that didn't fix it. That's all I know about this one, so let's get a person."
NO_CAUTION = "I don't know of any risk here. If you're not sure, ask your bookkeeper or a person."
WHO = "Who can do this: {who}"
WITH_SUPPORT = "Support already has this as *{name}*, and will answer there."
