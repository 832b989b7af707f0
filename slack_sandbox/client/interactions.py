"""Commands, clicks, shortcuts and forms in a person's client, and the errors it shows."""

from __future__ import annotations

from typing import Any

from slack_sandbox.blockkit.checks import check_view
from slack_sandbox.client import forms
from slack_sandbox.client.element_lookup import Pick, action, find
from slack_sandbox.client.interaction_sources import in_message, in_view
from slack_sandbox.delivery import payloads
from slack_sandbox.delivery.deliverer import Deliverer
from slack_sandbox.delivery.http_encoding import Answer
from slack_sandbox.delivery.payloads import Delivery
from slack_sandbox.methods.response_urls import ResponseUrls
from slack_sandbox.methods.views import ViewMethods
from slack_sandbox.state import api_objects
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.input_values import current_values
from slack_sandbox.state.models import ApiError, Json, Message, Refused, User, View
from slack_sandbox.state.store import State
from slack_sandbox.state.triggers import ResponseUrl
from slack_sandbox.state.uploads import upload_for_app


class Interactions:
    """Every person's Slack client. It adds a client error if the bot's answer is late or wrong."""

    def __init__(
        self, state: State, deliverer: Deliverer, responses: ResponseUrls, views: ViewMethods
    ) -> None:
        self._state = state
        self._deliverer = deliverer
        self._responses = responses
        self._views = views

    async def command(self, user_id: str, channel_id: str, name: str, text: str) -> Message | None:
        """Type a slash command; returns the message in its direct answer, if any."""
        user = self._state.person(user_id)
        if user.team_id != self._state.identity.team_id:
            raise Refused("a guest of another workspace has no slash commands of this app")
        if "commands" not in self._state.scopes:
            raise Refused(f"{name} is not a valid command: the app lacks the scope commands")
        channel = self._state.channel(channel_id)
        payload = payloads.command(self._state, user, channel, name, text)
        answer = await self._deliver(Delivery("command", name, payload, user.id))
        if answer is None or not answer.payload:
            return None
        url = self._state.response_urls[payload["response_url"].rpartition("/")[2]]
        try:
            return self._responses.take(url, answer.payload)
        except ApiError as error:
            detail = "; ".join([error.error, *error.messages])
            self._state.add_client_error(user.id, "invalid_command_response", name, detail)
            return None

    async def click(
        self, user_id: str, where: Message | View, pick: Pick, typed: dict[str, Any]
    ) -> None:
        """Use a button, menu or pair of feedback buttons; `typed`: answers by block_id."""
        user = self._state.person(user_id)
        if isinstance(where, View) and where.user != user.id:
            raise Refused("the view is on another person's screen")
        block, element = find(where.blocks, pick, user.id)
        payload = payloads.interaction(
            self._state,
            "block_actions",
            user,
            view_id=where.id if isinstance(where, View) else None,
        )
        payload["actions"] = [action(block, element, pick.value, self._state.next_ts())]
        if isinstance(where, View):
            entered = self._uploaded(where, user, typed)
            payload |= in_view(self._state, where, block, payload["actions"][0], entered)
        else:
            payload |= in_message(self._state, user, where, typed)
        await self._deliver(Delivery("interaction", element["action_id"], payload, user.id))

    async def shortcut(self, user_id: str, callback_id: str, message: Message | None) -> None:
        """Choose a shortcut from a message's menu, or a global one."""
        user = self._state.person(user_id)
        kind = "message_action" if message else "shortcut"
        payload = payloads.interaction(self._state, kind, user)
        payload |= {"callback_id": callback_id, "action_ts": self._state.next_ts()}
        if message:
            channel = self._state.channel(message.channel)
            thread = message.thread_ts if message.is_reply else None
            url = ResponseUrl(new_id("R"), user.id, channel.id, self._state.now(), thread_ts=thread)
            payload |= {
                "channel": api_objects.channel_name(channel),
                "message": api_objects.message_body(self._state, message),
                "message_ts": message.ts,
                "response_url": self._state.new_response_url(url),
            }
        await self._deliver(Delivery("interaction", callback_id, payload, user.id))

    async def submit(self, user_id: str, answers: dict[str, Any]) -> dict[str, str]:
        """Fill in the top modal and submit it; the errors under its fields, {} if accepted."""
        user = self._state.person(user_id)
        view = self.top(user.id)
        if view is None:
            raise Refused(f"{user.name} has no modal open")
        if not view.body.get("submit"):
            raise Refused("this modal has no submit button")
        values = forms.filled_in(view, self._uploaded(view, user, answers))
        payload = self._of_view("view_submission", user, view, values) | {"response_urls": []}
        answer = await self._deliver(Delivery("interaction", view.callback_id, payload, user.id))
        if answer is None:
            return {"*": self._state.client_errors[-1].kind}
        return self._respond(view, answer.payload)

    def _uploaded(self, view: View, user: User, answers: dict[str, Any]) -> dict[str, Any]:
        """The answers with the file objects of files that were given as name and content."""
        inputs = {b["block_id"]: b["element"]["type"] for b in view.blocks if b["type"] == "input"}

        def objects(files: list[Json]) -> list[Json]:
            return [upload_for_app(self._state, file, user).body for file in files]

        chosen = {key for key in answers.keys() & inputs if inputs[key] == "file_input"}
        return answers | {key: objects(answers[key] or []) for key in chosen}

    async def close(self, user_id: str) -> None:
        """Press cancel on the top modal; sends view_closed if the view has notify_on_close."""
        user = self._state.person(user_id)
        view = self.top(user.id)
        if view is None:
            raise Refused(f"{user.name} has no modal open")
        self._pop(view)
        if view.body.get("notify_on_close"):
            payload = self._of_view("view_closed", user, view, current_values(view))
            payload |= {"is_cleared": False}
            del payload["trigger_id"]
            await self._deliver(Delivery("interaction", view.callback_id, payload, user.id))

    def top(self, user_id: str) -> View | None:
        """The person's visible modal."""
        stack = self._state.modals.get(user_id)
        return stack[-1] if stack else None

    async def _deliver(self, delivery: Delivery) -> Answer | None:
        answer = await self._deliverer.deliver(delivery)
        if answer.accepted:
            return answer
        late = answer.reason in {"http_timeout", "timeout"}
        detail = f"status {answer.status}" if answer.status else answer.reason
        kind = "operation_timeout" if late else "dispatch_failed"
        self._state.add_client_error(delivery.user, kind, delivery.name, detail)
        return None

    def _respond(self, view: View, response: Json) -> dict[str, str]:
        """Follow a response_action; an invalid one is a client error."""
        action = response.get("response_action")
        body = response.get("view")
        if action == "errors":
            return self._shown_errors(view, response.get("errors"))
        if action in {"update", "push"}:
            if faults := check_view(body):
                return self._bad_answer(view, "; ".join(faults))
            try:
                if action == "update":
                    self._views.replace_view(view, body if isinstance(body, dict) else {})
                else:
                    self._views.push_view(view.user, body if isinstance(body, dict) else {})
            except ApiError as error:
                return self._bad_answer(view, error.error)
        elif action == "clear":
            self._state.modals.pop(view.user, None)
        elif action is None and not response:
            self._pop(view)
        else:
            return self._bad_answer(view, f"unknown response_action {action!r}")
        self._state.changes.notify()
        return {}

    def _shown_errors(self, view: View, errors: object) -> dict[str, str]:
        inputs = {block["block_id"] for block in view.blocks if block.get("type") == "input"}
        if not isinstance(errors, dict) or not errors or not errors.keys() <= inputs:
            return self._bad_answer(view, "errors must name the block_ids of inputs")
        return {str(block_id): str(sentence) for block_id, sentence in errors.items()}

    def _bad_answer(self, view: View, detail: str) -> dict[str, str]:
        self._state.add_client_error(view.user, "invalid_response", view.callback_id, detail)
        return {"*": "invalid_response"}

    def _pop(self, view: View) -> None:
        stack = self._state.modals.get(view.user, [])
        self._state.modals[view.user] = [below for below in stack if below.id != view.id]
        self._state.changes.notify()

    def _of_view(self, kind: str, user: User, view: View, values: Json) -> Json:
        payload = payloads.interaction(self._state, kind, user, view_id=view.id)
        # a guest's modal opens in the guest's own workspace; view.app_installed_team_id is ours
        payload["team"] = {"id": user.team_id, "domain": self._state.identity.team_domain}
        return payload | {"view": api_objects.view_body(self._state, view, values)}
