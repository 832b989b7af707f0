"""Scopes of the bot token, by Web API method, event and feature; and the optional ones."""

from collections.abc import Mapping
from dataclasses import dataclass

_NONE = frozenset[str]()
_READ = frozenset({"channels:read", "groups:read", "im:read", "mpim:read"})
_HISTORY = frozenset({"channels:history", "groups:history", "im:history", "mpim:history"})

METHODS: Mapping[str, frozenset[str]] = {
    "apps.connections.open": _NONE,  # called with the app-level token, which has connections:write
    "assistant.threads.setSuggestedPrompts": frozenset({"assistant:write"}),
    "auth.test": _NONE,
    "chat.delete": frozenset({"chat:write"}),
    "chat.postEphemeral": frozenset({"chat:write"}),
    "chat.postMessage": frozenset({"chat:write"}),
    "chat.update": frozenset({"chat:write"}),
    "conversations.history": _HISTORY,
    "conversations.info": _READ,
    "conversations.members": _READ,
    "conversations.open": frozenset(
        {"im:write"}
    ),  # with one person only; with several, mpim:write too
    "conversations.replies": _HISTORY,
    "files.completeUploadExternal": frozenset({"files:write"}),
    "files.delete": frozenset({"files:write"}),
    "files.getUploadURLExternal": frozenset({"files:write"}),
    "files.info": frozenset({"files:read"}),
    "reactions.add": frozenset({"reactions:write"}),
    "reactions.remove": frozenset({"reactions:write"}),
    "usergroups.users.list": frozenset({"usergroups:read"}),
    "users.conversations": _READ,
    "users.info": frozenset({"users:read"}),
    "views.open": _NONE,
    "views.publish": _NONE,
    "views.push": _NONE,
    "views.update": _NONE,
}
"""Web API methods that the bot calls. Of four scopes, each covers one kind of conversation."""

EVENTS: Mapping[str, frozenset[str]] = {
    "app_home_opened": _NONE,
    "app_uninstalled": _NONE,
    "channel_archive": frozenset({"channels:read"}),
    "channel_deleted": frozenset({"channels:read"}),
    "channel_id_changed": frozenset({"groups:read"}),
    "channel_left": frozenset({"channels:read"}),
    "group_archive": frozenset({"groups:read"}),
    "group_deleted": frozenset({"groups:read"}),
    "group_left": frozenset({"groups:read"}),
    "app_mention": frozenset({"app_mentions:read"}),
    "member_joined_channel": frozenset({"channels:read", "groups:read"}),
    "member_left_channel": frozenset({"channels:read", "groups:read"}),
    "message.channels": frozenset({"channels:history"}),
    "message.groups": frozenset({"groups:history"}),
    "message.im": frozenset({"im:history"}),
    "message.mpim": frozenset({"mpim:history"}),
    "tokens_revoked": _NONE,
}
"""Events that the bot subscribes to."""

FEATURES: Mapping[str, frozenset[str]] = {
    "agent_view": frozenset({"assistant:write"}),
    "shortcuts": frozenset({"commands"}),
    "slash_commands": frozenset({"commands"}),
}
"""Features that the manifest switches on."""


@dataclass(frozen=True)
class OptionalScope:
    """A scope that may be declined when the app is installed.

    `feature`: what it is for. `without`: what happens when it is missing, as a sentence.
    """

    scope: str
    feature: str
    without: str


OPTIONAL = (
    OptionalScope(
        "files:read",
        "Attached files and screenshots",
        "The reply says that the file could not be read; the text of the message is answered as usual. "
        "The escalation form has no field for files.",
    ),
    OptionalScope(
        "files:write",
        "Files sent between the requester's thread and the card's",
        "The text is sent, and the files stay where they are; their sender hears why.",
    ),
    OptionalScope(
        "mpim:history",
        "Group direct messages",
        "The bot hears nothing in group direct messages; *Explain this Xero error* works there.",
    ),
    OptionalScope(
        "mpim:read",
        "Group direct messages",
        "*Explain this Xero error* in a group direct message answers its asker alone, and nothing is shared there.",
    ),
    OptionalScope(
        "reactions:write",
        "The 👀 reaction while a file is read",
        "The reply comes without it.",
    ),
    OptionalScope(
        "usergroups:read",
        "User groups (S…) in RESPONDERS",
        "Members of these groups cannot claim or resolve; name the people, or leave RESPONDERS empty.",
    ),
    OptionalScope(
        "users:read",
        "The Home tab of support agents, and names in e-mails and tickets",
        "Everybody's Home tab lists their own escalations only; `/xero-error open` still lists all to support. E-mails "
        "and tickets say who asked by the Slack id.",
    ),
)
"""Scopes that can be declined; the bot works without each of them."""

ALL = frozenset[str]().union(*METHODS.values(), *EVENTS.values(), *FEATURES.values())
"""Every scope that the manifest asks for."""
REQUIRED = ALL - {optional.scope for optional in OPTIONAL}


def needed_by(scope: str) -> list[str]:
    """Return the methods, events and features that need a scope, in this order."""
    tables = (METHODS, EVENTS, FEATURES)
    return [name for table in tables for name, scopes in table.items() if scope in scopes]


def page_of(method: str) -> str:
    """Return the address of a method's page in Slack's documentation; else that of the list."""
    return f"https://docs.slack.dev/reference/methods/{method if method in METHODS else ''}"
