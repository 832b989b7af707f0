"""The header Retry-After (RFC 9110, 10.2.3): seconds, a date or malformed."""

import math
import time
from email.utils import parsedate_to_datetime

DEFAULT_SECONDS = 1.0
MAX_SECONDS = 900.0
"""Longest wait, even if the server asks for hours: the next attempt finds out."""


def retry_after(
    value: str | None, default: float = DEFAULT_SECONDS, now: float | None = None
) -> float:
    """Return the seconds to wait, 0 to MAX_SECONDS; `default` if `value` is malformed.

    `now`: seconds since 1970, needed for a date.
    """
    seconds = _seconds(value or "", time.time() if now is None else now)
    if seconds is None or math.isnan(seconds) or seconds < 0:
        return default
    return min(seconds, MAX_SECONDS)


def _seconds(value: str, now: float) -> float | None:
    try:
        return float(value)
    except ValueError:
        pass
    try:
        return max(parsedate_to_datetime(value).timestamp() - now, 0.0)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
