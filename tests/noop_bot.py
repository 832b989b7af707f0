"""The least that a Bolt app can be, to compare the bot with: its one listener does nothing."""

from __future__ import annotations

import os

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient


def main() -> None:
    client = AsyncWebClient(
        token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]
    )
    app = AsyncApp(
        client=client,
        signing_secret=os.environ["SLACK_SIGNING_SECRET"],
        process_before_response=True,
    )

    @app.event("message")
    async def ignore() -> None: ...

    handler = AsyncSlackRequestHandler(app, "/slack/events")
    uvicorn.run(handler, port=int(os.environ["PORT"]), log_level="error", lifespan="off")


if __name__ == "__main__":
    main()
