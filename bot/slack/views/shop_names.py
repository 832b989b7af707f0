"""The name of an escalation's shop, for lists and cards."""

from bot.domain.article_text import truncate
from bot.domain.escalations import Escalation
from bot.slack.views import blocks, wording


def shop_or_requester(escalation: Escalation, limit: int) -> str:
    """Return up to `limit` characters of the shop's name as mrkdwn, else the requester."""
    name = blocks.escape(truncate(escalation.shop_name, limit))
    return name or wording.who(escalation.requester)
