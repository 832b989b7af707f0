"""The account whose API token the settings have."""

from bot.integrations.zendesk.api import ZendeskApi


async def role_of_account(api: ZendeskApi) -> str:
    """Return the account's role: admin, agent or end-user; empty if Zendesk knows none.

    Zendesk answers unknown accounts too, as an anonymous user without an id (docs: Users, Show
    Self). Raises what `ZendeskApi.call` does.
    """
    user = (await api.call("GET", "/api/v2/users/me.json")).get("user")
    if not isinstance(user, dict) or not user.get("id"):
        return ""
    return str(user.get("role") or "")
