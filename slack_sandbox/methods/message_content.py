"""The part of a message that the bot wrote, read from arguments and checked."""

from __future__ import annotations

from slack_sandbox.blockkit.checks import check_blocks
from slack_sandbox.blockkit.totals import MAX_BLOCK_CHARACTERS, blocks_length
from slack_sandbox.methods.web_api import Arguments
from slack_sandbox.mrkdwn import effective_mentions, markdown_links
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import ApiError, Json, Message

TEXT_CUT = 40_000  # characters; api.slack.com/changelog/2018-04-truncating-really-long-messages
MARKDOWN_TEXT = 12_000  # characters of markdown_text; docs chat.postMessage
MAX_ATTACHMENTS = 100  # docs chat.postMessage


def read_content(args: Arguments, *, limit_sum: bool = True) -> Message:
    """The part of a message that the bot wrote, checked; channel and ts still empty.

    Args:
        args: text, markdown_text, blocks, attachments, metadata, unfurl_links, link_names, parse.
        limit_sum: whether the sum of the blocks counts; Slack does not count it for a response_url.

    Raises:
        ApiError: Slack's name of the fault, with the sentences of check_blocks for invalid_blocks.

    """
    blocks, attachments = args.items("blocks") or [], args.items("attachments") or []
    _require_sizes(args, blocks, attachments)
    if limit_sum and blocks_length(blocks) > MAX_BLOCK_CHARACTERS:
        raise ApiError("msg_blocks_too_long")
    if faults := check_blocks(blocks, "message"):
        raise ApiError("invalid_blocks", [f"[ERROR] {fault}" for fault in faults], errors=faults)
    text, markdown = args.text("text"), args.text("markdown_text")
    named = args.flag("link_names") or args.text("parse") == "full"
    return Message(
        channel="",
        ts="",
        text=(text or markdown)[:TEXT_CUT],
        blocks=[with_ids(block) for block in blocks],
        attachments=attachments,
        metadata=_metadata(args),
        effective_mentions=effective_mentions(text, link_names=True) if named else [],
        links=markdown_links(markdown),
        unfurls=args.flag("unfurl_links", default=True) or args.flag("unfurl_media", default=True),
    )


def _require_sizes(args: Arguments, blocks: list[Json], attachments: list[Json]) -> None:
    text, markdown = args.text("text"), args.text("markdown_text")
    if markdown and args.given("text", "blocks"):
        raise ApiError("markdown_text_conflict")
    if len(markdown) > MARKDOWN_TEXT:
        raise ApiError("msg_too_long")
    if len(attachments) > MAX_ATTACHMENTS:
        raise ApiError("too_many_attachments")
    if not (text.strip() or markdown.strip() or blocks or attachments):
        raise ApiError("no_text")


def with_ids(block: Json) -> Json:
    """The block, with generated ids where the bot sent none."""
    block = {"block_id": new_id("")[:5].lower()} | block
    for key in ("elements", "accessory", "element", "actions"):
        value = block.get(key)
        if isinstance(value, list):
            block[key] = [_with_action_id(item) for item in value]
        elif isinstance(value, dict):
            block[key] = _with_action_id(value)
    return block


def _with_action_id(element: Json) -> Json:
    if element.get("type") in {"image", "mrkdwn", "plain_text", "card"} or "elements" in element:
        return element
    return {"action_id": new_id("")[:5].lower()} | element


def _metadata(args: Arguments) -> Json | None:
    value = args.values.get("metadata")
    if not value:
        return None
    if not isinstance(value, dict) or not value.get("event_type"):
        raise ApiError("invalid_metadata_format")
    if not isinstance(value.get("event_payload"), dict):
        raise ApiError("invalid_metadata_schema")
    return value
