"""How well pictures are read: the second half of `make measure`.

The labelled pictures of `tests/corpus/screens/` and the one of the try-out, none of which may be
misread, and messages of articles drawn in many looks.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from rich.table import Table

from bot.demo.seed import PICTURE
from bot.domain.attachments import FileText, ReadOutcome
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
OF_PICTURE = "invoice-status-not-modifiable"
"""The article that the error in the try-out's picture is of."""
Sample = tuple[str, bytes, str | None]
"""A name, a picture, and the article that its error is of."""
Read = Callable[[bytes, Callable[[str], bool]], FileText]
"""Reads a picture until a text is enough."""


class Result(NamedTuple):
    """What became of a picture."""

    name: str
    article_id: str | None
    found: frozenset[str]
    outcome: ReadOutcome

    @property
    def fault(self) -> str:
        """What is wrong, nothing if all is right."""
        if self.found == frozenset({self.article_id} - {None}):
            return ""
        return f"picture: {self.name}: {sorted(self.found)} in place of {self.article_id} ({self.outcome.value})"


def screens() -> Iterator[Sample]:
    for name, article_id in labelled().items():
        yield name, (SCREENS / name).read_bytes(), article_id


def of_the_try_out() -> Sample:
    return PICTURE.name, PICTURE.read_bytes(), OF_PICTURE


def drawn() -> Iterator[Sample]:
    from tests.attachments.drawing import LOOKS, png  # noqa: PLC0415 - needs the extra

    for look, draw in LOOKS.items():
        for message, article_id in DRAWN.items():
            yield f"{look}: {message[:24]}", png(draw(message)), article_id


def results(samples: Iterable[Sample], read: Read, recogniser: Recogniser) -> Iterator[Result]:
    """Read each picture as if somebody had asked about it."""

    def recognised(text: str) -> frozenset[str]:
        return recogniser.matched_articles(text, Trigger.ADDRESSED)

    for name, data, article_id in samples:
        file = read(data, lambda text: bool(recognised(text)))
        yield Result(name, article_id, recognised(file.text), file.outcome)


def report() -> tuple[Table, list[str], list[str]]:
    """The figures, what is misread of the labelled pictures, and what of the drawn ones."""
    table = Table(
        "pictures", "read", "of", "false", "of", "p50 s", "slowest s", "memory of the process"
    )
    recogniser, eyes = Recogniser(load(SHIPPED)), Eyes()
    seconds: list[float] = []

    def read(data: bytes, is_enough: Callable[[str], bool]) -> FileText:
        started = time.perf_counter()
        text = eyes.read(data, is_enough=is_enough)
        seconds.append(time.perf_counter() - started)
        return text

    def measured(label: str, samples: Iterable[Sample]) -> list[str]:
        seconds.clear()
        read_all = list(results(samples, read, recogniser))
        right = sum(one.article_id in one.found for one in read_all)
        wanted = sum(one.article_id is not None for one in read_all)
        false = sum(bool(one.found - {one.article_id}) for one in read_all)
        times = (f"{statistics.median(seconds):.1f}", f"{max(seconds):.1f}")
        counts = map(str, (right, wanted, false, len(read_all)))
        table.add_row(label, *counts, *times, _memory(eyes.pictures.pid))
        return [one.fault for one in read_all if one.fault]

    of_shops, of_drawn = measured("of shops", screens()), measured("drawn", drawn())
    of_shops += measured("of the try-out", [of_the_try_out()])
    eyes.close()
    return table, of_shops, of_drawn


def _memory(pid: int | None) -> str:
    """The most that the process held, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    if not status.is_file():
        return "unknown"
    (peak,) = (
        line.split()[1] for line in status.read_text().splitlines() if line.startswith("VmHWM")
    )
    return f"{int(peak) * 1024 / 1e9:.2f} GB"
