"""Lists of escalations: the Home tab and `/xero-error open`. Support sees all, everybody else their own."""

from bot.slack.context import Services
from bot.slack.incoming.events import Click
from bot.slack.views import home, wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.paging import offset_of


async def open_escalations(
    user: str, team: str, services: Services, offset: int = 0
) -> OutgoingMessage:
    """What is not closed yet, from the one at `offset` on."""
    support, channels = await _scope(user, team, services)
    which = services.overview.unresolved
    listed = await (which(offset, channels=channels) if support else which(offset, requester=user))
    return home.open_list(listed, services.messages.permalink, all_of_them=support)


async def on_open_page(click: Click, services: Services) -> None:
    """Another page of `/xero-error open`: it replaces the list. Who may see what is checked again."""
    made = await open_escalations(click.user, click.user_team, services, offset_of(click.value))
    await services.messages.respond(click.response_url, made, replace=True)


async def on_home_opened(click: Click, services: Services) -> None:
    """Somebody opened the Home tab."""
    await _show_home(click, (0, 0, 0), services)


async def on_home_page(click: Click, services: Services) -> None:
    """Another page of one of the tab's lists."""
    offsets = tuple(map(offset_of, click.value.split()))
    await _show_home(click, (*offsets, 0, 0, 0)[:3], services)


async def _show_home(click: Click, offsets: home.Offsets, services: Services) -> None:
    """Publish what is the person's own and, for support, what is open and what else happened today."""
    support, channels = await _scope(click.user, click.user_team, services)
    overview, (mine, opened, today) = services.overview, offsets
    claimed_too = click.user if support else None
    own = await overview.unresolved(
        mine, person=claimed_too, requester=None if support else click.user
    )
    lists = [(wording.HOME_MINE, own)]
    if support:
        lists.append((wording.HOME_OPEN, await overview.open(opened, channels)))
        lists.append((wording.HOME_TODAY, await overview.today(today, channels)))
    await services.views.publish_home(
        click.user, home.home(lists, services.messages.permalink, support=support)
    )


async def _scope(user: str, team: str, services: Services) -> tuple[bool, frozenset[str] | None]:
    """Whether somebody takes up escalations, and in which channels; None: in all, so those without a card count too."""
    everywhere = services.listening.escalation_channels
    channels = await services.responders.channels_of(user, team, everywhere)
    return bool(channels), None if channels in {frozenset(), everywhere} else channels
