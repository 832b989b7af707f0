"""Block Kit's limits as data: the elements inside blocks, and the objects inside elements.

Fields and numbers: docs.slack.dev/reference/block-kit, @slack/types 3.2 and slack_sdk 3.47
(models.blocks).
"""

from __future__ import annotations

from slack_sandbox.blockkit.field_rules import (
    DATE,
    FLAG,
    ID,
    NUMERAL,
    TIME,
    Rule,
    Rules,
    choice,
    number,
    one,
    plain,
    several,
    shaped,
    string,
    strings,
    text,
    url,
)
from slack_sandbox.blockkit.rich_text_rules import RICH_TEXT, STYLES

SELECTS = "static_select external_select users_select conversations_select channels_select"
MULTI_SELECTS = " ".join(f"multi_{name}" for name in SELECTS.split())
PICKERS = "datepicker timepicker"
CHOOSERS = f"{SELECTS} {MULTI_SELECTS} {PICKERS} checkboxes radio_buttons"
TYPED = "plain_text_input email_text_input url_text_input number_input rich_text_input file_input"

_ACTION: Rules = {"action_id": string(ID)}
_CONFIRM: Rules = {"confirm": shaped("confirm")}
_FOCUS: Rules = {"focus_on_load": FLAG}
_PLACEHOLDER: Rules = {"placeholder": plain(150)}
_CHOICE: Rules = _ACTION | _CONFIRM | _FOCUS
_MENU: Rules = _CHOICE | _PLACEHOLDER
_SEVERAL: Rules = _MENU | {"max_selected_items": number(100_000, 1)}
_INPUT: Rules = (
    _ACTION | _FOCUS | _PLACEHOLDER | {"dispatch_action_config": shaped("dispatch_action_config")}
)
_OPTIONS: Rules = {
    "options": several(100, "option", needed=False),
    "option_groups": several(100, "option_group", needed=False),
}
_FEW_OPTIONS: Rules = {"options": several(10, "rich_option")}
_RESPONSE_URL: Rules = {"response_url_enabled": FLAG}
_LABELLED: Rules = {"text": plain(75, needed=True), "accessibility_label": string(75)}
_CONVERSATIONS: Rules = {"default_to_current_conversation": FLAG, "filter": shaped("filter")}

ELEMENTS: dict[str, Rules] = RICH_TEXT | {
    "button": _ACTION
    | _CONFIRM
    | _LABELLED
    | {
        "value": string(2_000),
        "url": url(),
        "agent_prompt": string(4_000),
        "style": choice("primary danger"),
    },
    "workflow_button": _ACTION
    | _CONFIRM
    | _LABELLED
    | {"workflow": shaped("workflow", needed=True), "style": choice("primary danger")},
    "icon_button": _ACTION
    | _CONFIRM
    | _LABELLED
    | {"icon": string(needed=True), "value": string(2_000), "visible_to_user_ids": strings(10)},
    "feedback_buttons": _ACTION
    | {
        "positive_button": shaped("feedback_button", needed=True),
        "negative_button": shaped("feedback_button", needed=True),
    },
    "overflow": _ACTION | _CONFIRM | {"options": several(5, "overflow_option")},
    "radio_buttons": _CHOICE | _FEW_OPTIONS | {"initial_option": shaped("rich_option")},
    "checkboxes": _CHOICE
    | _FEW_OPTIONS
    | {"initial_options": several(10, "rich_option", needed=False)},
    "static_select": _MENU | _OPTIONS | {"initial_option": shaped("option")},
    "external_select": _MENU
    | {"initial_option": shaped("option"), "min_query_length": number(3_000)},
    "users_select": _MENU | {"initial_user": string()},
    "conversations_select": _MENU
    | _RESPONSE_URL
    | _CONVERSATIONS
    | {"initial_conversation": string()},
    "channels_select": _MENU | _RESPONSE_URL | {"initial_channel": string()},
    "multi_static_select": _SEVERAL
    | _OPTIONS
    | {"initial_options": several(100, "option", needed=False)},
    "multi_external_select": _SEVERAL
    | {"initial_options": several(100, "option", needed=False), "min_query_length": number(3_000)},
    "multi_users_select": _SEVERAL | {"initial_users": strings()},
    "multi_conversations_select": _SEVERAL | _CONVERSATIONS | {"initial_conversations": strings()},
    "multi_channels_select": _SEVERAL | {"initial_channels": strings()},
    "datepicker": _MENU | {"initial_date": DATE},
    "timepicker": _MENU | {"initial_time": TIME, "timezone": string()},
    "datetimepicker": _CHOICE | {"initial_date_time": number(9_999_999_999, 1_000_000_000)},
    "image": {
        "image_url": url(),
        "slack_file": shaped("slack_file"),
        "alt_text": string(2_000, needed=True),
    },
    "plain_text_input": _INPUT
    | {
        "initial_value": string(),
        "multiline": FLAG,
        "max_length": number(3_000, 1),
        "min_length": number(3_000),
    },
    "email_text_input": _INPUT | {"initial_value": string()},
    "url_text_input": _INPUT | {"initial_value": string()},
    "number_input": _INPUT
    | {
        "is_decimal_allowed": Rule("flag", needed=True),
        "initial_value": NUMERAL,
        "min_value": NUMERAL,
        "max_value": NUMERAL,
    },
    "rich_text_input": _INPUT
    | {"initial_value": one("rich_text"), "min_lines": number(100, 1), "max_lines": number(100, 1)},
    "file_input": _ACTION | {"filetypes": strings(), "max_files": number(10, 1)},
    "raw_text": {"text": string(needed=True)},
    "raw_number": {"value": Rule("real", needed=True), "text": string(needed=True)},
    "url": {"url": url(needed=True), "text": string(needed=True)},
}

TEXTS: dict[str, Rules] = {"plain_text": {"emoji": FLAG}, "mrkdwn": {"verbatim": FLAG}}
"""The text objects; the text itself has another limit in each field."""

_OPTION: Rules = {
    "value": string(150, needed=True),
    "text": plain(75, needed=True),
    "description": plain(75),
}

OBJECTS: dict[str, Rules] = STYLES | {
    "confirm": {
        "title": plain(100, needed=True),
        "text": text(300, needed=True),
        "confirm": plain(30, needed=True),
        "deny": plain(30, needed=True),
        "style": choice("primary danger"),
    },
    "option": _OPTION,
    "overflow_option": _OPTION | {"url": url()},
    # radio buttons and checkboxes may be written in mrkdwn, menus not
    "rich_option": _OPTION | {"text": text(75, needed=True), "description": text(75)},
    "option_group": {"label": plain(75, needed=True), "options": several(100, "option")},
    "feedback_button": _LABELLED | {"value": string(2_000, needed=True)},
    "slack_file": {"id": string(), "url": url()},
    "dispatch_action_config": {
        "trigger_actions_on": strings(2, "on_enter_pressed on_character_entered")
    },
    "filter": {
        "include": strings(4, "im mpim private public"),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    },
    "workflow": {"trigger": shaped("trigger", needed=True)},
    "trigger": {
        "url": url(needed=True),
        "customizable_input_parameters": several(100, "parameter", needed=False),
    },
    "parameter": {"name": string(needed=True), "value": string(needed=True)},
    "column_settings": {"align": choice("left center right"), "is_wrapped": FLAG},
}
