"""The element that a person uses, and the action that it sends. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from slack_sandbox.client import forms
from slack_sandbox.state.models import Json, Refused

_BUTTONS = {"button", "icon_button", "workflow_button"}


@dataclass(frozen=True)
class Pick:
    """Which element of a message or view a person uses, and with which value."""

    action_id: str
    value: str | None = None
    block_id: str | None = None


def action(block: Json, element: Json, value: str | None, ts: str) -> Json:
    """The entry in the `actions` of block_actions."""
    action: Json = {
        "type": element["type"],
        "action_id": element["action_id"],
        "block_id": block["block_id"],
        "action_ts": ts,
    }
    if element["type"] == "feedback_buttons":
        return action | _feedback(element, value)
    if element["type"] in _BUTTONS:
        return action | {key: element[key] for key in ("text", "value", "url") if key in element}
    return action | forms.entry(element, value)


def find(blocks: list[Json], pick: Pick, user_id: str) -> tuple[Json, Json]:
    """The block and element of a pick; among buttons of one action_id the value decides."""
    fitting = [
        (block, element)
        for block in _all_blocks(blocks)
        for element in _elements(block)
        if element.get("action_id") == pick.action_id
        and pick.block_id in {None, block.get("block_id")}
    ]
    if pick.value is not None:
        fitting = [
            both
            for both in fitting
            if both[1]["type"] not in _BUTTONS or both[1].get("value") == pick.value
        ]
    if not fitting:
        raise Refused(
            f"there is nothing to click with action_id {pick.action_id!r}, value {pick.value!r}"
        )
    readers = fitting[0][1].get("visible_to_user_ids")
    if readers and user_id not in readers:
        raise Refused(f"{pick.action_id} is not shown to this person")
    return fitting[0]


def _all_blocks(blocks: list[Json]) -> list[Json]:
    return [
        found
        for block in blocks
        for found in [block, *_all_blocks(block.get("child_blocks") or [])]
    ]


def _elements(block: Json) -> list[Json]:
    direct = [block.get("accessory"), block.get("element"), *(block.get("actions") or [])]
    found = [item for item in [*direct, *(block.get("elements") or [])] if isinstance(item, dict)]
    return found + [
        inner for item in found if item.get("type") == "card" for inner in _elements(item)
    ]


def _feedback(element: Json, value: str | None) -> Json:
    for side in ("positive_button", "negative_button"):
        button: Json = element[side]
        if value == button["value"]:
            return {"text": button["text"], "value": value}
    raise Refused(f"{element['action_id']} has no button of value {value!r}")
