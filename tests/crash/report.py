"""The report of a run: a table, what went wrong in words, and the last line with the verdict."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Self

from rich.console import Console
from rich.table import Table

from tests.crash import times
from tests.crash.balance import Balance
from tests.crash.count import KINDS, balances, deliveries, transmissions
from tests.crash.take_over import TakeOver
from tests.crash.world import METHODS, World

IN_LAST_LINE = [kind for kind in KINDS if kind not in {"tickets", "shown"}]
"""Named in the last line; the others count for the exit code too."""
MOST_SHOWN = 12
WITHOUT = " (without PostgreSQL: its programs are not on this machine)"


@dataclass
class Part:
    """The results of one database's storm."""

    name: str
    balances: dict[str, Balance]
    figures: dict[str, str]
    left: list[str]
    given_up: list[str]
    ends: list[int]
    take_overs: list[TakeOver]
    faults: Counter[str]

    @classmethod
    async def of(cls, name: str, world: World, left: list[str], take_overs: list[TakeOver]) -> Self:
        events, again = deliveries(world.ws.transcript)
        asked, pastes = world.shop.asked, world.shop.pastes
        return cls(
            name=name,
            balances=balances(world, await world.backlog.openings()),
            figures={
                "kills": str(sum(bot.kills for bot in world.bots)),
                "events": str(events),
                "redeliveries": str(again),
                "edits, deletions": f"{sum(p.edits for p in pastes)}, {sum(p.gone for p in pastes)}",
                "pressed again by people": str(world.shop.client.pressed_again),
                "calls that failed, calm times included": failed(world),
                "escalations asked for, claimed in the storm": f"{len(asked)}, {sum(a.in_storm for a in asked)}",
                "letters handed in again, same Message-ID": str(transmissions(world)),
            },
            left=left,
            given_up=[
                f"{row.kind} {row.subject}: {row.reason}" for row in await world.backlog.given_up()
            ],
            ends=[code for bot in world.bots for code in bot.ends],
            take_overs=take_overs,
            faults=sum((bot.faults() for bot in world.bots), Counter[str]()),
        )

    @property
    def is_well(self) -> bool:
        correct = not any(balance.wrong for balance in self.balances.values())
        in_time = not any(one.is_late for one in self.take_overs)
        return correct and in_time and not self.left and not self.given_up and not any(self.ends)


def failed(world: World) -> str:
    """Returns how many of the calls that could fail had no answer, or an error."""
    calls = [
        e for e in world.ws.transcript if e.direction == "in" and {e.name, e.kind} & {*METHODS}
    ]
    bad = sum(e.status != 200 for e in calls)
    return f"{bad} of {len(calls)} ({100 * bad / max(1, len(calls)):.0f} %)"


def _of_limit(one: TakeOver) -> float:
    return one.seconds / one.limit


def printed(parts: list[Part], out: Console, seconds: float) -> None:
    table = Table("", *(part.name for part in parts))
    for figure in parts[0].figures:
        table.add_row(figure, *(part.figures[figure] for part in parts))
    for kind in KINDS:
        table.add_row(
            kind, *(f"{part.balances[kind].expected}: {part.balances[kind]}" for part in parts)
        )
    worst = [str(max(p.take_overs, key=_of_limit)) if p.take_overs else "-" for p in parts]
    table.add_row(f"take-over, lease {times.LEASE:.0f} s", *worst)
    table.add_row("given up", *(str(len(part.given_up)) for part in parts))
    table.add_row("lines of error in the logs", *(str(part.faults.total()) for part in parts))
    out.print(table)
    for part in parts:
        _details(part, out)
    out.print(f"{seconds:.0f} s")


def _details(part: Part, out: Console) -> None:
    wrong = [line for balance in part.balances.values() for line in balance.wrong]
    ended = [f"a process ended with code {code}" for code in part.ends if code]
    lines = [f"{count} x {line}" for line, count in part.faults.most_common(MOST_SHOWN)]
    late = [f"taken over in {one}: {one.last}" for one in part.take_overs if one.is_late]
    for words in (
        wrong,
        late,
        part.left,
        [f"given up: {line}" for line in part.given_up],
        ended,
        lines,
    ):
        for line in words[:MOST_SHOWN]:
            out.print(f"{part.name}: {line}", markup=False, soft_wrap=True)


def verdict(parts: list[Part]) -> tuple[str, bool]:
    """Returns the last line, and whether nothing is wrong."""
    total = {kind: sum((part.balances[kind] for part in parts), Balance()) for kind in IN_LAST_LINE}
    line = "crash: " + ", ".join(f"{kind} {balance}" for kind, balance in total.items())
    return line + ("" if any(part.take_overs for part in parts) else WITHOUT), all(
        part.is_well for part in parts
    )
