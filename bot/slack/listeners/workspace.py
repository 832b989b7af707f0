"""What happens to the app in its workspace: its token is revoked, it is removed, or it loses a channel."""

from typing import Any

from bot.slack.context import Services


async def on_tokens_revoked(event: dict[str, Any], services: Services) -> None:
    """Tokens were revoked; `bot` names the bot users whose token it was (docs: tokens_revoked)."""
    tokens = event.get("tokens")
    revoked = tokens.get("bot") if isinstance(tokens, dict) else None
    if isinstance(revoked, list) and services.listening.bot_user in revoked:
        services.token.refuse("token_revoked")


async def on_app_uninstalled(_: dict[str, Any], services: Services) -> None:
    """The app was removed from the workspace."""
    services.token.refuse("app_uninstalled")


async def on_channel_lost(event: dict[str, Any], services: Services) -> None:
    """A channel was archived or deleted, or somebody has left it, perhaps the bot."""
    leaver = event.get("user") if event["type"] == "member_left_channel" else None
    if leaver in {None, services.listening.bot_user}:
        await services.channels.suspect(str(event.get("channel")))
        services.worker.nudge()


async def on_channel_id_changed(event: dict[str, Any], services: Services) -> None:
    """A private channel is shared with another organisation, and gets a new id from Slack."""
    old, new = str(event["old_channel_id"]), str(event["new_channel_id"])
    await services.channels.moved(old, new)
    services.worker.nudge()
