"""The e-mail to support, handed to an SMTP server.

The conversation is led command by command instead of by aiosmtplib's `send_message`, so that it is known whether the
server can have the letter when the connection breaks (RFC 5321, 4.2.5 and 6.1: it has it once it answers the end of
DATA with 250). What aiosmtplib raises: its reference, *Exceptions*.
"""

import contextlib
import re
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

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
from bot.integrations.email.addresses import ADDRESS, EXAMPLE
from bot.integrations.email.message import escalation_email
from bot.integrations.email.tls import Tls

CALL_SECONDS = 30.0
"""Time limit of each step: connecting, each command, each answer."""
QUIT_SECONDS = 5.0
OPERATOR_WAIT_SECONDS = 300.0
"""Wait while an operator has to mend a setting: nothing is lost, and no account is locked by trying."""

_WANTS_LOGIN = frozenset({530, 534, 535, 538})
"""Answers about authentication, whatever command gets them (RFC 4954, 6)."""
_BROKEN = (SMTPServerDisconnected, SMTPTimeoutError, SMTPConnectError, TimeoutError, OSError)


@dataclass(frozen=True)
class SmtpServer:
    """Where e-mail is handed in. An empty user: without authentication."""

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    tls: Tls = Tls.STARTTLS


class SmtpMailer:
    """Sends the letter. One connection a letter: they are few, and an idle one would be closed."""

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

        `trust`: whose certificates are believed, the system's unless given.

        Raises:
            ValueError: an address is none, or is not ASCII, which not every server takes.
        """
        self._server = server
        self._quit_timeout = quit_timeout
        self._sender = _checked(sender)
        self._recipient = _checked(recipient)
        self._timeout = timeout
        self._trust = trust

    async def send(self, handover: Handover) -> None:
        """Hand the letter in.

        Raises:
            TryLaterError: the server does not have it: out of reach, busy, or a setting has to be mended first.
            UnsureError: the connection broke while the server may have taken it.
            GaveUpError: the server refuses the addresses or the letter for good; `code` is its answer's number.
        """
        data = escalation_email(handover, self._sender, self._recipient).as_bytes()
        client = self._client()
        try:
            async with _before_data():
                await client.connect()
                await client.mail(self._sender)
                await client.rcpt(self._recipient)
            async with _during_data():
                await client.data(data)
            # The letter is theirs now; however the goodbye goes, it was sent.
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
            # A lookup of our own name can take half a minute, and would tell the server what our machine is called.
            local_hostname=self._sender.rpartition("@")[2],
            timeout=self._timeout,
            use_tls=server.tls is Tls.TLS,
            start_tls=server.tls is Tls.STARTTLS,
            tls_context=self._trust,
        )


def _checked(address: str) -> str:
    if not re.fullmatch(ADDRESS, address):
        raise ValueError(f"not an e-mail address in plain letters (example: {EXAMPLE})")
    return address


@asynccontextmanager
async def _before_data() -> AsyncIterator[None]:
    """Up to DATA the server has nothing: all that is passing can be tried again without a doubt."""
    try:
        yield
    except SMTPResponseException as error:
        raise _error_of_reply(error) from None
    except (*_BROKEN, SMTPException) as error:
        raise _connection_failed(error) from None


@asynccontextmanager
async def _during_data() -> AsyncIterator[None]:
    """From DATA on only an answer tells whether the server has it."""
    try:
        yield
    except SMTPDataError as error:
        raise _error_of_reply(error) from None
    except (*_BROKEN, SMTPException) as error:
        raise UnsureError(f"The SMTP server may have the e-mail: {type(error).__name__}") from None


def _operator_must_fix(reason: str) -> TryLaterError:
    return TryLaterError(reason, OPERATOR_WAIT_SECONDS, alert=True)


def _error_of_reply(error: SMTPResponseException) -> Exception:
    """What an answer of the server means. Its words may repeat the letter's, so only its number is passed on."""
    code = error.code
    if isinstance(error, SMTPAuthenticationError) or code in _WANTS_LOGIN:
        advice = "check SMTP_USER and SMTP_PASSWORD"
        return TryLaterError(
            f"The SMTP server refused to let the bot log in ({code}): {advice}",
            OPERATOR_WAIT_SECONDS,
            alert=True,
        )
    if isinstance(error, SMTPSenderRefused | SMTPRecipientRefused | SMTPDataError):
        what = {SMTPSenderRefused: "the sender", SMTPRecipientRefused: "the recipient"}.get(
            type(error), "the e-mail"
        )
        if code >= 500:
            return GaveUpError(f"The SMTP server refused {what} for good ({code})", str(code))
        if code >= 400:
            return TryLaterError(f"The SMTP server refused {what} for now ({code})")
        return UnsureError(f"The SMTP server gave an answer that is none ({code})")
    if code >= 500:
        advice = "check SMTP_HOST, SMTP_PORT and SMTP_TLS"
        return _operator_must_fix(f"The SMTP server refused the connection ({code}): {advice}")
    return TryLaterError(f"The SMTP server is not ready ({code})")


def _connection_failed(error: BaseException) -> TryLaterError:
    """What failed without an answer before DATA."""
    # aiosmtplib wraps what a handshake raises when TLS is spoken from the start.
    cause = error.__cause__ if isinstance(error.__cause__, ssl.SSLError) else error
    name = type(cause).__name__
    if isinstance(cause, ssl.SSLError):
        advice = "check SMTP_TLS and the server's certificate"
        return TryLaterError(
            f"No private connection to the SMTP server ({name}): {advice}",
            OPERATOR_WAIT_SECONDS,
            alert=True,
        )
    if isinstance(error, _BROKEN):
        return TryLaterError(f"The SMTP server cannot be reached ({name})")
    advice = "check SMTP_TLS, SMTP_USER and SMTP_PASSWORD"
    return TryLaterError(
        f"The SMTP server cannot do STARTTLS or log the bot in ({name}): {advice}",
        OPERATOR_WAIT_SECONDS,
        alert=True,
    )
