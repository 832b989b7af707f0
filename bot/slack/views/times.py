"""Times in each reader's own time zone."""

from datetime import UTC, datetime


def moment(at: float, form: str = "{date_short_pretty} {time}") -> str:
    """Return a time that Slack shows in each reader's own time zone.

    `at`: seconds since 1970. `form`: Slack's date tokens (docs: date formatting). Clients that
    cannot show it get the time in UTC.
    """
    return f"<!date^{at:.0f}^{form}|{datetime.fromtimestamp(at, UTC):%d %b %Y %H:%M} UTC>"
