"""Block Kit's limits as data: what may be inside a rich_text block.

Fields: docs.slack.dev/reference/block-kit/blocks/rich-text-block and @slack/types 3.2. Types that
only Slack's own client makes (canvas, citation, file and the like) are not included.
Lists without an element and texts without a character are refused: Slack refuses some of them
(hermes-agent pull request 59621, Slack.NetStandard issue 100), and none shows anything.
"""

from __future__ import annotations

from slack_sandbox.blockkit.field_rules import (
    FLAG,
    Rule,
    Rules,
    choice,
    items,
    number,
    shaped,
    string,
    url,
)

INLINE = "text link emoji user usergroup channel team broadcast date color"
PARTS = "rich_text_section rich_text_list rich_text_preformatted rich_text_quote"

_STYLE: Rules = {"style": shaped("text_style")}
_MENTION: Rules = {"style": shaped("mention_style")}
_BORDER: Rules = {"border": number(1)}

RICH_TEXT: dict[str, Rules] = {
    "rich_text_section": {"elements": items(0, INLINE)},
    "rich_text_quote": _BORDER | {"elements": items(0, INLINE)},
    "rich_text_preformatted": _BORDER | {"elements": items(0, "text link"), "language": string()},
    "rich_text_list": _BORDER
    | {
        "elements": items(0, "rich_text_section"),
        "style": choice("bullet ordered", needed=True),
        "indent": number(8),
        "offset": number(1_000_000),
    },
    "text": _STYLE | {"text": string(needed=True)},
    "link": _STYLE | {"url": url(needed=True), "text": string(), "unsafe": FLAG},
    "emoji": _STYLE | {"name": string(needed=True), "unicode": string(), "url": url()},
    "user": _MENTION | {"user_id": string(needed=True)},
    "usergroup": _MENTION | {"usergroup_id": string(needed=True)},
    "channel": _MENTION | {"channel_id": string(needed=True)},
    "team": _MENTION | {"team_id": string(needed=True)},
    "broadcast": _STYLE | {"range": choice("here channel everyone", needed=True)},
    "date": _STYLE
    | {
        "timestamp": Rule("number", 2**53, 0, needed=True),
        "format": string(needed=True),
        "url": url(),
        "fallback": string(),
    },
    "color": _STYLE | {"value": string(needed=True)},
}

_TEXT_STYLE: Rules = dict.fromkeys(("bold", "italic", "strike", "code", "underline"), FLAG)
STYLES: dict[str, Rules] = {
    "text_style": _TEXT_STYLE,
    "mention_style": _TEXT_STYLE | dict.fromkeys(("highlight", "client_highlight", "unlink"), FLAG),
}
