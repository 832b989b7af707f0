"""What leaves besides Slack, by the settings: the mailer, and the jobs of e-mail and tickets."""

import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from bot.domain.jobs import JobKind
from bot.services.handover import EmailNotifier, HandoverLoader
from bot.services.worker import Task
from bot.settings import Settings
from bot.stores import Stores
from bot.timings import Timings

if TYPE_CHECKING:
    from bot.integrations.email.smtp import SmtpMailer


def mailer_of(settings: Settings, timeout: float | None = None) -> "SmtpMailer":
    """Return what sends e-mails to SUPPORT_EMAIL. `timeout`: seconds of each step, if not usual."""
    from bot.integrations.email.smtp import (  # noqa: PLC0415 - few send e-mails
        CALL_SECONDS,
        SmtpMailer,
        SmtpServer,
    )

    server = SmtpServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_user,
        settings.smtp_password,
        settings.smtp_tls,
    )
    seconds = CALL_SECONDS if timeout is None else timeout
    return SmtpMailer(server, settings.email_from, settings.support_email, timeout=seconds)


def outlet_tasks(
    settings: Settings,
    handovers: HandoverLoader,
    stores: Stores,
    closing: AsyncExitStack,
    timings: Timings,
) -> Mapping[JobKind, Task]:
    """Return the tasks of the outlets that are switched on. `closing`: closes what they open."""
    tasks = dict[JobKind, Task]()
    if settings.support_email:
        notifier = EmailNotifier(handovers, mailer_of(settings).send, time.time, timings)
        tasks[JobKind.SEND_EMAIL] = notifier.send_email
    if settings.zendesk_subdomain:
        tasks |= _ticket_tasks(settings, handovers, stores, closing)
    return tasks


def _ticket_tasks(
    settings: Settings, handovers: HandoverLoader, stores: Stores, closing: AsyncExitStack
) -> Mapping[JobKind, Task]:
    from bot.integrations.zendesk.helpdesk import Zendesk  # noqa: PLC0415 - few have one
    from bot.integrations.zendesk.ticket_reader import TicketReader  # noqa: PLC0415
    from bot.integrations.zendesk.ticket_sync import TicketSync  # noqa: PLC0415

    zendesk = Zendesk(settings.zendesk_address, settings.zendesk_email, settings.zendesk_token)
    closing.push_async_callback(zendesk.close)
    sync = TicketSync(handovers, stores.tickets, zendesk)
    reader = TicketReader(stores.escalations, stores.relays, stores.tickets, zendesk)
    return {
        JobKind.SYNC_TICKET: sync.sync_ticket,
        JobKind.POLL_TICKETS: reader.poll_tickets,
        JobKind.READ_TICKET: reader.read_ticket,
    }
