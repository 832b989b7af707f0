"""Limits that a process sets itself before it opens a file of a stranger."""

import contextlib
import os
import signal
import sys
import warnings
from typing import Any, BinaryIO

_PR_SET_PDEATHSIG = 1
"""Of Linux's prctl(2): the signal that a process gets when its parent ends."""


def confine(memory: int) -> BinaryIO:
    """Limit this process to `memory` bytes; forbid core dumps and network access.

    Where the system can do that, it ends with the bot, even if that is killed during a long read.

    Returns the stream for its responses; other output, of libraries, is discarded.
    """
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    warnings.simplefilter("ignore")
    sys.addaudithook(forbid_network)
    _end_with_the_bot()
    # not every system has these limits
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - as above

        # a core dump would keep what people sent
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    return answers


def _end_with_the_bot() -> None:
    # only Linux has it, and a hardened one may refuse the memory that ctypes asks for
    with contextlib.suppress(ImportError, OSError, AttributeError, MemoryError):
        import ctypes  # noqa: PLC0415 - as above

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def forbid_network(event: str, _: tuple[Any, ...]) -> None:
    """Refuse network access: an audit hook, so that no model is downloaded and nothing is sent."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise PermissionError(event)
