"""What `doctor` says about settings, files and ports."""

from __future__ import annotations

import asyncio
import socket
from unittest import mock

from aiohttp import web

from bot.cli.doctor import articles
from tests.doctor.conftest import Clinic
from tests.shipped import ARTICLES
from tests.test_article_form import FILE, GOOD
from tests.test_cli import with_article


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
        assert ".env: its group can read it (0640)" in warned
        (failed,) = found.texts("secret files", "fail")
        assert "xero-bot.sqlite3: everybody on this machine can read it (0644)" in failed
        assert "chmod 600 xero-bot.sqlite3" in failed

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
        level, text = found.one("ports")
        assert level == "fail"
        assert text.startswith(f"HOST, PORT: cannot listen on 127.0.0.1:{port}")
        assert text.endswith("; choose others")

    async def test_of_a_bot_that_runs_are_ok(self, clinic: Clinic) -> None:
        async def answer(request: web.Request) -> web.Response:
            return web.Response(
                text={"/healthz": "ok", "/metrics": "xero_bot_info 1"}[request.path]
            )

        app = web.Application()
        app.router.add_get("/{page}", answer)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        port = runner.addresses[0][1]
        found = await clinic.examine(HEALTH_PORT=str(port), METRICS_PORT=str(port))
        await runner.cleanup()
        assert len(found.texts("ports", "ok")) == 2
        assert all("a bot that is running" in text for text in found.texts("ports", "ok"))

    async def test_that_are_free_are_ok(self, clinic: Clinic) -> None:
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        found = await clinic.examine(METRICS_PORT=str(port))
        assert found.one("ports") == (
            "ok",
            f"METRICS_HOST, METRICS_PORT: 127.0.0.1:{port} is free",
        )
