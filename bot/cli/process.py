"""Process set-up of the commands that serve: signals and a deadline for the shutdown."""

import asyncio
import logging
import os
import signal
import threading

from bot.stopping import Stop
from bot.timings import Timings

log = logging.getLogger(__name__)

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def stop_at_signals(seconds: float = Timings.stop_process) -> Stop:
    """Return an event that SIGINT and SIGTERM set; `seconds` later the process ends with code 1.

    A second signal ends the process at once.
    """
    stop = Stop()

    def begin_to_stop() -> None:
        stop.set()
        for number in SIGNALS:
            signal.signal(number, signal.SIG_DFL)  # also while the event loop is blocked
        # a thread, as a database that hangs may block the event loop
        deadline = threading.Timer(seconds, _kill, (seconds,))
        deadline.daemon = True
        deadline.start()

    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        loop.add_signal_handler(number, begin_to_stop)
    return stop


def _kill(seconds: float) -> None:
    log.error(
        "shutdown: not finished after %g seconds; unfinished jobs run after the next start", seconds
    )
    os._exit(1)
