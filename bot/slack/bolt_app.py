"""The Bolt app of one workspace."""

from slack_bolt.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_sdk.web.async_client import AsyncWebClient


def bolt_app(api_url: str, who: AuthorizeResult) -> AsyncApp:
    """Return a Bolt app without listeners, for the bot that `who` says."""

    async def authorize(**_: object) -> AuthorizeResult:
        return who

    # Bolt copies its client for each lazy listener, which breaks a client with open connections;
    # no listener uses it. Signatures are checked in request_verification.py. The identity is known
    # from the start: Bolt would call Slack before the first acknowledgement. Without a name, it
    # reads the source of every caller's module to find one.
    return AsyncApp(
        name="bolt",
        client=AsyncWebClient(base_url=api_url, retry_handlers=[]),
        authorize=authorize,
        process_before_response=True,
        request_verification_enabled=False,
        ssl_check_enabled=True,
        attaching_conversation_kwargs_enabled=False,
    )
