"""Processes of the bot, forked from one that has imported it, as imports take longer than tests.

Each is a process of its own, with its environment, folder, output and exit code. Some tests start
`python -m bot` all the same, for what only an interpreter of its own shows.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import runpy
import signal
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from multiprocessing.reduction import DupFd
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

FORKS = multiprocessing.get_context("forkserver")
FORKS.set_forkserver_preload(["tests.fork_preload"])


class _Streams(NamedTuple):
    """Where a process prints to, and the terminal in which it runs, if any: a `DupFd`."""

    stdout: Connection[bytes, bytes]
    stderr: Connection[bytes, bytes]
    terminal: Any


class Forked:
    """A process as asyncio's are; `stdout` and `stderr` are what it prints."""

    def __init__(
        self, process: ForkServerProcess, stdout: asyncio.StreamReader, stderr: asyncio.StreamReader
    ) -> None:
        self._process = process
        self.stdout = stdout
        self.stderr = stderr

    @property
    def pid(self) -> int:
        return self._process.pid or 0

    @property
    def returncode(self) -> int | None:
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """Wait until it has ended, and return its exit code; -9: it was killed."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        loop.add_reader(self._process.sentinel, ended.set)
        try:
            await ended.wait()
        finally:
            loop.remove_reader(self._process.sentinel)
        self._process.join()
        return self.returncode or 0

    async def communicate(self) -> tuple[bytes, bytes]:
        """What it prints until it has ended, that was not read yet."""
        printed, errors, _ = await asyncio.gather(
            self.stdout.read(), self.stderr.read(), self.wait()
        )
        return printed, errors


async def fork(
    module: str,
    *words: str,
    cwd: Path,
    env: Mapping[str, str],
    output: Path | None = None,
    terminal: int | None = None,
) -> Forked:
    """Run a module with arguments as `python -m` does.

    `output`: a file to append its output to; `terminal`: a terminal that is open, for its standard
    input and output.
    """
    (printed, stdout), (errors, stderr) = FORKS.Pipe(duplex=False), FORKS.Pipe(duplex=False)
    streams = _Streams(stdout, stderr, None if terminal is None else DupFd(terminal))
    given = (module, words, cwd, dict(env), output, streams)
    process = FORKS.Process(target=_become, args=given, daemon=True)
    with _no_main():
        process.start()
    # the process has the only other end: what it prints ends with it
    stdout.close()
    stderr.close()
    return Forked(process, await _reader(printed), await _reader(errors))


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the module that this process was started with, as multiprocessing imports it again."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


async def _reader(connection: Connection[bytes, bytes]) -> asyncio.StreamReader:
    reader = asyncio.StreamReader()
    pipe = os.fdopen(os.dup(connection.fileno()), "rb", buffering=0)
    connection.close()
    await asyncio.get_running_loop().connect_read_pipe(
        lambda: asyncio.StreamReaderProtocol(reader), pipe
    )
    return reader


def _become(
    module: str,
    words: tuple[str, ...],
    cwd: Path,
    environment: dict[str, str],
    output: Path | None,
    streams: _Streams,
) -> None:
    """Run as the process that `python -m` would have started."""
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    for number, stream in enumerate((streams.stdout, streams.stderr), start=1):
        os.dup2(stream.fileno(), number)
        stream.close()
    if streams.terminal is not None:
        opened = streams.terminal.detach()
        os.dup2(opened, 0)
        os.dup2(opened, 1)
        os.close(opened)
        sys.stdin = os.fdopen(0, closefd=False)
    # those of the process that forked are made for what it prints to
    sys.stdout = os.fdopen(1, "w", closefd=False)
    sys.stderr = os.fdopen(2, "w", buffering=1, closefd=False)
    if output is not None:
        log = os.open(output, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
        os.dup2(log, 1)
        os.dup2(log, 2)
    sys.argv[1:] = words
    runpy.run_module(module, run_name="__main__", alter_sys=True)
