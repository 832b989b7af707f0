"""Blocks and elements of a given length."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str = "x") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "x") -> Json:
    return {"type": "mrkdwn", "text": text}


def address(length: int) -> str:
    return "https://x/".ljust(length, "x")


def section(**more: Any) -> Json:
    return {"type": "section", "text": mrkdwn()} | more


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def button(**more: Any) -> Json:
    return {"type": "button", "text": plain()} | more


def option(**more: Any) -> Json:
    return {"text": plain(), "value": "v"} | more


def menu(kind: str = "static_select", **more: Any) -> Json:
    return {"type": kind, "action_id": "a", "options": [option()]} | more


def confirm(**more: Any) -> Json:
    words = {"title": plain(), "text": plain(), "confirm": plain(), "deny": plain()} | more
    return actions(button(confirm=words))


def feedback(**more: Any) -> Json:
    side = {"text": plain(), "value": "v"}
    pair = {"positive_button": side | more, "negative_button": side}
    return {"type": "context_actions", "elements": [{"type": "feedback_buttons", **pair}]}


def icon(**more: Any) -> Json:
    element = {"type": "icon_button", "icon": "trash", "text": plain()} | more
    return {"type": "context_actions", "elements": [element]}


def image(**more: Any) -> Json:
    return {"type": "image", "image_url": "https://x", "alt_text": "x"} | more


def field(element: Json | None = None, **more: Any) -> Json:
    given = element or {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain(), "element": given} | more


def card(**more: Any) -> Json:
    return {"type": "card", "title": plain()} | more


def container(**more: Any) -> Json:
    return {"type": "container", "title": plain(), "child_blocks": [section()]} | more


def task(number: int = 0) -> Json:
    return {"type": "task_card", "task_id": str(number), "title": "x", "status": "complete"}


def cells(columns: int = 1, text: str = "x") -> list[Json]:
    return [{"type": "raw_text", "text": text} for _ in range(columns)]


def table(rows: list[list[Json]], kind: str = "table") -> Json:
    return {"type": kind, "rows": rows} | ({"caption": "x"} if kind == "data_table" else {})


def chart() -> Json:
    return {"type": "data_visualization", "title": "x", "chart": {"type": "pie", "segments": []}}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain(), "submit": plain(), "blocks": [section()]} | more


def times(block: Json, count: int) -> list[Json]:
    return [dict(block) for _ in range(count)]


def as_list(blocks: Any) -> Any:
    return [blocks] if isinstance(blocks, dict | str) else blocks
