"""Waits and time limits, in seconds, in one record: the composition root passes it on, tests pass a short one."""

import time
from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """How long things take. Each field says why it is as long as it is."""

    call: float = 15.0
    """The limit of one call to Slack, from the first byte to the last. Slack answers within a few seconds or not at
    all, and a call that hangs holds up the end of the process."""
    ack: float = 2.0
    """For what is kept before a command is answered: Slack waits for three, and shows its own error after that."""
    pace: float = 1.0
    """Between messages in one channel: Slack takes about one a second, and short bursts (docs: rate limits)."""
    first_look: float = 2.0
    """From a post whose outcome is unknown to the first look for it: most arrive within a second."""
    late: float = 15.0
    """After which a post whose connection broke arrives no more, counted from now: who sent it may have done so just
    before it died. As long as `call`: a server that works on a call for longer has nobody left to answer."""
    answered: float = 2.0
    """The same where Slack did answer, with an error: what it has done by then can be seen a moment later."""
    lease: float = 30.0
    """For which a process has claimed a job. Extended while it works on it: if one runs out, the process is dead."""
    poll: float = 5.0
    """Between looks for jobs that another process has enqueued or left; a commit of this process wakes the worker."""
    max_backoff: float = 600.0
    """Between tries of a job that goes on failing: the first are a second, two and four apart."""
    refused_retry: float = 300.0
    """Between tries where Slack refuses what must not be given up: an archived channel, a bot that was removed."""
    card_retry: float = 30.0
    """Between looks for a card to remind under."""
    claim_minute: float = 60.0
    """A minute of the setting CLAIM_WITHIN."""
    vote_count: float = 60.0
    """For which the count of votes is kept in memory."""
    recent_answer: float = 600.0
    """In which a person is not given the same answer in full in another thread."""
    token_look: float = 30.0
    """Between looks whether a token that Slack refused is good again."""
    channel_look: float = 30.0
    """Between looks whether another instance has heard that a channel has another id."""
    start_first: float = 1.0
    """From the start to the second question who we are, where Slack did not answer the first; then twice as long."""
    start_most: float = 60.0
    """Between such questions: the bot is back at most a minute after Slack."""
    database_connect: float = 5.0
    """For a new connection to PostgreSQL: Slack has given up on a request by then."""
    database_lock: float = 2.0
    """For a row that another instance holds, which may be frozen: within Slack's three seconds."""
    database_statement: float = 10.0
    """For one statement, and between two of a transaction: after it PostgreSQL frees what a frozen instance holds."""
    database_answer: float = 12.0
    """After which a server that does not answer is given up. Longer than `database_statement`, which says why."""


def seconds_since_boot() -> float:
    """A clock that never jumps, and goes on while the machine is suspended, where the system has one."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
