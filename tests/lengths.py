"""How long the articles' first views are on a phone: `make lengths`.

`bot/slack/views/phone.py` is the model; the blocks are those that a reply really has.
"""

from __future__ import annotations

from collections.abc import Iterable
from statistics import median

from rich.console import Console
from rich.table import Table

from bot.domain.knowledge import KnowledgeBase
from bot.knowledge_base.loader import SHIPPED, load
from bot.slack.views.first_view import COUNTED, Size, first_view
from tests.measure import ELEVEN

TWENTY = frozenset(
    """
    taxtype-cannot-be-used-with-account account-code-not-valid-for-document account-code-or-id-must-be-specified
    contact-name-assigned-to-another account-code-archived-or-deleted lock-date-period invoice-approval-limit-reached
    currency-not-subscribed lock-date-end-of-year payment-account-type-invalid error-occurred-in-xero
    authentication-unsuccessful-403 taxtype-does-not-exist due-date-cannot-be-empty account-must-be-valid
    rate-limit-minute rate-limit-day invalid-grant token-expired payment-invoice-already-paid
    """.split()
)
"""Most pasted besides the eleven: what most vendors' pages and public reports are about."""


def sizes(knowledge: KnowledgeBase, ids: Iterable[str]) -> list[Size]:
    return [Size.of(first_view(knowledge[one], knowledge.names)) for one in sorted(ids)]


def spread(values: Iterable[int]) -> tuple[int, float, int, int]:
    """Return the least, the median, the 90th of a hundred, and the most."""
    ranked = sorted(values)
    return ranked[0], median(ranked), ranked[-(-len(ranked) * 9 // 10) - 1], ranked[-1]


def report(knowledge: KnowledgeBase) -> Table:
    groups = {
        "the eleven": ELEVEN,
        "the twenty": TWENTY,
        "both": ELEVEN | TWENTY,
        "all": frozenset(knowledge),
    }
    table = Table("first view", "", "min", "median", "p90", "max")
    for name, ids in groups.items():
        found = sizes(knowledge, ids)
        for key, what in COUNTED.items():
            figures = spread(getattr(size, key) for size in found)
            table.add_row(f"{name} ({len(found)})", what, *(f"{figure:g}" for figure in figures))
    return table


if __name__ == "__main__":
    Console(width=120).print(report(load(SHIPPED)))
