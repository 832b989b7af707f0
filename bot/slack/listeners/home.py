"""Listeners of the Home tab and of `/xero-error open`.

Responders see all escalations, other people their own.
"""

from bot.slack.context import ListenerContext
from bot.slack.incoming.clicks import Click
from bot.slack.views import home, list_wording
from bot.slack.views.outgoing import OutgoingMessage
from bot.slack.views.paging import offset_of


async def open_escalations(
    user: str, team: str, context: ListenerContext, offset: int = 0
) -> OutgoingMessage:
    """Return a page of the escalations that are not closed, from `offset` on."""
    support, channels = await _scope(user, team, context)
    which = context.escalation_lists.unresolved
    listed = await (which(offset, channels=channels) if support else which(offset, requester=user))
    return home.open_list(listed, context.messages.permalink, all_of_them=support)


async def on_open_page(click: Click, context: ListenerContext) -> None:
    """Replace the list by another page; permissions are checked again."""
    listed = await open_escalations(click.user, click.user_team, context, offset_of(click.value))
    await context.messages.respond(click.response_url, listed, replace=True)


async def show_home(user: str, team: str, context: ListenerContext) -> None:
    """Publish the Home tab with the first page of each list."""
    await _publish(user, team, (0, 0, 0), context)


async def on_home_page(click: Click, context: ListenerContext) -> None:
    """Show another page of one of the lists."""
    offsets = tuple(map(offset_of, click.value.split()))
    await _publish(click.user, click.user_team, (*offsets, 0, 0, 0)[:3], context)


async def _publish(user: str, team: str, offsets: home.Offsets, context: ListenerContext) -> None:
    """Publish the person's own escalations; for responders, also the open ones and today's."""
    support, channels = await _scope(user, team, context)
    escalation_lists, (mine, opened, today) = context.escalation_lists, offsets
    claimed_too = user if support else None
    own = await escalation_lists.unresolved(
        mine, person=claimed_too, requester=None if support else user
    )
    lists = [(list_wording.HOME_MINE, own)]
    if support:
        lists.append((list_wording.HOME_OPEN, await escalation_lists.open(opened, channels)))
        lists.append((list_wording.HOME_TODAY, await escalation_lists.today(today, channels)))
    await context.views.publish_home(
        user, home.home(lists, context.messages.permalink, support=support)
    )


async def _scope(
    user: str, team: str, context: ListenerContext
) -> tuple[bool, frozenset[str] | None]:
    """Return whether a person is a responder, and in which channels.

    None: in all channels, which includes escalations without a card.
    """
    everywhere = context.policy.escalation_channels
    channels = await context.responders.escalation_channels_of(user, team, everywhere)
    return bool(channels), None if channels in {frozenset(), everywhere} else channels
