"""Uploads by the bot, and what shows or shares the files in its messages."""

from __future__ import annotations

from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from slack_sandbox import Failure, SlackSandbox

from .view_builders import refused

Json = dict[str, Any]


async def upload(
    client: AsyncWebClient, name: str = "steps.png", content: bytes = b"picture"
) -> Json:
    """The file object of a file that the bot has uploaded without a channel."""
    answer = await client.files_upload_v2(filename=name, content=content)
    file: Json = answer["file"]
    return file


def image(**named: str) -> Json:
    return {"type": "image", "alt_text": "steps", "slack_file": named}


async def test_an_upload_is_shared_nowhere(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    file = await upload(client)
    (stored,) = ws.files.uploaded
    assert (stored.id, stored.content, stored.channels) == (file["id"], b"picture", set())
    assert ws.messages(channel) == []
    info = (await client.files_info(file=stored.id))["file"]
    assert (info["name"], info["mimetype"], info["channels"]) == ("steps.png", "image/png", [])


async def test_a_form_may_carry_the_bytes_too(ws: SlackSandbox, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    form = aiohttp.FormData()
    form.add_field("filename", b"abc", filename="a.txt")
    async with aiohttp.ClientSession() as http, http.post(begun["upload_url"], data=form) as answer:
        assert answer.status == 200
    await client.files_completeUploadExternal(files=[{"id": begun["file_id"]}])
    assert ws.files.uploaded[0].content == b"abc"


async def test_what_was_not_sent_is_not_completed(ws: SlackSandbox, client: AsyncWebClient) -> None:
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=3)
    files = [{"id": begun["file_id"], "title": "a.txt"}]
    assert await refused(client.files_completeUploadExternal(files=files)) == "file_not_found"
    async with aiohttp.ClientSession() as http, http.post(begun["upload_url"], data=b"ab") as sent:
        assert sent.status == 400
    assert await refused(client.files_completeUploadExternal(files=files)) == "file_not_found"


async def test_the_scope_is_needed_and_an_upload_can_be_ordered_to_fail(
    ws: SlackSandbox, client: AsyncWebClient
) -> None:
    ws.api.fail_next("upload", Failure.error("x"))
    begun = await client.files_getUploadURLExternal(filename="a.txt", length=2)
    async with aiohttp.ClientSession() as http, http.post(begun["upload_url"], data=b"ab") as sent:
        assert "OK" not in await sent.text()
    ws.api.scopes.discard("files:write")
    begin = client.files_getUploadURLExternal(filename="a.txt", length=2)
    assert await refused(begin) == "missing_scope"


@pytest.mark.parametrize("key", ["id", "permalink", "url_private"])
async def test_an_image_block_shows_it_and_shares_it(
    ws: SlackSandbox, client: AsyncWebClient, channel: str, key: str
) -> None:
    file = await upload(client)
    block = image(id=file["id"]) if key == "id" else image(url=file[key])
    await client.chat_postMessage(channel=channel, text="look", blocks=[block])
    assert ws.files.uploaded[0].channels == {channel}
    assert ws.messages(channel)[0].files == []


async def test_a_file_that_slack_still_scans_is_refused(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    ws.files.scans = 1
    file = await upload(client)
    post: Json = {"channel": channel, "text": "look", "blocks": [image(id=file["id"])]}
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(**post)
    faults = caught.value.response["response_metadata"]["messages"]
    assert faults == ["[ERROR] invalid slack file [json-pointer:/blocks/0/slack_file]"]
    assert (await client.files_info(file=file["id"]))["file"]["mimetype"] == ""
    assert (await client.files_info(file=file["id"]))["file"]["mimetype"] == "image/png"
    await client.chat_postMessage(**post)


@pytest.mark.parametrize("named", [{"id": "F0NONE"}, {"id": "F0NONE", "url": "https://a.b/c"}])
async def test_an_unknown_file_is_refused(
    client: AsyncWebClient, channel: str, named: dict[str, str]
) -> None:
    post = client.chat_postMessage(channel=channel, text="look", blocks=[image(**named)])
    assert await refused(post) == "invalid_blocks"


async def test_what_is_no_image_is_refused_as_one_and_shared_by_its_permalink(
    ws: SlackSandbox, client: AsyncWebClient, channel: str
) -> None:
    file = await upload(client, "log.txt", b"line")
    post = client.chat_postMessage(channel=channel, text="x", blocks=[image(id=file["id"])])
    assert await refused(post) == "invalid_blocks"
    text = {"type": "mrkdwn", "text": f"<{file['permalink']}|log.txt>"}
    section = {"type": "section", "text": text}
    sent = await client.chat_postMessage(channel=channel, text="x", blocks=[section])
    (message,) = ws.messages(channel)
    assert [shared["id"] for shared in message.files] == [file["id"]]
    assert ws.files.uploaded[0].channels == {channel}
    await client.chat_update(channel=channel, ts=sent["ts"], text="y", blocks=[section])
    assert len(ws.messages(channel)[0].files) == 1


async def test_the_bot_deletes_its_own_files_only(
    ws: SlackSandbox, client: AsyncWebClient, alice: str, channel: str
) -> None:
    file = await upload(client)
    await client.files_delete(file=file["id"])
    assert ws.files.uploaded == []
    assert await refused(client.files_info(file=file["id"])) == "file_deleted"
    assert await refused(client.files_delete(file=file["id"])) == "file_deleted"
    ts = await ws.say(alice, channel, "", files=[{"name": "a.txt", "content": "x"}])
    hers = ws.message(channel, ts).files[0]["id"]
    assert await refused(client.files_delete(file=hers)) == "cant_delete_file"
