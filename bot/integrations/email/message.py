"""The e-mail to support: a handover as a message with plain text and HTML. Pure."""

from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from bot.domain import escalation_labels
from bot.domain.article_text import truncate
from bot.domain.handover import Handover
from bot.integrations import handover_text, wording
from bot.integrations.email import markup


def letter(handover: Handover, sender: str, recipient: str) -> EmailMessage:
    """The message from one address to the other, the same to the letter on every try.

    Its Message-ID is made of the token, so mailboxes that get it twice show it once (RFC 5322, 3.6.4); Auto-Submitted
    keeps absence notices from answering it (RFC 3834, 5). All of it is ASCII on the wire: no server refuses that.

    Raises:
        ValueError, HeaderParseError: an address is none, or the token has a line break.
    """
    message = EmailMessage(policy=SMTP)
    origin = Address(wording.SENDER, addr_spec=sender)
    message["Subject"] = handover_text.subject(handover)
    message["From"] = origin
    message["To"] = Address(addr_spec=recipient)
    message["Date"] = datetime.fromtimestamp(handover.opened_at, UTC)
    message["Message-ID"] = f"<{handover.token}.escalation@{origin.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    footer = wording.FOOTER.format(sender=wording.SENDER, name=handover.name)
    message.set_content(f"{handover_text.plain(handover)}\n-- \n{footer}\n", cte="quoted-printable")
    message.add_alternative(html(handover), subtype="html", cte="quoted-printable")
    # Made of the content, so that a repeat is the same message, byte by byte.
    message.set_boundary(f"=={handover.token}==")
    return message


def html(handover: Handover) -> str:
    """The letter's HTML."""
    details = handover.details
    headline = wording.HEADLINE.format(store=handover_text.one_line(details.store))
    rows = [
        markup.heading(
            handover.name,
            headline,
            details.urgency,
            escalation_labels.URGENCIES[details.urgency],
            wording.INTRO,
        ),
        markup.button(wording.OPEN_CONVERSATION, handover.link)
        if handover.link
        else markup.paragraph(wording.PRIVATE.format(name=handover.name)),
        markup.quote(escalation_labels.ERROR, _typed(details.error), code=True),
        markup.facts(wording.FACTS, handover_text.facts(handover)),
    ]
    if details.tried:
        rows.append(markup.quote(escalation_labels.TRIED, _typed(details.tried)))
    replied = [handover_text.one_line(title) for title in handover.replied]
    rows.append(markup.listing(wording.REPLIED, replied or [wording.REPLIED_NOTHING]))
    footer = wording.FOOTER.format(sender=wording.SENDER, name=handover.name)
    rows += [markup.rule(), markup.paragraph(footer, muted=True)]
    return markup.page(handover_text.subject(handover), rows)


def _typed(text: str) -> str:
    return truncate(handover_text.clean(text).strip(), handover_text.MAX_ERROR)
