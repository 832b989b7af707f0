"""An escalation as it leaves Slack, by e-mail or into the help desk. Pure."""

from dataclasses import dataclass

from bot.domain.escalations import Details


@dataclass(frozen=True)
class Handover:
    """What support needs outside Slack. Every text in it is redacted, contact details included.

    `name`: ESC-12; `token` names the escalation for machines, the same for ever and never used twice; `link`: the
    address of the conversation, None where only the requester can open it; `replied`: the titles of the articles the
    bot answered with; `opened_at`: seconds since 1970; `requester`: the name and the Slack id of who asked.
    """

    name: str
    token: str
    opened_at: float
    link: str | None
    details: Details
    replied: tuple[str, ...] = ()
    requester: str = ""


@dataclass(frozen=True)
class Solved:
    """A ticket that somebody solved in the help desk. `updated_at` is the help desk's own time, as it gives it."""

    key: str
    updated_at: str
