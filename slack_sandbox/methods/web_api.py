"""The Web API: arguments, token and scope, ordered failures, answers."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass

from aiohttp import web

from slack_sandbox.methods.failures import Failure, Failures
from slack_sandbox.state.models import ApiError, Exchange, IgnoredCall, Json
from slack_sandbox.state.store import State

_JSON_ARGUMENTS = {
    "blocks",
    "attachments",
    "files",
    "metadata",
    "view",
    "prompts",
    "loading_messages",
    "message",
}
_FALSE = {"", "0", "false", "none", "null"}


class Arguments:
    """The arguments of one call, whether they came as a form, a query or JSON."""

    def __init__(self, values: Json) -> None:
        self.values = values

    def text(self, name: str, default: str = "") -> str:
        """An argument as text."""
        value = self.values.get(name)
        return default if value is None else str(value)

    def required(self, name: str) -> str:
        """An argument that must be there; raises ApiError invalid_arguments."""
        if not (value := self.text(name)):
            raise ApiError("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        """An argument that is true or false."""
        value = self.values.get(name)
        return default if value is None else str(value).lower() not in _FALSE

    def number(self, name: str, default: int) -> int:
        """An argument that is a whole number; raises ApiError invalid_arguments."""
        try:
            return int(self.text(name) or default)
        except ValueError:
            raise ApiError("invalid_arguments", [f"[ERROR] must be a number: {name}"]) from None

    def items(self, name: str) -> list[Json] | None:
        """A list of objects, or None if not given; raises ApiError invalid_<name>_format."""
        value = self.values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise ApiError(f"invalid_{name}_format")
        return value

    def given(self, *names: str) -> bool:
        """Whether any of these is there and not empty."""
        return any(self.values.get(name) for name in names)


@dataclass(frozen=True)
class Method:
    """One method: its function, the scopes of which any one suffices, and its token."""

    run: Callable[[Arguments], Json]
    scopes: tuple[str, ...] = ()
    app_token: bool = False
    needs_token: bool = True


class WebApi:
    """Answers POST and GET on /api/<method>."""

    def __init__(self, state: State, methods: dict[str, Method], failures: Failures) -> None:
        self._state = state
        self._methods = methods
        self._failures = failures

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The aiohttp handler."""
        name = request.match_info["method"]
        values, start = await _read(request), time.perf_counter()
        token = _token(request, values)
        exchange = Exchange("in", "api", name, values)
        self._state.record(exchange)
        response = await apply_failure(
            self._failures.take(name), request, lambda: self._response(exchange, token)
        )
        exchange.ms = (time.perf_counter() - start) * 1000
        gone = request.transport is None or request.transport.is_closing()
        exchange.status = None if gone else response.status
        exchange.answer = (
            json.loads(response.text or "null") if response.content_type.endswith("json") else ""
        )
        self._state.changes.notify()
        return response

    def _response(self, exchange: Exchange, token: str | None) -> web.Response:
        try:
            body: Json = {"ok": True} | self._call(exchange.name, token, exchange.request)
        except IgnoredCall as error:
            exchange.ignored = error.why
            body = _refusal(error) if self._state.strict else {"ok": True}
        except ApiError as error:
            body = _refusal(error)
        headers = {"x-oauth-scopes": ",".join(sorted(self._state.scopes))}
        return web.json_response(body, headers=headers)

    def _call(self, name: str, token: str | None, values: Json) -> Json:
        method = self._methods.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        if not method.needs_token:
            return method.run(Arguments(values))
        identity = self._state.identity
        if not token:
            raise ApiError("not_authed")
        if token not in {identity.bot_token, identity.app_token}:
            raise ApiError("invalid_auth")
        if self._state.revoked and token == identity.bot_token:
            raise ApiError("token_revoked")
        if (token == identity.app_token) != method.app_token:
            raise ApiError("not_allowed_token_type")
        if method.scopes and not self._state.scopes & set(method.scopes):
            provided = ",".join(sorted(self._state.scopes))
            raise ApiError("missing_scope", needed=",".join(method.scopes), provided=provided)
        return method.run(Arguments(values))


def _refusal(error: ApiError) -> Json:
    body = {"ok": False, "error": error.error} | error.extra
    return body | {"response_metadata": {"messages": error.messages}} if error.messages else body


async def apply_failure(
    failure: Failure | None, request: web.Request, respond: Callable[[], web.Response]
) -> web.Response:
    """Answer with the failure; without one, just answer."""
    if failure is None:
        return respond()
    if failure.kind == "rate_limited":
        headers = {"Retry-After": str(int(failure.seconds))}
        return web.json_response({"ok": False, "error": "ratelimited"}, status=429, headers=headers)
    if failure.kind == "error":
        return web.json_response({"ok": False, "error": failure.code})
    response = respond() if failure.after else None
    if failure.kind == "slow":
        await asyncio.sleep(failure.seconds)
        return response or respond()
    if failure.kind in {"reset", "late"} and request.transport is not None:
        request.transport.abort()
    if failure.kind == "late":
        await asyncio.sleep(failure.seconds)
        respond()
    return web.Response(status=500, text="Internal Server Error")


async def _read(request: web.Request) -> Json:
    values: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = await request.json()
        except ValueError:
            body = {}
        values |= body if isinstance(body, dict) else {}
    elif request.method == "POST":
        values |= {key: str(value) for key, value in (await request.post()).items()}
    for name in _JSON_ARGUMENTS & values.keys():
        values[name] = _decoded(values[name])
    return values


def _decoded(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def _token(request: web.Request, values: Json) -> str | None:
    """The token, removed from the arguments: the transcript keeps no secret."""
    in_body = values.pop("token", None)
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token if scheme.lower() == "bearer" else in_body
