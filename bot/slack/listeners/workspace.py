"""What happens to the app in its workspace: its token is revoked, or it is removed."""

from typing import Any

from bot.slack.services import Services


async def on_tokens_revoked(event: dict[str, Any], services: Services) -> None:
    """Tokens were revoked; `bot` names the bot users whose token it was (docs: tokens_revoked)."""
    tokens = event.get("tokens")
    revoked = tokens.get("bot") if isinstance(tokens, dict) else None
    if isinstance(revoked, list) and services.listening.bot_user in revoked:
        services.token.refuse("token_revoked")


async def on_app_uninstalled(_: dict[str, Any], services: Services) -> None:
    """The app was removed from the workspace."""
    services.token.refuse("app_uninstalled")
