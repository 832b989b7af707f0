"""How a message reads on a phone: its lines, words, buttons. A pure model of Slack's phone app.

- A line has 40 characters and breaks between words. A list item has 36, beside its number.
- A header, a section, each column of fields and small print begin on a line of their own, and so
  does each paragraph, quote and list item of a rich_text block. A quote has 38, beside its bar.
- Line breaks inside a text count; those at its end and dividers are space, which is not counted.
- A button takes its label and 4 characters, with one between two. A row is full at 40; buttons of
  different blocks share no row. A button beside a text is below it, as on a narrow screen.
- Words are those of all texts, small print and buttons too; numbers of list items are none.
- Step 1 begins on the line of the first item of the first numbered list.
"""

import html
import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

Block = dict[str, Any]

LINE = 40
ITEM = 36
QUOTE = 38
_LINK = re.compile(r"<[^<>|]*\|([^<>]*)>")
_MENTION = re.compile(r"<[@#!]([^<>|]*)>")
_MARK = re.compile(r"(?<!\w)([*_~`])(\S(?:[^\n]*?\S)?)\1(?!\w)")


@dataclass
class PhoneView:
    """A message on a phone. `step_1`: line of the first step, from 1; 0 without one.

    `lines` have no more than 40 characters, unless one word has more.
    """

    lines: list[str] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    """Every text, in the order of reading."""
    buttons: int = 0
    step_1: int = 0

    @property
    def words(self) -> int:
        """The number of words; a sign alone is none."""
        return sum(any(map(str.isalnum, part)) for text in self.texts for part in text.split())

    def write(self, text: str, width: int = LINE, first: str = "", rest: str = "") -> None:
        """Add a text; `first` and `rest` are in front of its first line and of the others."""
        self.texts.append(text)
        for line in _wrapped(text, width):
            self.lines.append(first + line)
            first = rest

    def press(self, labels: Sequence[str]) -> None:
        """Add a row of buttons, or as many rows as they need."""
        self.texts.extend(labels)
        self.buttons += len(labels)
        row = ""
        for label in labels:
            button = f"[ {label} ]"
            if row and len(row) + 1 + len(button) > LINE:
                self.lines.append(row)
                row = ""
            row = f"{row} {button}" if row else button
        self.lines.extend([row] if row else [])


def on_phone(body: Sequence[Block]) -> PhoneView:
    """Return the blocks of a message as they read on a phone.

    Raises:
        ValueError: the model lacks a kind of block or element.
    """
    view = PhoneView()
    for block in body:
        _show(block, view)
    return view


def _show(block: Block, view: PhoneView) -> None:
    match block:
        case {"type": "divider"}:
            pass
        case {"type": "header", "text": text}:
            view.write(_plain(text))
        case {"type": "section"}:
            for text in ([block["text"]] if "text" in block else []) + block.get("fields", []):
                view.write(_plain(text))
            view.press([_label(block["accessory"])] if "accessory" in block else [])
        case {"type": "context", "elements": elements}:
            view.write(" ".join(_plain(element) for element in elements))
        case {"type": "actions", "elements": elements}:
            view.press([_label(element) for element in elements])
        case {"type": "rich_text", "elements": elements}:
            for element in elements:
                _show_rich(element, view)
        case _:
            raise ValueError(f"no model of the block {block['type']}")


def _show_rich(element: Block, view: PhoneView) -> None:
    match element:
        case {"type": "rich_text_section" | "rich_text_preformatted"}:
            view.write(_joined(element))
        case {"type": "rich_text_quote"}:
            view.write(_joined(element), QUOTE, "| ", "| ")
        case {"type": "rich_text_list", "style": style, "elements": items}:
            numbered = style == "ordered"
            if numbered and not view.step_1:
                view.step_1 = len(view.lines) + 1
            for number, item in enumerate(items, start=1):
                view.write(_joined(item), ITEM, f"{number}. " if numbered else "•  ", "   ")
        case _:
            raise ValueError(f"no model of the element {element['type']}")


def _joined(element: Block) -> str:
    return "".join(part.get("text") or part.get("url", "") for part in element["elements"])


def _label(element: Block) -> str:
    if element["type"] != "button":
        raise ValueError(f"no model of the element {element['type']}")
    return _plain(element["text"])


def _plain(text: Block) -> str:
    """Return a text object's text without Slack's marks."""
    if text["type"] == "plain_text":
        return str(text["text"])
    shown = _MENTION.sub(r"@\1", _LINK.sub(r"\1", text["text"]))
    return html.unescape(_MARK.sub(r"\2", shown))


def _wrapped(text: str, width: int) -> Iterator[str]:
    for line in text.rstrip().split("\n"):
        yield from textwrap.wrap(line, width, break_on_hyphens=False) or [""]
