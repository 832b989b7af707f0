"""The e-mail to support: a handover as a message with plain text and HTML. Pure."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from bot.domain import escalation_labels
from bot.domain.article_text import truncate
from bot.domain.handover import Handover
from bot.integrations import handover_text, wording

if TYPE_CHECKING:
    from jinja2 import Template

TEMPLATE = "escalation.html.j2"


def escalation_email(handover: Handover, sender: str, recipient: str) -> EmailMessage:
    """Returns the message from one address to the other, the same to the letter on every try.

    Its Message-ID is made of the token, so mailboxes that get it twice show it once (RFC 5322,
    3.6.4); Auto-Submitted keeps absence notices from answering it (RFC 3834, 5). A reply goes to
    support, not to the sender's mailbox, which nobody may read. All of it is ASCII on the wire: no
    server refuses that.

    Raises:
        ValueError, HeaderParseError: an address is malformed, or the token has a line break.
    """
    message = EmailMessage(policy=SMTP)
    origin = Address(wording.SENDER, addr_spec=sender)
    message["Subject"] = handover_text.subject(handover)
    message["From"] = origin
    message["To"] = Address(addr_spec=recipient)
    message["Date"] = datetime.fromtimestamp(handover.opened_at, UTC)
    message["Message-ID"] = f"<{handover.token}.escalation@{origin.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["Reply-To"] = message["To"]
    plain = handover_text.plain(handover, _how(handover))
    developers = handover_text.for_developers(handover)
    parts = [plain, *([f"{developers}\n"] if developers else [])]
    text = "\n".join([*parts, f"-- \n{_footer(handover, recipient)}\n"])
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html(handover, recipient), subtype="html", cte="quoted-printable")
    # Made of the content, so that a repeat is the same message, byte by byte.
    message.set_boundary(f"=={handover.token}==")
    return message


def html(handover: Handover, recipient: str) -> str:
    """Returns the message as an HTML page; everything in the handover is escaped."""
    details = handover.details
    return _template().render(
        wording=wording,
        labels=escalation_labels,
        subject=handover_text.subject(handover),
        name=handover.name,
        headline=wording.HEADLINE.format(store=handover_text.one_line(details.store)),
        urgency=details.urgency.value,
        urgency_label=escalation_labels.URGENCIES[details.urgency],
        intro=handover_text.intro(handover),
        card=handover.card,
        link=handover.link,
        error=_lines(details.error),
        facts=handover_text.facts(handover),
        tried=_lines(details.tried),
        replied=[handover_text.one_line(title) for title in handover.replied],
        for_developers=_lines(handover.for_developers, handover_text.MAX_NOTE),
        footer=_footer(handover, recipient),
    )


@cache
def _template() -> "Template":
    # imported here, as a bot without e-mail needs no template
    from jinja2 import Environment, FileSystemLoader, StrictUndefined  # noqa: PLC0415

    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        # statements are HTML comments, so that a designer can open the file in a browser
        block_start_string="<!--%",
        block_end_string="%-->",
        comment_start_string="<!--#",
        comment_end_string="#-->",
    )
    return environment.get_template(TEMPLATE)


def _how(handover: Handover) -> str:
    if handover.card is None:
        return wording.HOW_IN_SLACK
    return f"{wording.HOW_IN_SLACK}\n{wording.CARD}: {handover.card}"


def _footer(handover: Handover, recipient: str) -> str:
    return wording.FOOTER.format(sender=wording.SENDER, name=handover.name, recipient=recipient)


def _lines(text: str, limit: int = handover_text.MAX_ERROR) -> list[str]:
    """Returns the lines of a text, without unprintable characters; no lines of an empty text."""
    shown = truncate(handover_text.clean(text).strip(), limit)
    return shown.split("\n") if shown else []
