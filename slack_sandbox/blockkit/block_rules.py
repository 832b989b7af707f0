"""Block Kit's limits as data: blocks, views, and where each may be used.

Numbers: docs.slack.dev/reference/block-kit, @slack/types 3.2 and slack_sdk 3.47
(models.blocks, models.views),
slackblocks for data_table, and the issues named beside a number. Lengths are characters.
"""

from __future__ import annotations

from slack_sandbox.blockkit.element_rules import CHOOSERS, TYPED
from slack_sandbox.blockkit.field_rules import (
    FLAG,
    ID,
    Rule,
    Rules,
    choice,
    items,
    number,
    one,
    plain,
    several,
    shaped,
    string,
    text,
    url,
)
from slack_sandbox.blockkit.rich_text_rules import PARTS

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset({MESSAGE, MODAL, HOME})

IN_SECTION = f"button image overflow workflow_button {CHOOSERS}"
IN_ACTIONS = f"button overflow workflow_button datetimepicker rich_text_input {CHOOSERS}"
IN_INPUT = f"{TYPED} datetimepicker {CHOOSERS}"
CELLS = "raw_text rich_text raw_number"

BLOCKS: dict[str, Rules] = {
    "section": {
        "text": text(3_000),
        "fields": items(10, "plain_text mrkdwn", needed=False, each=2_000),
        "accessory": one(IN_SECTION),
        "expand": FLAG,
    },
    "header": {"text": plain(150, needed=True)},
    "divider": {},
    "actions": {"elements": items(25, IN_ACTIONS)},
    "context": {"elements": items(10, "image plain_text mrkdwn", each=3_000)},
    "context_actions": {"elements": items(5, "feedback_buttons icon_button")},
    "input": {
        "label": plain(2_000, needed=True),
        "hint": plain(2_000),
        "element": one(IN_INPUT, needed=True),
        "optional": FLAG,
        "dispatch_action": FLAG,
    },
    "image": {
        "image_url": url(),
        "slack_file": shaped("slack_file"),
        "alt_text": string(2_000, needed=True),
        "title": plain(2_000),
    },
    "markdown": {"text": string(12_000, needed=True)},
    "rich_text": {"elements": items(0, PARTS)},
    "file": {"external_id": string(ID, needed=True), "source": choice("remote", needed=True)},
    "video": {
        "title": plain(200, needed=True),
        "alt_text": string(2_000, needed=True),
        "video_url": url(needed=True),
        "thumbnail_url": url(needed=True),
        "author_name": string(50),
        "title_url": url(),
        "provider_name": string(),
        "provider_icon_url": url(),
        "description": plain(200),
    },
    "table": {
        "rows": Rule("grid", 100, 1, needed=True, of=frozenset(CELLS.split()), each=20),
        "column_settings": several(20, "column_settings", needed=False),
    },
    "data_table": {
        "rows": Rule("grid", 201, 2, needed=True, of=frozenset(CELLS.split()), each=20),
        "caption": string(needed=True),
        "page_size": number(100, 1),
        "row_header_column_index": number(19),
    },
    "data_visualization": {
        "title": string(50, needed=True),
        "chart": one("pie bar area line", needed=True),
    },
    "alert": {
        "text": text(200, needed=True),
        "level": choice("default info warning error success"),
    },
    "card": {
        "title": text(150),
        "subtitle": text(150),
        "body": text(200),
        "actions": items(3, "button", needed=False),
        "hero_image": one("image"),
        "icon": one("image"),
    },
    "carousel": {"elements": items(10, "card")},
    "container": {
        "title": plain(150),
        "rich_text_title": one("rich_text"),
        "subtitle": text(150),
        "child_blocks": Rule("list", 10, 1, needed=True),
        "icon": one("image"),
        "width": choice("narrow standard wide full"),
        "is_collapsible": FLAG,
        "default_collapsed": FLAG,
        "has_header_divider": FLAG,
    },
    "plan": {"title": string(needed=True), "tasks": items(50, "task_card", least=0, needed=False)},
    "task_card": {
        "task_id": string(needed=True),
        "title": string(needed=True),
        "status": choice("pending in_progress complete error", needed=True),
        "details": one("rich_text"),
        "output": one("rich_text"),
        "sources": items(0, "url", least=0, needed=False),
    },
}

# docs.slack.dev/blocks.json, "available-in-surfaces"; elements:
# api.slack.com/reference/block-kit/block-elements
SURFACES: dict[str, frozenset[str]] = {
    "alert": frozenset({MODAL}),
    "carousel": frozenset({MESSAGE, HOME}),
    "container": frozenset({MESSAGE}),
    "context_actions": frozenset({MESSAGE}),
    "data_table": frozenset({MESSAGE}),
    "data_visualization": frozenset({MESSAGE}),
    "file": frozenset({MESSAGE}),
    "markdown": frozenset({MESSAGE}),
    "plan": frozenset({MESSAGE}),
    "table": frozenset({MESSAGE}),
    "task_card": frozenset({MESSAGE}),
    "email_text_input": frozenset({MODAL}),
    "url_text_input": frozenset({MODAL}),
    "number_input": frozenset({MODAL}),
    "file_input": frozenset({MODAL}),
    "rich_text_input": frozenset({MODAL, HOME}),
    "datetimepicker": frozenset({MODAL, MESSAGE}),
    "workflow_button": frozenset({MESSAGE}),
}

_VIEW: Rules = {
    "blocks": Rule("anything"),  # check_blocks looks into them
    "private_metadata": string(3_000),
    "callback_id": string(ID),
    "external_id": string(ID),
}
VIEWS: dict[str, Rules] = {
    MODAL: _VIEW
    | {
        "title": plain(24, needed=True),
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
        "submit_disabled": FLAG,
    },
    HOME: _VIEW,
}

MAX_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MAX_OF_A_KIND = {"table": 1, "data_visualization": 2}  # per message
MARKDOWN_TOTAL = 12_000  # over all markdown blocks of a payload
DATA_TABLE_CHARACTERS = 20_000  # over all cells of one data_table

# the first of these fields may not be greater than the second
ORDERED: dict[str, tuple[str, str]] = {
    "plain_text_input": ("min_length", "max_length"),
    "number_input": ("min_value", "max_value"),
    "rich_text_input": ("min_lines", "max_lines"),
}
CHOSEN_FROM_OPTIONS = frozenset(
    {"static_select", "multi_static_select", "radio_buttons", "checkboxes"}
)
# one of the fields must be there
EITHER: dict[str, tuple[str, ...]] = {
    "section": ("text", "fields"),
    "image": ("image_url", "slack_file"),
    "card": ("hero_image", "title", "actions", "body"),
    "container": ("title", "rich_text_title"),
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}
# not both of the fields may be there
NOT_BOTH: dict[str, tuple[str, str]] = {
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
}
