"""Block Kit blocks and elements, as pure functions.

Texts of articles and people go into rich_text and plain_text only: Slack parses no markup there, so
a paste can neither mention nor link (docs: formatting message text).
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from bot.domain.article_text import Run, truncate

Block = dict[str, Any]

MAX_HEADER = 150
MAX_BUTTON = 75
MAX_PLAIN = 2_900
"""Slack allows 3,000 in a text object; the rest is for markup."""


def escape(text: str) -> str:
    """Return text for a mrkdwn field or a message's `text`, with `&`, `<` and `>` as entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: str) -> Block:
    """Return a mrkdwn object; `verbatim`: bare names and addresses do not become links."""
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def plain_text(text: str) -> Block:
    """Return a plain_text object."""
    return {"type": "plain_text", "text": text, "emoji": True}


def header(text: str) -> Block:
    """Return a header, cut to Slack's 150 characters."""
    return {"type": "header", "text": plain_text(truncate(text, MAX_HEADER))}


def section(text: str) -> Block:
    """Return a section of our own wording; the caller escapes other people's words."""
    return {"type": "section", "text": mrkdwn(text)}


def context(*texts: str) -> Block:
    """Return small print of our own wording; the caller escapes other people's words."""
    return {"type": "context", "elements": list(map(mrkdwn, texts))}


def fields(*rows: tuple[str, str]) -> Block:
    """Return two columns of label and value, of our own wording."""
    return {"type": "section", "fields": [mrkdwn(f"*{label}*\n{value}") for label, value in rows]}


def facts(rows: Sequence[tuple[str, str]]) -> Block:
    """Return a line for each label and value; values are other people's words."""
    lines: list[Run] = []
    for label, value in rows:
        lines += [Run(f"{label}: ", bold=True), Run(f"{value}\n")]
    return rich_text(paragraph(lines))


def label(text: str) -> Block:
    """Return a heading inside a rich_text block."""
    return paragraph([Run(text, bold=True)])


def divider() -> Block:
    """Return a horizontal line."""
    return {"type": "divider"}


def rich_text(*elements: Block) -> Block:
    """Return a rich_text block of `paragraph`, `quote` and `steps` elements."""
    return {"type": "rich_text", "elements": list(elements)}


def paragraph(runs: Iterable[Run]) -> Block:
    """Return a rich_text section."""
    return {"type": "rich_text_section", "elements": _rich(runs)}


def quote(text: str) -> Block:
    """Return a quotation of somebody else's words."""
    return {"type": "rich_text_quote", "elements": _rich([Run(text)])}


def steps(items: Iterable[Sequence[Run]], *, numbered: bool = True) -> Block:
    """Return a list, numbered or with bullets."""
    style = "ordered" if numbered else "bullet"
    return {
        "type": "rich_text_list",
        "style": style,
        "elements": [paragraph(runs) for runs in items],
    }


def links(items: Iterable[tuple[str, str]]) -> Block:
    """Return a list of links, each an address and its text."""
    return {
        "type": "rich_text_list",
        "style": "bullet",
        "elements": [
            {
                "type": "rich_text_section",
                "elements": [{"type": "link", "url": url, "text": text}],
            }
            for url, text in items
        ],
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
    """Return a row of buttons."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def button(
    text: str, action_id: str, value: str, *, style: str | None = None, ask: Block | None = None
) -> Block:
    """Return a button, its text cut to 75 characters. `ask`: a confirmation, see `question`."""
    element: Block = {
        "type": "button",
        "text": plain_text(truncate(text, MAX_BUTTON)),
        "action_id": action_id,
        "value": value,
    }
    if style:
        element["style"] = style
    if ask:
        element["confirm"] = ask
    return element


def row(block_id: str, title: str, element: Block) -> Block:
    """Return a title with a button beside it, which screen readers name with the title."""
    return {
        "type": "section",
        "block_id": block_id,
        "text": plain_text(title),
        "accessory": named(element, title),
    }


def named(element: Block, title: str) -> Block:
    """Return a button that screen readers name with the title of what it opens."""
    text = element["text"]["text"]
    return {**element, "accessibility_label": truncate(f"{text}: {title}", MAX_BUTTON)}


def question(title: str, text: str, yes: str, no: str) -> Block:
    """Return the confirmation that Slack shows before a click counts."""
    words = {"title": title, "text": text, "confirm": yes, "deny": no}
    return {key: plain_text(word) for key, word in words.items()}


def text_input(
    block_id: str, label: str, *, required: bool = False, hint: str = "", **element: Any
) -> Block:
    """Return a text input; `element`: Slack's own keys (multiline, max_length, initial_value …)."""
    filled = {key: value for key, value in element.items() if value not in (None, "")}
    return input_block(
        block_id, label, {"type": "plain_text_input", **filled}, required=required, hint=hint
    )


def menu(
    action_id: str, placeholder: str, options: Mapping[Any, str], initial: Any | None = None
) -> Block:
    """Return a menu that acts at once; `options`: labels by value."""
    chooser = {
        **_chooser("static_select", options, initial),
        "placeholder": plain_text(placeholder),
    }
    return {**chooser, "action_id": action_id}


def grouped_menu(
    action_id: str, placeholder: str, groups: Mapping[str, Mapping[str, str]]
) -> Block:
    """Return a menu that acts at once; `groups`: labels by value, below each group's title."""
    return {
        "type": "static_select",
        "action_id": action_id,
        "placeholder": plain_text(placeholder),
        "option_groups": [
            {"label": plain_text(title), "options": _options(options)}
            for title, options in groups.items()
            if options
        ],
    }


def select(
    block_id: str,
    label: str,
    placeholder: str,
    options: Mapping[Any, str],
    initial: Any | None = None,
) -> Block:
    """Return a menu in a form; `options`: labels by value."""
    chooser = {
        **_chooser("static_select", options, initial),
        "placeholder": plain_text(placeholder),
    }
    return input_block(block_id, label, chooser)


def radio(
    block_id: str, label: str, options: Mapping[Any, str], initial: Any | None = None
) -> Block:
    """Return radio buttons in a form; with an initial choice, an answer is required."""
    return input_block(
        block_id, label, _chooser("radio_buttons", options, initial), required=initial is not None
    )


def checkbox(block_id: str, label: str, words: str) -> Block:
    """Return a checkbox in a form."""
    return input_block(block_id, label, _chooser("checkboxes", {"yes": words}))


def _chooser(kind: str, options: Mapping[Any, str], initial: Any | None = None) -> Block:
    choices = _options(options)
    by_value = {choice["value"]: choice for choice in choices}
    chosen = {} if initial is None else {"initial_option": by_value[str(initial)]}
    return {"type": kind, "options": choices, **chosen}


def _options(options: Mapping[Any, str]) -> list[Block]:
    return [{"text": plain_text(words), "value": str(value)} for value, words in options.items()]


def input_block(
    block_id: str, label: str, element: Block, *, required: bool = False, hint: str = ""
) -> Block:
    """Return an input; its element's action_id is the block's id."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain_text(label),
        "element": {**element, "action_id": block_id},
        "optional": not required,
    }
    if hint:
        block["hint"] = plain_text(hint)
    return block


def modal(
    callback_id: str,
    title: str,
    blocks: list[Block],
    *,
    close: str,
    submit: str = "",
    private: str = "",
) -> Block:
    """Return a modal; `private`: its private_metadata, which Slack sends back on submission."""
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
