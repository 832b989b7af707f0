"""The shop that the escalation form suggests."""

from bot.domain.reports import Report
from bot.domain.shops import KnownShops, Shop
from bot.storage.escalations import EscalationStore


class FormShops:
    """Suggests the shop in the escalation form."""

    def __init__(self, known: KnownShops, escalations: EscalationStore) -> None:
        self._known = known
        self._escalations = escalations

    async def suggest(self, report: Report, user: str) -> Shop | None:
        """Returns the shop to suggest to the user who opens the form; None if it is unknown.

        Anybody in the channel may escalate a report, also somebody of another shop. They do not see
        the shop from the requester's forms, or from a text that only the requester has seen.
        """
        is_requester = user == report.user
        text = report.text if is_requester or report.message_ts is not None else ""
        if shop := self._known.find(report.channel, text):
            return shop
        if is_requester and report.shop:
            return report.shop
        return await self._escalations.last_shop(user)
