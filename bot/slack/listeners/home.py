"""Lists of escalations: the Home tab and `/xero-error open`. Support sees all, everybody else their own."""

from bot.slack import home, wording
from bot.slack.inbound import Click
from bot.slack.replies import Reply
from bot.slack.services import Services


async def open_escalations(user: str, team: str, services: Services) -> Reply:
    """What is not resolved yet."""
    support, channels = await _scope(user, team, services)
    found = await services.overview.unresolved(None if support else user, channels)
    return home.open_list(found, services.outbound.link, all_of_them=support)


async def on_home_opened(click: Click, services: Services) -> None:
    """Somebody opened the Home tab: what is theirs and, for support, what is open and what happened today."""
    support, channels = await _scope(click.user, click.user_team, services)
    found, total = await services.overview.unresolved(click.user)
    asked = [escalation for escalation in found if support or escalation.requester == click.user]
    mine = (asked, total if support else len(asked))
    others = []
    if support:
        lists = (await services.overview.open(channels), await services.overview.today(channels))
        others = list(zip((wording.HOME_OPEN, wording.HOME_TODAY), lists, strict=True))
    await services.outbound.show_home(click.user, home.home(mine, others, services.outbound.link))


async def _scope(user: str, team: str, services: Services) -> tuple[bool, frozenset[str] | None]:
    """Whether somebody takes up escalations, and in which channels; None: in all, so those without a card count too."""
    everywhere = services.listening.escalation_channels
    channels = await services.responders.channels_of(user, team, everywhere)
    return bool(channels), None if channels in {frozenset(), everywhere} else channels
