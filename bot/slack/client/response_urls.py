"""Answers to the response_url of a click, sent to Slack's own addresses only."""

from http import HTTPStatus

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.errors import GaveUpError, ThrottledError, UnsureError
from bot.slack.client.downloads import Hosts
from bot.slack.client.error_codes import explain_refusal
from bot.slack.client.errors import calling
from bot.slack.client.retry_after import retry_after
from bot.slack.views.outgoing import OutgoingMessage

_WHAT = "response_url"


class ResponseUrls:
    """Sends messages to response_urls.

    An address comes from a payload or a form, so anybody who can sign a request can name any: only
    Slack's are called. slack_sdk's webhook client follows redirects, so it is not used.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._hosts = Hosts.of(client.base_url)

    async def respond(self, address: str, reply: OutgoingMessage, *, replace: bool) -> None:
        """Send an ephemeral message to a response_url. Raises TryLaterError or GaveUpError."""
        if not self._hosts.allow_address(address):
            raise GaveUpError(
                f"{_WHAT} is not an address of Slack's; it was not called", "foreign_host"
            )
        message = {
            "text": reply.text,
            "blocks": reply.blocks or None,
            "response_type": "ephemeral",
            "replace_original": replace,
            "unfurl_links": False,
            "unfurl_media": False,
        }
        body = {key: value for key, value in message.items() if value is not None}
        session, proxy = self._client.session, self._client.proxy
        if session is None:
            raise TypeError("the client has no session")
        async with (
            calling(_WHAT),
            session.post(URL(address), json=body, proxy=proxy, allow_redirects=False) as answer,
        ):
            status, wait, text = (
                answer.status,
                answer.headers.get("Retry-After"),
                await answer.text(),
            )
        if status == HTTPStatus.TOO_MANY_REQUESTS:
            raise ThrottledError(f"Slack limits {_WHAT}", retry_after(wait))
        if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            raise UnsureError(f"{_WHAT}: status {status}", answered=True)
        if status != HTTPStatus.OK or '"ok":false' in text.replace(" ", ""):
            raise GaveUpError(explain_refusal(_WHAT, f"status {status}"))
