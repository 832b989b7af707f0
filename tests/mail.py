"""E-mails as they arrive, and the connections of the test's own SMTP servers."""

from __future__ import annotations

from asyncio import Transport
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

from aiosmtpd.smtp import SMTP


def body(raw: bytes, kind: str = "plain") -> str:
    """The text of an e-mail's `plain` or `html` part, decoded."""
    read = message_from_bytes(raw, policy=SMTP_POLICY)
    assert isinstance(read, EmailMessage)
    part = read.get_body((kind,))
    assert part is not None, f"the e-mail has no {kind} part"
    return str(part.get_content())


def connection(server: SMTP) -> Transport:
    """The TCP connection of this SMTP session, to write to or to cut."""
    assert isinstance(server.transport, Transport)
    return server.transport
