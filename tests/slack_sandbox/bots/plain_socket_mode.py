import asyncio
import os
from typing import Any

import aiohttp


async def main() -> None:
    async with aiohttp.ClientSession(os.environ["SLACK_API_URL"]) as session:

        async def call(method: str, token: str, **arguments: Any) -> Any:
            headers = {"Authorization": f"Bearer {os.environ[token]}"}
            async with session.post(method, json=arguments, headers=headers) as response:
                return await response.json()

        opened = await call("apps.connections.open", "SLACK_APP_TOKEN")
        async with session.ws_connect(opened["url"]) as socket:
            async for frame in socket:
                envelope = frame.json()
                if envelope["type"] != "events_api":
                    continue
                await socket.send_json({"envelope_id": envelope["envelope_id"]})
                event = envelope["payload"]["event"]
                if event["type"] == "message" and "bot_id" not in event:
                    answer = {"thread_ts": event["ts"], "text": f"Hi <@{event['user']}>"}
                    await call(
                        "chat.postMessage", "SLACK_BOT_TOKEN", channel=event["channel"], **answer
                    )


asyncio.run(main())
