"""What happens to the app in its workspace: its token is revoked, it is removed, or it loses a
channel.
"""

from bot.slack.context import ListenerContext
from bot.slack.incoming.workspace_events import ChannelIdChanged, ChannelLost, TokensRevoked


async def on_tokens_revoked(revoked: TokensRevoked, context: ListenerContext) -> None:
    """Tokens were revoked, perhaps ours."""
    if revoked.bot_users is None:
        context.token.refuse("app_uninstalled")
    elif context.policy.bot_user in revoked.bot_users:
        context.token.refuse("token_revoked")


async def on_channel_lost(lost: ChannelLost, context: ListenerContext) -> None:
    """A channel was archived or deleted, or somebody has left it, perhaps the bot."""
    if lost.leaver in {None, context.policy.bot_user}:
        await context.channels.suspect(lost.channel)


async def on_channel_id_changed(changed: ChannelIdChanged, context: ListenerContext) -> None:
    """A private channel is shared with another organisation, and gets a new id from Slack."""
    await context.channels.moved(changed.old, changed.new)
