"""The records of a workspace: people, conversations, messages, views, exchanges, errors."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


class Refused(Exception):  # noqa: N818 - it reads as what happened: pytest.raises(Refused)
    """Slack's client would not allow this: an empty required field, a button that is not there."""


class ApiError(Exception):
    """An answer of the Web API with ok=false.

    Args:
        error: Slack's name of the error.
        messages: sentences for response_metadata.messages.
        extra: further keys of the answer, such as needed and provided.

    """

    def __init__(self, error: str, messages: list[str] | None = None, **extra: object) -> None:
        super().__init__(error)
        self.error = error
        self.messages = messages or []
        self.extra = extra


class IgnoredCall(ApiError):  # noqa: N818 - it reads as what happened
    """A call that Slack answers with ok=true and ignores.

    Args:
        why: a sentence that names the argument at fault.

    """

    def __init__(self, why: str) -> None:
        super().__init__("invalid_arguments", [f"[ERROR] {why}"])
        self.why = why


@dataclass(frozen=True)
class User:
    """A member; `team_id` differs from the workspace's own for a guest who comes by Slack Connect.

    `enterprise_id`: the Enterprise Grid organisation of their workspace; empty if it has none.
    `deleted`: the account is deactivated.
    """

    id: str
    name: str
    team_id: str
    email: str
    is_bot: bool = False
    enterprise_id: str = ""
    deleted: bool = False


@dataclass
class Channel:
    """A conversation. `kind` is Slack's channel_type: channel, group (private), im or mpim."""

    id: str
    name: str
    kind: str
    members: set[str]
    archived: bool = False
    created: int = 0

    @property
    def is_im(self) -> bool:
        """A direct conversation with the bot."""
        return self.kind == "im"


@dataclass
class Usergroup:
    """A user group (formerly subteam), mentioned as <!subteam^S...>."""

    id: str
    handle: str
    members: list[str]
    disabled: bool = False


@dataclass(frozen=True)
class Message:
    """One message as it is now; an edit makes a new Message with the same ts.

    `effective_mentions` and `links` are the mentions and bracketed links that take effect in it,
    `unfurls`: Slack would fetch its links. `response_url` is the address that it was sent to,
    if any.
    `username` is the name of an integration.
    """

    channel: str
    ts: str
    text: str
    user: str = ""
    bot_id: str = ""
    thread_ts: str | None = None
    subtype: str | None = None
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    ephemeral_to: str | None = None
    edited: Json | None = None
    response_url: str | None = None
    effective_mentions: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    unfurls: bool = False
    reactions: list[Json] = field(default_factory=list)
    username: str = ""

    @property
    def is_reply(self) -> bool:
        """Whether it is a reply in a thread."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass(frozen=True)
class View:
    """A modal or a Home tab of one person. `body` is what the bot sent, with ids filled in."""

    id: str
    user: str
    hash: str
    body: Json
    root_id: str
    previous_id: str | None = None
    chosen: Json = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The blocks as they were sent, with a block_id each."""
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        """The name by which the bot recognises the submission."""
        return str(self.body.get("callback_id", ""))

    @property
    def private_metadata(self) -> str:
        """The bot's own data in the view."""
        return str(self.body.get("private_metadata", ""))

    @property
    def title(self) -> str:
        """The title of a modal."""
        return str(self.body.get("title", {}).get("text", ""))


@dataclass
class Exchange:
    """One request and its answer. `direction`: out is to the bot, in is from the bot.

    `status` is None until the answer is there, and remains so if none comes; `ms` is the time it
    took. `ignored` says why Slack ignores the call though it answers ok=true.
    """

    direction: str
    kind: str
    name: str
    request: Json
    status: int | None = None
    answer: Any = None
    ms: float = 0.0
    retry_num: int = 0
    retry_reason: str = ""
    ignored: str = ""


@dataclass(frozen=True)
class ClientError:
    """An error that a person saw; `kind` is Slack's (operation_timeout, dispatch_failed ...)."""

    user: str
    kind: str
    name: str
    detail: str = ""
