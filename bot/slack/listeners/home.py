"""Lists of escalations: the Home tab and `/xero-error open`. Support sees all, everybody else their own."""

from bot.domain.escalations import Escalation, Status
from bot.slack import home, wording
from bot.slack.inbound import Click
from bot.slack.replies import Reply
from bot.slack.services import Services


async def open_escalations(user: str, team: str, services: Services) -> Reply:
    """What is not resolved yet."""
    found = await services.overview.unresolved()
    support = await services.responders.include(user, team)
    shown = found if support else [escalation for escalation in found if escalation.requester == user]
    return home.open_list(shown, services.outbound.link, all_of_them=support)


async def on_home_opened(click: Click, services: Services) -> None:
    """Somebody opened the Home tab: what is theirs and, for support, what is open and what happened today."""
    found = await services.overview.unresolved()
    mine = [escalation for escalation in found if click.user in {escalation.requester, escalation.claimant}]
    others: list[tuple[str, list[Escalation]]] = []
    if await services.responders.include(click.user, click.user_team):
        waiting = [escalation for escalation in found if escalation.status is Status.OPEN]
        others = [
            (wording.HOME_OPEN, waiting),
            (wording.HOME_TODAY, await services.overview.today()),
        ]
    await services.outbound.show_home(click.user, home.home(mine, others, services.outbound.link))
