from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import PATIENCE, Download, Failure, SlackSandbox

from .bot_server import BotServer

BYTES = bytes(range(256)) * 4


async def share(ws: SlackSandbox, user: str, channel: str, **file: Any) -> str:
    """A file in a message of its own; its id."""
    ts = await ws.say(user, channel, "", files=[{"name": "a.bin", "content": BYTES} | file])
    return str(ws.message(channel, ts).files[0]["id"])


async def get(
    ws: SlackSandbox, file_id: str, *, token: str = "", **headers: str
) -> tuple[int, bytes, Any]:
    url = f"{ws.api_url.removesuffix('/api/')}/files/{file_id}"
    headers = {"Authorization": f"Bearer {token or ws.bot_token}", **headers}
    timeout = aiohttp.ClientTimeout(total=PATIENCE)
    async with (
        aiohttp.ClientSession(timeout=timeout) as http,
        http.get(url, headers=headers, allow_redirects=False) as response,
    ):
        return response.status, await response.read(), response.headers


async def error_of(client: AsyncWebClient, file_id: str) -> str:
    with pytest.raises(SlackApiError) as caught:
        await client.files_info(file=file_id)
    return str(caught.value.response["error"])


class TestFilesInfo:
    async def test_tells_what_the_message_tells(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel, name="shot.png")
        file = (await client.files_info(file=file_id))["file"]
        expected = {
            "name": "shot.png",
            "mimetype": "image/png",
            "filetype": "png",
            "size": 1024,
            "mode": "hosted",
        }
        assert file.items() >= expected.items()
        assert file["url_private"].startswith(ws.api_url.removesuffix("/api/"))
        assert file["channels"] == [channel]
        assert ws.messages(channel)[0].files[0].items() <= file.items()

    async def test_a_file_elsewhere_is_not_found_and_the_scope_is_needed(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        elsewhere = await share(
            ws, alice, ws.add_channel("elsewhere", [alice], bot_is_member=False)
        )
        assert await error_of(client, elsewhere) == "file_not_found"
        assert await error_of(client, "F404") == "file_not_found"
        ws.api.scopes.discard("files:read")
        assert await error_of(client, await share(ws, alice, channel)) == "missing_scope"

    async def test_of_slack_connect_only_it_has_more_than_the_id(
        self, ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        guest = ws.add_user("Gus", team_id="T0OTHER")
        ws.directory.join(channel, guest)
        ids = [await share(ws, guest, channel), await share(ws, alice, channel, stub=True)]
        for event, file_id in zip(bot.events(), ids, strict=True):
            (file,) = event["files"]
            assert (file["id"], file["mode"], file["file_access"]) == (
                file_id,
                "file_access",
                "check_file_info",
            )
            assert "url_private" not in file
            assert (await client.files_info(file=file_id))["file"]["name"] == "a.bin"

    async def test_fails_as_ordered(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel)
        ws.api.fail_next("files.info", Failure.error("fatal_error"))
        assert await error_of(client, file_id) == "fatal_error"


class TestARemovedFile:
    async def test_is_gone_everywhere(
        self, ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel)
        await ws.forward(alice, channel, channel, ws.messages(channel)[0].ts)
        ws.files.remove(file_id)
        assert await error_of(client, file_id) == "file_deleted"
        assert (await get(ws, file_id))[0] == 404
        buried = [{"id": file_id, "mode": "tombstone"}]
        first, forwarded = ws.messages(channel)
        assert (first.files, forwarded.attachments[0]["files"]) == (buried, buried)

    async def test_can_leave_one_message_by_an_edit(
        self, ws: SlackSandbox, bot: BotServer, client: AsyncWebClient, alice: str, channel: str
    ) -> None:
        both = [{"name": "a.txt", "content": "a"}, {"name": "b.txt", "content": "b"}]
        ts = await ws.say(alice, channel, "two", files=both)
        first, second = (file["id"] for file in ws.message(channel, ts).files)
        await ws.edit(alice, channel, ts, without_files=[first])
        change = bot.events()[-1]
        assert [file["id"] for file in change["previous_message"]["files"]] == [first, second]
        assert [file["id"] for file in change["message"]["files"]] == [second]
        assert change["message"]["text"] == "two"
        assert change["message"]["edited"]["user"] == alice


class TestTheFileServer:
    async def test_sends_the_bytes_to_the_bots_token_only(
        self, ws: SlackSandbox, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel)
        status, body, headers = await get(ws, file_id)
        assert (status, body, headers["Content-Type"]) == (200, BYTES, "application/octet-stream")
        for lost in ("token", "scope"):
            if lost == "scope":
                ws.api.scopes.discard("files:read")
            status, body, headers = await get(
                ws, file_id, token="xoxb-no" if lost == "token" else ""
            )
            assert (status, b"Sign in" in body, headers["Content-Type"]) == (
                200,
                True,
                "text/html; charset=utf-8",
            )

    @pytest.mark.parametrize(
        ("asked", "part"),
        [
            ("bytes=0-9", slice(0, 10)),
            ("bytes=-10", slice(1014, 1024)),
            ("bytes=1000-", slice(1000, 1024)),
        ],
    )
    async def test_sends_parts(
        self, ws: SlackSandbox, alice: str, channel: str, asked: str, part: slice
    ) -> None:
        file_id = await share(ws, alice, channel)
        status, body, headers = await get(ws, file_id, Range=asked)
        assert (status, body) == (206, BYTES[part])
        assert headers["Content-Range"] == f"bytes {part.start}-{part.stop - 1}/1024"
        assert ws.files.downloads(file_id) == [{"range": asked}]
        ws.files.ranges = False
        assert (await get(ws, file_id, Range=asked))[:2] == (200, BYTES)

    async def test_has_no_part_beyond_the_end(
        self, ws: SlackSandbox, alice: str, channel: str
    ) -> None:
        assert (await get(ws, await share(ws, alice, channel), Range="bytes=5000-"))[0] == 416

    async def test_forbids_and_redirects_as_ordered(
        self, ws: SlackSandbox, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel)
        ws.files.serve(file_id, Download.forbidden())
        assert (await get(ws, file_id))[0] == 403
        ws.files.serve(file_id, Download.login())
        assert b"Sign in" in (await get(ws, file_id))[1]
        ws.files.serve(file_id, Download.redirect("https://example.com/x"))
        status, _, headers = await get(ws, file_id)
        assert (status, headers["Location"]) == (302, "https://example.com/x")
        ws.files.serve(file_id, None)
        assert (await get(ws, file_id))[0] == 200

    async def test_breaks_off_where_it_announced_more(
        self, ws: SlackSandbox, alice: str, channel: str
    ) -> None:
        file_id = await share(ws, alice, channel)
        ws.files.serve(file_id, Download.announces(5000))
        with pytest.raises(aiohttp.ClientPayloadError):
            await get(ws, file_id)

    @pytest.mark.parametrize(
        ("how", "least"), [(Download.trickle(0.001), 3), (Download.endless(), 1_000_000)]
    )
    async def test_never_ends_if_ordered(
        self, ws: SlackSandbox, alice: str, channel: str, how: Download, least: int
    ) -> None:
        file_id = await share(ws, alice, channel)
        ws.files.serve(file_id, how)
        headers = {"Authorization": f"Bearer {ws.bot_token}"}
        url = ws.messages(channel)[0].files[0]["url_private"]
        async with (
            aiohttp.ClientSession() as http,
            http.get(url, headers=headers) as response,
        ):
            assert len(await response.content.readexactly(least)) == least

    async def test_fails_as_ordered(self, ws: SlackSandbox, alice: str, channel: str) -> None:
        file_id = await share(ws, alice, channel)
        ws.api.fail_next("download", Failure.rate_limited(7))
        ws.api.fail_next("download", Failure.server_error())
        status, _, headers = await get(ws, file_id)
        assert (status, headers["Retry-After"]) == (429, "7")
        assert (await get(ws, file_id))[0] == 500
        assert (await get(ws, file_id))[0] == 200
