"""Log lines about what an escalation delivers: cards, notices, copies, e-mails and tickets."""

import logging
from enum import StrEnum

from bot.log_fields import Value, fields
from bot.services.answer_log import milliseconds_since

log = logging.getLogger(__name__)

DELIVERED = "%s: %s"


class Delivery(StrEnum):
    """What was delivered."""

    CARD = "card posted"
    NOTICE = "notice posted"
    COPY = "message copied"
    COPY_UPDATED = "copy updated"
    COPY_DELETED = "copy deleted"
    EMAIL = "e-mail sent"
    TICKET = "ticket created"
    COMMENT = "ticket comment added"


def log_delivery(name: str, what: Delivery, since: float | None = None, **more: Value) -> None:
    """Log a delivery. `name`: of the escalation or the copy.

    `since`: when it was caused, in seconds since 1970.
    """
    taken = None if since is None else milliseconds_since(since)
    values = fields(delivery=what.name.lower(), ms=taken, **more)
    log.info(DELIVERED, name, what.value, extra=values)
