"""A person asks for a human, and is heard once: what may happen to an escalation, and what each change sets off."""

from collections.abc import Sequence

from bot.domain.escalations import (
    WAITING,
    Change,
    Details,
    Escalation,
    Resolution,
    Step,
    last_step,
)
from bot.domain.jobs import JobKind
from bot.domain.shops import KnownShops
from bot.redaction.redact import secrets_redacted
from bot.storage.escalations import EscalationStore


class EscalationService:
    """Opens and changes escalations. `outlets`: which of `SEND_EMAIL` and `SYNC_TICKET` are switched on."""

    def __init__(
        self,
        escalations: EscalationStore,
        outlets: Sequence[JobKind] = (),
        shops: KnownShops | None = None,
    ) -> None:
        self._escalations = escalations
        self._shops = shops or KnownShops()
        self._at_first = (JobKind.PUBLISH_ESCALATION, JobKind.REMIND_CLAIM, *outlets)
        self._later = (
            JobKind.PUBLISH_ESCALATION,
            *(kind for kind in outlets if kind == JobKind.SYNC_TICKET),
        )

    async def existing(self, interaction_id: int) -> Escalation | None:
        """The interaction's escalation, if there is one."""
        return await self._escalations.for_interaction(interaction_id)

    async def open(
        self, interaction_id: int, requester: str, details: Details, ephemeral_url: str = ""
    ) -> tuple[Escalation, bool]:
        """The interaction's escalation and whether this call made it: of two people, the first one's stands.

        Secrets are taken out before anything is kept; addresses and numbers to call stay, the person gave them.
        `ephemeral_url`: Slack's address of the reply that only this person sees, which is brought up to date.
        """
        clean = _without_secrets(details)
        if shop := self._shops.written(clean.store):
            clean = clean.model_copy(update={"store": shop.name})
        return await self._escalations.open(
            interaction_id, requester, clean, self._at_first, ephemeral_url
        )

    async def change(
        self, escalation_id: int, step: Step, resolution: Resolution | None = None
    ) -> Escalation | None:
        """Take a step; None: somebody was faster, or it is not where the step starts."""
        if resolution:
            resolution = resolution.model_copy(
                update={
                    "cause": secrets_redacted(resolution.cause),
                    "helped": secrets_redacted(resolution.helped),
                }
            )
        jobs = (*self._later, JobKind.REMIND_CLAIM) if step.verb in WAITING else self._later
        return await self._escalations.change(escalation_id, step, jobs, resolution)

    async def last_step(self, escalation_id: int) -> Change:
        """The step since which it stands where it stands."""
        return last_step(await self._escalations.history(escalation_id))

    async def send_to_requester(
        self, card: tuple[str, str], ts: str, sender: str, text: str
    ) -> bool | None:
        """Keep a reply under a card for the requester; None: there is no such card, False: it was sent already."""
        escalation = await self._escalations.by_card(*card)
        if escalation is None:
            return None
        return await self._escalations.insert_relay(
            escalation.id, ts, sender, secrets_redacted(text)
        )


def _without_secrets(details: Details) -> Details:
    said = {name: secrets_redacted(value) for name, value in details if type(value) is str}
    return details.model_copy(update=said)
