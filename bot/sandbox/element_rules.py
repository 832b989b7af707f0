"""Block Kit's limits as data: the elements inside blocks, and the objects inside elements.

Numbers: docs.slack.dev/reference/block-kit, @slack/types 3.2 and slack_sdk 3.47 (models.blocks).
"""

from __future__ import annotations

from bot.sandbox.rules import ID, Rule, Rules, choice, plain, several, shaped, string, text

SELECTS = "static_select external_select users_select conversations_select channels_select"
MULTI_SELECTS = " ".join(f"multi_{name}" for name in SELECTS.split())
PICKERS = "datepicker timepicker"
CHOOSERS = f"{SELECTS} {MULTI_SELECTS} {PICKERS} checkboxes radio_buttons"
TYPED = "plain_text_input email_text_input url_text_input number_input rich_text_input file_input"

_OTHER_MENUS = (set(SELECTS.split()) | set(MULTI_SELECTS.split()) | set(PICKERS.split())) - {
    "static_select",
    "multi_static_select",
}
_ACTION: Rules = {"action_id": string(ID)}
_CONFIRM: Rules = {"confirm": shaped("confirm")}
_PLACEHOLDER: Rules = {"placeholder": plain(150)}
_FIELD: Rules = _ACTION | _PLACEHOLDER
_OPTIONS: Rules = {
    "options": several(100, "option", needed=False),
    "option_groups": several(100, "option_group", needed=False),
}
_FEW_OPTIONS: Rules = {"options": several(10, "rich_option")}

ELEMENTS: dict[str, Rules] = {
    "button": _ACTION
    | _CONFIRM
    | {
        "text": plain(75, needed=True),
        "value": string(2_000),
        "url": string(3_000),
        "accessibility_label": string(75),
        "agent_prompt": string(4_000),
        "style": choice("primary danger"),
    },
    "workflow_button": _ACTION | {"text": plain(75, needed=True), "accessibility_label": string(75)},
    "icon_button": _ACTION
    | _CONFIRM
    | {
        "icon": string(needed=True),
        "text": plain(75, needed=True),
        "value": string(2_000),
        "accessibility_label": string(75),
        "visible_to_user_ids": Rule("list", 10),
    },
    "feedback_buttons": _ACTION
    | {
        "positive_button": shaped("feedback_button", needed=True),
        "negative_button": shaped("feedback_button", needed=True),
    },
    "overflow": _ACTION | _CONFIRM | {"options": several(5, "option")},
    "radio_buttons": _ACTION | _CONFIRM | _FEW_OPTIONS,
    "checkboxes": _ACTION | _CONFIRM | _FEW_OPTIONS,
    "static_select": _FIELD | _CONFIRM | _OPTIONS,
    "multi_static_select": _FIELD | _CONFIRM | _OPTIONS,
    "image": {
        "image_url": string(3_000),
        "slack_file": shaped("slack_file"),
        "alt_text": string(2_000, needed=True),
    },
    "plain_text_input": _FIELD | {"max_length": Rule("number", 3_000, 1), "min_length": Rule("number", 3_000, 0)},
    **dict.fromkeys(_OTHER_MENUS, _FIELD | _CONFIRM),
    "datetimepicker": _ACTION | _CONFIRM,
    "email_text_input": _FIELD,
    "url_text_input": _FIELD,
    "number_input": _FIELD,
    "rich_text_input": _FIELD,
    "file_input": _ACTION,
    "raw_text": {"text": string(needed=True)},
}

_OPTION: Rules = {"value": string(150, needed=True), "url": string(3_000)}

OBJECTS: dict[str, Rules] = {
    "confirm": {
        "title": plain(100, needed=True),
        "text": text(300, needed=True),
        "confirm": plain(30, needed=True),
        "deny": plain(30, needed=True),
        "style": choice("primary danger"),
    },
    "option": _OPTION | {"text": plain(75, needed=True), "description": plain(75)},
    # radio buttons and checkboxes may be written in mrkdwn, menus not
    "rich_option": _OPTION | {"text": text(75, needed=True), "description": text(75)},
    "option_group": {"label": plain(75, needed=True), "options": several(100, "option")},
    "feedback_button": {
        "text": plain(75, needed=True),
        "value": string(2_000, needed=True),
        "accessibility_label": string(75),
    },
    "slack_file": {"id": string(), "url": string()},
}
