"""Block Kit pieces, as pure functions. Article and pasted text goes into rich_text and plain_text only: Slack reads no
markup there, so nothing in a paste can ping or link (docs: formatting message text; rich_text elements are not parsed).
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from bot.domain.article_text import Run, truncate

Block = dict[str, Any]

MAX_HEADER = 150
MAX_BUTTON = 75
MAX_PLAIN = 2_900
"""Slack allows 3,000 in a text object; the rest is room for marks of our own."""
MAX_JSON = 13_000
"""Slack refuses messages from about 13,200 characters of blocks on, as JSON: a quotation mark counts twice."""
_SHARES = (1.0, 0.7, 0.45, 0.3, 0.15, 0.05)


def escape(text: str) -> str:
    """Text for a mrkdwn field or a message's `text`: the three characters Slack gives meaning to, as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def length(made: Sequence[Block]) -> int:
    """Characters as Slack counts them: of the compact JSON, in which quotes and line breaks are escaped."""
    return len(json.dumps(made, ensure_ascii=False, separators=(",", ":")))


def fitting(make: Callable[[float], list[Block]]) -> list[Block]:
    """Return what `make` makes with the greatest share of its texts that Slack takes in one message."""
    for share in _SHARES:
        made = make(share)
        if length(made) <= MAX_JSON:
            break
    return made


def mrkdwn(text: str) -> Block:
    """A text with Slack's markup. `verbatim`: Slack is not to take a bare name or address for a mention or a link."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain_text(text: str) -> Block:
    """A plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def header(text: str) -> Block:
    """A header, cut to Slack's 150 characters."""
    return {"type": "header", "text": plain_text(truncate(text, MAX_HEADER))}


def section(text: str) -> Block:
    """A section of our own wording; other people's words in it must be escaped by the caller."""
    return {"type": "section", "text": mrkdwn(text)}


def context(*texts: str) -> Block:
    """A line in small print, of our own wording; other people's words in it must be escaped by the caller."""
    return {"type": "context", "elements": list(map(mrkdwn, texts))}


def fields(*rows: tuple[str, str]) -> Block:
    """Two columns of label and value, of our own wording."""
    return {"type": "section", "fields": [mrkdwn(f"*{label}*\n{value}") for label, value in rows]}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Label and value, a line each; values are other people's words."""
    lines: list[Run] = []
    for label, value in rows:
        lines += [Run(f"{label}: ", bold=True), Run(f"{value}\n")]
    return rich_text(paragraph(lines))


def label(text: str) -> Block:
    """A heading inside a rich_text block."""
    return paragraph([Run(text, bold=True)])


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def rich_text(*elements: Block) -> Block:
    """A rich_text block of `paragraph`, `quote` and `steps` elements."""
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(runs: Iterable[Run]) -> Block:
    """A rich_text section."""
    return {"type": "rich_text_section", "elements": _rich(runs)}


def quote(text: str) -> Block:
    """Somebody else's words."""
    return {"type": "rich_text_quote", "elements": _rich([Run(text)])}


def steps(items: Iterable[Sequence[Run]], *, numbered: bool = True) -> Block:
    """A list, numbered or with bullets."""
    style = "ordered" if numbered else "bullet"
    return {
        "type": "rich_text_list",
        "style": style,
        "elements": [paragraph(runs) for runs in items],
    }


def _rich(runs: Iterable[Run]) -> list[Block]:
    return [
        {"type": "text", "text": run.text, "style": {"bold": True}}
        if run.bold
        else {"type": "text", "text": run.text}
        for run in runs
        if run.text
    ]


def actions(block_id: str, *elements: Block) -> Block:
    """A row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    text: str, action_id: str, value: str, *, style: str | None = None, ask: Block | None = None
) -> Block:
    """A button; its text is cut to Slack's 75 characters. `ask`: the question that comes first, see `question`."""
    made: Block = {
        "type": "button",
        "text": plain_text(truncate(text, MAX_BUTTON)),
        "action_id": action_id,
        "value": value,
    }
    if style:
        made["style"] = style
    if ask:
        made["confirm"] = ask
    return made


def question(title: str, text: str, yes: str, no: str) -> Block:
    """What Slack asks before a button counts."""
    words = {"title": title, "text": text, "confirm": yes, "deny": no}
    return {key: plain_text(said) for key, said in words.items()}


def feedback(block_id: str, action_id: str, good: tuple[str, str], bad: tuple[str, str]) -> Block:
    """Thumbs up and down; each a (label, value)."""
    sides = {"positive_button": good, "negative_button": bad}
    buttons = {
        side: {"text": plain_text(label), "value": value, "accessibility_label": label}
        for side, (label, value) in sides.items()
    }
    element = {"type": "feedback_buttons", "action_id": action_id, **buttons}
    return {"type": "context_actions", "block_id": block_id, "elements": [element]}


def text_input(
    block_id: str, label: str, *, required: bool = False, hint: str = "", **element: Any
) -> Block:
    """A plain text input; `element` takes Slack's own keys (multiline, max_length, initial_value …)."""
    filled = {key: value for key, value in element.items() if value not in (None, "")}
    return input_block(
        block_id, label, {"type": "plain_text_input", **filled}, required=required, hint=hint
    )


def menu(
    action_id: str, placeholder: str, options: Mapping[Any, str], initial: Any | None = None
) -> Block:
    """A menu over value -> label that acts at once."""
    chooser = {
        **_chooser("static_select", options, initial),
        "placeholder": plain_text(placeholder),
    }
    return {**chooser, "action_id": action_id}


def select(block_id: str, label: str, placeholder: str, options: Mapping[Any, str]) -> Block:
    """A menu in a form."""
    chooser = {**_chooser("static_select", options), "placeholder": plain_text(placeholder)}
    return input_block(block_id, label, chooser)


def radio(
    block_id: str, label: str, options: Mapping[Any, str], initial: Any | None = None
) -> Block:
    """Radio buttons in a form; with one chosen to begin with, an answer is required."""
    return input_block(
        block_id, label, _chooser("radio_buttons", options, initial), required=initial is not None
    )


def checkbox(block_id: str, label: str, words: str) -> Block:
    """One box to tick in a form."""
    return input_block(block_id, label, _chooser("checkboxes", {"yes": words}))


def _chooser(kind: str, options: Mapping[Any, str], initial: Any | None = None) -> Block:
    made = {
        str(value): {"text": plain_text(words), "value": str(value)}
        for value, words in options.items()
    }
    chosen = {} if initial is None else {"initial_option": made[str(initial)]}
    return {"type": kind, "options": list(made.values()), **chosen}


def input_block(
    block_id: str, label: str, element: Block, *, required: bool = False, hint: str = ""
) -> Block:
    """An input; its element's action_id is the block's id."""
    made: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label),
        "element": {**element, "action_id": block_id},
        "optional": not required,
    }
    if hint:
        made["hint"] = plain_text(hint)
    return made


def modal(
    callback_id: str,
    title: str,
    blocks: list[Block],
    *,
    close: str,
    submit: str = "",
    private: str = "",
) -> Block:
    """A modal; `private` travels with it and comes back on submission."""
    view: Block = {
        "type": "modal",
        "callback_id": callback_id,
        "title": plain_text(title),
        "close": plain_text(close),
        "blocks": blocks,
        "private_metadata": private,
    }
    if submit:
        view["submit"] = plain_text(submit)
    return view
