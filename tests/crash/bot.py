"""`python -m bot` with its waits shortened: everything else is what runs in earnest."""

from bot import cli, rooms
from bot.services import reminders, triage, worker
from bot.slack import outbound
from tests.crash import times


def shorten() -> None:
    rooms.MINUTE_SECONDS = times.MINUTE
    outbound.PACE_SECONDS = times.PACE
    outbound.SETTLE_SECONDS = times.SETTLE
    reminders.CARD_SECONDS = times.CARD
    worker.LEASE_SECONDS = triage.LEASE_SECONDS = times.LEASE
    worker.MAX_BACKOFF_SECONDS = times.MOST_BACKOFF
    worker.Worker.__init__.__defaults__ = (times.POLL,)


if __name__ == "__main__":
    shorten()
    cli.main()
