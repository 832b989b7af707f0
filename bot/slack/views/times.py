"""Times that each reader sees by their own clock."""

from bot.slack.views import wording


def moment(at: float, form: str = "{date_short_pretty} {time}") -> str:
    """A time that each reader sees by their own clock (docs: date formatting); `form` takes Slack's date tokens."""
    return f"<!date^{at:.0f}^{form}|{wording.utc(at)}>"
