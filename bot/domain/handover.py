"""Escalations as e-mails and tickets show them. Pure."""

from dataclasses import dataclass

from bot.domain.escalations import Details


@dataclass(frozen=True)
class Handover:
    """The content of an e-mail or a ticket. Every text is redacted, contact details included,
    but for the number to call back on.

    `name`: ESC-12; `token`: the escalation's permanent, unique id in other systems; `opened_at`:
    seconds since 1970; `link`: the address of the conversation, None where only the requester can
    open it; `card`: that of the card, None before it is posted; `replied`: the titles of the
    articles in the bot's reply, with the opened cause; `requester`: name and id;
    `for_developers`: what support alone may read of those articles.
    """

    name: str
    token: str
    opened_at: float
    link: str | None
    details: Details
    replied: tuple[str, ...] = ()
    requester: str = ""
    card: str | None = None
    for_developers: str = ""


@dataclass(frozen=True)
class TicketState:
    """A ticket's state in the help desk. `updated_at`: the help desk's own timestamp."""

    updated_at: str
    is_solved: bool
