"""Start and end of the processes that open files of strangers."""

import asyncio
import contextlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

_ENVIRONMENT = frozenset(
    "PATH HOME LANG LC_ALL TMPDIR VIRTUAL_ENV PYTHONPATH PYTHONHOME LD_LIBRARY_PATH DYLD_LIBRARY_PATH".split()
)
"""Environment variables that a process gets: no tokens."""
_CHUNK_BYTES = 65_536
_ROOT = str(Path(__file__).parents[2])
"""The folder of the package `bot`."""


def command_of(module: str) -> tuple[str, ...]:
    """Return the command that runs `main()` of a module of the bot, in any folder.

    -P keeps the current folder out of the import path.
    """
    code = f"import sys; sys.path.append({_ROOT!r}); from {module} import main; main()"
    return (sys.executable, "-P", "-c", code)


async def start(command: Sequence[str]) -> asyncio.subprocess.Process:
    """Start a process with pipes and without tokens. Raises OSError."""
    return await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        env={name: value for name, value in os.environ.items() if name in _ENVIRONMENT},
    )


async def kill(process: asyncio.subprocess.Process) -> None:
    """End a process, unless it has ended, and wait for it."""
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    if process.stdin is not None:
        process.stdin.close()
    # `wait` would wait for ever for the end of output that nobody reads
    while process.stdout is not None and await process.stdout.read(_CHUNK_BYTES):
        pass
    await process.wait()
