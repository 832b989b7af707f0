"""Text of pictures, one at a time, read by a process of its own (`ocr_worker.py`) that comes and goes.

It starts with the first picture and ends when none came for a while, which gives its memory back.
"""

import asyncio
import contextlib
import json
import os
import struct
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.attachments.layout import Box, joined, straight
from bot.attachments.ocr_worker import CLOSER
from bot.domain.attachments import ReadOutcome

WORKER = (sys.executable, "-P", str(Path(__file__).with_name("ocr_worker.py")))
"""The command of the process; -P: the modules beside it are not to stand in for others."""
SECONDS = 30.0
"""For one picture, all its turns included; on two cores a turn takes 1 to 3."""
IDLE_SECONDS = 60.0
"""After which the process ends: starting it again takes 1 second, keeping it 0.6 GB."""
CLEAR = 0.9
"""Mean score above which a text stands upright. Measured: 0.99 upright, 0.65 to 0.74 in other positions."""
_ENVIRONMENT = frozenset(
    "PATH HOME LANG LC_ALL TMPDIR VIRTUAL_ENV PYTHONPATH PYTHONHOME LD_LIBRARY_PATH DYLD_LIBRARY_PATH".split()
)
"""What the process may know: no token is among it."""
_MOST_ANSWERED = 8_000_000
"""Bytes of an answer; a page full of letters has 0.1 million."""


@dataclass(frozen=True)
class _Reading:
    """What a picture says in one position."""

    boxes: Sequence[Box]
    has_more: bool = False
    """Whether a closer look can show more."""

    @property
    def letters(self) -> float:
        """How many letters were read, each for as much as its line is sure."""
        return sum(len(box.text) * box.score for box in self.boxes)

    @property
    def is_clear(self) -> bool:
        return (
            self.letters >= CLEAR * max(1, sum(len(box.text) for box in self.boxes))
            and not self.lies
        )

    @property
    def lies(self) -> bool:
        """Whether most lines run upwards or downwards."""
        return sum(
            box.height > 1.5 * (box.right - box.left) for box in self.boxes if len(box.text) > 2
        ) * 2 > len(self.boxes)


class _NotReadError(Exception):
    def __init__(self, outcome: ReadOutcome) -> None:
        super().__init__(outcome)
        self.outcome = outcome


class Pictures:
    """Reads pictures. `close` must be called; after it, the next picture starts a process again."""

    def __init__(
        self,
        worker: Sequence[str] = WORKER,
        *,
        seconds: float = SECONDS,
        idle_seconds: float = IDLE_SECONDS,
    ) -> None:
        self._command = worker
        self.seconds = seconds
        """How long a picture may take."""
        self._idle_seconds = idle_seconds
        self._process: asyncio.subprocess.Process | None = None
        self._lock = asyncio.Lock()
        self._leave: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """Of the process that reads; None: there is none at present."""
        return self._process.pid if self._process else None

    async def read(self, data: bytes, is_enough: Callable[[str], bool]) -> tuple[ReadOutcome, str]:
        """What stands on a picture; text only with the outcome `READ`. Turned and read again where it is not legible
        and `is_enough` says no.
        """
        async with self._lock:
            self._stay()
            tried: list[_Reading] = []
            try:
                async with asyncio.timeout(self.seconds):
                    await self._positions(data, is_enough, tried)
            except TimeoutError:
                await self._end()
                if not tried:
                    return ReadOutcome.TOO_SLOW, ""
            except (OSError, EOFError, ValueError, TypeError, LookupError):
                # it died, or said something that is no answer
                await self._end()
                if not tried:
                    return ReadOutcome.DAMAGED, ""
            except _NotReadError as error:
                return error.outcome, ""
            except BaseException:
                # cancelled: its answer would be taken for the next picture's
                await self._end()
                raise
            finally:
                self._leave = asyncio.create_task(self._end_when_idle())
        best = max(tried, key=lambda reading: (is_enough(joined(reading.boxes)), reading.letters))
        text = joined(best.boxes)
        return (ReadOutcome.READ, text) if text.strip() else (ReadOutcome.NO_TEXT, "")

    async def close(self) -> None:
        """End the process, once the picture at hand is read."""
        async with self._lock:
            self._stay()
            await self._end()

    async def _positions(
        self, data: bytes, is_enough: Callable[[str], bool], tried: list[_Reading]
    ) -> None:
        """Read it upright, and then closer, or in the positions in which its lines would run across."""
        tried.append(await self._ask(0, data))
        if not tried[0].boxes or is_enough(joined(tried[0].boxes)):
            return
        if tried[0].is_clear:
            if tried[0].has_more:
                tried.append(await self._ask(CLOSER))
            return
        for turns in (1, 3) if tried[0].lies else (2,):
            tried.append(await self._ask(turns))
            if tried[-1].is_clear or is_enough(joined(tried[-1].boxes)):
                return

    async def _ask(self, turns: int, data: bytes = b"") -> _Reading:
        process = self._process = self._process or await self._started()
        if process.stdin is None or process.stdout is None:
            raise EOFError
        process.stdin.write(struct.pack(">BI", turns, len(data)) + data)
        await process.stdin.drain()
        (length,) = struct.unpack(">I", await process.stdout.readexactly(4))
        if length > _MOST_ANSWERED:
            raise ValueError(length)
        answer: dict[str, Any] = json.loads(await process.stdout.readexactly(length))
        if "outcome" in answer:
            raise _NotReadError(ReadOutcome(answer["outcome"]))
        boxes = straight(
            [(corners, str(text), float(score)) for corners, text, score in answer["read"]]
        )
        return _Reading(boxes, bool(answer["more"]))

    async def _started(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env={name: value for name, value in os.environ.items() if name in _ENVIRONMENT},
        )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        if process.stdin is not None:
            process.stdin.close()
        await process.wait()

    def _stay(self) -> None:
        if self._leave is not None:
            self._leave.cancel()
            self._leave = None

    async def _end_when_idle(self) -> None:
        await asyncio.sleep(self._idle_seconds)
        async with self._lock:
            await self._end()
