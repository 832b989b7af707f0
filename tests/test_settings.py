"""The values that settings allow, and the errors about others."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from sqlalchemy import make_url

from bot.settings import SECRETS, Settings, faults


def connected(**given: str) -> Settings:
    """Returns settings that connect, with these others; checked as in the environment."""
    needed = {
        "slack_bot_token": "xoxb-1",
        "slack_app_token": "xapp-1",
        "escalation_channel": "C0CARDS",
    }
    alone = {name: value for name, value in needed.items() if f"{name}_file" not in given}
    settings: dict[str, Any] = alone | given
    return Settings(_env_file=None, **settings)


def errors(**given: str) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        connected(**given)
    return faults(caught.value)


class TestAWrongValue:
    @pytest.mark.parametrize(
        ("name", "value", "words"),
        [
            (
                "responders",
                "bob",
                "'bob' does not fit; allowed are ids of users (U…) and of user groups (S…)",
            ),
            ("escalation_ladder", "everybody", "'everybody' does not fit; allowed are ids"),
            (
                "business_hours",
                "9 to 5",
                "'9' are not days of the week (allowed: days and the hours of one day, such as Mon-Fri 09:00-17:30)",
            ),
            ("business_hours", "Mon-Fri", "there are no hours (allowed: "),
            ("business_hours", "Mon-Fri 9-17", "'9-17' are not the hours of a day (allowed: "),
            ("business_hours", "Mon-Fri 09:00-25:00", "25:00 is not a time of day (allowed: "),
            ("business_hours", "Mon-Fri 17:00-09:00", "09:00 is not later than 17:00 (allowed: "),
            (
                "time_zone",
                "Auckland",
                "not a time zone; allowed are names such as Pacific/Auckland",
            ),
            (
                "time_zone",
                "../etc/passwd",
                "not a time zone; allowed are names such as Pacific/Auckland",
            ),
            ("holidays", "NZ-XYZ", "'NZ-XYZ' is not a known region (allowed: NZ, NZ-AUK, NZ-BOP, "),
            ("holidays", "NZ-", "'NZ-' is not a known region (allowed: NZ, NZ-AUK, "),
            (
                "holidays",
                "NZ,Mars",
                "'Mars' is not a known country (allowed: two letters such as NZ, ",
            ),
            ("claim_within", "0", "(allowed: whole numbers from 1 to 10080)"),
            ("catch_up_hours", "25", "(allowed: whole numbers from 0 to 24)"),
            ("health_port", "99999", "(allowed: whole numbers from 1 to 65535)"),
            ("keep_days", "forever", "not such a number (allowed: whole numbers from 1 to 3650)"),
            ("keep_days", "1.5", "not such a number (allowed: whole numbers from 1 to 3650)"),
            ("smtp_tls", "ssl", "not one of them (allowed: starttls, tls, none)"),
            ("log_level", "loud", "not one of them (allowed: DEBUG, INFO, WARNING, ERROR)"),
            ("zendesk_subdomain", "https://kauri.zendesk.com", "the part before .zendesk.com"),
            ("support_email", "hélp@example.com", "an address looks like help@example.com"),
            ("support_email", "h..elp@example.com", "an address looks like help@example.com"),
            ("email_from", "help@example..com", "an address looks like help@example.com"),
            ("zendesk_email", "help@example.com.", "an address looks like help@example.com"),
        ],
    )
    def test_is_named_with_what_is_allowed(self, name: str, value: str, words: str) -> None:
        (line,) = [
            line
            for line in errors(**{name: value})
            if line.startswith(f"{name.upper()}: ") and "missing" not in line
        ]
        assert words in line


class TestHolidays:
    def test_are_those_of_every_region_that_is_named(self) -> None:
        made = Settings(_env_file=None, holidays="NZ-AUK, au-vic,NZ-South Canterbury")
        assert made.holidays == ("NZ-AUK", "au-vic", "NZ-South Canterbury")
        days = (date(2026, 1, 26), date(2026, 11, 3), date(2026, 9, 28), date(2026, 9, 29))
        assert [day in made.hours.holidays for day in days] == [True, True, True, False]


class TestSettingsThatGoTogether:
    def test_are_asked_for_together(self) -> None:
        assert errors(support_email="help@example.com", zendesk_subdomain="kauri") == [
            "EMAIL_FROM: missing; required with SUPPORT_EMAIL (the sender)",
            "SMTP_HOST: missing; required with SUPPORT_EMAIL (the mail server)",
            "ZENDESK_EMAIL: missing; required with ZENDESK_SUBDOMAIN (the agent that creates tickets)",
            "ZENDESK_TOKEN: missing; required with ZENDESK_SUBDOMAIN (the API token)",
        ]

    def test_are_not_checked_while_switched_off(self) -> None:
        assert connected().support_email == ""

    def test_never_show_in_a_log(self) -> None:
        made = connected(smtp_password="hunter2", zendesk_token="hunter3")
        assert "hunter" not in repr(made)


class TestASecretInAFile:
    @pytest.mark.parametrize("name", SECRETS)
    @pytest.mark.parametrize("end", ["", "\n", "\r\n", " \n", "\t\n\n"])
    def test_is_read_without_the_spaces_at_its_end(
        self, tmp_path: Path, name: str, end: str
    ) -> None:
        value = VALUES.get(name, "x" * 20)
        made = connected(**filed(tmp_path, name, value + end))
        kept = end.rstrip("\r\n") if name == "smtp_password" else ""
        assert getattr(made, name) == value + kept
        assert value not in repr(made)

    @pytest.mark.parametrize("name", SECRETS)
    def test_comes_from_the_environment_too(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
    ) -> None:
        value = VALUES.get(name, "x" * 20)
        usual = {"escalation_channel": "C0CARDS"} | VALUES
        for key, given in (usual | {name: ""} | filed(tmp_path, name, value)).items():
            monkeypatch.setenv(key.upper(), given)
        assert getattr(Settings(_env_file=None), name) == value

    def test_is_refused_beside_the_setting_itself(self, tmp_path: Path) -> None:
        given = filed(tmp_path, "smtp_password", "hunter2") | {"smtp_password": "hunter2"}
        assert errors(**given) == [
            "SMTP_PASSWORD_FILE: SMTP_PASSWORD is set too (allowed: one of them)"
        ]

    def test_that_cannot_be_used_is_named_once(self, tmp_path: Path) -> None:
        empty, binary = tmp_path / "empty", tmp_path / "binary"
        empty.write_text("\n")
        binary.write_bytes(b"\xff\xfe\x00hunter2")
        given: dict[str, Any] = {
            "slack_bot_token_file": "/nowhere/at/all",
            "slack_app_token_file": str(tmp_path),
            "slack_signing_secret_file": str(binary),
            "zendesk_token_file": str(empty),
            "database_url_file": "a\0b",
        }
        with pytest.raises(ValidationError) as caught:
            Settings(_env_file=None, escalation_channel="C0CARDS", **given)
        assert faults(caught.value) == [
            "SLACK_BOT_TOKEN_FILE: /nowhere/at/all cannot be read (No such file or directory)",
            f"SLACK_APP_TOKEN_FILE: {tmp_path} cannot be read (Is a directory)",
            f"SLACK_SIGNING_SECRET_FILE: {binary} is not UTF-8 text",
            "DATABASE_URL_FILE: a\0b cannot be read (not a path)",
            f"ZENDESK_TOKEN_FILE: {empty} is empty",
        ]

    def test_has_the_form_of_the_setting(self, tmp_path: Path) -> None:
        with pytest.raises(ValidationError) as caught:
            Settings(
                _env_file=None,
                slack_app_token="xapp-1",
                escalation_channel="C0CARDS",
                **filed(tmp_path, "slack_bot_token", "xoxp-hunter2"),
            )
        assert faults(caught.value) == [
            "SLACK_BOT_TOKEN: a bot token begins with xoxb-; "
            f"read from SLACK_BOT_TOKEN_FILE, {tmp_path}/slack_bot_token"
        ]

    @pytest.mark.parametrize("name", sorted({*SECRETS} - {"smtp_password"}))
    def test_with_quotes_names_file_and_fault(self, tmp_path: Path, name: str) -> None:
        value = VALUES.get(name, "x" * 20)
        for content in (f"'{value}'\n", f'"{value}"'):
            found = errors(**filed(tmp_path, name, content))
            words = "has quotes around it (allowed: the value alone)"
            read_from = f"read from {name.upper()}_FILE, {tmp_path}/{name}"
            assert found == [f"{name.upper()}: {words}; {read_from}"]

    @pytest.mark.parametrize("name", sorted({*SECRETS} - {"smtp_password", "database_url"}))
    def test_with_spaces_names_file_and_fault(self, tmp_path: Path, name: str) -> None:
        value = VALUES.get(name, "x" * 20)
        for content in (f" {value}", f"{value[:8]} {value[8:]}\n", f"{value}\n{value}\n"):
            (fault,) = errors(**filed(tmp_path, name, content))
            assert fault.startswith(f"{name.upper()}: has spaces in it (allowed: the value alone")
            assert fault.endswith(f"read from {name.upper()}_FILE, {tmp_path}/{name}")

    def test_that_is_a_password_may_have_both(self, tmp_path: Path) -> None:
        made = connected(**filed(tmp_path, "smtp_password", "'abcd efgh'\n"))
        assert made.smtp_password == "'abcd efgh'"

    def test_is_not_named_where_the_environment_has_the_fault(self) -> None:
        """As `docker run --env-file` passes quotes."""
        assert errors(slack_bot_token='"xoxb-1"') == [
            "SLACK_BOT_TOKEN: has quotes around it (allowed: the value alone)"
        ]


class TestTheAddressOfTheDatabase:
    @pytest.mark.parametrize(
        ("address", "host", "port"),
        [
            ("postgresql://u:p/a:s?s#w0rd@db.example/d", "db.example", None),
            ("postgresql://u:p%40ss@db.example:5433/d?sslmode=require", "db.example", 5433),
            ("postgres://u@[::1]:5433/d", "::1", 5433),
            ("postgresql:///d?host=/var/run/postgresql", None, None),
            ("postgresql://db.example", "db.example", None),
            ("sqlite:////var/lib/bot.sqlite3", None, None),
            ("sqlite:///C:/bot.sqlite3?timeout=5", None, None),
        ],
    )
    def test_is_read_as_sqlalchemy_reads_it(
        self, address: str, host: str | None, port: int | None
    ) -> None:
        url = make_url(connected(database_url=address).database_url)
        assert (url.host, url.port) == (host, port)

    @pytest.mark.parametrize(
        ("address", "wrong"),
        [
            ("postgresql://u:hunter2@h:abc/d", "the port is not a number from 1 to 65535"),
            ("postgresql://u:hunter2@h:70000/d", "the port is not a number from 1 to 65535"),
            ("postgresql://u:with@hunter2@h/d", "an @ in the password is written %40"),
            ("postgresql://u:hunter2@h:ßß/d", "the port is not a number from 1 to 65535"),
            ("mysql://u:hunter2@h/d", "cannot be read"),
            ("sqlite://bot.sqlite3", "names no file; needs three slashes"),
            ("sqlite:///:memory:", "names no file; needs three slashes"),
        ],
    )
    def test_is_refused_with_what_is_wrong_and_without_the_password(
        self, address: str, wrong: str
    ) -> None:
        (line,) = errors(database_url=address)
        assert line.startswith(f"DATABASE_URL: {wrong}")
        assert line.endswith(
            "allowed are sqlite:///file and postgresql://user:password@host/database"
        )
        assert "hunter2" not in line


VALUES = {
    "slack_bot_token": "xoxb-canary-1",
    "slack_app_token": "xapp-canary-1",
    "database_url": "postgresql://bot:canary@db/bot",
}


def filed(folder: Path, name: str, content: str) -> dict[str, Any]:
    """Returns the setting of a new file with this content."""
    path = folder / name
    path.write_text(content, newline="")
    return {f"{name}_file": str(path)}
