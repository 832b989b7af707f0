"""The HTTP application: Slack's requests and two health checks."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.health_paths import ALIVE, READY
from bot.services.readiness import Readiness
from bot.slack.request_verification import PATH, Guard


def application(readiness: Readiness, guard: Guard | None = None) -> ASGIApp:
    """Return the ASGI application; without `guard` (Socket Mode), health checks only."""

    async def ready(_: Request) -> PlainTextResponse:
        failing = await readiness.failing()
        if failing:
            return PlainTextResponse(f"not ready: {', '.join(failing)}\n", 503)
        return PlainTextResponse("ready\n")

    checks = Starlette(
        routes=[Route(ALIVE, _alive), Route(READY, ready)],
        exception_handlers={404: _not_found},
    )
    checks.router.redirect_slashes = False
    if guard is None:
        return checks

    # Starlette's layers cost as much as judging a message that gets no answer
    async def serve(scope: Scope, receive: Receive, send: Send) -> None:
        await (guard if scope["path"] == PATH else checks)(scope, receive, send)

    return serve


def refusing(why: str) -> Starlette:
    """Return the ASGI application for start and stop: Slack redelivers what it refuses."""

    async def refuse(_: Request) -> PlainTextResponse:
        return PlainTextResponse(f"not ready: {why}\n", 503)

    return Starlette(
        routes=[Route(ALIVE, _alive), Route(READY, refuse), Route(PATH, refuse, methods=["POST"])]
    )


async def _alive(_: Request) -> PlainTextResponse:
    return PlainTextResponse("ok\n")


async def _not_found(_: Request, __: Exception) -> PlainTextResponse:
    return PlainTextResponse(f"not found; Slack's requests go to {PATH}\n", 404)
