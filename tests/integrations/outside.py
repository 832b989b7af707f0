"""Services that also send e-mails and tickets, with a fake Zendesk."""

from __future__ import annotations

from pathlib import Path

from bot.domain.cases import Case
from bot.domain.escalations import Step, Verb
from bot.domain.jobs import JobKind
from bot.domain.knowledge import KnowledgeBase
from bot.integrations.email.smtp import SmtpMailer, SmtpServer
from bot.integrations.email.tls import Tls
from bot.integrations.zendesk.helpdesk import Zendesk
from bot.integrations.zendesk.ticket_reader import TicketReader
from bot.integrations.zendesk.ticket_sync import TicketSync
from bot.services.escalations import EscalationService
from bot.services.handover import EmailNotifier, HandoverLoader
from bot.services.relaying import Relaying
from bot.services.worker import Task
from bot.storage.relays import RelayStore
from tests.integrations.test_email import RECIPIENT, SENDER
from tests.integrations.zendesk_double import AGENT
from tests.integrations.zendesk_server import TOKEN, ZendeskServer
from tests.service_harness import MINUTE, NO_POLL, ServiceHarness

HOUR = 60 * MINUTE
CARD = "https://kauri.slack.com/archives/C9/p9001"
LINK = "https://kauri.slack.com/archives/C1/p1701"


class Outside(ServiceHarness):
    """Services that also send e-mails and tickets. They and Zendesk have one clock."""

    def __init__(
        self,
        folder: Path,
        smtp_port: int,
        zendesk: ZendeskServer,
        knowledge: KnowledgeBase | None = None,
    ) -> None:
        super().__init__(folder, knowledge=knowledge)
        self.smtp_port = smtp_port
        self.zendesk = zendesk
        self.helpdesk = Zendesk(zendesk.url, AGENT, TOKEN, timeout=5.0, now=lambda: self.now)
        self.handovers = HandoverLoader(self.cases, self.link, self.card_link, self.name_of)
        mailer = SmtpMailer(
            SmtpServer("127.0.0.1", smtp_port, tls=Tls.NONE), SENDER, RECIPIENT, timeout=5.0
        )
        self.names = {"U1": "Alice Ng", "U2": "Hana Lee"}
        self.relays = RelayStore(self.database, "T1", (JobKind.SYNC_TICKET,))
        self.relaying = Relaying(
            self.cases, self.escalations, self.relays, self.poster, lambda: self.now, NO_POLL
        )
        self.tasks |= {
            JobKind.SEND_EMAIL: EmailNotifier(
                self.handovers, mailer.send, lambda: self.now, NO_POLL
            ).send_email,
            JobKind.RELAY_MESSAGE: self.relaying.copy,
            JobKind.MENTION_CLAIMANT: self.relaying.mention,
        }
        self.tasks |= self.ticket_tasks()
        self.escalation_service = EscalationService(
            self.escalations, (JobKind.SEND_EMAIL, JobKind.SYNC_TICKET)
        )

    def leave(self, *kinds: JobKind) -> None:
        """Leave jobs of these kinds undone from now on."""
        for kind in kinds:
            del self.tasks[kind]

    def ticket_tasks(self) -> dict[JobKind, Task]:
        """Returns the tasks that use the help desk as it is now."""
        sync = TicketSync(self.handovers, self.tickets, self.helpdesk)
        reader = TicketReader(self.escalations, self.relays, self.tickets, self.helpdesk)
        return {
            JobKind.SYNC_TICKET: sync.sync_ticket,
            JobKind.POLL_TICKETS: reader.poll_tickets,
            JobKind.READ_TICKET: reader.read_ticket,
        }

    def link(self, case: Case) -> str:
        return LINK

    def card_link(self, case: Case) -> str | None:
        return CARD if case.escalation.card_ts else None

    async def name_of(self, user: str) -> str:
        return self.names.get(user, "")

    async def card(self) -> tuple[str, str]:
        """Returns channel and ts of the first escalation's card."""
        found = await self.escalations.get(1)
        return found.card_channel or "", found.card_ts or ""

    async def key(self) -> str:
        """Returns the first escalation's ticket."""
        ticket = await self.tickets.for_escalation(1)
        assert ticket is not None
        return ticket.key

    async def comments(self) -> list[str]:
        """Returns the comments of the first ticket, without its description."""
        return self.zendesk.data.comments(await self.key())[1:]

    async def change(self, *verbs: Verb) -> None:
        for verb in verbs:
            self.now += 5
            assert await self.escalation_service.change(1, Step(verb, "U2"))
            await self.work()
