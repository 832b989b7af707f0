"""Handovers with only what a test is about."""

from __future__ import annotations

from typing import Any

from bot.domain.escalations import Details, FormFile, Scope, Urgency, XeroStatus
from bot.domain.handover import Handover

ERROR = "Payments can only be made against Authorised documents"
CARD = "https://clickpos.slack.com/archives/C099/p1795301528000200"
LINK = "https://clickpos.slack.com/archives/C012/p1795301527000100?thread_ts=1795301527.000100&cid=C012"


def details(**given: Any) -> Details:
    plain = {
        "error": ERROR,
        "store": "Ponsonby",
        "organisation": "Ponsonby Cycles Ltd",
        "record": "INV-20417",
        "date": "2026-11-21",
        "amount": "$1,249.00",
        "xero_status": XeroStatus.AWAITING_APPROVAL,
        "scope": Scope.SEVERAL,
        "tried": "Approved the invoice in Xero.\nPressed Retry twice.",
        "urgency": Urgency.NOW,
        "callback": "021 555 1234",
        "files": (FormFile(id="F1", name="till.png"),),
    }
    return Details(**plain | given)


def handover(
    number: int = 12, *, token: str = "", link: str | None = LINK, **given: Any
) -> Handover:
    return Handover(
        name=f"ESC-{number}",
        token=token or f"t0k3n{number}",
        opened_at=1_795_301_527.0,
        link=link,
        details=details(**given),
        replied=("The invoice is not approved yet",),
        requester="Alice Ng (U0ALICE)",
        card=CARD,
    )
