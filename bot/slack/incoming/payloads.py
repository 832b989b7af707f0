"""The payloads that Slack sends, checked once at the door: below it nobody asks of what type a
field is.

Declared is what Bolt or a listener reads. What else Slack sends goes through as it is.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Annotated, Any, cast

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.domain.errors import UserError
from bot.slack.views import wording

Payload = Mapping[str, Any]
"""What Slack sends, once it is checked. Only this package looks into it."""


_UNSTORABLE = re.compile(r"\\u(?:0000|d[89a-f])", re.IGNORECASE)
"""The escape of NUL or of a half of a surrogate pair, which may have its other half."""


class MalformedPayloadError(UserError):
    """Not what Slack sends. `what` names the field for the log, and holds nothing that was sent."""

    def __init__(self, what: str) -> None:
        super().__init__(wording.FORGOTTEN)
        self.what = what


@contextmanager
def reading(what: str) -> Iterator[None]:
    """Around the reading of what Slack brings back, such as a button's value or a form's fields.

    Raises:
        MalformedPayloadError: it is not of the form that we sent to Slack.
    """
    try:
        yield
    except (ValueError, LookupError, TypeError, AttributeError):
        raise MalformedPayloadError(what) from None


def strip_unstorable(text: str) -> str:
    """A text without what PostgreSQL (NUL) or UTF-8 (half of a surrogate pair) refuse."""
    if text.isascii() and "\x00" not in text:
        return text  # nearly all of a payload
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()


def parsed_json(text: str) -> Any:
    """Return what a JSON text holds, without characters that cannot be stored.

    Raises:
        ValueError: it is no JSON.
        RecursionError: it is nested too deeply.
    """
    found = json.loads(text)
    # such a character is always escaped in JSON that was UTF-8
    return storable(found) if "\\u" in text and _UNSTORABLE.search(text) else found


def storable(value: Any) -> Any:
    """Return texts, and lists and objects of such, without characters that cannot be stored."""
    match value:
        case str():
            return strip_unstorable(value)
        case list():
            return [storable(inner) for inner in value]
        case dict():
            return {strip_unstorable(key): storable(inner) for key, inner in value.items()}
        case _:
            return value


def text_field(payload: Payload, key: str) -> str:
    """A text in a payload; empty where it is missing or no text."""
    value = payload.get(key)
    return value if isinstance(value, str) else ""


class _Part(BaseModel):
    model_config = ConfigDict(strict=True, extra="ignore", defer_build=True)


Id = Annotated[str, Field(pattern=r"^[A-Za-z0-9_.:-]{0,120}$")]
"""Slack's ids, and what else may be logged: times of messages, names of events and triggers."""


class _Named(_Part):
    id: Id | None = None
    team_id: Id | None = None


class _Placed(_Part):
    """Who and where, as Bolt looks for it in a payload and in what is in it."""

    team: Id | _Named | None = None
    user: Id | _Named | None = None
    channel: Id | _Named | None = None
    enterprise: Id | _Named | None = None
    team_id: Id | None = None
    user_id: Id | None = None
    channel_id: Id | None = None
    enterprise_id: Id | None = None
    ts: Id | None = None
    thread_ts: Id | None = None
    bot_id: Id | None = None


class _ResponseUrl(_Part):
    response_url: str


class _Payload(_Placed):
    response_urls: list[_ResponseUrl] = []


class _Event(_Placed):
    type: Id
    subtype: Id | None = None
    user_team: Id | None = None
    source_team: Id | None = None
    deleted_ts: Id | None = None
    event_ts: Id | None = None
    message: _Placed | None = None
    previous_message: _Placed | None = None
    item: _Placed | None = None
    assistant_thread: _Placed | None = None


class _Installation(_Part):
    team_id: Id | None = None
    enterprise_id: Id | None = None


class _EventCallback(_Payload):
    event: _Event
    authorizations: list[_Installation] | None = None
    event_id: Id | None = None
    context_team_id: Id | None = None


class _Known(_Named):
    id: Annotated[Id, Field(min_length=1)]


class _Interaction(_Payload):
    user: _Known
    trigger_id: Id | None = None
    response_url: str | None = None


class _Option(_Part):
    value: str


class _Action(_Part):
    type: Id
    action_id: str
    block_id: str
    value: str | None = None
    selected_option: _Option | None = None


class _Container(_Part):
    is_ephemeral: bool | None = None
    thread_ts: Id | None = None


class _File(_Part):
    id: Annotated[Id, Field(min_length=1)]
    name: str | None = None


class _Input(_Part):
    type: Id | None = None
    files: list[_File] | None = None
    value: str | None = None
    selected_date: Id | None = None
    selected_option: _Option | None = None
    selected_options: list[_Option] | None = None


class _State(_Part):
    values: dict[str, dict[str, _Input]] = {}


class _View(_Placed):
    id: Id | None = None
    type: Id | None = None
    app_installed_team_id: Id | None = None
    callback_id: str | None = None
    private_metadata: str | None = None
    hash: Id | None = None
    state: _State | None = None


class _BlockActions(_Interaction):
    actions: Annotated[list[_Action], Field(min_length=1)]
    container: _Container | None = None
    message: _Placed | None = None
    view: _View | None = None


class _ClosedForm(_View):
    type: Id
    callback_id: str


class _SentForm(_ClosedForm):
    state: _State


class _ViewClosed(_Interaction):
    view: _ClosedForm


class _ViewSubmission(_Interaction):
    view: _SentForm


class _Message(_Placed):
    ts: Annotated[Id, Field(min_length=1)]


class _MessageAction(_Interaction):
    callback_id: str
    channel: _Known
    message: _Message


class _Shortcut(_Interaction):
    callback_id: str


class _Command(_Payload):
    command: str
    team_id: Id
    channel_id: Id
    user_id: Id
    trigger_id: Id
    text: str = ""
    response_url: str = ""


class _Notice(_Part):
    challenge: str = ""
    team_id: Id | None = None


class _SslCheck(_Part):
    ssl_check: str


_KINDS: dict[str, type[_Part]] = {
    "event_callback": _EventCallback,
    "block_actions": _BlockActions,
    "view_submission": _ViewSubmission,
    "view_closed": _ViewClosed,
    "message_action": _MessageAction,
    "shortcut": _Shortcut,
    "url_verification": _Notice,
    "app_rate_limited": _Notice,
}


def check_payload(payload: object) -> dict[str, Any]:
    """Return the payload.

    Raises:
        MalformedPayloadError: its kind is unknown, or a field has not the documented type.
    """
    try:
        kind, model = _kind_of(payload)
    except (LookupError, TypeError):
        raise MalformedPayloadError("payload") from None
    try:
        model.model_validate(payload)
    except ValidationError as error:
        raise MalformedPayloadError(f"{kind}: {_field(error)}") from None
    return cast("dict[str, Any]", payload)


def _kind_of(payload: Any) -> tuple[str, type[_Part]]:
    if "type" in payload:
        return payload["type"], _KINDS[payload["type"]]
    return ("command", _Command) if "command" in payload else ("ssl_check", _SslCheck)


def _field(error: ValidationError) -> str:
    """The first two steps to the first field that is wrong: those below may be names that were
    sent.
    """
    return ".".join(map(str, error.errors(include_url=False, include_input=False)[0]["loc"][:2]))
