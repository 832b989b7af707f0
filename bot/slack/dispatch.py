"""Between Bolt and the listeners: payloads in, acknowledgements out, failures caught once.

Bolt runs an `ack` function before it answers Slack and a `lazy` one after (`process_before_response`). What must not be
lost is done in the first; what calls Slack is done in the second, so that Slack never waits for Slack.
"""

import asyncio
import logging
import re
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from bot.domain.errors import GaveUpError, TryLaterError, UserError
from bot.domain.escalations import Details, Escalation, Resolution
from bot.domain.reports import Report
from bot.services.fault_log import log_fault
from bot.slack.context import Services
from bot.slack.failures import words_for
from bot.slack.incoming.events import (
    Click,
    click_of,
    field_of,
    report_of_command,
    report_of_sending,
    report_of_shortcut,
)
from bot.slack.incoming.filters import Deletion, Edit, deletion_of, edit_of, report_of_message
from bot.slack.incoming.payloads import MalformedPayloadError, reading
from bot.slack.listeners.ephemeral import already, answer_to
from bot.slack.tracing import traced
from bot.slack.views import blocks, modals, wording
from bot.slack.views.modals import Complaint
from bot.slack.views.outgoing import OutgoingMessage

log = logging.getLogger(__name__)

ACK_SECONDS = 2.0
"""For what is kept before a command is answered: Slack waits for three, and shows its own error after that."""

Payload = dict[str, Any]
OnClick = Callable[[Click, Services], Awaitable[None]]
OnDeleted = Callable[[Deletion, Services], Awaitable[None]]
OnDecision = Callable[[Click, Services], Awaitable[str | None]]


class Wiring:
    """Registers listeners with Bolt. `events`, `commands` and `shortcuts` are what the manifest must name."""

    def __init__(self, app: AsyncApp, services: Services, ack_seconds: float = ACK_SECONDS) -> None:
        self._app = app
        self._ack_seconds = ack_seconds
        self.services = services
        self.events: set[str] = set()
        self.commands: set[str] = set()
        self.shortcuts: set[str] = set()
        self._under_way: set[asyncio.Task[None] | None] = set()
        app.error(_on_error)

    def message(
        self, event_type: str, listener: Callable[[Report, Services], Awaitable[None]]
    ) -> None:
        """An event in which somebody says something."""
        listener = traced("a message", listener)

        async def run(event: Payload) -> None:
            report = report_of_message(event, self.services.listening.team, self.services.listening)
            if report is not None:
                await listener(report, self.services)

        self._app.event(event_type)(run)
        self.events.add(event_type)

    def edited(
        self, listener: Callable[[Edit, Services], Awaitable[None]], deleted: OnDeleted
    ) -> None:
        """A message that was changed or taken away. Registered before `message`, whose events these are to Bolt."""
        listener, deleted = traced("an edit", listener), traced("a deletion", deleted)

        async def run(event: Payload) -> None:
            team = self.services.listening.team
            if gone := deletion_of(event, self.services.listening):
                await deleted(gone, self.services)
            elif edit := edit_of(event, team, self.services.listening):
                await listener(edit, self.services)

        for subtype in ("message_changed", "message_deleted"):
            self._app.event({"type": "message", "subtype": subtype})(run)

    def command(
        self,
        name: str,
        listener: Callable[[Report, Click, Services], Awaitable[OutgoingMessage | None]],
        without_reply: OnClick,
    ) -> None:
        """A slash command; `without_reply` runs where the listener has nothing to say at once."""
        listener, without_reply = traced("a command", listener), traced("a command", without_reply)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            answering = asyncio.ensure_future(
                listener(report_of_command(body), click_of(body), self.services)
            )
            in_time, _ = await asyncio.wait({answering}, timeout=self._ack_seconds)
            if not in_time:
                self._answer_late(answering, body)
                await ack(text=wording.ONE_MOMENT, response_type="ephemeral")
                return
            made = answering.result()
            if made is None:
                await ack()
            else:
                await ack(text=made.text, blocks=made.blocks, response_type="ephemeral")

        async def run(body: Payload) -> None:
            if not str(body.get("text") or "").strip():
                await self._guarded(without_reply, body)

        self._app.command(name)(ack=acknowledge, lazy=[run])
        self.commands.add(name)

    def _answer_late(
        self, answering: asyncio.Future[OutgoingMessage | None], body: Payload
    ) -> None:
        """Send the answer to a command when it is there: a database that is busy must not cost the command."""

        async def send(click: Click, services: Services) -> None:
            made = await answering
            if made is not None:
                await services.messages.respond(click.response_url, made, replace=False)

        task = asyncio.create_task(self._guarded(send, body), name="late answer")
        self._under_way.add(task)

    def shortcut(
        self, callback_id: str, listener: Callable[[Report, Click, Services], Awaitable[None]]
    ) -> None:
        """An entry in a message's menu."""
        listener = traced("a shortcut", listener)

        async def run(body: Payload) -> None:
            await self._guarded(
                lambda click, services: listener(report_of_shortcut(body), click, services), body
            )

        self._app.message_shortcut(callback_id)(ack=_acknowledge, lazy=[run])
        self.shortcuts.add(callback_id)

    def click(self, action_id: str | re.Pattern[str], listener: OnClick) -> None:
        """A button."""
        listener = traced("a click", listener)

        async def run(body: Payload) -> None:
            await self._guarded(listener, body)

        self._app.action(action_id)(ack=_acknowledge, lazy=[run])

    def opened(
        self,
        event_type: str,
        *,
        home: OnClick,
        messages: Callable[[str, Services], Awaitable[None]],
    ) -> None:
        """Somebody opened a tab of ours: Home, or Messages, which is the direct conversation with the given id."""
        home, messages = traced("a tab", home), traced("a tab", messages)

        async def run(event: Payload) -> None:
            user, channel = field_of(event, "user"), field_of(event, "channel")
            if event.get("tab") == "home" and user:
                await self._guarded(home, {"user": {"id": user}})
            elif event.get("tab") == "messages" and channel:
                await self._unseen(messages(channel, self.services))

        self._app.event(event_type)(ack=_acknowledge, lazy=[run])
        self.events.add(event_type)

    def decision(self, action_id: str, listener: OnDecision) -> None:
        """A button whose click must not be lost: kept before Slack hears 200. What is to be told is told after."""
        listener = traced("a click", listener)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            await self._decide(listener, click_of(body))
            await ack()

        self._app.action(action_id)(acknowledge)

    def sending(
        self, callback_id: str, listener: Callable[[Report, Click, Services], Awaitable[str | None]]
    ) -> None:
        """An entry in a message's menu whose click must not be lost."""
        listener = traced("a shortcut", listener)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            report = report_of_sending(body)
            await self._decide(
                lambda click, services: listener(report, click, services), click_of(body)
            )
            await ack()

        self._app.message_shortcut(callback_id)(acknowledge)
        self.shortcuts.add(callback_id)

    def resolution(
        self,
        callback_id: str,
        listener: Callable[[Click, Services, Resolution], Awaitable[str | None]],
    ) -> None:
        """The form of the Resolve button."""
        listener = traced("a form", listener)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            made = modals.resolution(_values(body))
            try:
                told = await listener(click_of(body), self.services, made)
            except UserError as error:
                told = str(error)
            if told is None:
                await ack()
            else:
                # on top of the form: what somebody wrote in it stays
                await ack(response_action="push", view=_told(wording.NOT_RESOLVED_TITLE, told))

        self._app.view(callback_id)(acknowledge)

    async def _decide(self, listener: OnDecision, click: Click) -> None:
        try:
            told = await listener(click, self.services)
        except UserError as error:
            told = str(error)
        if told is not None:
            task = asyncio.create_task(self._tell(click, told))
            self._under_way.add(task)
            task.add_done_callback(self._under_way.discard)

    def complaint(
        self, callback_id: str, listener: Callable[[Click, Complaint, Services], Awaitable[str]]
    ) -> None:
        """The form in which somebody says why an answer did not help; its place is taken by a word of thanks."""
        listener = traced("a form", listener)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            made = modals.complaint(_values(body))
            try:
                told = await listener(click_of(body), made, self.services)
            except UserError as error:
                told = str(error)
            await ack(response_action="update", view=_told(wording.THANKS_TITLE, told))

        self._app.view(callback_id)(acknowledge)

    def paste(
        self, callback_id: str, listener: Callable[[Click, str, Services], Awaitable[None]]
    ) -> None:
        """The form with one field for the error."""
        listener = traced("a form", listener)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            if _pasted(body):
                await ack()
            else:
                await ack(response_action="errors", errors={"error": wording.PASTE_EMPTY})

        async def run(body: Payload) -> None:
            async def pasted(click: Click, services: Services) -> None:
                if error := _pasted(body):
                    await listener(click, error, services)

            await self._guarded(pasted, body)

        self._app.view(callback_id)(ack=acknowledge, lazy=[run])

    def escalation(
        self,
        callback_id: str,
        listener: Callable[[Click, Details, Services], Awaitable[tuple[Escalation, bool]]],
        after: OnClick,
    ) -> None:
        """The escalation's form."""
        listener, after = traced("a form", listener), traced("a form", after)

        async def acknowledge(ack: AsyncAck, body: Payload) -> None:
            details = modals.details(_values(body))
            errors = modals.faults(details)
            if errors:
                await ack(response_action="errors", errors=errors)
                return
            escalation, made = await listener(click_of(body), details, self.services)
            if made:
                await ack()
                return
            await ack(
                response_action="update", view=_told(wording.ESCALATED_TITLE, already(escalation))
            )

        async def run(body: Payload) -> None:
            await self._guarded(after, body)

        self._app.view(callback_id)(ack=acknowledge, lazy=[run])

    def everything_else(self) -> None:
        """Acknowledge what nobody listens to: Bolt would answer 404, which Slack counts as a failure and repeats."""
        anything = re.compile(".*")
        self._app.event(anything)(_acknowledge)
        self._app.action(anything)(_acknowledge)
        self._app.view(anything)(_acknowledge)
        self._app.view_closed(anything)(_acknowledge)
        self._app.shortcut(anything)(_acknowledge)
        self._app.command(anything)(_acknowledge)

    def joined(self, event_type: str, listener: Callable[[str, Services], Awaitable[None]]) -> None:
        """The bot was added to a channel."""
        listener = traced("an event", listener)

        async def run(event: Payload) -> None:
            if event.get("user") == self.services.listening.bot_user:
                await self._unseen(listener(field_of(event, "channel"), self.services))

        self._app.event(event_type)(ack=_acknowledge, lazy=[run])
        self.events.add(event_type)

    def event(
        self, event_type: str, listener: Callable[[Payload, Services], Awaitable[None]]
    ) -> None:
        """Something happened in the workspace. It is dealt with before Slack hears 200, so it must not take long."""

        listener = traced("an event", listener)

        async def run(event: Payload) -> None:
            await listener(event, self.services)

        self._app.event(event_type)(run)
        self.events.add(event_type)

    async def _unseen(self, done: Awaitable[None]) -> None:
        """What nobody waits for: a fault is for the log only."""
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            await done
        except (TryLaterError, GaveUpError) as error:
            log.warning("an event could not be followed: %s", error.reason)
        except Exception as error:  # noqa: BLE001 - the one boundary of what runs after Slack has its answer
            log_fault(error, "event")
        finally:
            self._under_way.discard(task)

    async def drain(self) -> None:
        """Wait for what still runs after Slack had its answer."""
        await asyncio.gather(*filter(None, self._under_way))

    async def _guarded(self, listener: OnClick, body: Payload) -> None:
        click = click_of(body)
        task = asyncio.current_task()
        self._under_way.add(task)
        try:
            await listener(click, self.services)
        except Exception as error:  # noqa: BLE001 - the one boundary of what runs after Slack has its answer
            await self._tell(click, words_for(error, "click"))
        finally:
            self._under_way.discard(task)

    async def _tell(self, click: Click, text: str) -> None:
        try:
            await answer_to(click, text, self.services)
        except (TryLaterError, GaveUpError) as error:
            log.warning("a person could not be told: %s", error.reason)


def _values(body: Payload) -> Payload:
    """What was put into a form; nothing where it has no fields."""
    values: Payload = body["view"]["state"].get("values") or {}
    return values


@reading("the form to paste into")
def _pasted(body: Payload) -> str:
    return str(_values(body)["error"]["error"].get("value") or "").strip()


def _told(title: str, text: str) -> Payload:
    return blocks.modal("told", title, [blocks.section(text)], close=wording.CLOSE)


async def _acknowledge(ack: AsyncAck) -> None:
    await ack()


async def _on_error(error: Exception, request: AsyncBoltRequest) -> BoltResponse:
    """A fault before Slack had its answer. An event gets 500, so that it is delivered again; a person, a sentence."""
    kind = str(request.body.get("type") or ("command" if "command" in request.body else "request"))
    if isinstance(error, MalformedPayloadError):
        log.info("refused a %s: %s", kind, error.what)
    text = words_for(error, kind)
    if kind == "command":
        return BoltResponse(status=200, body={"text": text, "response_type": "ephemeral"})
    if kind == "view_submission":
        view = blocks.modal(
            "fault", wording.FAULT_TITLE, [blocks.section(text)], close=wording.CLOSE
        )
        return BoltResponse(status=200, body={"response_action": "push", "view": view})
    return BoltResponse(status=500, body="")
