"""The e-mail about an alert that cannot be posted in Slack. Pure."""

from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import make_msgid

from bot.domain.article_text import truncate
from bot.domain.jobs import FailedJob
from bot.integrations import wording

MAX_REASON = 500
"""Characters of a reason that are shown, as in Slack."""


def alert_email(
    job: FailedJob, problem: str, sender: str, recipient: str, now: datetime
) -> EmailMessage:
    """Return the message from one address to the other; `problem`: why Slack has not taken it.

    Auto-Submitted keeps absence notices from answering it (RFC 3834, 5).

    Raises:
        ValueError, HeaderParseError: an address is malformed.
    """
    message = EmailMessage(policy=SMTP)
    origin = Address(wording.SENDER, addr_spec=sender)
    message["Subject"] = wording.ALERT_SUBJECT
    message["From"] = origin
    message["To"] = Address(addr_spec=recipient)
    message["Date"] = now
    message["Message-ID"] = make_msgid(domain=origin.domain)
    message["Auto-Submitted"] = "auto-generated"
    text = wording.ALERT.format(
        number=job.id,
        kind=job.kind,
        reason=truncate(job.reason, MAX_REASON),
        problem=truncate(problem, MAX_REASON),
    )
    message.set_content(text, cte="quoted-printable")
    return message
