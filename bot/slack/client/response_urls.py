"""Answers to a click's response_url: at Slack's own addresses, and at no others."""

from http import HTTPStatus

from slack_sdk.web.async_client import AsyncWebClient
from yarl import URL

from bot.domain.errors import GaveUpError, ThrottledError, UnsureError
from bot.slack.client.downloads import Hosts
from bot.slack.client.error_codes import in_words
from bot.slack.client.errors import calling
from bot.slack.client.retry_after import retry_after
from bot.slack.views.outgoing import OutgoingMessage

_WHAT = "response_url"


class ResponseUrls:
    """Addresses come back to us in payloads and in the forms that carry them: anybody who can sign one could name any.

    slack_sdk's webhook client is not used: it follows redirects wherever they lead.
    """

    def __init__(self, client: AsyncWebClient) -> None:
        self._client = client
        self._hosts = Hosts.of(client.base_url)

    async def respond(self, address: str, reply: OutgoingMessage, *, replace: bool) -> None:
        """Answer there; only the person sees it. Raises TryLaterError or GaveUpError."""
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
            raise GaveUpError(in_words(_WHAT, f"status {status}"))
