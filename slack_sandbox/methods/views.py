"""views.*: the modals on people's screens, a stack of at most three each, and their Home tabs."""

from __future__ import annotations

import json
import secrets
from dataclasses import replace

from slack_sandbox.blockkit.checks import check_view
from slack_sandbox.methods.message_content import with_ids
from slack_sandbox.methods.web_api import Arguments, Method
from slack_sandbox.state.api_objects import view_body
from slack_sandbox.state.identity import new_id
from slack_sandbox.state.models import ApiError, Json, View
from slack_sandbox.state.store import State

STACK = 3  # docs.slack.dev/surfaces/modals
VIEW_BYTES = 250_000  # docs views.open, view_too_large


class ViewMethods:
    """The views.* methods of one workspace, and the stack they work on."""

    def __init__(self, state: State) -> None:
        self._state = state

    def table(self) -> dict[str, Method]:
        """The methods by their names."""
        return {
            "views.open": Method(self.open),
            "views.push": Method(self.push),
            "views.update": Method(self.update),
            "views.publish": Method(self.publish),
        }

    def open(self, args: Arguments) -> Json:
        """views.open: a new stack on the screen of the trigger's person."""
        body = self._checked(args)
        trigger = self._state.exchange_trigger(args.required("trigger_id"))
        view = new_view(trigger.user, body)
        self._state.modals[trigger.user] = [view]
        return self._shown(view)

    def push(self, args: Arguments) -> Json:
        """views.push: one more on top, from a trigger that came from inside a modal."""
        body = self._checked(args)
        trigger = self._state.exchange_trigger(args.required("trigger_id"))
        if trigger.view_id is None:
            raise ApiError("invalid_trigger_id")
        return self._shown(self.push_view(trigger.user, body))

    def push_view(self, user: str, body: Json) -> View:
        """Push a checked view; raises ApiError push_limit_reached or not_found."""
        stack = self._state.modals.get(user)
        if not stack:
            raise ApiError("not_found")
        if len(stack) >= STACK:
            raise ApiError("push_limit_reached")
        view = new_view(user, body, below=stack[-1])
        stack.append(view)
        self._state.changes.notify()
        return view

    def update(self, args: Arguments) -> Json:
        """views.update, by view_id or external_id; a hash must be the current one."""
        view_id, external_id = args.text("view_id"), args.text("external_id")
        for view in self._open_views():
            if view.id == view_id or (external_id and view.body.get("external_id") == external_id):
                body = self._checked(args, instead=view)
                if args.text("hash", view.hash) != view.hash:
                    raise ApiError("hash_conflict")
                return self._shown(self.replace_view(view, body))
        raise ApiError("not_found")

    def replace_view(self, view: View, body: Json) -> View:
        """Replace an open view by a checked one; choices in fields that remain are kept."""
        now = replace(view, body=with_block_ids(body), hash=_new_hash())
        stack = self._state.modals[view.user]
        stack[[open_view.id for open_view in stack].index(view.id)] = now
        self._state.changes.notify()
        return now

    def publish(self, args: Arguments) -> Json:
        """views.publish: a person's Home tab."""
        body = self._checked(args)
        user = self._state.user(args.required("user_id"))
        before = self._state.homes.get(user.id)
        if args.text("hash") and (before is None or args.text("hash") != before.hash):
            raise ApiError("hash_conflict")
        view = new_view(user.id, body)
        self._state.homes[user.id] = view
        return self._shown(view)

    def _open_views(self) -> list[View]:
        return [view for stack in self._state.modals.values() for view in stack]

    def _checked(self, args: Arguments, instead: View | None = None) -> Json:
        body = args.values.get("view")
        if not isinstance(body, dict):
            raise ApiError("invalid_arguments", ["[ERROR] missing required field: view"])
        if len(json.dumps(body)) > VIEW_BYTES:
            raise ApiError("view_too_large")
        if faults := check_view(body):
            raise ApiError("invalid_arguments", [f"[ERROR] {fault}" for fault in faults])
        if "files:read" not in self._state.scopes and _takes_files(body):
            # docs file_input: "your app must have the files:read scope"
            provided = ",".join(sorted(self._state.scopes))
            raise ApiError("missing_scope", needed="files:read", provided=provided)
        taken = {view.body.get("external_id") for view in self._open_views() if view != instead}
        if body.get("external_id") and body["external_id"] in taken:
            raise ApiError("duplicate_external_id")
        return body

    def _shown(self, view: View) -> Json:
        self._state.changes.notify()
        return {"view": view_body(self._state, view)}


def new_view(user: str, body: Json, below: View | None = None) -> View:
    """A view with fresh ids, on top of `below` where there is one."""
    view_id = new_id("V")
    root, previous = (below.root_id, below.id) if below else (view_id, None)
    return View(view_id, user, _new_hash(), with_block_ids(body), root, previous)


def with_block_ids(body: Json) -> Json:
    """The view, with generated ids where the bot sent none."""
    return body | {"blocks": [with_ids(block) for block in body.get("blocks") or []]}


def _takes_files(body: Json) -> bool:
    elements = (block.get("element") or {} for block in body.get("blocks") or [])
    return any(element.get("type") == "file_input" for element in elements)


def _new_hash() -> str:
    return f"{secrets.randbelow(10**10)}.{secrets.token_hex(4)}"
