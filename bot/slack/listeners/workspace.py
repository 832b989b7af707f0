"""Listeners of events about the app itself: its token, its installation, its channels."""

from bot.slack.context import ListenerContext
from bot.slack.incoming.workspace_events import ChannelIdChanged, ChannelLost, TokensRevoked


async def on_tokens_revoked(revoked: TokensRevoked, context: ListenerContext) -> None:
    """Record that the bot's token is refused, if it is among those revoked."""
    if revoked.bot_users is None:
        context.token.refuse("app_uninstalled")
    elif context.policy.bot_user in revoked.bot_users:
        context.token.refuse("token_revoked")


async def on_channel_lost(lost: ChannelLost, context: ListenerContext) -> None:
    """Have a channel checked that was archived or deleted, or that the bot has left."""
    if lost.leaver in {None, context.policy.bot_user}:
        await context.channels.suspect(lost.channel)


async def on_channel_id_changed(changed: ChannelIdChanged, context: ListenerContext) -> None:
    """Store the new id that a channel got when it was shared with another organisation."""
    await context.channels.moved(changed.old, changed.new)
