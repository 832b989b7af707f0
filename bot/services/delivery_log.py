"""Log lines about what is delivered: cards, notes, notices, copies, e-mails, tickets, alerts."""

import logging
from enum import StrEnum

from bot.log_fields import Value, fields
from bot.services.answer_log import milliseconds_since

log = logging.getLogger(__name__)

DELIVERED = "%s: %s"


class Delivery(StrEnum):
    """What was delivered."""

    CARD = "card posted"
    NOTE = "note posted"
    NOTICE = "notice posted"
    REMINDER = "reminder posted"
    MENTION = "claimant mentioned"
    COPY = "message copied"
    COPY_UPDATED = "copy updated"
    COPY_DELETED = "copy deleted"
    EMAIL = "e-mail sent"
    TICKET = "ticket created"
    COMMENT = "ticket comment added"
    ALERT = "operators alerted"
    ALERT_EMAIL = "operators alerted by e-mail"


def log_delivery(name: str, what: Delivery, since: float | None = None, **more: Value) -> None:
    """Log a delivery. `name`: of the escalation, the copy, or what the operators are alerted to.

    `since`: when it was caused, in seconds since 1970.
    """
    taken = None if since is None else milliseconds_since(since)
    values = fields(delivery=what.name.lower(), ms=taken, **more)
    log.info(DELIVERED, name, what.value, extra=values)
