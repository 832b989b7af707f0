"""Wording of lists of escalations: on the Home tab, and of `/xero-error open`."""

from bot.domain.escalations import Status

OPEN_TITLE_OWN = "Your open escalations"
HOME_INTRO = (
    "I know Xero integration errors. Paste one after `/xero-error`, or send it to me under "
    "*Messages*."
)
HOME_MINE = "Mine"
HOME_OPEN = "Open"
HOME_TODAY = "Today"
OPEN_NOTHING_OWN = (
    "You've no open escalations. If an answer isn't enough, press *Escalate* under it."
)
HOME_NOTHING = (
    "You've no open escalations. If an answer isn't enough, press *Escalate* under it. A person "
    "will take over, and you can follow it here."
)
LISTED_CLAIMED = "claimed by <@{user}>"
LISTED = {Status.OPEN: "*open*", Status.RESOLVED: "resolved", Status.WITHDRAWN: "withdrawn"}
