"""Files of messages, fetched from Slack as far as they are read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.attachments import (
    MAX_BINARY_BYTES,
    MAX_TEXT_BYTES,
    PART_BYTES,
    File,
    FileKind,
    FileText,
    ReadOutcome,
)
from bot.domain.errors import TryLaterError
from bot.slack.client.downloads import Hosts
from bot.slack.client.files import SlackFiles
from slack_sandbox import PATIENCE, Download, Failure, SlackSandbox

SECRET = "Ponsonby takings"


class Shop:
    """A workspace with one channel, and its files as the bot fetches them."""

    def __init__(
        self, ws: SlackSandbox, client: AsyncWebClient, session: aiohttp.ClientSession
    ) -> None:
        self.ws = ws
        self._client = client
        self._session = session
        self.alice = ws.add_user("Alice")
        self.channel = ws.add_channel("support", [self.alice])

    async def share(
        self, content: str | bytes = SECRET, name: str | None = "log.txt", **more: Any
    ) -> str:
        """Upload a file in its own message; returns its id."""
        file = {"name": name, "content": content, **more}
        ts = await self.ws.say(self.alice, self.channel, "", files=[file])
        return str(self.ws.message(self.channel, ts).files[0]["id"])

    def files(self, seconds: float = 20.0, hosts: Hosts | None = None) -> SlackFiles:
        here = hosts or Hosts.of(self.ws.api_url)
        return SlackFiles(self._client, self._session, here, seconds)

    async def fetch(self, file_id: str, seconds: float = 20.0) -> File | FileText:
        return await self.files(seconds).fetch(file_id)


@pytest.fixture
async def shop() -> AsyncIterator[Shop]:
    async with SlackSandbox() as ws, aiohttp.ClientSession() as session:
        client = AsyncWebClient(
            token=ws.bot_token, base_url=ws.api_url, retry_handlers=[], session=session
        )
        yield Shop(ws, client, session)


class Stranger:
    """A server that is not Slack's, and records its requests."""

    def __init__(self) -> None:
        self.heard: list[dict[str, str]] = []
        self.url = ""

    async def answer(self, request: web.Request) -> web.Response:
        self.heard.append(dict(request.headers))
        return web.Response(text="stolen")


@pytest.fixture
async def stranger() -> AsyncIterator[Stranger]:
    made, application = Stranger(), web.Application()
    application.router.add_get("/{path:.*}", made.answer)
    runner = web.AppRunner(application, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    made.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield made
    await runner.cleanup()


def text_of(size: int) -> bytes:
    """Returns a text of that length in which no two lines are equal."""
    return b"".join(b"line %07d\n" % number for number in range(size // 13 + 1))[:size]


SIZES = (0, 1, PART_BYTES, PART_BYTES + 1, MAX_TEXT_BYTES, MAX_TEXT_BYTES + 1, 1_700_000)


class TestAText:
    @pytest.mark.parametrize("ranges", [True, False], ids=["by range", "without range"])
    @pytest.mark.parametrize(
        "announced", [None, 10, 50_000_000], ids=["true", "too small", "too large"]
    )
    async def test_is_read_completely_or_at_both_ends_whatever_its_announced_size(
        self, shop: Shop, announced: int | None, ranges: bool
    ) -> None:
        shop.ws.files.ranges = ranges
        longest = text_of(max(SIZES))
        for size in SIZES:
            content = longest[:size]
            file_id = await (
                shop.share(content, size=announced) if announced else shop.share(content)
            )
            fetched = await shop.fetch(file_id)
            if size <= MAX_TEXT_BYTES:
                assert fetched == File("log.txt", FileKind.TEXT, size, content)
            else:
                assert fetched == File(
                    "log.txt", FileKind.TEXT, size, content[:PART_BYTES], content[-PART_BYTES:]
                )

    async def test_that_is_long_is_asked_for_in_parts(self, shop: Shop) -> None:
        file_id = await shop.share(text_of(2_000_000))
        await shop.fetch(file_id)
        asked = [{"range": f"bytes=0-{PART_BYTES - 1}"}, {"range": f"bytes=-{PART_BYTES}"}]
        assert shop.ws.files.downloads(file_id) == asked

    @pytest.mark.parametrize("name", ["-", "invoice.pdf", "shot.png"])
    async def test_a_long_paste_is_one_whatever_it_is_called(self, shop: Shop, name: str) -> None:
        file_id = await shop.share(SECRET, name, mode="snippet", mimetype="text/plain")
        assert await shop.fetch(file_id) == File(name, FileKind.TEXT, len(SECRET), SECRET.encode())

    async def test_of_slack_connect_is_found_by_its_id_alone(self, shop: Shop) -> None:
        file_id = await shop.share(stub=True)
        fetched = await shop.fetch(file_id)
        assert isinstance(fetched, File)
        assert (fetched.name, fetched.head) == ("log.txt", SECRET.encode())

    async def test_a_page_that_is_a_file_is_read_as_one(self, shop: Shop) -> None:
        fetched = await shop.fetch(await shop.share("<html>502</html>", "error.html"))
        assert isinstance(fetched, File)
        assert fetched.head == b"<html>502</html>"


class TestAPictureOrAPDF:
    @pytest.mark.parametrize(
        ("name", "kind"),
        [
            ("shot.png", FileKind.PICTURE),
            ("IMG_4711.HEIC", FileKind.PICTURE),
            ("log.pdf", FileKind.PDF),
        ],
    )
    async def test_is_read_completely(self, shop: Shop, name: str, kind: FileKind) -> None:
        content = bytes(range(256)) * 5_000
        assert await shop.fetch(await shop.share(content, name)) == File(
            name, kind, 1_280_000, content
        )

    async def test_that_says_it_is_too_large_is_not_downloaded(self, shop: Shop) -> None:
        file_id = await shop.share(b"x", "shot.png", size=MAX_BINARY_BYTES + 1)
        assert await shop.fetch(file_id) == FileText(
            "shot.png", ReadOutcome.TOO_LARGE, size=MAX_BINARY_BYTES + 1
        )
        assert shop.ws.files.downloads() == []

    async def test_that_turns_out_too_large_is_not_read(self, shop: Shop) -> None:
        file_id = await shop.share(b"x" * 60_000, "shot.png", size=60_000)
        shop.ws.files.serve(file_id, Download.endless())
        fetched = await shop.fetch(file_id)
        assert fetched == FileText("shot.png", ReadOutcome.TOO_LARGE, size=60_000)


class TestWhatIsNotRead:
    @pytest.mark.parametrize("name", ["invoice.docx", "logs.zip", "film.mp4"])
    async def test_other_kinds_are_not_downloaded(self, shop: Shop, name: str) -> None:
        assert await shop.fetch(await shop.share(b"xxx", name)) == FileText(
            name, ReadOutcome.NOT_READ, size=3
        )
        assert shop.ws.files.downloads() == []

    async def test_a_file_that_lies_elsewhere_is_not_asked_for(
        self, shop: Shop, stranger: Stranger
    ) -> None:
        file_id = await shop.share(name="sheet.csv", mode="external", url_private=stranger.url)
        fetched = await shop.fetch(file_id)
        assert isinstance(fetched, FileText)
        assert (fetched.name, fetched.outcome) == ("sheet.csv", ReadOutcome.NOT_READ)
        assert stranger.heard == []


class TestAFileThatIsGone:
    async def test_was_deleted_or_never_there(
        self, shop: Shop, caplog: pytest.LogCaptureFixture
    ) -> None:
        file_id = await shop.share()
        shop.ws.files.remove(file_id)
        for gone in (file_id, "F404"):
            assert await shop.fetch(gone) == FileText("", ReadOutcome.GONE)
        assert caplog.records == []

    @pytest.mark.parametrize("mode", ["tombstone", "hidden_by_limit"])
    async def test_is_hidden_by_slack(self, shop: Shop, mode: str) -> None:
        fetched = await shop.fetch(await shop.share(mode=mode))
        assert isinstance(fetched, FileText)
        assert fetched.outcome is ReadOutcome.GONE
        assert shop.ws.files.downloads() == []

    async def test_has_nothing_but_an_id(self, shop: Shop) -> None:
        file_id = await shop.share(
            name=None,
            title=None,
            mimetype=None,
            size=None,
            url_private=None,
            url_private_download=None,
        )
        assert await shop.fetch(file_id) == FileText("", ReadOutcome.GONE)

    async def test_is_forbidden_to_the_bot(self, shop: Shop) -> None:
        file_id = await shop.share()
        shop.ws.files.serve(file_id, Download.forbidden())
        assert await shop.fetch(file_id) == FileText("log.txt", ReadOutcome.GONE, size=len(SECRET))


class TestWhatTheOperatorMustMend:
    async def test_the_scope_is_missing(self, shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
        file_id = await shop.share()
        shop.ws.api.scopes.discard("files:read")
        assert await shop.fetch(file_id) == FileText("", ReadOutcome.GONE)
        (line,) = caplog.messages
        assert line.startswith(
            f"file {file_id}: Slack refused files.info: missing_scope (files:read); add the scope"
        )

    @pytest.mark.parametrize("name", ["log.txt", "shot.png"])
    async def test_a_log_in_page_is_not_a_file(
        self, shop: Shop, name: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        file_id = await shop.share(name=name)
        shop.ws.files.serve(file_id, Download.login())
        fetched = await shop.fetch(file_id)
        assert fetched == FileText(name, ReadOutcome.GONE, size=len(SECRET))
        (line,) = caplog.messages
        assert f"file {file_id}: " in line
        assert "missing_scope (files:read); add the scope" in line

    async def test_a_log_in_page_is_not_a_file_even_if_the_file_is_a_page(
        self, shop: Shop, caplog: pytest.LogCaptureFixture
    ) -> None:
        page, other = await shop.share("<html>", "error.html"), await shop.share()
        shop.ws.files.serve(page, Download.redirect(f"/files/{other}"))
        shop.ws.files.serve(other, Download.login())
        fetched = await shop.fetch(page)
        assert isinstance(fetched, FileText)
        assert fetched.outcome is ReadOutcome.GONE
        assert "missing_scope" in caplog.text

    async def test_logs_hold_ids_and_nothing_of_the_file(
        self, shop: Shop, stranger: Stranger, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("DEBUG", "bot")
        for how in (
            Download.redirect(f"{stranger.url}/private"),
            Download.login(),
            Download.forbidden(),
        ):
            file_id = await shop.share(name="payroll-mere.txt")
            shop.ws.files.serve(file_id, how)
            await shop.fetch(file_id)
        logged = " ".join(
            record.getMessage() for record in caplog.records if record.name.startswith("bot")
        )
        assert file_id not in logged  # forbidden: nobody can do anything
        for word in ("payroll", SECRET, stranger.url, "127.0.0.1", shop.ws.bot_token):
            assert word not in logged


class TestTheToken:
    async def test_follows_a_redirect_at_slack(self, shop: Shop) -> None:
        moved, there = await shop.share("moved"), await shop.share("there")
        shop.ws.files.serve(moved, Download.redirect(f"/files/{there}"))
        fetched = await shop.fetch(moved)
        assert isinstance(fetched, File)
        assert fetched.head == b"there"

    async def test_is_not_sent_to_another_host_by_a_redirect(
        self, shop: Shop, stranger: Stranger, caplog: pytest.LogCaptureFixture
    ) -> None:
        file_id = await shop.share()
        shop.ws.files.serve(file_id, Download.redirect(f"{stranger.url}/files/{file_id}"))
        assert await shop.fetch(file_id) == FileText("log.txt", ReadOutcome.GONE, size=len(SECRET))
        assert stranger.heard == []
        assert "not Slack's; it was not opened" in caplog.text

    async def test_is_not_sent_to_a_foreign_address_of_a_file(
        self, shop: Shop, stranger: Stranger
    ) -> None:
        port = URL(stranger.url).port
        for address in (
            stranger.url,
            f"http://localhost:{port}/",
            f"//127.0.0.1:{port}/x",
            "file:///etc/passwd",
            "x",
        ):
            fetched = await shop.fetch(
                await shop.share(url_private=address, url_private_download=address)
            )
            assert isinstance(fetched, FileText)
            assert fetched.outcome is ReadOutcome.GONE
        assert stranger.heard == []

    async def test_follows_a_circle_of_redirects_four_times_at_most(self, shop: Shop) -> None:
        file_id = await shop.share()
        shop.ws.files.serve(file_id, Download.redirect(f"/files/{file_id}"))
        fetched = await shop.fetch(file_id)
        assert isinstance(fetched, FileText)
        assert fetched.outcome is ReadOutcome.GONE
        assert len(shop.ws.files.downloads()) == 4

    @pytest.mark.parametrize(
        "address",
        [
            "https://files.slack.com/files-pri/T1-F1/log.txt",
            "https://files-origin.slack.com/files-pri/T1-F1/log.txt",
            "https://kauri.slack.com/files/U1/F1/log.txt",
            "https://slack.com/x",
            "https://slack-files.com/T1-F1-abc",
            "https://FILES.SLACK.COM:443/x",
        ],
    )
    def test_is_sent_to_slack(self, address: str) -> None:
        assert Hosts.of("https://slack.com/api/").allow(URL(address))

    @pytest.mark.parametrize(
        "address",
        [
            "http://files.slack.com/x",
            "https://files.slack.com:8443/x",
            "https://files.slack.com.evil.example/x",
            "https://evilslack.com/x",
            "https://notslack-files.com/x",
            "https://files.slack.com./x",
            "https://slack.com@evil.example/x",
            "https://evil@slack.com/x",
            "https://evil.example/?files.slack.com",
            "https://evil.example#.slack.com",
            "https://evil.example/.slack.com",
            "https://slack.com%2eevil.example/x",
            "https://\u0455lack.com/x",
            "https://169.254.169.254/latest",
            "ftp://files.slack.com/x",
            "//files.slack.com/x",
            "/x",
            "",
        ],
    )
    def test_is_sent_to_nobody_else(self, address: str) -> None:
        assert not Hosts.of("https://slack.com/api/").allow(URL(address))

    def test_of_a_workspace_on_this_machine_is_sent_to_its_address_only(self) -> None:
        hosts = Hosts.of("http://127.0.0.1:8080/api/")
        assert hosts.allow(URL("http://127.0.0.1:8080/files/F1"))
        for other in (
            "https://127.0.0.1:8080/",
            "http://127.0.0.1:8081/",
            "http://localhost:8080/",
            "https://slack.com/",
        ):
            assert not hosts.allow(URL(other))

    async def test_is_not_sent_to_slack_from_another_workspace(self, shop: Shop) -> None:
        file_id = await shop.share()
        fetched = await shop.files(hosts=Hosts.of("https://slack.com/api/")).fetch(file_id)
        assert isinstance(fetched, FileText)
        assert fetched.outcome is ReadOutcome.GONE
        assert shop.ws.files.downloads() == []


class TestWhatMayWorkLater:
    @pytest.mark.parametrize("method", ["files.info", "download"])
    async def test_slack_says_when_to_try_again(self, shop: Shop, method: str) -> None:
        file_id = await shop.share()
        shop.ws.api.fail_next(method, Failure.rate_limited(7))
        with pytest.raises(TryLaterError) as caught:
            await shop.fetch(file_id)
        assert (caught.value.seconds, caught.value.unsure) == (7.0, False)

    @pytest.mark.parametrize("method", ["files.info", "download"])
    @pytest.mark.parametrize(
        "failure", [Failure.server_error(), Failure.reset()], ids=["500", "reset"]
    )
    async def test_a_server_error_leaves_nothing_unsure(
        self, shop: Shop, method: str, failure: Failure
    ) -> None:
        file_id = await shop.share()
        shop.ws.api.fail_next(
            method, failure, times=2
        )  # aiohttp asks once more itself where a connection breaks
        with pytest.raises(TryLaterError) as caught:
            await shop.fetch(file_id)
        assert caught.value.unsure is False

    @pytest.mark.parametrize("name", ["log.txt", "shot.png"])
    async def test_the_download_ends_too_early(self, shop: Shop, name: str) -> None:
        file_id = await shop.share(name=name)
        shop.ws.files.serve(file_id, Download.announces(100_000))
        with pytest.raises(TryLaterError):
            await shop.fetch(file_id)


class TestTheTimeLimit:
    @pytest.mark.parametrize(
        "how", [Download.endless(), Download.trickle(0.01)], ids=["endless", "trickle"]
    )
    async def test_ends_a_download_that_never_ends(self, shop: Shop, how: Download) -> None:
        file_id = await shop.share()
        shop.ws.files.serve(file_id, how)
        async with asyncio.timeout(PATIENCE):
            fetched = await shop.fetch(file_id, seconds=0.2)
        assert fetched == FileText("log.txt", ReadOutcome.TOO_SLOW, size=len(SECRET))

    @pytest.mark.parametrize("method", ["files.info", "download"])
    async def test_holds_for_all_calls(self, shop: Shop, method: str) -> None:
        file_id = await shop.share()
        shop.ws.api.fail_next(method, Failure.slow(30))
        fetched = await shop.fetch(file_id, seconds=0.1)
        assert isinstance(fetched, FileText)
        assert fetched.outcome is ReadOutcome.TOO_SLOW

    async def test_is_distinguished_from_a_shutdown(self, shop: Shop) -> None:
        file_id = await shop.share()
        shop.ws.files.serve(file_id, Download.trickle(0.01))
        fetching = asyncio.create_task(shop.fetch(file_id))
        await shop.ws.until(lambda: bool(shop.ws.files.downloads()))
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
