"""Handovers of escalations to e-mail and help desk, and the job that sends the e-mail."""

from collections.abc import Awaitable, Callable

from bot.domain.cases import Case
from bot.domain.escalations import Details
from bot.domain.handover import Handover
from bot.domain.jobs import Attempt
from bot.domain.verdicts import matches_of
from bot.redaction.redact import redacted
from bot.services.case import CaseLoader
from bot.services.delivery_log import Delivery, log_delivery
from bot.timings import Timings

Link = Callable[[Case], str | None]
NameOf = Callable[[str], Awaitable[str]]
SendEmail = Callable[[Handover], Awaitable[None]]
"""Sends the e-mail; each attempt has the same Message-ID, so that a mailbox shows it once.

Raises TryLaterError, UnsureError or GaveUpError.
"""


class HandoverLoader:
    """Loads the content of e-mails and tickets.

    `link` returns the address of a case's conversation, `card_link` that of its card; `name_of` a
    person's name, or an empty text where Slack does not answer; the e-mail does not wait for it.
    """

    def __init__(self, cases: CaseLoader, link: Link, card_link: Link, name_of: NameOf) -> None:
        self._cases = cases
        self._link = link
        self._card_link = card_link
        self._name_of = name_of

    async def load(self, escalation_id: int) -> tuple[Case, Handover]:
        """Returns the case and its handover. Raises KeyError if there is no such escalation."""
        case = await self.case(escalation_id)
        return case, await self.of(case)

    async def case(self, escalation_id: int) -> Case:
        """Returns the case alone, without asking Slack. Raises KeyError as `load` does."""
        return await self._cases.of(escalation_id)

    async def of(self, case: Case) -> Handover:
        """Returns the handover of a case."""
        escalation = case.escalation
        return Handover(
            name=escalation.name,
            token=case.interaction.token,
            opened_at=escalation.opened_at,
            link=self._link(case),
            card=self._card_link(case),
            details=_redacted(escalation.details),
            requester=await self._requester(escalation.requester),
            replied=tuple(case.title_of(match, {}) for match in matches_of(case.judgement.verdict)),
            for_developers=case.judgement.for_developers,
        )

    async def name_of(self, user: str) -> str:
        """Returns a person's name, redacted; empty if Slack does not answer."""
        return redacted(await self._name_of(user))

    async def _requester(self, user: str) -> str:
        name = await self.name_of(user)
        return f"{name} ({user})" if name else user


class EmailNotifier:
    """Sends an e-mail to support for each escalation. `clock`: seconds since 1970."""

    def __init__(
        self,
        handovers: HandoverLoader,
        send: SendEmail,
        clock: Callable[[], float],
        timings: Timings,
    ) -> None:
        self._handovers = handovers
        self._send = send
        self._clock = clock
        self._timings = timings

    async def send_email(self, escalation_id: int, _attempt: Attempt) -> float | None:
        """The job: send the e-mail, unless the texts were deleted.

        Returns the seconds until the next look for a card to link to; without Slack there is none.
        """
        case = await self._handovers.case(escalation_id)
        age = self._clock() - case.escalation.opened_at
        if case.escalation.card_ts is None and age < self._timings.email_wait:
            return self._timings.email_look
        if case.escalation.details.error:
            await self._send(await self._handovers.of(case))
            log_delivery(case.escalation.name, Delivery.EMAIL, case.escalation.opened_at)
        return None


def _redacted(details: Details) -> Details:
    """Returns the answers without contact details, but where to call back, which was asked for."""
    texts = {name: redacted(value) for name, value in details if type(value) is str}
    files = tuple(file.model_copy(update={"name": redacted(file.name)}) for file in details.files)
    return details.model_copy(update={**texts, "callback": details.callback, "files": files})
