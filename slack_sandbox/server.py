"""The HTTP server of the sandbox: its routes, and the parts behind them."""

from __future__ import annotations

from aiohttp import web

from slack_sandbox.client.interactions import Interactions
from slack_sandbox.client.posting import Posting
from slack_sandbox.delivery.deliverer import Deliverer
from slack_sandbox.delivery.event_feed import EventFeed
from slack_sandbox.delivery.socket_mode import Sockets
from slack_sandbox.methods.assistant import AssistantMethods
from slack_sandbox.methods.blocks import BlockMethods
from slack_sandbox.methods.chat import ChatMethods
from slack_sandbox.methods.conversations import ConversationMethods
from slack_sandbox.methods.failures import Failures
from slack_sandbox.methods.files import FileServer
from slack_sandbox.methods.reactions import ReactionMethods
from slack_sandbox.methods.response_urls import ResponseUrls
from slack_sandbox.methods.uploads import UploadMethods
from slack_sandbox.methods.usergroups import UsergroupMethods
from slack_sandbox.methods.views import ViewMethods
from slack_sandbox.methods.web_api import Method, WebApi
from slack_sandbox.state.store import State

MAX_BODY_BYTES = 2 * 1024**2


class Server:
    """The Web API, response URLs, files and Socket Mode of one workspace, on 127.0.0.1."""

    def __init__(self, state: State, clock: float, ack_seconds: float, port: int) -> None:
        self._state = state
        self._port = port
        self.failures = Failures()
        self.sockets = Sockets(state)
        self.deliverer = Deliverer(state, self.sockets, clock=clock, ack_seconds=ack_seconds)
        self.feed = EventFeed(state, self.deliverer)
        self.files = FileServer(state, self.failures)
        self.uploads = UploadMethods(state, self.failures)
        self._views = ViewMethods(state)
        self._responses = ResponseUrls(state, self.feed, self.failures)
        self.posting = Posting(state, self.feed)
        self.interactions = Interactions(state, self.deliverer, self._responses, self._views)
        self.methods = self._methods()
        self._runner = web.AppRunner(self._application(), shutdown_timeout=0.1)

    async def start(self) -> None:
        """Listen; raises OSError if the port is taken."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port, backlog=1024).start()
        host, port = self._runner.addresses[0][:2]
        self._state.base_url = f"http://{host}:{port}"

    async def stop(self) -> None:
        """Cancel what is being delivered, close every connection and stop listening."""
        try:
            await self.deliverer.close()
            await self.sockets.close()
        finally:
            await self._runner.cleanup()

    def _application(self) -> web.Application:
        application = web.Application(client_max_size=MAX_BODY_BYTES)
        application.router.add_route(
            "*", "/api/{method}", WebApi(self._state, self.methods, self.failures).answer
        )
        application.router.add_post("/response/{id}", self._responses.answer)
        application.router.add_get("/link", self.sockets.connect)
        application.router.add_get("/files/{id}", self.files.answer)
        application.router.add_post("/upload/{id}", self.uploads.receive)
        return application

    def _methods(self) -> dict[str, Method]:
        """The methods of the Web API by their names."""
        return (
            AssistantMethods(self._state).table()
            | BlockMethods().table()
            | ChatMethods(self._state, self.feed).table()
            | ConversationMethods(self._state, self.sockets).table()
            | ReactionMethods(self._state, self.feed).table()
            | UsergroupMethods(self._state).table()
            | self._views.table()
            | self.files.table()
            | self.uploads.table()
        )
