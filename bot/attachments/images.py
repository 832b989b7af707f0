"""OCR of pictures in a separate process (`ocr_worker.py`), one picture at a time.

The process starts with the first picture and ends after a while without one, to free its memory.
"""

import asyncio
import json
import struct
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from bot.attachments.child_process import command_of, kill, start
from bot.attachments.layout import Box, deskew, join_text
from bot.attachments.ocr_worker import FULL_SIZE
from bot.domain.attachments import ReadOutcome
from bot.metrics import OCR_SECONDS, Histogram

WORKER_COMMAND = command_of("bot.attachments.ocr_worker")
READ_SECONDS = 30.0
"""Limit for one picture in all its rotations; on two cores each takes 1 to 3 seconds."""
IDLE_SECONDS = 60.0
"""Idle time after which the process ends: a start takes 1 second, running costs 0.6 GB."""
MIN_CLEAR_SCORE = 0.9
"""Mean score above which a text is upright. Measured: 0.99 upright, 0.65 to 0.74 otherwise."""
_MAX_RESPONSE_BYTES = 8_000_000
"""A page full of text has 0.1 million bytes."""


@dataclass(frozen=True)
class _OcrResult:
    """The text boxes of a picture in one rotation."""

    boxes: Sequence[Box]
    has_more: bool = False
    """Whether reading it at full size can find more."""

    @property
    def letter_score(self) -> float:
        """The number of letters, each weighted by the score of its line."""
        return sum(len(box.text) * box.score for box in self.boxes)

    @property
    def is_clear(self) -> bool:
        return (
            self.letter_score >= MIN_CLEAR_SCORE * max(1, sum(len(box.text) for box in self.boxes))
            and not self.is_sideways
        )

    @property
    def is_sideways(self) -> bool:
        """Whether most lines are vertical."""
        return sum(
            box.height > 1.5 * (box.right - box.left) for box in self.boxes if len(box.text) > 2
        ) * 2 > len(self.boxes)


class _NotReadError(Exception):
    def __init__(self, outcome: ReadOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class PictureReader:
    """Reads pictures in a process that it starts when needed. Must be closed.

    `took`: counts the time of each picture.
    """

    def __init__(
        self,
        worker: Sequence[str] = WORKER_COMMAND,
        *,
        seconds: float = READ_SECONDS,
        idle_seconds: float = IDLE_SECONDS,
        took: Histogram | None = None,
    ) -> None:
        self._command = worker
        self.seconds = seconds
        """The limit for one picture."""
        self._idle_seconds = idle_seconds
        self._took = took or Histogram(OCR_SECONDS)
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._idle_timer: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """The process id of the worker; None if it is not running."""
        return self._process.pid if self._process else None

    async def read(self, data: bytes, is_enough: Callable[[str], bool]) -> tuple[ReadOutcome, str]:
        """Return the outcome and the text of a picture; the text is empty unless it is `READ`.

        If the text is not legible and `is_enough` returns False, other rotations are tried.
        """
        async with self._lock:
            self._cancel_idle_timer()
            tried: list[_OcrResult] = []
            began = time.monotonic()
            try:
                async with asyncio.timeout(self.seconds):
                    await self._try_positions(data, is_enough, tried)
            except TimeoutError:
                await self._kill_process()
                if not tried:
                    return ReadOutcome.TOO_SLOW, ""
            except (OSError, EOFError, ValueError, TypeError, LookupError):
                # it died, or sent an invalid response
                await self._kill_process()
                if not tried:
                    return ReadOutcome.DAMAGED, ""
            except _NotReadError as error:
                return error.outcome, ""
            except BaseException:
                # cancelled: its response would be taken for the next picture's
                await self._kill_process()
                raise
            finally:
                self._took.observe(time.monotonic() - began)
                self._idle_timer = asyncio.create_task(self._kill_when_idle())
        best = max(
            tried, key=lambda reading: (is_enough(join_text(reading.boxes)), reading.letter_score)
        )
        text = join_text(best.boxes)
        return (ReadOutcome.READ, text) if text.strip() else (ReadOutcome.NO_TEXT, "")

    async def close(self) -> None:
        """End the process, after the current picture."""
        async with self._lock:
            self._cancel_idle_timer()
            await self._kill_process()

    async def _try_positions(
        self, data: bytes, is_enough: Callable[[str], bool], tried: list[_OcrResult]
    ) -> None:
        """Read it as it is, then at full size or in the rotations that make lines horizontal."""
        tried.append(await self._request(0, data))
        if not tried[0].boxes or is_enough(join_text(tried[0].boxes)):
            return
        if tried[0].is_clear:
            if tried[0].has_more:
                tried.append(await self._request(FULL_SIZE))
            return
        for turns in (1, 3) if tried[0].is_sideways else (2,):
            tried.append(await self._request(turns))
            if tried[-1].is_clear or is_enough(join_text(tried[-1].boxes)):
                return

    async def _request(self, turns: int, data: bytes = b"") -> _OcrResult:
        process = self._process = self._process or await start(self._command)
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(struct.pack(">BI", turns, len(data)) + data)
        await process.stdin.drain()
        (length,) = struct.unpack(">I", await process.stdout.readexactly(4))
        if length > _MAX_RESPONSE_BYTES:
            raise ValueError(length)
        answer: dict[str, Any] = json.loads(await process.stdout.readexactly(length))
        if "outcome" in answer:
            raise _NotReadError(ReadOutcome(answer["outcome"]))
        boxes = deskew(
            [(corners, str(text), float(score)) for corners, text, score in answer["read"]]
        )
        return _OcrResult(boxes, bool(answer["more"]))

    async def _kill_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            await kill(process)

    def _cancel_idle_timer(self) -> None:
        if self._idle_timer is not None:
            self._idle_timer.cancel()
            self._idle_timer = None

    async def _kill_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._lock:
            await self._kill_process()
