"""Sending the e-mail to support by SMTP.

Commands are sent one by one instead of by aiosmtplib's `send_message`, so that a broken connection
tells us whether the server may have accepted the message: it has, once it answers the end of DATA
with 250 (RFC 5321, 4.2.5 and 6.1). aiosmtplib's reference lists what it raises (*Exceptions*).
"""

import contextlib
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.message import EmailMessage

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.domain.handover import Handover
from bot.domain.jobs import FailedJob
from bot.integrations.email.addresses import ADDRESS, EXAMPLE
from bot.integrations.email.alert import alert_email
from bot.integrations.email.message import escalation_email
from bot.integrations.email.tls import Tls

CALL_SECONDS = 30.0
"""Time limit of each step: connecting, each command, each reply."""
QUIT_SECONDS = 5.0
OPERATOR_WAIT_SECONDS = 300.0
"""Wait while an operator has to fix a setting: too long for retries to lock an account."""

_WANTS_LOGIN = frozenset({530, 534, 535, 538})
"""Reply codes about authentication, to any command (RFC 4954, 6)."""
_BROKEN = (SMTPServerDisconnected, SMTPTimeoutError, SMTPConnectError, TimeoutError, OSError)


@dataclass(frozen=True)
class SmtpServer:
    """The server that takes the e-mail. Without a user there is no authentication."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = Tls.STARTTLS


class SmtpMailer:
    """Sends e-mails, each over its own connection: they are few, and servers close idle ones."""

    def __init__(
        self,
        server: SmtpServer,
        sender: str,
        recipient: str,
        *,
        timeout: float = CALL_SECONDS,
        quit_timeout: float = QUIT_SECONDS,
        trust: ssl.SSLContext | None = None,
    ) -> None:
        """`timeout`: seconds of each step, `quit_timeout`: of the last.

        `trust`: trusted certificates, by default the system's.

        Raises:
            ValueError: an address is malformed or not ASCII.
        """
        self._server = server
        self._quit_timeout = quit_timeout
        self._sender = _require_address(sender)
        self._recipient = _require_address(recipient)
        self._timeout = timeout
        self._trust = trust

    async def send(self, handover: Handover) -> None:
        """Send the e-mail.

        Raises:
            TryLaterError: it was not sent, as the server is unreachable or busy, or a setting is
                wrong.
            UnsureError: the connection broke when the server may have accepted it.
            GaveUpError: the server rejects an address or the message for good; `code` is the
                number of its reply.
        """
        await self._deliver(escalation_email(handover, self._sender, self._recipient))

    async def send_alert(self, job: FailedJob, problem: str) -> None:
        """Send an alert to a failed job; `problem`: why it is not in Slack. Raises as `send`."""
        now = datetime.now(UTC)
        await self._deliver(alert_email(job, problem, self._sender, self._recipient, now))

    async def _deliver(self, message: EmailMessage) -> None:
        client = self._client()
        try:
            async with _before_data():
                await client.connect()
                await client.mail(self._sender)
                await client.rcpt(self._recipient)
            async with _during_data():
                await client.data(message.as_bytes())
            # the server has accepted it, whatever becomes of QUIT
            with contextlib.suppress(SMTPException, OSError, TimeoutError):
                await client.quit(timeout=self._quit_timeout)
        finally:
            client.close()

    async def log_in(self) -> None:
        """Connect, encrypt and log in as `send` does, and send nothing.

        Raises:
            TryLaterError: as `send`.
        """
        client = self._client()
        try:
            async with _before_data():
                await client.connect()
            with contextlib.suppress(SMTPException, OSError, TimeoutError):
                await client.quit(timeout=self._quit_timeout)
        finally:
            client.close()

    def _client(self) -> SMTP:
        server = self._server
        return SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password if server.user else None,
            # looking up our own name can take half a minute, and would reveal the machine's name
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._timeout,
            use_tls=server.tls is Tls.TLS,
            start_tls=server.tls is Tls.STARTTLS,
            tls_context=self._trust,
        )


def _require_address(address: str) -> str:
    if not re.fullmatch(ADDRESS, address):
        raise ValueError(f"not an e-mail address in plain letters (example: {EXAMPLE})")
    return address


@asynccontextmanager
async def _before_data() -> AsyncIterator[None]:
    """Translates errors before DATA: the server has nothing yet, so every retry is safe."""
    try:
        yield
    except SMTPResponseException as error:
        raise _error_of_reply(error) from None
    except (*_BROKEN, SMTPException) as error:
        raise _connection_failed(error) from None


@asynccontextmanager
async def _during_data() -> AsyncIterator[None]:
    """Translates errors from DATA on: without a reply the server may have accepted the message."""
    try:
        yield
    except SMTPDataError as error:
        raise _error_of_reply(error) from None
    except (*_BROKEN, SMTPException) as error:
        raise UnsureError(f"The SMTP server may have the e-mail: {type(error).__name__}") from None


def _operator_must_fix(reason: str) -> TryLaterError:
    return TryLaterError(reason, OPERATOR_WAIT_SECONDS, alert=True)


def _error_of_reply(error: SMTPResponseException) -> Exception:
    """Returns the error for a reply. Its text may quote the message: only its code is passed on."""
    code = error.code
    if isinstance(error, SMTPAuthenticationError) or code in _WANTS_LOGIN:
        advice = "check SMTP_USER and SMTP_PASSWORD"
        return _operator_must_fix(f"The SMTP server refused the log-in ({code}): {advice}")
    if isinstance(error, SMTPSenderRefused | SMTPRecipientRefused | SMTPDataError):
        what = {SMTPSenderRefused: "the sender", SMTPRecipientRefused: "the recipient"}.get(
            type(error), "the e-mail"
        )
        if code >= 500:
            return GaveUpError(f"The SMTP server refused {what} for good ({code})", str(code))
        if code >= 400:
            return TryLaterError(f"The SMTP server refused {what} for now ({code})")
        return UnsureError(f"The SMTP server sent an invalid reply ({code})")
    if code >= 500:
        advice = "check SMTP_HOST, SMTP_PORT and SMTP_TLS"
        return _operator_must_fix(f"The SMTP server refused the connection ({code}): {advice}")
    return TryLaterError(f"The SMTP server is not ready ({code})")


def _connection_failed(error: BaseException) -> TryLaterError:
    """Returns the error for a failure without a reply before DATA."""
    # aiosmtplib wraps the errors of the handshake when TLS begins at once
    cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
    name = type(cause).__name__
    if isinstance(cause, ssl.SSLError):
        advice = "check SMTP_TLS and the server's certificate"
        return _operator_must_fix(f"The SMTP server cannot be reached by TLS ({name}): {advice}")
    if isinstance(error, _BROKEN):
        return TryLaterError(f"The SMTP server cannot be reached ({name})")
    advice = "check SMTP_TLS, SMTP_USER and SMTP_PASSWORD"
    return _operator_must_fix(
        f"The SMTP server cannot do STARTTLS or log the bot in ({name}): {advice}"
    )
