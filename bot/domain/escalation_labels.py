"""Labels of an escalation's facts, in Slack, e-mails and tickets."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.escalations import Details, Scope, Urgency, XeroStatus

ERROR = "Error message"
STORE = "Store"
CALLBACK = "Call back on"
ORGANISATION = "Xero organisation"
RECORD = "Invoice, payment or reference number"
DATE = "Date of the sale or payment"
AMOUNT = "Amount"
XERO_STATUS = "Status in Xero"
SCOPE = "How many are failing?"
TRIED = "What have you tried?"
URGENCY = "How urgent is it?"
FILES = "Files"
FAILING = "How many are failing"
URGENT = "Urgency"
FOR_DEVELOPERS = "For the integration's developers"
OPENED_AT = "{title}, where somebody chose {cause}"
"""An article of the reply, and the cause that somebody opened there."""

XERO_STATUSES: Mapping[XeroStatus, str] = MappingProxyType(
    {
        XeroStatus.DRAFT: "Draft",
        XeroStatus.AWAITING_APPROVAL: "Awaiting approval",
        XeroStatus.AWAITING_PAYMENT: "Awaiting payment (approved)",
        XeroStatus.PAID: "Paid",
        XeroStatus.VOIDED: "Voided or deleted",
        XeroStatus.MISSING: "It's not in Xero",
        XeroStatus.UNKNOWN: "I can't tell",
    }
)
SCOPES: Mapping[Scope, str] = MappingProxyType(
    {Scope.ONE: "Only this one", Scope.SEVERAL: "Several", Scope.ALL: "All of them"}
)
URGENCIES: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.NOW: "We can't trade or close the books",
        Urgency.TODAY: "Needed today",
        Urgency.WEEK: "This week is fine",
    }
)
URGENCIES_IN_SHORT: Mapping[Urgency, str] = MappingProxyType(
    {Urgency.NOW: "Urgent", Urgency.TODAY: "Needed today", Urgency.WEEK: "This week is fine"}
)


def facts(given: Details) -> list[tuple[str, str]]:
    """Label and value of each fact that was filled in, except the error and what was tried."""
    rows = [
        (STORE, given.store),
        (CALLBACK, given.callback),
        (ORGANISATION, given.organisation),
        (RECORD, given.record),
        (DATE, given.date),
        (AMOUNT, given.amount),
        (XERO_STATUS, XERO_STATUSES[given.xero_status] if given.xero_status else ""),
        (FAILING, SCOPES[given.scope] if given.scope else ""),
        (URGENT, URGENCIES[given.urgency]),
    ]
    return [(label, value) for label, value in rows if value]
