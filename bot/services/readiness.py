"""Readiness of the bot: named checks, run at once, with a time limit."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping

log = logging.getLogger(__name__)

CHECK_SECONDS = 2.0
"""Time limit of all checks together."""
WATCHED_SECONDS = 60.0
"""Something that watches the readiness asks for it more often."""
STOPPING = "stopping"
"""What fails after the signal to stop."""

Check = Callable[[], Awaitable[None]]
"""Raises an exception if its part does not work."""


class Readiness:
    """Checks of the parts that the bot cannot work without, by name.

    A check that hangs is not started again, so it never holds more than one connection.
    """

    def __init__(self, checks: Mapping[str, Check], seconds: float = CHECK_SECONDS) -> None:
        self._checks = checks
        self._seconds = seconds
        self._running: dict[str, asyncio.Task[str]] = {}
        self._failing: frozenset[str] = frozenset()
        self._asked_at: float | None = None
        self._stopping = False

    @property
    def is_watched(self) -> bool:
        """Whether something asked for the readiness lately, such as a load balancer."""
        return self._asked_at is not None and time.monotonic() < self._asked_at + WATCHED_SECONDS

    def stop(self) -> None:
        """Be ready no more, from now on."""
        self._stopping = True

    async def failing(self) -> list[str]:
        """Returns the names of the parts that fail or do not answer in time. Changes are logged."""
        self._asked_at = time.monotonic()
        if self._stopping:
            return [STOPPING]
        for name, check in self._checks.items():
            if name not in self._running or self._running[name].done():
                self._running[name] = asyncio.create_task(_failure(check), name=f"check {name}")
        tasks = dict(self._running)
        await asyncio.wait(tasks.values(), timeout=self._seconds)
        late = f"no answer within {self._seconds:g} seconds"
        failures = {name: task.result() if task.done() else late for name, task in tasks.items()}
        failures = {name: failure for name, failure in failures.items() if failure}
        self._log_changes(failures)
        return list(failures)

    def _log_changes(self, failures: Mapping[str, str]) -> None:
        for name in sorted(failures.keys() - self._failing):
            log.error("not ready: %s (%s)", name, failures[name])
        for name in sorted(self._failing - failures.keys()):
            log.info("ready again: %s", name)
        self._failing = frozenset(failures)

    def close(self) -> None:
        """Cancel checks that still hang; one of them may never end."""
        for task in self._running.values():
            task.cancel()


async def _failure(check: Check) -> str:
    """Returns the type of error of a part that fails, an empty text if it works.

    Never the error's text, which may contain an address or a password.
    """
    try:
        await check()
    except Exception as error:  # noqa: BLE001 - any error means that the part does not work
        return type(error).__name__
    return ""
