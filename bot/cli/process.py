"""Process set-up of the commands that serve: signals, a deadline for the shutdown, logging."""

import asyncio
import logging
import os
import signal
import threading

log = logging.getLogger(__name__)

STOP_SECONDS = 20.0
"""From the signal to the end of the process. Unfinished work stays in the database."""


def stop_at_signals(seconds: float = STOP_SECONDS) -> asyncio.Event:
    """Return an event that SIGINT and SIGTERM set; `seconds` later the process is killed."""
    stop = asyncio.Event()

    def begin_to_stop() -> None:
        if not stop.is_set():
            stop.set()
            # a thread, as a database that hangs may block the event loop
            deadline = threading.Timer(seconds, _kill, (seconds,))
            deadline.daemon = True
            deadline.start()

    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, begin_to_stop)
    return stop


def _kill(seconds: float) -> None:
    log.error(
        "shutdown: not finished after %g seconds; unfinished jobs run after the next start", seconds
    )
    os._exit(1)


def log_to_stderr(level: str) -> None:
    """Write log lines to standard error; those of libraries only if they are warnings."""
    logging.basicConfig(level=level, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(_own_or_quiet)


def _own_or_quiet(record: logging.LogRecord) -> bool:
    """Whether a log line is ours, or at a level at which libraries do not log request bodies."""
    if record.name.partition(".")[0] == "bot":
        return True
    level = logging.ERROR if record.name.startswith("slack_bolt") else logging.WARNING
    return record.levelno >= level
