"""The answers that a person enters into a view's inputs, as state.values. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, time
from typing import Any

from slack_sandbox.state.input_values import (
    MULTI_MENUS,
    SINGLE_MENUS,
    TEXT_INPUTS,
    VALUE_KEYS,
    current_values,
    initial_values,
)
from slack_sandbox.state.models import Json, Refused, View

MAX_FILES = 10  # docs file_input, max_files
MAX_FILE_BYTES = 10 * 1024**2  # docs file_input
_MAIL = re.compile(r"[^@\s]++@[^@\s.]++(?:\.[^@\s.]++)++")
_WEB_ADDRESS = re.compile(r"https?://\S+$")


def filled_in(view: View, answers: dict[str, Any]) -> Json:
    """The state.values of a view that is submitted with these answers.

    Args:
        view: the view as the person sees it.
        answers: block_id -> text, option value (or a list), YYYY-MM-DD, HH:MM, user id ...

    Raises:
        Refused: a required input is empty, an answer fits no input, or Slack's client would
            not accept it.

    """
    inputs = {
        str(block["block_id"]): block for block in view.blocks if block.get("type") == "input"
    }
    if unknown := sorted(answers.keys() - inputs.keys()):
        raise Refused(
            f"the view has no input {', '.join(unknown)}, only {', '.join(inputs) or 'none'}"
        )
    values = current_values(view)
    for block_id, block in inputs.items():
        element = block["element"]
        if block_id in answers:
            values[block_id] = {element["action_id"]: entry(element, answers[block_id])}
        if not block.get("optional") and _is_empty(values[block_id][element["action_id"]]):
            raise Refused(f"the input {block_id} is required and was left empty")
    return values


def typed_in(blocks: list[Json], answers: dict[str, Any]) -> Json:
    """The state.values of a message's inputs, required or not, with these answers.

    Raises:
        Refused: an answer fits no input, or Slack's client would not accept it.

    """
    values = initial_values(blocks)
    inputs = {str(block["block_id"]): block for block in blocks if block.get("type") == "input"}
    for block_id, answer in answers.items():
        if block_id not in inputs:
            raise Refused(f"the message has no input {block_id}, only {', '.join(inputs)}")
        element = inputs[block_id]["element"]
        values[block_id] = {element["action_id"]: entry(element, answer)}
    return values


def entry(element: Json, answer: object) -> Json:
    """One input's entry in state.values; raises Refused for what the client would not accept."""
    kind = element["type"]
    if kind in TEXT_INPUTS:
        return {"type": kind, "value": _checked_text(element, answer)}
    if kind in SINGLE_MENUS:
        return {"type": kind, "selected_option": None if not answer else option(element, answer)}
    if kind in MULTI_MENUS:
        wanted = answer if isinstance(answer, list | tuple | set) else [answer]
        return {"type": kind, "selected_options": [option(element, value) for value in wanted]}
    if kind == "file_input":
        return {"type": kind, "files": _checked_files(element, answer)}
    if kind in VALUE_KEYS:
        return {"type": kind, VALUE_KEYS[kind][0]: _checked_choice(kind, answer)}
    raise Refused(f"a {kind} cannot be filled in")


def option(element: Json, wanted: object) -> Json:
    """The option of this value or text; raises Refused when the menu has none."""
    for candidate in _options(element):
        if wanted in {candidate["value"], candidate["text"]["text"]}:
            return candidate
    raise Refused(f"{element.get('action_id')} has no option {wanted!r}")


def _options(element: Json) -> Iterator[Json]:
    yield from element.get("options") or []
    for group in element.get("option_groups") or []:
        yield from group["options"]


def _is_empty(value: Json) -> bool:
    return not any(content for key, content in value.items() if key != "type")


def _checked_text(element: Json, answer: object) -> str | None:
    text = "" if answer is None else str(answer)
    if not text:
        return None
    least, most = element.get("min_length", 0), element.get("max_length", 3_000)
    if element["type"] == "plain_text_input" and not least <= len(text) <= most:
        raise Refused(f"{element['action_id']} takes {least} to {most} characters, not {len(text)}")
    if element["type"] == "email_text_input" and not _MAIL.fullmatch(text):
        raise Refused(f"{text!r} is not an e-mail address")
    if element["type"] == "url_text_input" and not _WEB_ADDRESS.match(text):
        raise Refused(f"{text!r} is not a URL")
    if element["type"] == "number_input":
        _check_number(element, text)
    return text


def _checked_files(element: Json, answer: object) -> list[Json]:
    """The file objects of a file input; the files were uploaded when they were chosen."""
    files = answer if isinstance(answer, list) else []
    most = element.get("max_files", MAX_FILES)
    if len(files) > most:
        raise Refused(f"{element['action_id']} takes at most {most} files, not {len(files)}")
    allowed = element.get("filetypes") or []
    for file in files:
        if allowed and file["filetype"] not in allowed:
            raise Refused(f"{file['name']} is none of the types {', '.join(allowed)}")
        if file["size"] > MAX_FILE_BYTES:
            raise Refused(f"{file['name']} is larger than 10 MB")
    return files


def _check_number(element: Json, text: str) -> None:
    try:
        number = float(text) if element.get("is_decimal_allowed") else int(text)
    except ValueError:
        raise Refused(f"{text!r} is not a number for {element['action_id']}") from None
    least, most = element.get("min_value"), element.get("max_value")
    if (least is not None and number < float(least)) or (most is not None and number > float(most)):
        raise Refused(f"{text} is outside {least} to {most}")


def _checked_choice(kind: str, answer: object) -> object:
    try:
        if answer and kind == "datepicker":
            date.fromisoformat(str(answer))
        if answer and kind == "timepicker":
            time.fromisoformat(str(answer))
    except ValueError:
        raise Refused(f"{answer!r} is not a value of a {kind}") from None
    return (
        list(answer)
        if kind.startswith("multi_") and isinstance(answer, list | tuple | set)
        else answer
    )
