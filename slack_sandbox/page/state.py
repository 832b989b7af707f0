"""What one person sees of the workspace, as JSON of limited size for the page."""

from __future__ import annotations

from base64 import b64encode

from slack_sandbox.page.setup import PageSetup, Sample
from slack_sandbox.sandbox import SlackSandbox
from slack_sandbox.state.models import Channel, Json, Message, Refused, User, View

MAX_CONVERSATIONS = 80
"""Messages of a channel that are shown, threads counted once; older ones are left out."""
MAX_REPLIES = 60
PICTURES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"})
"""What a browser is shown as a picture, and can be nothing else."""


class PageState:
    """Makes the JSON of each person's screen."""

    def __init__(self, ws: SlackSandbox, setup: PageSetup) -> None:
        self._ws = ws
        self._setup = setup

    def person(self, user_id: object) -> User:
        """Somebody whom the page can act as.

        Raises:
            Refused: there is no such person on this page.

        """
        known = {person.id for person in self._setup.people}
        for user in self._ws.directory.users:
            if user.id == user_id and user.id in known:
                return user
        raise Refused("there is no such person on this page")

    def is_guest(self, user: User) -> bool:
        """Somebody of another workspace: shared channels only, no app of ours beside them."""
        return user.team_id != self._ws.team_id

    def channels(self, user: User) -> list[Channel]:
        """The conversations that the person is in, as listed."""
        ids = list(self._setup.channels)
        if not self.is_guest(user):
            ids.append(self._ws.open_im(user.id))
        found = {channel.id: channel for channel in self._ws.directory.channels}
        return [found[i] for i in ids if i in found and user.id in found[i].members]

    def seen(self, user: User, channel_id: object, ts: object) -> Message:
        """A message on the person's screen.

        Raises:
            Refused: they do not see it.

        """
        if any(channel.id == channel_id for channel in self.channels(user)):
            for message in [*self._ws.messages(str(channel_id)), *self._ws.ephemerals(user.id)]:
                if (message.channel, message.ts) == (channel_id, ts):
                    return message
        raise Refused("this message is no longer here")

    def view(self, user: User, view_id: object) -> View:
        """A modal or the Home tab on the person's screen.

        Raises:
            Refused: it is not there.

        """
        home = self._ws.home(user.id)
        for view in [*self._ws.modals(user.id), *([home] if home else [])]:
            if view.id == view_id:
                return view
        raise Refused("this window is no longer open")

    def about(self) -> Json:
        """What does not change while the page is served."""
        guests = {user.id: self.is_guest(user) for user in self._ws.directory.users}
        return {
            "workspace": self._setup.workspace,
            "about": self._setup.about,
            "domain": f"{self._ws.identity.team_domain}.slack.com",
            "bot": {"id": self._ws.bot_user_id, "name": self._setup.bot_name},
            "people": [
                {"id": p.id, "role": p.role, "guest": guests.get(p.id, False)}
                for p in self._setup.people
            ],
            "commands": list(self._setup.commands),
            "samples": [_sample(sample) for sample in self._setup.samples],
            "shortcuts": [{"id": s.callback_id, "name": s.name} for s in self._setup.shortcuts],
            "why": self._setup.why is not None,
        }

    def screen_of(self, user: User) -> Json:
        """Everything on the person's screen that may change."""
        channels, home = self.channels(user), self._ws.home(user.id)
        return {
            "me": user.id,
            "users": {one.id: self.name(one) for one in self._ws.directory.users},
            "channelNames": {
                channel.id: channel.name for channel in self._ws.directory.channels if channel.name
            },
            "groups": self._ws.directory.usergroup_handles,
            "channels": [self._channel(channel) for channel in channels],
            "messages": {channel.id: self._messages(channel, user) for channel in channels},
            "modals": [_view(view) for view in self._ws.modals(user.id)],
            "home": _view(home) if home else None,
        }

    def name(self, user: User) -> str:
        """Somebody's name on the page."""
        return self._setup.bot_name if user.id == self._ws.bot_user_id else user.name

    def _channel(self, channel: Channel) -> Json:
        offered: Json = {}
        if channel.is_im:
            offered = {
                "prompts": self._ws.agent.prompts(channel.id),
                "invitation": self._ws.agent.title(channel.id),
            }
        return offered | {
            "id": channel.id,
            "name": self._setup.bot_name if channel.is_im else channel.name,
            "kind": channel.kind,
            "archived": channel.archived,
            "members": sorted(channel.members),
        }

    def _messages(self, channel: Channel, user: User) -> list[Json]:
        drawn = self._message
        threads: dict[str, list[Message]] = {}
        for message in self._ws.messages(channel.id):
            threads.setdefault(message.thread_ts or message.ts, []).append(message)
        ephemerals = [m for m in self._ws.ephemerals(user.id) if m.channel == channel.id]
        shown = [
            one
            for thread in list(threads.values())[-MAX_CONVERSATIONS:]
            for one in self._thread(thread)
        ]
        return sorted(
            [*shown, *map(drawn, ephemerals[-MAX_CONVERSATIONS:])],
            key=lambda message: str(message["ts"]),
        )

    def _thread(self, thread: list[Message]) -> list[Json]:
        first, *replies = thread
        drawn = self._message
        if first.is_reply:
            return [drawn(one) for one in thread[-MAX_REPLIES:]]
        facts: Json = {}
        if replies:
            facts = {
                "replies": len(replies),
                "repliers": list(dict.fromkeys(reply.user for reply in replies))[:5],
                "latest": replies[-1].ts,
            }
        if status := self._ws.agent.status(first.channel, first.ts):
            facts["status"] = status
        return [drawn(first) | facts, *map(drawn, replies[-MAX_REPLIES:])]

    def _message(self, message: Message) -> Json:
        made: Json = {
            "ts": message.ts,
            "user": message.user,
            "text": message.text,
            "blocks": message.blocks,
        }
        optional = {
            "bot": bool(message.bot_id),
            "thread": message.thread_ts if message.is_reply else None,
            "subtype": message.subtype,
            "edited": bool(message.edited),
            "private": bool(message.ephemeral_to),
            "attachments": [
                one | {"files": self._files(one.get("files") or [])} for one in message.attachments
            ],
            "files": self._files(message.files),
            "reactions": message.reactions,
        }
        return made | {key: value for key, value in optional.items() if value}

    def _files(self, files: list[Json]) -> list[Json]:
        return [self._file(file) for file in files]

    def _file(self, file: Json) -> Json:
        """A file as people see it, also one of Slack Connect; `picture` is its path on the page."""
        stored = self._ws.files.get(str(file.get("id")))
        if stored is None or stored.removed:
            return {"name": "This file was deleted.", "gone": True}
        shown = {key: stored.body.get(key) for key in ("name", "size", "preview", "mimetype")}
        return shown | (
            {"picture": f"/files/{stored.id}"} if stored.body["mimetype"] in PICTURES else {}
        )


def _sample(sample: Sample) -> Json:
    """A file comes as one that was attached, ready to be sent."""
    made: Json = {"label": sample.label, "text": sample.text, "silent": sample.must_be_silent}
    if sample.file is None:
        return made
    content = sample.file.content
    described = {"name": sample.file.name, "mimetype": sample.file.mimetype, "size": len(content)}
    return made | {"file": described | {"base64": b64encode(content).decode()}}


def _view(view: View) -> Json:
    shown = {key: view.body.get(key) for key in ("type", "title", "submit", "close", "blocks")}
    return shown | {"id": view.id, "hash": view.hash, "chosen": view.chosen}
