"""Opening and changing escalations, with the jobs that each change causes."""

from collections.abc import Sequence

from bot.domain.escalation_history import WAITING, last_step
from bot.domain.escalations import Change, Details, Escalation, Resolution, Step
from bot.domain.jobs import JobKind
from bot.domain.shops import KnownShops
from bot.redaction.redact import secrets_redacted
from bot.storage.escalations import EscalationStore


class EscalationService:
    """Opens and changes escalations. `outlets`: `SEND_EMAIL` and `SYNC_TICKET` if enabled."""

    def __init__(
        self,
        escalations: EscalationStore,
        outlets: Sequence[JobKind] = (),
        shops: KnownShops | None = None,
    ) -> None:
        self._escalations = escalations
        self._shops = shops or KnownShops()
        self._jobs_when_opened = (JobKind.PUBLISH_ESCALATION, JobKind.REMIND_CLAIM, *outlets)
        self._jobs_when_changed = (
            JobKind.PUBLISH_ESCALATION,
            *(kind for kind in outlets if kind == JobKind.SYNC_TICKET),
        )

    async def existing(self, interaction_id: int) -> Escalation | None:
        """Returns the interaction's escalation, or None."""
        return await self._escalations.for_interaction(interaction_id)

    async def open(
        self, interaction_id: int, requester: str, details: Details, ephemeral_url: str = ""
    ) -> tuple[Escalation, bool]:
        """Returns the interaction's escalation, and whether this call created it.

        Secrets are redacted before anything is stored; contact details stay, as support needs them.
        `ephemeral_url`: Slack's address of the reply that only this person sees; it is updated.
        """
        clean = _without_secrets(details)
        if shop := self._shops.written(clean.store):
            clean = clean.model_copy(update={"store": shop.name})
        return await self._escalations.open(
            interaction_id, requester, clean, self._jobs_when_opened, ephemeral_url
        )

    async def change(
        self, escalation_id: int, step: Step, resolution: Resolution | None = None
    ) -> Escalation | None:
        """Take a step. Returns the escalation; None if its status or history does not allow it."""
        if resolution:
            resolution = resolution.model_copy(
                update={
                    "cause": secrets_redacted(resolution.cause),
                    "helped": secrets_redacted(resolution.helped),
                }
            )
        jobs = [*self._jobs_when_changed, JobKind.POST_NOTICES]
        if step.verb in WAITING:
            jobs.append(JobKind.REMIND_CLAIM)
        return await self._escalations.change(escalation_id, step, jobs, resolution)

    async def history(self, escalation_id: int) -> Sequence[Change]:
        """Returns the changes of an escalation, the oldest first."""
        return await self._escalations.history(escalation_id)

    async def last_step(self, escalation_id: int) -> Change:
        """Returns the most recent change of the status."""
        return last_step(await self._escalations.history(escalation_id))


def _without_secrets(details: Details) -> Details:
    texts = {name: secrets_redacted(value) for name, value in details if type(value) is str}
    files = tuple(
        file.model_copy(update={"name": secrets_redacted(file.name)}) for file in details.files
    )
    return details.model_copy(update={**texts, "files": files})
