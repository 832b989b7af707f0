"""Times in each reader's own time zone."""

from bot.slack.views import wording


def moment(at: float, form: str = "{date_short_pretty} {time}") -> str:
    """Return a time that Slack shows in each reader's own time zone.

    `at`: seconds since 1970. `form`: Slack's date tokens (docs: date formatting).
    """
    return f"<!date^{at:.0f}^{form}|{wording.utc(at)}>"
