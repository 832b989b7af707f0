"""The header Retry-After (RFC 9110, 10.2.3): seconds or a date, and whatever else a server writes there."""

import math
import time
from email.utils import parsedate_to_datetime

DEFAULT_SECONDS = 1.0
MAX_SECONDS = 900.0
"""A server that asks for hours may mean it; we look in earlier, and ask again."""


def retry_after(
    value: str | None, default: float = DEFAULT_SECONDS, now: float | None = None
) -> float:
    """The seconds to wait, from 0 to MAX_SECONDS. `now`: seconds since 1970, for a date."""
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
