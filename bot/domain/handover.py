"""An escalation as e-mails and tickets have it. Pure."""

from dataclasses import dataclass

from bot.domain.escalations import Details


@dataclass(frozen=True)
class Handover:
    """What support needs outside Slack. Every text in it is redacted, contact details included.

    `name`: ESC-12; `token`: the escalation's permanent, unique id in other systems; `link`: the
    address of the conversation, None where only the requester can open it; `replied`: the titles of
    the articles in the bot's reply; `opened_at`: seconds since 1970; `requester`: name and Slack id.
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
    """A ticket that was solved in the help desk. `updated_at`: the help desk's own timestamp."""

    key: str
    updated_at: str
