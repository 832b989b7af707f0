import os
import sys

from slack_bolt import App
from slack_sdk import WebClient

client = WebClient(os.environ["SLACK_BOT_TOKEN"], base_url=os.environ["SLACK_API_URL"])
app = App(client=client, signing_secret=os.environ["SLACK_SIGNING_SECRET"])
app.message("hello")(lambda message, say: say(f"Hi <@{message['user']}>", thread_ts=message["ts"]))
app.start(port=int(sys.argv[1]))
