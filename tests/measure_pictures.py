"""How well pictures are read: the second half of `make measure`.

The labelled pictures of `tests/corpus/screens/`, and messages of articles drawn in many looks.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from rich.table import Table

from bot.domain.reports import Trigger
from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition.recogniser import Recogniser
from tests.attachments.ocr import SCREENS, Eyes, labelled

DRAWN = {
    "Payments can only be made against Authorised documents": "payments-only-against-authorised",
    "Invoice not of valid status for modification. This document cannot be edited as it has a payment or credit note "
    "allocated to it": "invoice-status-not-modifiable",
    "Account could not be found": "account-not-found-payments",
    "The receipt printer is out of paper and the drawer stayed open": None,
}
Sample = tuple[str, bytes, str | None]
"""A name, a picture, and the article that its error is of."""


def screens() -> Iterator[Sample]:
    for name, article_id in labelled().items():
        yield name, (SCREENS / name).read_bytes(), article_id


def drawn() -> Iterator[Sample]:
    from tests.attachments.drawing import LOOKS, png  # noqa: PLC0415 - needs the extra

    for look, draw in LOOKS.items():
        for message, article_id in DRAWN.items():
            yield f"{look}: {message[:24]}", png(draw(message)), article_id


def report() -> tuple[Table, list[str]]:
    """The figures, and the names of what was missed or wrong."""
    table = Table(
        "pictures", "read", "of", "false", "of", "p50 s", "slowest s", "memory of the process"
    )
    recogniser, faults = Recogniser(load(SHIPPED)), []
    eyes = Eyes()
    for name, samples in (("of shops", screens()), ("drawn", drawn())):
        right, wanted, false, without, seconds = 0, 0, 0, 0, []
        for label, data, article_id in samples:
            started = time.perf_counter()
            read = eyes.read(
                data,
                is_enough=lambda text: bool(recogniser.matched_articles(text, Trigger.ADDRESSED)),
            )
            seconds.append(time.perf_counter() - started)
            found = recogniser.matched_articles(read.text, Trigger.ADDRESSED)
            wanted, without = wanted + bool(article_id), without + (not article_id)
            right += article_id in found
            false += bool(found - {article_id})
            if found != ({article_id} if article_id else set()):
                faults.append(
                    f"picture: {label}: {sorted(found)} in place of {article_id} ({read.outcome.value})"
                )
        row = (right, wanted, false, wanted + without)
        times = (f"{statistics.median(seconds):.1f}", f"{max(seconds):.1f}")
        table.add_row(name, *map(str, row), *times, _memory(eyes.pictures.pid))
    eyes.close()
    return table, faults


def _memory(pid: int | None) -> str:
    """The most that the process held, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return "unknown"
    (peak,) = (
        line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")
    )
    return f"{int(peak) * 1024 / 1e9:.2f} GB"
