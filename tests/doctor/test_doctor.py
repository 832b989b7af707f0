"""What the command `doctor` prints as a command, whatever its checks find."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path

import pytest

from bot.cli.doctor.findings import Check, Finding, Level, NotCheckedError, run_checks
from bot.domain.errors import UserError
from bot.settings import Settings
from bot.slack.views import operator_wording
from bot.storage.database import connect
from bot.storage.process_lock import only_process
from tests.doctor.conftest import Clinic
from tests.slack_harness import words_of
from tests.test_cli import bot

SUBJECTS = [
    *("settings", "secret files", "token", "scopes", "app-level token", "signing secret", "clock"),
    *("channels", "people", "e-mail", "zendesk", "database", "articles", "pictures", "ports"),
]


class TestTheCommand:
    async def test_says_ok_of_everything_and_changes_nothing(self, clinic: Clinic) -> None:
        done = await clinic.run()
        assert [line[:4] for line in done.stdout.splitlines()[:-1]] == ["ok  "] * 16, done.stdout
        assert done.stdout.splitlines()[-1] == "16 ok, 0 warn, 0 fail"
        assert (done.returncode, done.stderr) == (0, "")
        assert [*clinic.folder.iterdir()] == []
        assert clinic.ws.messages(clinic.settings["ESCALATION_CHANNEL"]) == []

    async def test_prints_its_lines_in_order_each_on_one(self, clinic: Clinic) -> None:
        clinic.ws.api.scopes.discard("channels:history")
        done = await clinic.run(RESPONDERS="U0NOBODY")
        lines = done.stdout.splitlines()[:-1]
        subjects = [line[6:21].strip() for line in lines]
        assert [*dict.fromkeys(subjects)] == SUBJECTS
        assert done.returncode == 1

    def test_does_not_know_other_options(self, tmp_path: Path) -> None:
        assert bot("doctor", "--nonsense", cwd=tmp_path).returncode == 2

    async def test_prints_no_secret_whichever_setting_has_it(self, clinic: Clinic) -> None:
        secrets = {
            "SLACK_BOT_TOKEN": "xoxb-1-canary",
            "SLACK_APP_TOKEN": "xapp-1-canary",
            "SLACK_SIGNING_SECRET": "canary-of-sixteen-letters",
            "DATABASE_URL": "postgresql://bot:canary-pass@127.0.0.1:1/bot",
            "SMTP_PASSWORD": "canary-of-the-mailbox",
            "ZENDESK_TOKEN": "canary-of-zendesk",
        }
        others = {"SUPPORT_EMAIL": "a@b.example", "EMAIL_FROM": "a@b.example"}
        others |= {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": "1", "SMTP_USER": "box"}
        others |= {"ZENDESK_SUBDOMAIN": "shop", "ZENDESK_EMAIL": "a@b.example"}
        others |= {"ZENDESK_URL": "http://127.0.0.1:1"}
        secret_fields = {
            name.upper() for name, one in Settings.model_fields.items() if not one.repr
        }
        assert secret_fields == secrets.keys()
        done = await clinic.run(**others | secrets)
        assert "canary" not in done.stdout + done.stderr
        assert "SLACK_BOT_TOKEN" in done.stdout
        assert "log-in" in done.stdout or "SMTP" in done.stdout

    async def test_prints_no_secret_that_is_in_the_line_of_another_setting(
        self, tmp_path: Path
    ) -> None:
        paths = {"channels_file", "knowledge_dir"}  # are printed where nothing is found there
        canaries = {name: f"xoxb-{n}-canary" for n, name in enumerate(Settings.model_fields)}
        lines = [f"{name.upper()}={text}" for name, text in canaries.items() if name not in paths]
        (tmp_path / ".env").write_text("\n".join(lines))
        done = await asyncio.to_thread(bot, "doctor", cwd=tmp_path)
        assert "canary" not in done.stdout + done.stderr
        assert "RESPONDERS: '(hidden)'" in done.stdout
        assert done.returncode == 1


class TestTheTestCard:
    async def test_is_posted_once_and_mentions_nobody(self, clinic: Clinic) -> None:
        found = await clinic.examine("--post", ESCALATION_MENTION="here")
        (card,) = clinic.ws.messages(clinic.settings["ESCALATION_CHANNEL"])
        assert operator_wording.TEST_CARD in words_of(card)
        assert (card.effective_mentions, card.is_reply) == ([], False)
        level, text = found.one("test card")
        assert level == "ok"
        assert re.search(rf"https://.+/{card.channel}/p{card.ts.replace('.', '')}$", text)

    async def test_says_what_to_do_where_it_cannot_be_posted(self, clinic: Clinic) -> None:
        archived = clinic.ws.add_channel("old", archived=True)
        found = await clinic.examine("--post", ESCALATION_CHANNEL=archived)
        assert "unarchive it" in found.texts("test card", "fail")[0]
        assert "unarchive it" in found.texts("channels", "fail")[0]

    async def test_is_not_posted_without_a_channel(self, clinic: Clinic) -> None:
        found = await clinic.examine("--post", ESCALATION_CHANNEL="")
        assert found.one("test card") == (
            "warn",
            "not checked: ESCALATION_CHANNEL is wrong or missing",
        )
        assert found.exit_code == 1


class TestTheChecks:
    async def test_run_at_the_same_time_and_each_has_a_limit(self) -> None:
        met = asyncio.Barrier(2)

        async def meet() -> list[Finding]:
            await met.wait()
            return [Finding.ok("met")]

        async def hang() -> list[Finding]:
            await asyncio.Event().wait()
            return []

        checks = [Check("slow", hang), Check("first", meet), Check("second", meet)]
        slow, *others = await run_checks(checks, seconds=0.2)
        assert (slow.subject, slow.finding.level) == ("slow", Level.FAIL)
        assert "no answer" in slow.finding.text
        assert [line.finding.text for line in others] == ["met", "met"]

    @pytest.mark.parametrize(
        ("error", "level", "words"),
        [
            (ZeroDivisionError("canary"), Level.FAIL, "ZeroDivisionError"),
            (UserError("PORT: is wrong"), Level.FAIL, "PORT: is wrong"),
            (NotCheckedError("no token"), Level.WARN, "not checked: no token"),
        ],
    )
    async def test_go_on_when_one_fails(self, error: Exception, level: Level, words: str) -> None:
        async def fail() -> list[Finding]:
            raise error

        async def work() -> list[Finding]:
            return [Finding.ok("fine")]

        failed, worked = await run_checks([Check("a", fail), Check("b", work)])
        assert failed.finding.level is level
        assert words in failed.finding.text
        assert "canary" not in failed.finding.text
        assert worked.finding == Finding.ok("fine")


class TestWhileABotRuns:
    async def test_the_file_is_not_locked_for_it(self, clinic: Clinic) -> None:
        address = f"sqlite:///{clinic.folder}/bot.sqlite3"
        with only_process(address):
            engine = await connect(address)
            found = await clinic.examine(DATABASE_URL=address)
            await engine.dispose()
        assert found.one("database")[0] == "ok"
        assert found.exit_code == 0
