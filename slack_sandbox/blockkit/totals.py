"""Checks of all blocks together: unique ids, totals, counts by type, the sum. Pure."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator

from slack_sandbox.blockkit import block_rules as rules
from slack_sandbox.blockkit.field_rules import Json

# Undocumented: github.com/slackapi/bolt-js/issues/2509 met msg_blocks_too_long at 13,297
# characters of markdown,
# fewer with a divider beside it, and issue 2867 at 11,341 characters of text in rich_text:
# containers count too.
MAX_BLOCK_CHARACTERS = 13_200
_OWN_TOTAL = {"table", "data_table", "data_visualization"}  # these have limits of their own


def blocks_length(blocks: list[Json]) -> int:
    """The share of MAX_BLOCK_CHARACTERS used: the length of the blocks' compact JSON."""
    counted = [block for block in blocks if block.get("type") not in _OWN_TOTAL]
    return len(json.dumps(counted, ensure_ascii=False, separators=(",", ":"))) if counted else 0


def together(blocks: list[object], surface: str) -> Iterator[tuple[str, str]]:
    """The faults no block can have alone: a sentence, and its path below the list of blocks."""
    known = [block for block in blocks if isinstance(block, dict)]
    everyone = known + [child for block in known for child in _children(block)]
    for name, count in Counter(str(b["block_id"]) for b in everyone if b.get("block_id")).items():
        if count > 1:
            yield f"block_id {name!r} is there {count} times, it must be unique in a {surface}", ""
    for kind, count in Counter(str(block.get("type")) for block in everyone).items():
        most = rules.MAX_OF_A_KIND.get(kind, count)
        if count > most:
            yield f"{count} blocks of type {kind}, at most {most} are allowed", ""
    total = sum(len(str(b.get("text", ""))) for b in everyone if b.get("type") == "markdown")
    if total > rules.MARKDOWN_TOTAL:
        yield (
            f"{total} characters in markdown blocks, at most {rules.MARKDOWN_TOTAL} are allowed",
            "",
        )
    for index, block in enumerate(known):
        characters = _cell_characters(block) if block.get("type") == "data_table" else 0
        if characters > rules.DATA_TABLE_CHARACTERS:
            most = rules.DATA_TABLE_CHARACTERS
            sentence = f"{characters} characters in all cells, at most {most} are allowed"
            yield sentence, f"/{index}/rows"


def _children(block: Json) -> list[Json]:
    return [child for child in listed(block, "child_blocks") if isinstance(child, dict)]


def listed(value: Json, name: str) -> list[object]:
    """The list in a field, empty where it is none."""
    found = value.get(name)
    return found if isinstance(found, list) else []


def _cell_characters(value: object) -> int:
    if isinstance(value, list):
        return sum(map(_cell_characters, value))
    if isinstance(value, dict):
        own = len(str(value["text"])) if isinstance(value.get("text"), str | int) else 0
        return own + sum(
            _cell_characters(value[key]) for key in ("rows", "elements") if key in value
        )
    return 0
