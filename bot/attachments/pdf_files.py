"""Text of PDF files, read in a process of its own for each (`pdf_worker.py`), one at a time."""

import asyncio
import json
from collections.abc import Sequence

from bot.attachments.child_process import command_of, kill, start
from bot.attachments.text_files import OMISSION_LINE
from bot.domain.attachments import ReadOutcome

WORKER_COMMAND = command_of("bot.attachments.pdf_worker")
READ_SECONDS = 30.0
"""Limit for one PDF; one of 300 pages takes 1 or 2 seconds."""
_MAX_RESPONSE_BYTES = 8_000_000
"""A text of a million characters, of which each may take six bytes in JSON."""
_CHUNK_BYTES = 65_536


class PdfReader:
    """Reads PDFs. Keeps nothing, and no process."""

    def __init__(
        self, worker: Sequence[str] = WORKER_COMMAND, *, seconds: float = READ_SECONDS
    ) -> None:
        self._command = worker
        self._seconds = seconds
        self._lock = asyncio.Lock()

    async def read(self, data: bytes) -> tuple[ReadOutcome, str]:
        """Return the outcome and the text of a PDF; the text is empty unless it is read.

        `DAMAGED` is also one that needs a password, or more memory than it may have; `NO_TEXT` also
        one that is only pictures of pages.
        """
        async with self._lock:
            process = None
            try:
                async with asyncio.timeout(self._seconds):
                    process = await start(self._command)
                    return _result(await _response(process, data))
            except TimeoutError:
                return ReadOutcome.TOO_SLOW, ""
            except (OSError, ValueError, TypeError, LookupError):
                # it died, or sent an invalid response
                return ReadOutcome.DAMAGED, ""
            finally:
                if process is not None:
                    await kill(process)


async def _response(process: asyncio.subprocess.Process, data: bytes) -> bytes:
    if process.stdin is None or process.stdout is None:
        raise BrokenPipeError
    process.stdin.write(data)
    await process.stdin.drain()
    process.stdin.close()
    response = bytearray()
    while chunk := await process.stdout.read(_CHUNK_BYTES):
        response += chunk
        if len(response) > _MAX_RESPONSE_BYTES:
            raise ValueError(len(response))
    return bytes(response)


def _result(response: bytes) -> tuple[ReadOutcome, str]:
    answer = json.loads(response)
    if "outcome" in answer:
        return ReadOutcome(answer["outcome"]), ""
    parts = [str(part) for part in answer["read"]]
    if not "".join(parts).strip():
        return ReadOutcome.NO_TEXT, ""
    outcome = ReadOutcome.READ if len(parts) == 1 else ReadOutcome.PARTLY
    return outcome, f"\n{OMISSION_LINE}\n".join(parts)
