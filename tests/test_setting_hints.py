"""Warnings about misspelt settings, and about a `.env` that everybody can read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import ClassVar

import pytest

from bot.cli.setting_hints import hints
from bot.settings import Settings
from tests.test_cli import bot, with_article

NAMES = [name.upper() for name in Settings.model_fields]
STRANGERS = """
    PATH HOME SHELL USER LOGNAME LANG LC_ALL TERM TZ PWD OLDPWD SHLVL HOSTNAME HOSTTYPE MAIL MAILTO EDITOR PAGER DISPLAY
    TMPDIR COLUMNS LINES PYTHONPATH PYTHONUNBUFFERED PIP_INDEX_URL VIRTUAL_ENV LD_LIBRARY_PATH SSL_CERT_FILE HTTP_PROXY
    HTTPS_PROXY NO_PROXY INVOCATION_ID JOURNAL_STREAM NOTIFY_SOCKET LISTEN_PID LISTEN_FDS STATE_DIRECTORY SSH_CLIENT
    SSH_CONNECTION SUDO_USER SUDO_COMMAND XDG_RUNTIME_DIR DBUS_SESSION_BUS_ADDRESS KUBERNETES_PORT
    KUBERNETES_SERVICE_HOST KUBERNETES_PORT_443_TCP_ADDR POSTGRES_PORT POSTGRES_USER POSTGRES_PASSWORD PGHOST PGPORT
    PGUSER PGPASSWORD PGDATABASE DATABASE_HOST DATABASE_PORT DATABASE_NAME DATABASE_USER DATABASE_PASSWORD DB_URL
    REDIS_URL XERO_BOT_SERVICE_HOST XERO_BOT_PORT SLACK_BOT_SERVICE_HOST SLACK_BOT_PORT DYNO WEB_CONCURRENCY
    RENDER_SERVICE_NAME FLY_APP_NAME K_SERVICE SERVER_PORT WEBSITE_HOSTNAME AWS_REGION AWS_ACCESS_KEY_ID
    GOOGLE_APPLICATION_CREDENTIALS CI GITHUB_ACTIONS GITHUB_TOKEN SLACK_WEBHOOK_URL SLACK_TOKEN SLACK_CHANNEL
    SLACK_CLIENT_ID SLACK_CLIENT_SECRET SLACK_USER_TOKEN SENTRY_DSN LOG_FORMAT LOG_FILE DEBUG EMAIL EMAIL_HOST EMAIL_TO
    SMTP_SERVER SMTP_PASS SMTP_USERNAME SMTP_FROM SMTP_URL ZENDESK_API_TOKEN TIME_STYLE HOSTS PORTS POST NODE_ENV
""".split()


def misspellings(name: str) -> set[str]:
    """Returns the name with a letter missing, doubled or wrong, or with two letters swapped."""
    made = set()
    for at, letter in enumerate(name):
        made |= {
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + "X" + name[at + 1 :],
        }
        if at:
            made.add(name[: at - 1] + letter + name[at - 1] + name[at + 1 :])
    return made - set(NAMES)


def written(folder: Path, lines: str) -> Path:
    file = folder / ".env"
    file.write_text(lines)
    file.chmod(0o600)
    return file


def warnings(
    folder: Path, lines: str = "", environment: Mapping[str, str] | None = None
) -> list[str]:
    return hints(written(folder, lines), environment or {})


class TestASettingThatIsMisspelt:
    def test_in_the_file_is_named_with_the_nearest_one(self, tmp_path: Path) -> None:
        for name in NAMES:
            made = sorted(misspellings(name))
            lines = warnings(tmp_path, "".join(f"{slip}=1\n" for slip in made))
            where = f"not a setting, so it has no effect (in {tmp_path}/.env); did you mean"
            if len(name) > 4:
                assert lines == [f"{slip}: {where} {name}?" for slip in made]
            else:  # of four letters another setting may be as near
                assert [line.partition(f": {where} ")[0] for line in lines] == made

    def test_in_the_environment_is_named_with_the_nearest_one(self, tmp_path: Path) -> None:
        for name in NAMES:
            for slip in misspellings(name):
                expected = f"{slip}: not a setting, so it has no effect (in the environment); did you mean {name}?"
                assert warnings(tmp_path, "", {slip: "1"}) == ([expected] if len(name) >= 8 else [])

    @pytest.mark.parametrize(
        ("name", "nearest"),
        [
            ("SUPPORT_CHANEL", "SUPPORT_CHANNELS"),
            ("SLACK_TOKEN", "SLACK_BOT_TOKEN"),
            ("SMTP_USERNAME", "SMTP_USER"),
            ("KNOWLEDGE_DIRECTORY", "KNOWLEDGE_DIR"),
            ("claim_witin", "CLAIM_WITHIN"),
            ("ZENDESK_API_TOKEN", "ZENDESK_TOKEN"),
        ],
    )
    def test_in_the_file_may_be_further_off(self, tmp_path: Path, name: str, nearest: str) -> None:
        (line,) = warnings(tmp_path, f"export {name}=1\n")
        assert line.startswith(f"{name}: ")
        assert line.endswith(f"did you mean {nearest}?")

    def test_is_printed_by_run_and_check_before_anything_else(self, tmp_path: Path) -> None:
        written(tmp_path, "SUPORT_CHANNELS=C0HELP\n")
        knowledge = str(with_article(tmp_path / "knowledge"))
        for words, code in (
            (("run", "--mode", "http"), 2),
            (("check", "--knowledge", knowledge), 0),
        ):
            done = bot(*words, cwd=tmp_path, CLAIM_WITIN="5")
            assert done.returncode == code
            assert [line.split(":")[0] for line in done.stderr.splitlines()[:2]] == [
                "WARNING SUPORT_CHANNELS",
                "WARNING CLAIM_WITIN",
            ]


class TestWithALogForPrograms:
    def run(self, folder: Path, **values: str) -> list[tuple[str, str]]:
        """Returns level and message of each line of a start that fails."""
        done = bot("run", "--mode", "http", cwd=folder, **values)
        assert done.returncode == 2
        lines = [json.loads(line) for line in done.stderr.splitlines()]
        return [(line["level"], line["message"]) for line in lines]

    def test_warnings_and_each_fault_are_lines_of_it(self, tmp_path: Path) -> None:
        written(tmp_path, "LOG_FORMAT=json\nSUPORT_CHANNELS=C0HELP\nPORT=99999\n")
        warning, *faults = self.run(tmp_path, LOG_LEVEL="LOUD", LOG_FORMAT="")
        assert warning[0] == "WARNING"
        assert warning[1].startswith("SUPORT_CHANNELS: ")
        assert [(level, what.split(":")[0]) for level, what in faults] == [
            ("ERROR", "PORT"),
            ("ERROR", "LOG_LEVEL"),
        ]

    def test_what_ends_the_start_later_is_a_line_of_it(self, tmp_path: Path) -> None:
        tokens = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "a" * 32}
        nowhere = str(tmp_path / "nowhere")
        found = self.run(
            tmp_path,
            LOG_FORMAT="json",
            KNOWLEDGE_DIR=nowhere,
            ESCALATION_CHANNEL="C0123ABCD",
            **tokens,
        )
        assert [level for level, _ in found] == ["ERROR"]
        assert nowhere in found[0][1]

    def test_a_fault_of_its_own_setting_is_for_people(self, tmp_path: Path) -> None:
        done = bot("run", cwd=tmp_path, LOG_FORMAT="jsn")
        assert done.stderr.startswith("LOG_FORMAT: ")


class TestASettingOfAnotherProgram:
    def test_in_the_environment_is_not_named(self, tmp_path: Path) -> None:
        assert warnings(tmp_path, "", dict.fromkeys(STRANGERS, "1")) == []

    def test_in_the_environment_is_not_named_where_the_setting_is_set(self, tmp_path: Path) -> None:
        assert warnings(tmp_path, "", {"MAIL_FROM": "1"}) != []
        assert warnings(tmp_path, "EMAIL_FROM=a@b.nz\n", {"MAIL_FROM": "1"}) == []
        assert warnings(tmp_path, "", {"MAIL_FROM": "1", "email_from": "a@b.nz"}) == []

    def test_in_the_file_is_not_named(self, tmp_path: Path) -> None:
        others = "TZ COMPOSE_PROJECT_NAME POSTGRES_PASSWORD HTTPS_PROXY PYTHONUNBUFFERED NODE_ENV DEBUG".split()
        assert warnings(tmp_path, "".join(f"{name}=1\n" for name in others)) == []

    def test_are_the_settings_themselves(self, tmp_path: Path) -> None:
        lines = "".join(f"{name}=1\n# {name}X=1\n" for name in NAMES)
        assert warnings(tmp_path, lines, dict.fromkeys(NAMES, "1")) == []
        assert hints(tmp_path / "nowhere", {}) == []


class TestAnAddressInAContainer:
    IMAGE: ClassVar = {"XERO_BOT_DEFAULT_HOST": "0.0.0.0"}  # noqa: S104

    def test_that_nobody_reaches_from_outside_is_named(self, tmp_path: Path) -> None:
        words = "HOST: 127.0.0.1 is reached from inside the container only"
        for found in (
            warnings(tmp_path, "", self.IMAGE | {"HOST": "127.0.0.1"}),
            warnings(tmp_path, "HOST=127.0.0.1", self.IMAGE | {"HOST": ""}),
        ):
            assert [line.partition(",")[0] for line in found] == [words]

    def test_is_named_nowhere_else(self, tmp_path: Path) -> None:
        assert warnings(tmp_path, "HOST=127.0.0.1") == []
        assert warnings(tmp_path, "", self.IMAGE | {"HOST": "10.0.0.1"}) == []
        assert warnings(tmp_path, "", self.IMAGE) == []


class TestTheFile:
    def test_with_a_byte_order_mark_loses_no_setting(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text("LOG_LEVEL=LOUD\nPORT=99999\n", encoding="utf-8-sig")
        done = bot("run", cwd=tmp_path)
        assert [line.split(":")[0] for line in done.stderr.splitlines()] == ["PORT", "LOG_LEVEL"]

    def test_names_a_line_that_has_no_effect_once(self, tmp_path: Path) -> None:
        written(tmp_path, "PORT=3001\nSUPPORT_CHANNELS C0HELP\n")
        errors = bot("run", cwd=tmp_path).stderr.splitlines()
        assert errors[0] == "WARNING .env:2: has no effect (allowed: NAME=value)"
        assert len(errors) == 2

    @pytest.mark.parametrize(
        "secret",
        [
            "SLACK_BOT_TOKEN=xoxb-1",
            "SMTP_PASSWORD=hunter2",
            "DATABASE_URL=postgresql://bot:hunter2@db/bot",
        ],
    )
    def test_with_a_secret_that_everybody_can_read_is_named(
        self, tmp_path: Path, secret: str
    ) -> None:
        file = written(tmp_path, f"{secret}\n")
        assert hints(file, {}) == []
        file.chmod(0o644)
        name = secret.partition("=")[0]
        assert hints(file, {}) == [
            f"{file}: all users of this machine can read {name}; run: chmod 600 {file}"
        ]

    def test_without_a_secret_may_be_read_by_everybody(self, tmp_path: Path) -> None:
        file = written(
            tmp_path, "PORT=3001\nSLACK_BOT_TOKEN=\nDATABASE_URL=sqlite:///bot.sqlite3\n"
        )
        file.chmod(0o644)
        assert hints(file, {}) == []
