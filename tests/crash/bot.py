"""`python -m bot` with its waits shortened: everything else is what runs in earnest."""

from functools import partial

from bot import app, container
from bot.cli import main
from bot.services import reminders, triage, worker
from bot.timings import Timings, seconds_since_boot
from tests.crash import times


def shorten() -> None:
    container.MINUTE_SECONDS = times.MINUTE
    app.Timings = partial(  # type: ignore[attr-defined,assignment]
        Timings, pace=times.PACE, first_look=times.LOOK, late=times.SETTLE, answered=times.LOOK
    )
    reminders.CARD_SECONDS = times.CARD
    worker.LEASE_SECONDS = triage.LEASE_SECONDS = times.LEASE  # type: ignore[attr-defined]
    worker.MAX_BACKOFF_SECONDS = times.MOST_BACKOFF
    worker.Worker.__init__.__defaults__ = (times.POLL, seconds_since_boot)


if __name__ == "__main__":
    shorten()
    main.main()
