"""The bot's waits, shortened alike so that a run takes minutes: seconds, and what each stands for."""

from bot.timings import Timings

LEASE = 3.0
POLL = 0.5
SETTLE = 1.0
LOOK = 0.3
"""From a post whose outcome is unknown to the first look for it."""
SLOW = 0.25
"""How long a call to Slack may hang, or land after its connection broke; shorter than `SETTLE`, as the bot's own waits
say of the real ones.
"""
MINUTE = 1.5
PACE = 0.02
MOST_BACKOFF = 1.0
CARD = 0.5
MOST_TAKE_OVER = 2 * LEASE
RETRIES = 1 / 100
"""Slack delivers again at once, after a minute and after five more: here after 0, 0.6 and 3 seconds."""
SHORT = Timings(
    lease=LEASE,
    poll=POLL,
    max_backoff=MOST_BACKOFF,
    card_retry=CARD,
    claim_minute=MINUTE,
    pace=PACE,
    first_look=LOOK,
    late=SETTLE,
    answered=LOOK,
)
