"""Dispatch to the listeners: of events by their type, of the rest by Bolt. Errors become responses.

There are three ways to acknowledge: `keep` stores first, so that nothing is lost; `ack_first`
acknowledges first, for listeners that only show something; `form` answers with the form's result.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, TypeVar

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.errors import UserError
from bot.slack.click_answers import answer_click
from bot.slack.context import ListenerContext
from bot.slack.event_routes import EventRoutes, Listener, is_caused_by, is_event
from bot.slack.failures import sentence_for
from bot.slack.incoming.clicks import Click, Submission, parse_click
from bot.slack.incoming.payloads import Payload
from bot.slack.interaction_routes import InteractionRoutes, Run
from bot.slack.requests import Kind, Request
from bot.slack.results import Close, FormResult, OpenModal, Push, Shown, acknowledgement
from bot.slack.tracing import traced
from bot.slack.views import modals, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.stopping import ended
from bot.timings import Timings

log = logging.getLogger(__name__)

T = TypeVar("T")
R = TypeVar("R")
FormT = TypeVar("FormT", bound=Submission[Any])
Parser = Callable[[Payload], T]
"""Returns a frozen record of a checked payload."""


class Dispatcher:
    """Finds and runs listeners. `requests`: all that have a listener, as in the manifest."""

    def __init__(
        self, app: AsyncApp, context: ListenerContext, ack_seconds: float = Timings.ack
    ) -> None:
        self._app = app
        self._ack_seconds = ack_seconds
        self.context = context
        self.requests: list[Request] = []
        self._under_way: set[asyncio.Task[None]] = set()
        self._events = EventRoutes()
        self._interactions = InteractionRoutes(app)
        app.error(_on_error)

    async def answer(self, payload: dict[str, Any]) -> BoltResponse:
        """Return the response to a checked payload of this workspace: Bolt's, or an event's."""
        if is_event(payload):
            own = self.context.policy
            if is_caused_by(own.bot_user, own.bot_id, payload):
                return BoltResponse(status=200, body="")
            return await self._events.run(payload)
        # "socket_mode" means to Bolt that the body is parsed. It would parse a form itself, and
        # takes any form that holds the word "payload" somewhere for an interaction.
        return await self._app.async_dispatch(AsyncBoltRequest(body=payload, mode="socket_mode"))

    def keep(
        self,
        request: Request,
        parse: Parser[T | None],
        listener: Callable[[T, ListenerContext], Awaitable[Shown]],
    ) -> None:
        """Store, then acknowledge. What the listener returns is shown to the person afterwards.

        If storing fails, Slack gets 500: it redelivers events and marks buttons as failed. The
        person sees why.
        """
        work = _parsed(parse, traced(listener), self.context)

        async def keep_click(ack: AsyncAck, body: Payload) -> BoltResponse | None:
            shown, is_done = await _attempt(work(body), request.kind)
            self._start(self._show(parse_click(body), shown), request.kind, body)
            if not is_done:
                return BoltResponse(status=500, body="")
            await ack()
            return None

        async def keep_command(ack: AsyncAck, body: Payload) -> None:
            await self._answer_command(
                ack, body, asyncio.ensure_future(_attempt(work(body), request.kind))
            )

        if request.kind is Kind.EVENT:
            self._register_event(request, work)
        else:
            is_command = request.kind is Kind.COMMAND
            self._register(request, keep_command if is_command else keep_click)

    def ack_first(
        self,
        request: Request,
        parse: Parser[T | None],
        listener: Callable[[T, ListenerContext], Awaitable[None]],
    ) -> None:
        """Acknowledge, then run a listener that shows something and promises nothing.

        Failures are shown to the person; those of events are only logged.
        """
        work = _parsed(parse, traced(listener), self.context)

        async def start(body: Payload) -> None:
            self._start(work(body), request.kind, body)

        async def run(ack: AsyncAck, body: Payload) -> None:
            await ack()
            await start(body)

        if request.kind is Kind.EVENT:
            self._register_event(request, start)
        else:
            self._register(request, run)

    def form(
        self,
        request: Request,
        parse: Parser[FormT],
        listener: Callable[[FormT, ListenerContext], Awaitable[FormResult]],
    ) -> None:
        """Answer a form with its result."""
        work = _parsed(parse, traced(listener), self.context)

        async def run(ack: AsyncAck, body: Payload) -> None:
            try:
                result = await work(body) or Close()
            except Exception as error:  # noqa: BLE001 - the one boundary of what a person has asked for
                sentence = sentence_for(error, request.kind)
                await ack(**acknowledgement(Push(modals.notice(wording.FAULT_TITLE, sentence))))
                return
            await ack(**acknowledgement(result))

        self._register(request, run)

    async def drain(self, seconds: float | None = None) -> None:
        """Wait for listeners that run after the acknowledgement; give them up after `seconds`."""
        await ended([*self._under_way], seconds, "requests that were acknowledged")

    def _register_event(self, request: Request, listener: Listener) -> None:
        self._events.add(request, listener)
        self.requests.append(request)

    def _register(self, request: Request, run: Run) -> None:
        self._interactions.add(request, run)
        self.requests.append(request)

    async def _answer_command(
        self, ack: AsyncAck, body: Payload, answer: asyncio.Future[tuple[Shown, bool]]
    ) -> None:
        """Answer in the acknowledgement, or afterwards if the database is slow."""
        in_time, _ = await asyncio.wait({answer}, timeout=self._ack_seconds)
        shown = answer.result()[0] if in_time else None
        if not in_time:
            await ack(text=wording.ONE_MOMENT, response_type="ephemeral")
            self._start(self._show_late(parse_click(body), answer), Kind.COMMAND, body)
        elif isinstance(shown, OutgoingMessage):
            await ack(text=shown.text, blocks=shown.blocks, response_type="ephemeral")
        elif isinstance(shown, str):
            await ack(text=shown, response_type="ephemeral")
        else:
            await ack()
            self._start(self._show(parse_click(body), shown), Kind.COMMAND, body)

    async def _show_late(self, click: Click, answer: asyncio.Future[tuple[Shown, bool]]) -> None:
        shown, _ = await answer
        await self._show(click, shown)

    async def _show(self, click: Click, shown: Shown) -> None:
        match shown:
            case OpenModal(view):
                await self.context.views.open_modal(click.trigger_id, view)
            case OutgoingMessage():
                await self.context.messages.respond(click.response_url, shown, replace=False)
            case str():
                await answer_click(click, shown, self.context)

    def _start(self, work: Coroutine[Any, Any, object], kind: Kind, body: Payload) -> None:
        """Run a listener after the acknowledgement. Failures are shown to the person.

        Failures of events are only logged.
        """

        async def run() -> None:
            try:
                await work
            except Exception as error:  # noqa: BLE001 - the one boundary of what runs after Slack has its answer
                sentence = sentence_for(error, kind)
                if kind is not Kind.EVENT:
                    await answer_click(parse_click(body), sentence, self.context)

        task = asyncio.create_task(run(), name=f"after a {kind}")
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


def _parsed(
    parse: Parser[T | None],
    listener: Callable[[T, ListenerContext], Awaitable[R]],
    context: ListenerContext,
) -> Callable[[Payload], Coroutine[Any, Any, R | None]]:
    """Return what runs the listener; None as its result if the parser returns None."""

    async def work(body: Payload) -> R | None:
        parsed = parse(body)
        return None if parsed is None else await listener(parsed, context)

    return work


async def _attempt(work: Awaitable[Shown], kind: Kind) -> tuple[Shown, bool]:
    """Return what to show the person, and whether the request counts as done.

    It does if only that person can correct it, so that Slack does not repeat it.
    """
    try:
        return await work, True
    except Exception as error:  # noqa: BLE001 - the one boundary of what a person has asked for
        return sentence_for(error, kind), isinstance(error, UserError)


async def _on_error(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """Answer a failed request with 500."""
    sentence_for(error, str(request.body.get("type") or "request"))
    return BoltResponse(status=500, body="")
