"""Limits that a process sets itself before it opens a file of a stranger."""

import contextlib
import os
import sys
import warnings
from typing import Any, BinaryIO


def confine(memory: int) -> BinaryIO:
    """Limit this process to `memory` bytes; forbid core dumps and network access.

    Returns the stream for its responses; other output, of libraries, is discarded.
    """
    answers = os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_WRONLY)
    os.dup2(silence, 1)
    os.dup2(silence, 2)
    warnings.simplefilter("ignore")
    sys.addaudithook(forbid_network)
    # not every system has these limits
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource  # noqa: PLC0415 - as above

        # a core dump would keep what people sent
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_DATA, (memory, memory))
    return answers


def forbid_network(event: str, _: tuple[Any, ...]) -> None:
    """Refuse network access: an audit hook, so that no model is downloaded and nothing is sent."""
    if event in {"socket.connect", "socket.getaddrinfo"}:
        raise PermissionError(event)
