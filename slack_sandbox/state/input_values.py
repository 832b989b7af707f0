"""The values of inputs: initial values, and what a person chose by clicks. Pure."""

from __future__ import annotations

from collections.abc import Iterator

from slack_sandbox.state.models import Json, View

TEXT_INPUTS = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}
SINGLE_MENUS = {"static_select", "radio_buttons", "external_select", "overflow"}
MULTI_MENUS = {"checkboxes", "multi_static_select", "multi_external_select"}
# element type -> (key in state.values, key of the initial value)
VALUE_KEYS = {
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "file_input": ("files", "initial_files"),  # the second does not exist: it is empty at first
}


def current_values(view: View) -> Json:
    """The state.values before anything is filled in: initial values, and choices by clicks."""
    values = initial_values(view.blocks)
    for block_id, elements in values.items():
        chosen = view.chosen.get(block_id, {})
        elements.update({action_id: chosen[action_id] for action_id in elements.keys() & chosen})
    return values


def initial_values(blocks: list[Json]) -> Json:
    """The state.values of blocks in which nobody has entered or chosen anything."""
    values: Json = {}
    for block in blocks:
        for element in _stateful(block):
            values.setdefault(block["block_id"], {})[element["action_id"]] = _initial(element)
    return values


def _stateful(block: Json) -> Iterator[Json]:
    candidates = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
    for element in candidates:
        if isinstance(element, dict) and element.get(
            "type"
        ) in TEXT_INPUTS | SINGLE_MENUS | MULTI_MENUS | set(VALUE_KEYS):
            yield element


def _initial(element: Json) -> Json:
    kind = element["type"]
    if kind in TEXT_INPUTS:
        return {"type": kind, "value": element.get("initial_value")}
    if kind in SINGLE_MENUS:
        return {"type": kind, "selected_option": element.get("initial_option")}
    if kind in MULTI_MENUS:
        return {"type": kind, "selected_options": element.get("initial_options") or []}
    key, initial = VALUE_KEYS[kind]
    several = kind.startswith("multi_") or kind == "file_input"
    return {"type": kind, key: element.get(initial) or ([] if several else None)}
