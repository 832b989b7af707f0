"""The body of the page's requests, parsed once and strictly."""

from __future__ import annotations

import json

from aiohttp import web

from slack_sandbox.state.models import Json


class MalformedError(Exception):
    """A body that the page never sends; `str(error)` is a sentence."""


async def read_body(request: web.Request) -> Json:
    """The body of a request: texts, numbers, a list of `files`, `answers` and `typed` by block_id.

    Raises:
        MalformedError: it is anything else.
    """
    try:
        body = await request.json()
        json.dumps(body, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MalformedError("A text holds half a character.") from None
    except (ValueError, LookupError, RecursionError):
        raise MalformedError("Not a JSON object.") from None
    if not isinstance(body, dict):
        raise MalformedError("Not a JSON object.")
    for name, value in body.items():
        if not _FORMS.get(name, _is_plain)(value):
            raise MalformedError(f"{name}: not of the form that the page sends.")
    return body


def _is_plain(value: object) -> bool:
    return not isinstance(value, list | dict)


def _are_files(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(map(_is_object_of_plain, value)))


def _is_object_of_plain(value: object) -> bool:
    return isinstance(value, dict) and all(map(_is_plain, value.values()))


def _are_answers(value: object) -> bool:
    return value is None or (isinstance(value, dict) and all(map(_is_answer, value.values())))


def _is_answer(value: object) -> bool:
    """Whether a field may have this value: plain, a list of plain values, or files."""
    if isinstance(value, list):
        return all(map(_is_plain, value)) or all(map(_is_object_of_plain, value))
    return _is_plain(value)


_FORMS = {"files": _are_files, "answers": _are_answers, "typed": _are_answers}
