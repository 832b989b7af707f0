import hashlib
import hmac
import json
import os
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.request import Request, urlopen


class Bot(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        signed = b"v0:" + self.headers["X-Slack-Request-Timestamp"].encode() + b":" + body
        key = os.environ["SLACK_SIGNING_SECRET"].encode()
        expected = "v0=" + hmac.new(key, signed, hashlib.sha256).hexdigest()
        genuine = hmac.compare_digest(expected, self.headers["X-Slack-Signature"])
        self.send_response(200 if genuine else 401)
        self.end_headers()
        event = json.loads(body)["event"]
        if genuine and event["type"] == "message" and "bot_id" not in event:
            answer = {
                "channel": event["channel"],
                "thread_ts": event["ts"],
                "text": f"Hi <@{event['user']}>",
            }
            headers = {
                "Authorization": f"Bearer {os.environ['SLACK_BOT_TOKEN']}",
                "Content-Type": "application/json",
            }
            url = f"{os.environ['SLACK_API_URL']}chat.postMessage"
            urlopen(Request(url, json.dumps(answer).encode(), headers)).close()  # noqa: S310


HTTPServer(("127.0.0.1", int(sys.argv[1])), Bot).serve_forever()
