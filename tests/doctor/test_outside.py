"""What `doctor` says about e-mail, Zendesk and the database."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from tests.doctor.conftest import Clinic
from tests.empty_database import lay
from tests.integrations.test_email import PASSWORD, USER, Office, Postbox, free_port, knows
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer

MAIL = {
    "SUPPORT_EMAIL": "support@clickpos.example",
    "EMAIL_FROM": "xero-help@clickpos.example",
    "SMTP_HOST": "127.0.0.1",
    "SMTP_TLS": "none",
}

pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


@contextmanager
def mail_server() -> Iterator[Office]:
    office = Office(Postbox(), authenticator=knows, auth_required=True, auth_require_tls=False)
    office.start()
    try:
        yield office
    finally:
        office.stop()


class TestTheMailServer:
    async def test_lets_the_bot_in_and_gets_no_mail(self, clinic: Clinic) -> None:
        with mail_server() as office:
            given = MAIL | {"SMTP_PORT": str(office.port), "SMTP_USER": USER}
            found = await clinic.examine(**given, SMTP_PASSWORD=PASSWORD)
            wrong = await clinic.examine(**given, SMTP_PASSWORD="wrong-horse")
            encrypted = await clinic.examine(**given | {"SMTP_TLS": "tls"})
        assert found.one("e-mail")[0] == "ok"
        assert "logged in" in found.one("e-mail")[1]
        assert wrong.one("e-mail")[0] == "fail"
        assert "check SMTP_USER and SMTP_PASSWORD" in wrong.one("e-mail")[1]
        assert encrypted.one("e-mail")[0] == "fail"
        assert "check SMTP_TLS" in encrypted.one("e-mail")[1]
        assert office.box.envelopes == []
        assert office.box.letters == []

    async def test_that_is_away_is_named_with_what_to_check(self, clinic: Clinic) -> None:
        found = await clinic.examine(**MAIL, SMTP_PORT=str(free_port()))
        level, text = found.one("e-mail")
        assert level == "fail"
        assert "check SMTP_HOST and SMTP_PORT" in text


class TestZendesk:
    async def test_says_what_the_account_may_do(self, clinic: Clinic) -> None:
        given = {"ZENDESK_SUBDOMAIN": "clickpos", "ZENDESK_EMAIL": AGENT}
        async with ZendeskServer() as zendesk:
            given |= {"ZENDESK_URL": zendesk.url}
            expected: list[tuple[dict[str, object], str, str]] = [
                ({"id": 1, "role": "admin"}, "ok", "administrator"),
                ({"id": 2, "role": "agent"}, "warn", "ZENDESK_EMAIL and ZENDESK_TOKEN of one"),
                ({"id": 3, "role": "end-user"}, "fail", "of an administrator"),
                ({"id": None, "role": "end-user"}, "fail", "check ZENDESK_EMAIL and ZENDESK_TOKEN"),
            ]
            for zendesk.me, level, words in expected:
                found = await clinic.examine(**given, ZENDESK_TOKEN=TOKEN)
                assert found.one("zendesk")[0] == level
                assert words in found.one("zendesk")[1]
            refused = await clinic.examine(**given, ZENDESK_TOKEN="wrong")
            assert zendesk.data.tickets == {}
            assert {method for method, _ in zendesk.seen} == {"GET"}
        assert refused.one("zendesk")[0] == "fail"
        assert "check ZENDESK_EMAIL and ZENDESK_TOKEN" in refused.one("zendesk")[1]
        away = await clinic.examine(**given, ZENDESK_TOKEN=TOKEN)
        assert away.one("zendesk")[0] == "fail"
        assert "check ZENDESK_SUBDOMAIN and the network" in away.one("zendesk")[1]


class TestTheDatabase:
    async def test_is_not_made(self, clinic: Clinic) -> None:
        found = await clinic.examine()
        assert found.one("database")[0] == "ok"
        assert "the first start makes its tables" in found.one("database")[1]
        assert not (clinic.folder / "xero-bot.sqlite3").exists()

    async def test_at_the_newest_revision_is_ok(self, clinic: Clinic) -> None:
        lay(clinic.folder / "xero-bot.sqlite3")
        before = (clinic.folder / "xero-bot.sqlite3").read_bytes()
        (clinic.folder / "xero-bot.sqlite3").chmod(0o600)
        found = await clinic.examine()
        assert found.one("database")[0] == "ok"
        assert "(the newest)" in found.one("database")[1]
        assert (clinic.folder / "xero-bot.sqlite3").read_bytes() == before
        assert [file.name for file in clinic.folder.iterdir()] == ["xero-bot.sqlite3"]

    @pytest.mark.parametrize(
        ("change", "level", "words"),
        [
            ("UPDATE alembic_version SET version_num = '0015'", "warn", "make a backup"),
            ("DROP TABLE alembic_version", "warn", "the next start upgrades it"),
            ("UPDATE alembic_version SET version_num = '9999'", "warn", "of a newer version"),
            ("UPDATE oldest_program SET revision = '9999'", "fail", "Start the newer version"),
            ("ALTER TABLE openings RENAME TO others", "fail", "put a backup back"),
        ],
    )
    async def test_says_what_a_start_will_do(
        self, clinic: Clinic, change: str, level: str, words: str
    ) -> None:
        file = clinic.folder / "xero-bot.sqlite3"
        lay(file)
        with closing(sqlite3.connect(file)) as database, database:
            database.execute(change)
        before = file.read_bytes()
        found = await clinic.examine()
        assert found.one("database")[0] == level
        assert words in found.one("database")[1]
        assert file.read_bytes() == before

    async def test_of_another_program_is_refused(self, clinic: Clinic) -> None:
        (clinic.folder / "xero-bot.sqlite3").write_text("a shopping list")
        found = await clinic.examine()
        assert found.one("database")[0] == "fail"
        assert "is not a SQLite database" in found.one("database")[1]

    @pytest.mark.parametrize(
        ("address", "words"),
        [
            ("sqlite:///nowhere/bot.sqlite3", "there is no folder"),
            ("sqlite:///.", "is a folder"),
            ("postgresql://bot:secret-word@127.0.0.1:1/bot", "check that the server runs"),
        ],
    )
    async def test_that_cannot_be_opened_is_named_with_what_to_check(
        self, clinic: Clinic, address: str, words: str
    ) -> None:
        found = await clinic.examine(DATABASE_URL=address)
        level, text = found.one("database")
        assert level == "fail"
        assert words in text
        assert "secret-word" not in text

    async def test_that_cannot_be_written_is_named(self, clinic: Clinic) -> None:
        file = clinic.folder / "xero-bot.sqlite3"
        lay(file)
        content = bytearray(file.read_bytes())
        content[18] = 3  # SQLite only reads files of later formats (Database File Format, 1.3.3)
        file.write_bytes(content)
        found = await clinic.examine()
        level, text = found.one("database")
        assert level == "fail"
        assert "cannot be written" in text
