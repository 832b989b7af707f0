"""The bot's waits in seconds, all shortened alike so that a run takes minutes."""

import math
import os

from bot.timings import Timings

LEASE = 3.0
POLL = 0.5
SETTLE = 1.0
LOOK = 0.3
"""From a post whose outcome is unknown to the first look for it."""
SLOW = 0.25
"""How long a call to Slack may hang, or arrive after its connection broke.

Shorter than `SETTLE`, as in `bot.timings`.
"""
HANGING = 0.8
"""How long posts hang while a process is about to die, so that it holds jobs when it does."""
MINUTE = 1.5
PACE = 0.02
MOST_BACKOFF = 1.0
CARD = 0.5
QUIET = 1.0
FILE = 0.3
REFUSED = 5 * MINUTE
_TAKE_OVER_WAITS = LEASE + 2 * (HANGING + SETTLE + POLL)
"""Until the lease has run out, and two posts of the dead process, one after the other, have arrived
or are given up: that of an escalation's card and that of its note.
"""
_TAKE_OVER_RUNS = 3
"""Such a job runs before, between and after the waits for its two posts."""
CALL = 0.1
"""Between calls that read what was missed."""
LATE = 10.0
"""Longer than Slack repeats an event, which takes less than four seconds here."""
RETRIES = 1 / 100
"""Slack delivers again at once, after one minute and after five: here 0, 0.6 and 3 seconds."""
SHORT = Timings(
    lease=LEASE,
    poll=POLL,
    max_backoff=MOST_BACKOFF,
    card_retry=CARD,
    quiet=QUIET,
    file_retry=FILE,
    refused_retry=REFUSED,
    scan=FILE,
    claim_minute=MINUTE,
    pace=PACE,
    first_look=LOOK,
    late=SETTLE,
    answered=LOOK,
    cursor_write=POLL,
    history_call=CALL,
    numbers_wait=SETTLE,
    late_event=LATE,
    stop_notice=LOOK,
    stop_requests=2 * LOOK,
    stop_jobs=SETTLE,
)


KILLS = 300
"""Kills of a full run: twelve minutes on two idle cores."""
KILLS_IN_ROUND = 100
"""About this many kills in each round, which begins with new workspaces and databases: the
reminders of escalations that nobody claims would become most of the load.
"""


def _kills() -> int:
    return int(os.environ.get("KILLS") or KILLS)


def rounds() -> int:
    """Returns the number of rounds for as many kills as KILLS in the environment asks for."""
    return math.ceil(_kills() / KILLS_IN_ROUND)


def kills_each() -> int:
    """Returns the least number of kills in each of the two storms of a round."""
    return math.ceil(_kills() / rounds() / 2)


def short_storm() -> float:
    """Returns the seconds that SECONDS in the environment allows a storm; 0 for a long one."""
    return float(os.environ.get("SECONDS") or 0)


def most_take_over(run: float) -> float:
    """Returns the seconds in which a job of a killed process must be taken over.

    The waits are the same everywhere; how long a run takes depends on the machine. `run`: the
    seconds of the longest run that was seen meanwhile. A short storm shares its machine with other
    tests.
    """
    return (_TAKE_OVER_WAITS + _TAKE_OVER_RUNS * run) * (2 if short_storm() else 1)
