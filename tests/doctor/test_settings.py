"""What `doctor` says about settings, files and ports."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from bot.app import StoppedError
from bot.cli.doctor import articles
from bot.server import serve_http, serve_socket
from bot.settings import SECRETS
from bot.stopping import Stop
from slack_sandbox import Failure
from tests.doctor.conftest import Clinic, Examined
from tests.integrations.test_email import free_port
from tests.shipped import ARTICLES
from tests.slack.test_start import answering
from tests.slack_harness import GivenSettings
from tests.test_article_form import FILE, GOOD
from tests.test_cli import bot, with_article
from tests.test_metrics_page import Serve
from tests.test_settings import VALUES


class TestTheSettings:
    async def test_that_are_wrong_are_all_named_and_the_rest_is_checked(
        self, clinic: Clinic
    ) -> None:
        found = await clinic.examine(
            PORT="many", TIME_ZONE="Mars", SUPPORT_EMAIL="a@b.example", SLACK_APP_TOKEN="xapp-1-no"
        )
        named = [text.partition(":")[0] for text in found.texts("settings", "fail")]
        assert named == ["TIME_ZONE", "PORT", "EMAIL_FROM", "SMTP_HOST"]
        assert "Pacific/Auckland" in found.texts("settings", "fail")[0]
        assert found.one("e-mail") == ("warn", "not checked: EMAIL_FROM is wrong or missing")
        assert found.one("token")[0] == "ok"
        assert found.one("app-level token")[0] == "fail"

    async def test_whose_allowed_values_are_many_take_a_line_or_two(self, clinic: Clinic) -> None:
        found = await clinic.examine(HOLIDAYS="Mars")
        (fault,) = found.texts("settings", "fail")
        assert fault.startswith("HOLIDAYS: 'Mars' is not")
        assert len(fault) <= 200

    async def test_that_allow_both_ways_to_connect_say_which_one_is_taken(
        self, clinic: Clinic
    ) -> None:
        found = await clinic.examine(SLACK_SIGNING_SECRET="0" * 32)
        level, text = found.one("settings")
        assert level == "ok"
        assert text.endswith("connects over Socket Mode, or with run --mode http over HTTP")

    async def test_that_are_misspelt_are_named(self, clinic: Clinic) -> None:
        (clinic.folder / ".env").write_text("SUPORT_CHANNELS=C0123\n= 5\n")
        (clinic.folder / ".env").chmod(0o600)
        found = await clinic.examine()
        broken, misspelt = found.texts("settings", "warn")
        assert broken.startswith(".env:2: ")
        assert "did you mean SUPPORT_CHANNELS?" in misspelt
        assert found.exit_code == 0

    async def test_in_a_file_that_is_no_text_are_left_out(self, clinic: Clinic) -> None:
        (clinic.folder / ".env").write_bytes(b"PORT=\xff\xfe\n")
        found = await clinic.examine()
        assert found.texts("settings", "fail") == [
            ".env: cannot be read (UnicodeDecodeError); save it as UTF-8 text"
        ]
        assert found.one("token")[0] == "ok"

    async def test_are_looked_for_in_the_folder(self, clinic: Clinic) -> None:
        done = await clinic.run(**dict.fromkeys(clinic.settings, ""))
        assert "SLACK_BOT_TOKEN: missing" in done.stdout
        assert f"{clinic.folder.resolve()}/.env (not found)" in done.stdout
        assert done.returncode == 1


class TestTheFiles:
    async def test_that_others_can_read_are_named_with_what_to_run(self, clinic: Clinic) -> None:
        for name, mode in ((".env", 0o640), ("xero-bot.sqlite3", 0o644)):
            (clinic.folder / name).write_text("")
            (clinic.folder / name).chmod(mode)
        found = await clinic.examine()
        (warned,) = found.texts("secret files", "warn")
        assert warned.startswith(".env: its group can read it (0640)")
        (failed,) = found.texts("secret files", "fail")
        assert "xero-bot.sqlite3: everybody on this machine can read it (0644)" in failed
        assert "chmod 600 xero-bot.sqlite3" in failed

    async def test_that_hold_one_secret_are_looked_at_too(self, clinic: Clinic) -> None:
        for name in SECRETS:
            path, mode = clinic.folder / name, 0o666
            path.write_text(clinic.settings.get(name.upper(), VALUES.get(name, "x" * 20)) + " \n")
            path.chmod(mode)
            alone = {name.upper(): "", f"{name.upper()}_FILE": str(path)}
            found = await clinic.examine(**alone)
            words = f"{path}: everybody on this machine can read it (0666); run: chmod 600 {path}"
            assert found.texts("secret files", "fail") == [words]
            path.chmod(0o600)
            found = await clinic.examine(**alone)
            assert found.one("secret files") == ("ok", f"only their owner can read {name}")

    async def test_that_only_the_owner_can_read_are_ok(self, clinic: Clinic) -> None:
        (clinic.folder / ".env").write_text("")
        (clinic.folder / ".env").chmod(0o600)
        found = await clinic.examine()
        assert found.one("secret files") == ("ok", "only their owner can read .env")


class TestTheArticles:
    async def test_are_counted(self, clinic: Clinic) -> None:
        found = await clinic.examine()
        assert found.one("articles") == ("ok", f"{len(ARTICLES)} were loaded")

    async def test_with_faults_are_named_with_the_line(self, clinic: Clinic) -> None:
        folder = with_article(clinic.folder / "own", GOOD.replace("title:", "titel:"))
        found = await clinic.examine(KNOWLEDGE_DIR=str(folder))
        assert FILE in found.texts("articles", "fail")[0]
        assert found.exit_code == 1

    async def test_that_are_not_there_are_missed(self, clinic: Clinic) -> None:
        found = await clinic.examine(KNOWLEDGE_DIR="nowhere")
        assert "set KNOWLEDGE_DIR to the directory" in found.one("articles")[1]


class TestThePictures:
    async def test_say_what_happens_without_the_extra(self, clinic: Clinic) -> None:
        with mock.patch.object(articles, "can_read_pictures", return_value=False):
            found = await clinic.examine()
        level, text = found.one("pictures")
        assert level == "warn"
        assert "make ocr" in text
        assert found.exit_code == 0


class TestThePorts:
    async def test_that_another_program_uses_are_named(self, clinic: Clinic) -> None:
        taken = await asyncio.start_server(lambda _, writer: writer.close(), "127.0.0.1", 0)
        port = taken.sockets[0].getsockname()[1]
        over_http = {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": clinic.ws.signing_secret}
        found = await clinic.examine(**over_http, PORT=str(port))
        taken.close()
        assert_taken(found, f"HOST, PORT: cannot listen on 127.0.0.1:{port}")

    @pytest.mark.parametrize("body", ["lookup service", "ok", "xero_bot_info 1"])
    async def test_of_a_server_that_answers_everything_are_no_bots(
        self, clinic: Clinic, body: str
    ) -> None:
        async with answering(body) as url:
            port = url.partition("127.0.0.1:")[2].partition("/")[0]
            health = await clinic.examine(HEALTH_PORT=port)
            metrics = await clinic.examine(METRICS_PORT=port)
        assert_taken(health, f"HOST, HEALTH_PORT: cannot listen on 127.0.0.1:{port}")
        assert_taken(metrics, f"METRICS_HOST, METRICS_PORT: cannot listen on 127.0.0.1:{port}")

    @pytest.mark.parametrize("serving", [serve_http, serve_socket])
    async def test_of_this_bot_are_ok_and_those_of_another_are_not(
        self, clinic: Clinic, serving: Serve
    ) -> None:
        ports = {"PORT": free_port(), "HEALTH_PORT": free_port(), "METRICS_PORT": free_port()}
        texts = {name: str(port) for name, port in ports.items()}
        if serving is serve_http:
            texts |= {"SLACK_APP_TOKEN": "", "SLACK_SIGNING_SECRET": clinic.ws.signing_secret}
        given: dict[str, Any] = clinic.settings | texts
        settings = GivenSettings(**{name.lower(): value for name, value in given.items()})
        stop = Stop()
        clinic.ws.api.fail_next("auth.test", Failure.slow(300))  # a bot that starts is one too
        running = asyncio.create_task(serving(settings, stop))
        await clinic.ws.until(lambda: bool(clinic.ws.transcript.calls("auth.test")))
        own = await clinic.examine(**texts)
        other = await clinic.examine(**texts | {"SLACK_BOT_TOKEN": "xoxb-another"})
        alive = await asyncio.to_thread(bot, "health", cwd=clinic.folder, **given)
        stop.set()
        with pytest.raises(StoppedError):
            await running
        assert [level for level, _ in own.lines["ports"]] == ["ok", "ok"]
        assert all("by this bot, which is running" in text for _, text in own.lines["ports"])
        assert [level for level, _ in other.lines["ports"]] == ["fail", "fail"]
        assert all("another SLACK_BOT_TOKEN; choose" in text for _, text in other.lines["ports"])
        assert (alive.returncode, alive.stdout) == (0, "ok\n")

    async def test_that_are_free_are_ok(self, clinic: Clinic) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        found = await clinic.examine(METRICS_PORT=str(port))
        assert found.one("ports") == (
            "ok",
            f"METRICS_HOST, METRICS_PORT: 127.0.0.1:{port} is free",
        )


def assert_taken(found: Examined, begin: str) -> None:
    level, text = found.one("ports")
    assert level == "fail"
    assert text.startswith(begin)
    assert text.endswith("; choose others, or end what answers there")


class TestTheHealthOfABot:
    def test_that_does_not_run_is_bad(self, tmp_path: Path) -> None:
        port = free_port()
        done = bot("health", cwd=tmp_path, PORT=str(port))
        assert done.returncode == 1
        assert done.stdout.startswith(f"no bot answers at 127.0.0.1:{port}; start it")

    async def test_is_not_that_of_another_server(self, tmp_path: Path) -> None:
        async with answering("ok") as url:
            port = url.partition("127.0.0.1:")[2].partition("/")[0]
            done = await asyncio.to_thread(bot, "health", cwd=tmp_path, PORT=port)
        assert done.returncode == 1
