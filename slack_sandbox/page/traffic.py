"""The traffic panel's data: a short line for each request, and its JSON on demand."""

from __future__ import annotations

import re

from slack_sandbox.page.setup import PageSetup
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.models import Exchange, Json, Refused

MAX_LINES = 150
_MENTION = re.compile(r"<@(\w+)(?:\|[^<>]*)?>")


class Traffic:
    """The newest exchanges, each with a number by which the page asks for its JSON."""

    def __init__(self, ws: SlackSandbox, setup: PageSetup) -> None:
        self._ws = ws
        self._setup = setup
        self._numbered: dict[
            int, tuple[int, Exchange]
        ] = {}  # by the object: an exchange is filled in later
        self._last = 0

    def lines(self) -> list[Json]:
        """The newest exchanges, oldest first."""
        newest = self._ws.transcript[-MAX_LINES:]
        for exchange in newest:
            if id(exchange) not in self._numbered:
                self._last += 1
                self._numbered[id(exchange)] = self._last, exchange
        self._numbered = {id(e): self._numbered[id(e)] for e in newest}
        return [self._line(number, exchange) for number, exchange in self._numbered.values()]

    def details(self, number: int) -> Json:
        """One exchange with its payload and its answer.

        Raises:
            Refused: it is gone from the list.

        """
        exchange = self._find(number)
        found = {"request": exchange.request, "answer": exchange.answer}
        return found | ({"ignored": exchange.ignored} if exchange.ignored else {})

    def why(self, number: int) -> str:
        """Why the bot judges the text of this event, command or shortcut as it does."""
        text = self._asked(self._find(number))
        if self._setup.why is None or text is None:
            raise Refused("there is nothing to explain")
        return self._setup.why(self._unaddressed(text))

    def _unaddressed(self, text: str) -> str:
        own = self._ws.bot_user_id
        return _MENTION.sub(lambda found: " " if found[1] == own else found[0], text).strip()

    def _find(self, number: int) -> Exchange:
        for known, exchange in self._numbered.values():
            if known == number:
                return exchange
        raise Refused("this entry is too old")

    def _line(self, number: int, exchange: Exchange) -> Json:
        answer = exchange.answer
        error = answer.get("error") if exchange.kind == "api" and isinstance(answer, dict) else None
        text = self._asked(exchange)
        return {
            "n": number,
            "ts": _ts(exchange),
            "out": exchange.direction == "out",
            "kind": exchange.kind,
            "name": exchange.name,
            "status": exchange.status,
            "ms": round(exchange.ms, 1),
            "done": exchange.status is not None or bool(exchange.ms),
            "retry": exchange.retry_num,
            "error": error or _silent(exchange),
            "about": " ".join(self._unaddressed(text or "").split())[:80],
            "why": text is not None and self._setup.why is not None,
        }

    def _asked(self, exchange: Exchange) -> str | None:
        """The text that was judged: what the bot got, or what its reply in a thread answers."""
        thread_ts = exchange.request.get("thread_ts")
        if exchange.name != "chat.postMessage" or not thread_ts or not _ts(exchange):
            return _brought(exchange)
        before = [
            m
            for m in self._ws.thread(str(exchange.request.get("channel")), thread_ts)
            if m.ts < _ts(exchange)
        ]
        return before[-1].text or None if before and not before[-1].bot_id else None


def _silent(exchange: Exchange) -> str | None:
    """What went wrong without an error: Slack ignores the call, or no answer came."""
    if exchange.ignored:
        return "ignored"
    unanswered = exchange.ms and exchange.status is None and isinstance(exchange.answer, str)
    return exchange.answer if unanswered else None


def _ts(exchange: Exchange) -> str:
    """The message that this is about."""
    answer = exchange.answer if isinstance(exchange.answer, dict) else {}
    event = exchange.request.get("event") if exchange.kind == "event" else None
    return str(answer.get("ts") or (event or {}).get("ts") or "")


def _brought(exchange: Exchange) -> str | None:
    request = exchange.request
    if exchange.kind == "command":
        return str(request.get("text") or "") or None
    if exchange.kind == "event":
        event = request.get("event") or {}
        judged = (
            event.get("type") in {"message", "app_mention"}
            and not event.get("bot_id")
            and not event.get("hidden")
        )
        return str(event.get("text") or "") or None if judged else None
    if request.get("type") == "message_action":
        return str((request.get("message") or {}).get("text") or "") or None
    return None
