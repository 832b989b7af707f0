"""What the facts of an escalation are called, in Slack and outside. Pure."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.domain.escalations import Details, Scope, Urgency, XeroStatus

ERROR = "Error message"
STORE = "Store"
ORGANISATION = "Xero organisation"
RECORD = "Invoice, payment or reference number"
DATE = "Date of the record"
AMOUNT = "Amount"
XERO_STATUS = "Its status in Xero"
SCOPE = "How many records fail?"
TRIED = "What have you tried?"
URGENCY = "How urgent is it?"
FAILING = "Records that fail"
URGENT = "Urgency"

XERO_STATUSES: Mapping[XeroStatus, str] = MappingProxyType(
    {
        XeroStatus.DRAFT: "Draft",
        XeroStatus.AWAITING_APPROVAL: "Awaiting approval",
        XeroStatus.AWAITING_PAYMENT: "Awaiting payment (approved)",
        XeroStatus.PAID: "Paid",
        XeroStatus.VOIDED: "Voided or deleted",
        XeroStatus.MISSING: "It is not in Xero",
        XeroStatus.UNKNOWN: "I cannot tell",
    }
)
SCOPES: Mapping[Scope, str] = MappingProxyType(
    {Scope.ONE: "Only this one", Scope.SEVERAL: "Several", Scope.ALL: "All of them"}
)
URGENCIES: Mapping[Urgency, str] = MappingProxyType(
    {
        Urgency.NOW: "We cannot close the books or trade",
        Urgency.TODAY: "Needed today",
        Urgency.WEEK: "This week is fine",
    }
)
URGENCIES_IN_SHORT: Mapping[Urgency, str] = MappingProxyType(
    {Urgency.NOW: "Urgent", Urgency.TODAY: "Needed today", Urgency.WEEK: "This week is fine"}
)


def facts(given: Details) -> list[tuple[str, str]]:
    """What was said, in short: label and value, the error and what was tried excepted."""
    rows = [
        (STORE, given.store),
        (ORGANISATION, given.organisation),
        (RECORD, given.record),
        (DATE, given.date),
        (AMOUNT, given.amount),
        (XERO_STATUS, XERO_STATUSES[given.xero_status] if given.xero_status else ""),
        (FAILING, SCOPES[given.scope] if given.scope else ""),
        (URGENT, URGENCIES[given.urgency]),
    ]
    return [(label, value) for label, value in rows if value]
