"""A bare Bolt app to compare the bot with: it posts the same message at once and stores nothing."""

from __future__ import annotations

import os
from typing import Any

import uvicorn
from slack_bolt.adapter.asgi.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.reports import Trigger
from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition.recogniser import Recogniser
from bot.slack.views.reply import reply
from tests.builders import reply_context
from tests.slack_harness import AUTHORISED


def main() -> None:
    recogniser = Recogniser(load(SHIPPED))
    made = reply(recogniser.judge(AUTHORISED, Trigger.HEARD), reply_context("token"))
    client = AsyncWebClient(
        token=os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"]
    )
    app = AsyncApp(
        client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"], ssl_check_enabled=True
    )

    @app.event("message")
    async def answer(event: dict[str, Any], client: AsyncWebClient) -> None:
        if "bot_id" not in event and "subtype" not in event:
            await client.chat_postMessage(
                channel=event["channel"],
                thread_ts=event["ts"],
                text=made.text,
                blocks=made.blocks,
            )

    handler = AsyncSlackRequestHandler(app, "/slack/events")
    uvicorn.run(handler, port=int(os.environ["PORT"]), log_level="error", lifespan="off")


if __name__ == "__main__":
    main()
