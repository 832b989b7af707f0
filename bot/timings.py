"""Waits, leases and time limits, in seconds. The composition root passes them on; tests pass short
ones.
"""

import time
from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Timings:
    """Waits, leases and time limits in seconds, each with its reason."""

    call: float = 15.0
    """Time limit of one call to Slack.

    Slack answers within a few seconds or not at all, and a call that hangs delays the shutdown.
    """
    ack: float = 2.0
    """Time limit of what is stored before an acknowledgement: after three, Slack shows an error."""
    scan: float = 1.0
    """Between looks at an upload that Slack still scans."""
    file_retry: float = 5.0
    """Between attempts at copying a file, of which there are few: the words wait for it."""
    pace: float = 1.0
    """Between messages in one channel; Slack allows about one a second (docs: rate limits)."""
    first_look: float = 2.0
    """From a post of unknown outcome to the first search for it; most arrive within a second."""
    late: float = 15.0
    """After this, a post whose connection broke can no longer arrive.

    Counted from the search, as another process may have sent it just before it crashed. As long as
    `call`, the longest that Slack works on a call while we wait.
    """
    answered: float = 2.0
    """The same as `late` after an error response: what Slack did by then is visible soon."""
    lease: float = 30.0
    """Lease of a claimed job. Extended while the job runs; it only runs out if the process died."""
    poll: float = 5.0
    """Between polls for jobs of other processes; this process's own commits wake its worker."""
    max_backoff: float = 600.0
    """Longest wait between attempts of a failing job; the first are one, two and four seconds."""
    refused_retry: float = 300.0
    """Between attempts that must go on: to an archived channel, or one that the bot left."""
    card_retry: float = 30.0
    """Between attempts at a reminder whose card is not posted yet."""
    answer_first: float = 1.0
    """Between looks whether an answer is sent that the notice of a resolution is to follow."""
    email_look: float = 2.0
    """Between looks for the card that an e-mail is to link to; most are posted within a second."""
    email_wait: float = 60.0
    """After this, the e-mail is sent without the link: it must not wait for Slack."""
    claim_minute: float = 60.0
    """One minute of the setting CLAIM_WITHIN."""
    quiet: float = 300.0
    """After the requester's last message, before the claimant is mentioned: once, not each time."""
    vote_count: float = 60.0
    """Lifetime of the cached vote counts."""
    recent_answer: float = 600.0
    """How long the same answer to the same person in another thread is a link instead."""
    conversation: float = 86_400.0
    """How long the last answer in a direct message is what the next message there is about."""
    cursor_write: float = 30.0
    """Between writes of the time of the last event that was seen: chatter costs no transaction."""
    history_call: float = 1.5
    """Between calls that read what was missed; the first few do not wait.

    Slack allows about fifty a minute of each method, and answers under way need some of them.
    """
    missed_message: float = 0.02
    """Between messages that were missed, of which there may be thousands: new ones go first."""
    late_event: float = 600.0
    """After this, a message is late, and a person may have answered it: Slack's usual retries take
    six minutes, and its clock may differ from ours.
    """
    event_repeats: float = 300.0
    """After this, Slack sends an event no more that could not be stored."""
    sleep: float = 60.0
    """Of a wait that takes this much longer than it should, the machine slept for some time."""
    token_look: float = 30.0
    """Between checks whether a token that Slack refused is valid again."""
    channel_look: float = 30.0
    """Between checks whether another instance has stored a new id of a channel."""
    numbers_wait: float = 2.0
    """Longest wait of a start for the numbers that escalations have: Slack may be away, and then
    they are kept while the bot runs.
    """
    start_first: float = 1.0
    """First wait of a start while Slack or the database is away; doubled each time."""
    start_most: float = 60.0
    """Longest wait between its attempts: the bot is back at most a minute after them."""
    backlog_keep: float = 5.0
    """Lifetime of the counts of what waits in the database: several may read the metrics."""
    backlog_wait: float = 2.0
    """Time limit of these counts; without them the page comes all the same."""
    database_connect: float = 5.0
    """Time limit of a new connection to PostgreSQL; Slack's own limit for a request is shorter."""
    database_lock: float = 2.0
    """Time limit of a row lock; the holder may be frozen, and Slack waits three seconds."""
    database_statement: float = 10.0
    """Time limit of a statement and of an idle transaction: frees a frozen instance's locks."""
    database_answer: float = 12.0
    """Time limit of a silent server; longer than `database_statement`, whose error says more."""

    stop_notice: float = 2.0
    """From the signal to stop until requests are refused, if something asks for the readiness: it
    needs a moment to send them elsewhere."""
    stop_requests: float = 5.0
    """From the signal until requests under way are given up; Slack waits three seconds."""
    stop_jobs: float = 7.0
    """From the signal until running jobs are given up."""
    stop_leases: float = 1.0
    """Time limit of giving back the leases of such jobs."""
    stop_process: float = 9.5
    """From the signal until the process ends though something hangs: its supervisor may kill it
    after ten seconds. Unfinished work stays in the database."""

    def start_waits(self) -> Iterator[float]:
        """Yield the seconds to wait before each further attempt of a start."""
        wait = self.start_first
        while True:
            yield wait
            wait = min(2 * wait, self.start_most)


def seconds_since_boot() -> float:
    """Returns seconds of a monotonic clock that, where it can, counts time in suspension."""
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))
