"""Messages inside messages: permalinks, and the attachment that quotes a message."""

from __future__ import annotations

from datetime import UTC, datetime

from slack_sandbox.mrkdwn import unescape
from slack_sandbox.state.models import Json, Message
from slack_sandbox.state.store import State


def permalink(state: State, message: Message) -> str:
    """A message's permanent address."""
    base = f"https://{state.identity.team_domain}.slack.com/archives"
    link = f"{base}/{message.channel}/p{message.ts.replace('.', '')}"
    if message.is_reply:
        link += f"?thread_ts={message.thread_ts}&cid={message.channel}"
    return link


def quotation(state: State, message: Message, number: int, *, shared: bool) -> Json:
    """The attachment that quotes a message; `shared`: it was forwarded, else linked to."""
    channel, author = state.channels[message.channel], state.users.get(message.user)
    name = "Direct Message" if channel.is_im else channel.name
    who, team = (author.name, author.team_id) if author else ("", state.identity.team_id)
    link = permalink(state, message)
    made: Json = {
        "id": number,
        "ts": message.ts,
        "author_id": message.user,
        "author_name": who,
        "author_subname": who,
        "author_link": f"https://{state.identity.team_domain}.slack.com/team/{message.user}",
        "channel_id": channel.id,
        "channel_team": team,
        "channel_name": name,
        "is_msg_unfurl": True,
        "from_url": link,
        "text": message.text,
        "fallback": f"[{_date(message.ts)}] {who.lower()}: {unescape(message.text)}",
        "message_blocks": [
            {
                "team": team,
                "channel": channel.id,
                "ts": message.ts,
                "message": {"blocks": message.blocks},
            }
        ],
        "mrkdwn_in": ["text"],
        "color": "D0D0D0",
        "footer": _footer(name, message) if channel.kind == "channel" else "Slack Conversation",
    }
    made |= {"is_share": True} if shared else {"original_url": link}
    made |= {"is_reply_unfurl": True} if message.is_reply else {}
    return made | ({"files": message.files} if message.files else {})


def _footer(name: str, message: Message) -> str:
    return f"From a thread in #{name}" if message.is_reply else f"Posted in #{name}"


def _date(ts: str) -> str:
    when = datetime.fromtimestamp(float(ts), UTC)
    return f"{when:%B} {when.day}, {when:%Y} {when:%I:%M %p}"
