"""Which shop a person asks for, when they call a human."""

from bot.domain.reports import Interaction
from bot.domain.shops import KnownShops, Shop
from bot.storage.escalations import EscalationStore


class FormShops:
    """Fills in the shop of the escalation's form."""

    def __init__(self, known: KnownShops, escalations: EscalationStore) -> None:
        self._known = known
        self._escalations = escalations

    async def suggest(self, interaction: Interaction, user: str) -> Shop | None:
        """Returns the shop to fill in for whoever opens the form; None: nobody knows.

        Anybody in the channel may escalate a report, also somebody of another shop: they are not
        shown what the requester wrote in a form, or in words that only the requester has seen.
        """
        report = interaction.report
        is_requester = user == report.user
        text = report.text if is_requester or report.message_ts is not None else ""
        if shop := self._known.find(report.channel, text):
            return shop
        if is_requester and report.shop:
            return report.shop
        return await self._escalations.last_shop(user)
