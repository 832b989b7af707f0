"""What an escalation form is about, as its private_metadata carries it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from bot.domain.reports import Interaction, Report, Trigger
from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.incoming.payloads import reading
from bot.slack.listeners.ephemeral import load_interaction


@dataclass(frozen=True)
class FormOrigin:
    """The interaction of a `token`, or else a `report` that is stored once the form is sent.

    That report has no text: its text is the form's error. `url`: the response_url of the ephemeral
    reply where the form was opened; empty if it was opened elsewhere.
    """

    token: str = ""
    report: Report | None = None
    url: str = ""

    @classmethod
    def answered(cls, interaction: Interaction, click: Click) -> FormOrigin:
        """Return the origin of a form that was opened under a reply."""
        url = click.response_url if click.is_ephemeral else ""
        return cls(token=interaction.token, url=url)

    @classmethod
    def decode(cls, click: Click, context: ListenerContext) -> FormOrigin:
        """Return the origin of a form. Raises MalformedPayloadError if it is none of ours."""
        with reading("private_metadata"):
            carried = json.loads(click.value)
            if "report" in carried:
                return cls(report=_report(carried["report"], click.user, context.policy.team))
            return cls(token=str(carried["token"]), url=str(carried["url"]))

    def encode(self) -> str:
        """Return it as private_metadata."""
        if self.report is None:
            return json.dumps({"token": self.token, "url": self.url})
        report = self.report
        carried = {
            "channel": report.channel,
            "key": report.key,
            "trigger": report.trigger,
            "message_ts": report.message_ts,
            "thread_ts": report.thread_ts,
            "private": report.private,
            "files": report.files,
        }
        return json.dumps({"report": carried})

    async def load(self, error: str, context: ListenerContext) -> Interaction:
        """Return the interaction, which is stored if it was not yet, with this error as its text.

        Raises:
            UserError: it was deleted, or is of another database.
        """
        if self.report is None:
            return await load_interaction(self.token, context)
        shop = context.policy.shops.find(self.report.channel, error)
        return await context.triage.ask(replace(self.report, text=error, shop=shop))


def _report(carried: Mapping[str, Any], user: str, team: str) -> Report:
    message_ts, thread_ts = carried["message_ts"], carried["thread_ts"]
    return Report(
        team=team,
        channel=str(carried["channel"]),
        key=str(carried["key"]),
        user=user,
        text="",
        trigger=Trigger(carried["trigger"]),
        message_ts=str(message_ts) if message_ts else None,
        thread_ts=str(thread_ts) if thread_ts else None,
        private=bool(carried["private"]),
        files=tuple(map(str, carried["files"])),
    )
