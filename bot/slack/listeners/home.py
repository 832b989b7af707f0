"""Lists of escalations: the Home tab and `/xero-error open`. Support sees all, everybody else their own."""

from bot.domain.errors import UserError
from bot.slack import home, wording
from bot.slack.inbound import Click
from bot.slack.replies import Reply
from bot.slack.services import Services


async def open_escalations(user: str, team: str, services: Services) -> Reply:
    """What is not resolved yet."""
    support = await _is_support(user, team, services)
    found = await services.overview.unresolved(None if support else user)
    return home.open_list(found, services.outbound.link, all_of_them=support)


async def on_home_opened(click: Click, services: Services) -> None:
    """Somebody opened the Home tab: what is theirs and, for support, what is open and what happened today."""
    support = await _is_support(click.user, click.user_team, services)
    found, total = await services.overview.unresolved(click.user)
    asked = [escalation for escalation in found if support or escalation.requester == click.user]
    mine = (asked, total if support else len(asked))
    others = []
    if support:
        lists = (await services.overview.open(), await services.overview.today())
        others = list(zip((wording.HOME_OPEN, wording.HOME_TODAY), lists, strict=True))
    await services.outbound.show_home(click.user, home.home(mine, others, services.outbound.link))


async def _is_support(user: str, team: str, services: Services) -> bool:
    """Where nobody knows, a person sees what is theirs."""
    try:
        return await services.responders.include(user, team)
    except UserError:
        return False
