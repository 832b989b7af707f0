"""The e-mail, sent to a real SMTP server on loopback that fails in every way a server can."""

from __future__ import annotations

import asyncio
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from bot.domain.errors import GaveUpError, TryLaterError, UnsureError
from bot.integrations.email.smtp import SmtpMailer, SmtpServer
from bot.integrations.email.tls import Tls
from tests.integrations.builders import handover
from tests.mail import body, connection

SENDER, RECIPIENT = "xero-help@clickpos.example", "support@clickpos.example"
USER, PASSWORD = "postbox", "correct-horse"
pytestmark = pytest.mark.filterwarnings(
    "ignore:Requiring AUTH while not requiring TLS"
)  # nobody listens on loopback


class Postbox:
    """Accepts e-mails.

    `answers`: its answer to a command instead of success; `breaks`: the command after which it
    closes the connection; `held`: commands that get no answer until the test is over.
    """

    def __init__(self) -> None:
        self.letters: list[bytes] = []
        self.envelopes: list[tuple[str | None, list[str]]] = []
        self.greeted = ""
        self.answers: dict[str, str] = {}
        self.breaks = ""
        self.held = ""
        self.quits = 0
        self.over = asyncio.Event()

    async def at(self, server: SMTP, command: str, usual: str) -> str:
        if self.held == command:
            await self.over.wait()
        if self.breaks == command:
            connection(server).abort()
        return self.answers.get(command, usual)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        self.greeted = session.host_name = hostname
        await self.at(server, "EHLO", "")
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.mail_from = address
        return await self.at(server, "MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        envelope.rcpt_tos.append(address)
        return await self.at(server, "RCPT", "250 OK")

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" not in self.answers:
            self.letters.append(bytes(envelope.original_content or b""))
            self.envelopes.append((envelope.mail_from, list(envelope.rcpt_tos)))
        return await self.at(server, "DATA", "250 Taken")

    async def handle_QUIT(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.quits += 1
        return await self.at(server, "QUIT", "221 Bye")


def knows(
    server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
) -> AuthResult:
    known = isinstance(data, LoginPassword) and (data.login, data.password) == (
        USER.encode(),
        PASSWORD.encode(),
    )
    return AuthResult(success=known, handled=False)


class Office(Controller):
    """A server in a thread of its own, on a free port."""

    def __init__(self, postbox: Postbox, port: int = 0, **options: Any) -> None:
        self.box = postbox
        super().__init__(postbox, hostname="127.0.0.1", port=port or free_port(), **options)

    @property
    def address(self) -> SmtpServer:
        return SmtpServer("127.0.0.1", self.port, tls=Tls.NONE)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def opened(postbox: Postbox, **options: Any) -> Iterator[Office]:
    office = Office(postbox, **options)
    office.start()
    try:
        yield office
    finally:
        office.loop.call_soon_threadsafe(postbox.over.set)
        office.stop()


@pytest.fixture
def postbox() -> Postbox:
    return Postbox()


@pytest.fixture
def office(postbox: Postbox) -> Iterator[Office]:
    with opened(postbox) as made:
        yield made


def mailer(
    server: SmtpServer,
    timeout: float = 5.0,
    trust: ssl.SSLContext | None = None,
    quit_timeout: float = 5.0,
) -> SmtpMailer:
    return SmtpMailer(
        server, SENDER, RECIPIENT, timeout=timeout, quit_timeout=quit_timeout, trust=trust
    )


class TestALetter:
    async def test_arrives_once_and_complete(self, office: Office, postbox: Postbox) -> None:
        await mailer(office.address).send(handover())
        assert postbox.envelopes == [(SENDER, [RECIPIENT])]
        read = message_from_bytes(postbox.letters[0], policy=SMTP_POLICY)
        assert read["Message-ID"] == "<t0k3n12.escalation@clickpos.example>"
        assert (postbox.greeted, postbox.quits) == ("clickpos.example", 1)

    async def test_is_recognised_when_it_arrives_twice(
        self, office: Office, postbox: Postbox
    ) -> None:
        for _ in range(2):
            await mailer(office.address).send(handover())
        assert postbox.letters[0] == postbox.letters[1]

    async def test_with_a_full_stop_alone_on_a_line_arrives_complete(
        self, office: Office, postbox: Postbox
    ) -> None:
        await mailer(office.address).send(handover(tried="one\n.\ntwo\n..three"))
        text = body(postbox.letters[0]).replace("\r\n", "\n")
        assert "> one\n> .\n> two\n> ..three\n" in text

    @pytest.mark.parametrize("how", ["answers", "breaks", "held"])
    async def test_is_sent_however_the_connection_ends(
        self, office: Office, postbox: Postbox, how: str
    ) -> None:
        setattr(postbox, how, {"QUIT": "451 Not now"} if how == "answers" else "QUIT")
        await mailer(office.address, quit_timeout=0.1).send(handover())
        assert len(postbox.letters) == 1

    @pytest.mark.parametrize(
        "wrong", ["", "nobody", "ä@clickpos.example", "a@b c", "a@b\r\nRCPT TO:<x@y>", "<a@b>"]
    )
    def test_goes_to_addresses_only(self, wrong: str) -> None:
        with pytest.raises(ValueError, match="not an e-mail address"):
            SmtpMailer(SmtpServer("127.0.0.1", 25), SENDER, wrong)


class TestBeforeTheServerHasIt:
    async def test_nobody_is_there(self, postbox: Postbox) -> None:
        port = free_port()
        sending = mailer(SmtpServer("127.0.0.1", port, tls=Tls.NONE))
        with pytest.raises(TryLaterError, match="cannot be reached") as caught:
            await sending.send(handover())
        assert (caught.value.unsure, caught.value.seconds) == (False, None)
        with opened(postbox, port=port):
            await sending.send(handover())
        assert len(postbox.letters) == 1

    @pytest.mark.parametrize("command", ["EHLO", "MAIL", "RCPT"])
    @pytest.mark.parametrize("how", ["breaks", "held"])
    async def test_the_connection_breaks_or_there_is_no_answer(
        self, office: Office, postbox: Postbox, command: str, how: str
    ) -> None:
        setattr(postbox, how, command)
        with pytest.raises(TryLaterError) as caught:
            await mailer(office.address, timeout=0.5).send(handover())
        assert (caught.value.unsure, postbox.letters) == (False, [])

    @pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
    async def test_it_refuses_for_now(self, office: Office, postbox: Postbox, command: str) -> None:
        postbox.answers = {command: "451 Busy with Ponsonby"}
        with pytest.raises(TryLaterError, match=r"for now \(451\)") as caught:
            await mailer(office.address).send(handover())
        assert (caught.value.unsure, caught.value.seconds, "Ponsonby" in caught.value.reason) == (
            False,
            None,
            False,
        )

    @pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
    async def test_it_refuses_for_good(
        self, office: Office, postbox: Postbox, command: str
    ) -> None:
        postbox.answers = {command: "550 5.1.1 No such user: support@clickpos.example"}
        with pytest.raises(GaveUpError, match=r"for good \(550\)") as caught:
            await mailer(office.address).send(handover())
        assert (caught.value.code, "@" in caught.value.reason) == ("550", False)

    async def test_it_requires_authentication(self, postbox: Postbox) -> None:
        with (
            opened(
                postbox, auth_required=True, auth_require_tls=False, authenticator=knows
            ) as office,
            pytest.raises(TryLaterError, match="SMTP_USER") as caught,
        ):
            await mailer(office.address).send(handover())
        assert (caught.value.seconds, caught.value.alert) == (300.0, True)

    async def test_it_closes_with_a_reason(self, office: Office, postbox: Postbox) -> None:
        postbox.answers = {"MAIL": "421 Shutting down"}
        with pytest.raises(TryLaterError) as caught:
            await mailer(office.address).send(handover())
        assert caught.value.unsure is False


class TestWhileTheServerMayHaveIt:
    async def test_the_connection_breaks(self, office: Office, postbox: Postbox) -> None:
        postbox.breaks = "DATA"
        with pytest.raises(UnsureError, match="SMTPServerDisconnected"):
            await mailer(office.address).send(handover())
        assert len(postbox.letters) == 1

    async def test_there_is_no_answer(self, office: Office, postbox: Postbox) -> None:
        postbox.held = "DATA"
        with pytest.raises(UnsureError, match="SMTPReadTimeoutError"):
            await mailer(office.address, timeout=0.5).send(handover())

    @pytest.mark.parametrize("answer", ["299 Perhaps", "so be it"])
    async def test_the_answer_is_unknown(
        self, office: Office, postbox: Postbox, answer: str
    ) -> None:
        # aiosmtpd refuses to send such an answer, so it is written to its transport
        async def odd(server: SMTP, command: str, usual: str) -> str:
            if command == "DATA":
                connection(server).write(f"{answer}\r\n".encode())
            return usual

        postbox.at = odd  # type: ignore[method-assign]
        with pytest.raises(UnsureError):
            await mailer(office.address).send(handover())


class TestLoggingIn:
    @pytest.fixture
    def guarded(self, postbox: Postbox) -> Iterator[Office]:
        with opened(
            postbox, auth_required=True, auth_require_tls=False, authenticator=knows
        ) as office:
            yield office

    async def test_with_the_right_password_is_enough(
        self, guarded: Office, postbox: Postbox
    ) -> None:
        await mailer(replace(guarded.address, user=USER, password=PASSWORD)).send(handover())
        assert len(postbox.letters) == 1

    async def test_with_a_wrong_one_waits_for_an_operator(
        self, guarded: Office, postbox: Postbox
    ) -> None:
        with pytest.raises(TryLaterError, match="SMTP_USER and SMTP_PASSWORD") as caught:
            await mailer(replace(guarded.address, user=USER, password="wrong-horse")).send(
                handover()
            )
        assert (caught.value.unsure, caught.value.seconds, "horse" in caught.value.reason) == (
            False,
            300.0,
            False,
        )
        assert postbox.letters == []

    async def test_where_the_server_has_no_log_in_waits_for_an_operator(
        self, office: Office
    ) -> None:
        with pytest.raises(TryLaterError, match="SMTP_USER") as caught:
            await mailer(replace(office.address, user=USER, password=PASSWORD)).send(handover())
        assert (caught.value.seconds, caught.value.alert) == (300.0, True)

    def test_shows_no_password(self) -> None:
        assert PASSWORD not in repr(SmtpServer("127.0.0.1", 25, USER, PASSWORD))


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """One for 127.0.0.1, signed by itself."""
    program = shutil.which("openssl")
    if not program:
        pytest.skip("openssl is not installed, so there is no certificate to try TLS with")
    folder = tmp_path_factory.mktemp("tls")
    key, made = folder / "key.pem", folder / "certificate.pem"
    wanted = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-days", "2"]
    files = ["-keyout", str(key), "-out", str(made)]
    request = [program, "req", "-x509", "-newkey", "rsa:2048", "-nodes", *files, *wanted]
    subprocess.run(request, check=True, capture_output=True)
    return made, key


@pytest.fixture
def ours(certificate: tuple[Path, Path]) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


class TestAPrivateConnection:
    @pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.TLS])
    async def test_carries_the_letter(
        self, postbox: Postbox, certificate: tuple[Path, Path], ours: ssl.SSLContext, tls: Tls
    ) -> None:
        trust = ssl.create_default_context(cafile=str(certificate[0]))
        options: dict[str, Any] = (
            {"ssl_context": ours}
            if tls is Tls.TLS
            else {"tls_context": ours, "require_starttls": True}
        )
        with opened(postbox, **options) as office:
            await mailer(replace(office.address, tls=tls), trust=trust).send(handover())
        assert len(postbox.letters) == 1

    @pytest.mark.parametrize("tls", [Tls.STARTTLS, Tls.TLS])
    async def test_to_an_unknown_server_is_not_made(
        self, postbox: Postbox, ours: ssl.SSLContext, tls: Tls
    ) -> None:
        options = {"ssl_context": ours} if tls is Tls.TLS else {"tls_context": ours}
        with (
            opened(postbox, **options) as office,
            pytest.raises(TryLaterError, match="certificate") as caught,
        ):
            await mailer(replace(office.address, tls=tls)).send(handover())
        assert (caught.value.unsure, caught.value.seconds, postbox.letters) == (False, 300.0, [])

    async def test_that_the_server_does_not_offer_is_not_left_out(
        self, office: Office, postbox: Postbox
    ) -> None:
        with pytest.raises(TryLaterError, match="SMTP_TLS") as caught:
            await mailer(replace(office.address, tls=Tls.STARTTLS)).send(handover())
        assert (caught.value.seconds, postbox.letters) == (300.0, [])


class TestSomethingThatIsNoMailServer:
    @pytest.mark.parametrize("greeting", ["554 Go away\r\n", "HTTP/1.1 400 Bad Request\r\n", ""])
    async def test_loses_nothing(self, greeting: str) -> None:
        with socket.create_server(("127.0.0.1", 0)) as listening:

            def once() -> None:
                connection, _ = listening.accept()
                with connection:
                    connection.sendall(greeting.encode())

            answering = threading.Thread(target=once)
            answering.start()
            server = SmtpServer("127.0.0.1", listening.getsockname()[1], tls=Tls.NONE)
            with pytest.raises(TryLaterError) as caught:
                await mailer(server).send(handover())
            answering.join()
        assert caught.value.unsure is False
