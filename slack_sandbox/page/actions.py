"""What people do on the page: each action is a call of the sandbox, with Slack's payloads."""

from __future__ import annotations

import re
from base64 import b64decode
from collections.abc import Awaitable, Callable

from slack_sandbox.page.setup import PageSetup
from slack_sandbox.page.state import PageState
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.models import ApiError, ClientError, Json, Message, Refused, User, View

MAX_TEXT = 40_000
MAX_FILES = 5
_NO_ANSWER = "did not answer in time. In Slack you'd see “We had some trouble connecting.”"
_CLIENT_ERRORS = {
    "operation_timeout": f"{{bot}} {_NO_ANSWER}",
    "dispatch_failed": "This could not be delivered to {bot} ({detail}).",
    "invalid_command_response": "{bot}'s answer to {name} is invalid for Slack: {detail}",
    "invalid_response": "{bot}'s answer to the form is invalid for Slack: {detail}",
}


class PageActions:
    """One method an action; `do()` names them."""

    def __init__(self, ws: SlackSandbox, setup: PageSetup, page_state: PageState) -> None:
        self._ws = ws
        self._setup = setup
        self._page_state = page_state

    async def do(self, name: str, given: Json) -> Json:
        """Do it; returns `ok`, and `words` for the person if it failed."""
        actions: dict[str, Callable[[User, Json], Awaitable[Json]]] = {
            "say": self._say,
            "edit": self._edit,
            "delete": self._delete,
            "forward": self._forward,
            "click": self._click,
            "submit": self._submit,
            "close": self._close,
            "shortcut": self._shortcut,
            "home": self._home,
            "messages": self._messages,
        }
        before = {id(error) for error in self._ws.client_errors}
        try:
            user = self._page_state.person(given.get("user"))
            answer = await actions.get(name, _nothing)(user, given)
        except (Refused, ApiError) as error:
            return {"ok": False, "words": _sentence(error), "refused": True}
        new = [t for t in self._ws.client_errors if id(t) not in before and t.user == user.id]
        return {"ok": not new, "words": " ".join(map(self._error_sentence, new))} | answer

    async def _say(self, user: User, given: Json) -> Json:
        text, channel = _text(given, "text"), self._channel(user, given)
        thread = str(given["thread"]) if given.get("thread") else None
        if text.startswith("/"):
            return await self._command(user, channel, text, thread)
        files = [_file(file) for file in given.get("files") or []]
        if len(files) > MAX_FILES:
            raise Refused(f"at most {MAX_FILES} files fit into one message")
        if not text.strip() and not files:
            raise Refused("write something, or attach a file")
        typed = self._addressed(text)
        ts = await self._ws.say(
            user.id, channel, typed, in_background=True, thread_ts=thread, files=files
        )
        return {"ts": ts}

    async def _command(self, user: User, channel: str, text: str, thread: str | None) -> Json:
        name, _, rest = (
            text.partition(" ") if " " in text.split("\n", 1)[0] else text.partition("\n")
        )
        if name not in self._setup.commands:
            raise Refused(
                f"{name} is not a valid command. Slack takes every message starting with / for one"
            )
        if thread:
            raise Refused(f"{name} is not supported in threads. Sorry!")
        await self._ws.command(user.id, channel, name, self._addressed(rest.strip()))
        return {}

    async def _edit(self, user: User, given: Json) -> Json:
        text, message = _text(given, "text"), self._message(user, given)
        if not text.strip():
            raise Refused("a message cannot be empty; delete it instead")
        await self._ws.edit(user.id, message.channel, message.ts, self._addressed(text))
        return {}

    async def _delete(self, user: User, given: Json) -> Json:
        message = self._message(user, given)
        await self._ws.delete(user.id, message.channel, message.ts)
        return {}

    async def _forward(self, user: User, given: Json) -> Json:
        message, channel = (
            self._message(user, given),
            self._channel(user, {"channel": given.get("to")}),
        )
        if message.ephemeral_to:
            raise Refused("a message that only one person sees cannot be forwarded")
        return {"ts": await self._ws.forward(user.id, channel, message.channel, message.ts)}

    async def _click(self, user: User, given: Json) -> Json:
        where: Message | View = (
            self._page_state.view(user, given["view"])
            if given.get("view")
            else self._message(user, given)
        )
        value, block, typed = given.get("value"), given.get("block"), given.get("typed")
        await self._ws.click(
            user.id,
            where,
            str(given.get("action")),
            None if value is None else str(value),
            block_id=None if block is None else str(block),
            typed=typed if isinstance(typed, dict) else {},
        )
        return {}

    async def _submit(self, user: User, given: Json) -> Json:
        top, answers = self._ws.modal(user.id), given.get("answers")
        if top is None or top.id != given.get("view"):
            raise Refused("this window is no longer open")
        entered = answers if isinstance(answers, dict) else {}
        errors = await self._ws.submit(user.id, {key: _entered(entered[key]) for key in entered})
        return {"errors": {block: words for block, words in errors.items() if block != "*"}}

    async def _close(self, user: User, given: Json) -> Json:
        top = self._ws.modal(user.id)
        if top is not None and top.id == given.get("view"):
            await self._ws.close_modal(user.id)
        return {}

    async def _shortcut(self, user: User, given: Json) -> Json:
        message = self._message(user, given)
        if message.ephemeral_to:
            raise Refused("a message that only one person sees has no shortcuts")
        await self._ws.shortcut(user.id, message.channel, message.ts, str(given.get("callback")))
        return {}

    async def _home(self, user: User, _: Json) -> Json:
        if self._page_state.is_guest(user):
            raise Refused("a guest of another workspace has no Home tab of this app")
        await self._ws.open_home(user.id)
        return {}

    async def _messages(self, user: User, _: Json) -> Json:
        return {"channel": await self._ws.open_messages(user.id)}

    def _channel(self, user: User, given: Json) -> str:
        for channel in self._page_state.channels(user):
            if channel.id == given.get("channel"):
                return channel.id
        raise Refused(f"{user.name} is not in this channel")

    def _message(self, user: User, given: Json) -> Message:
        return self._page_state.seen(user, given.get("channel"), given.get("ts"))

    def _addressed(self, text: str) -> str:
        """A typed @name becomes a mention, as Slack's composer makes one."""
        names = {self._page_state.name(user).lower(): user.id for user in self._ws.directory.users}
        longest_first = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
        typed = re.compile(rf"(?<![\w@<.])@({longest_first})(?!\w)", re.IGNORECASE)
        return typed.sub(lambda found: f"<@{names[found[1].lower()]}>", text)

    def _error_sentence(self, error: ClientError) -> str:
        form = _CLIENT_ERRORS.get(error.kind, "{bot}: {kind} {detail}")
        return form.format(
            bot=self._setup.bot_name, kind=error.kind, name=error.name, detail=error.detail
        )


async def _nothing(user: User, _: Json) -> Json:
    raise Refused(f"{user.name} cannot do this here")


def _text(given: Json, key: str) -> str:
    text = str(given.get(key) or "")
    if len(text) > MAX_TEXT:
        raise Refused(f"a message has at most {MAX_TEXT:,} characters; attach it as a file")
    return text


def _entered(answer: object) -> object:
    """A field's value; files, which are objects, as `_file` has them."""
    if not isinstance(answer, list):
        return answer
    return [_file(one) if isinstance(one, dict) else one for one in answer]


def _file(given: Json) -> Json:
    """A file as it was attached: a text becomes a snippet, others come as base64."""
    name, kind = (
        str(given.get("name") or "untitled")[:255],
        str(given.get("mimetype") or "text/plain"),
    )
    mode = {"mode": "snippet"} if kind.startswith("text/") or kind == "application/json" else {}
    content: str | bytes = str(given.get("content") or "")
    if "base64" in given:
        try:
            content = b64decode(str(given["base64"]), validate=True)
        except ValueError:
            raise Refused(f"{name} arrived damaged; attach it again") from None
    return {"name": name, "mimetype": kind, "content": content, **mode}


def _sentence(error: Exception) -> str:
    words = str(error)
    ending = "" if words.endswith((".", "!", "?")) else "."
    return words[:1].upper() + words[1:] + ending
