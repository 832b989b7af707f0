"""What whoever starts the page says about it: who can be acted as, what can be tried, and how the bot is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Somebody to act as: the id of a user of the workspace, and what they are."""

    id: str
    role: str


@dataclass(frozen=True)
class SampleFile:
    """A file to try."""

    name: str
    mimetype: str
    content: bytes


@dataclass(frozen=True)
class Sample:
    """A text or a file to try. `must_be_silent`: where nobody asked the bot, no reply is the right one."""

    label: str
    text: str = ""
    must_be_silent: bool = False
    file: SampleFile | None = None


@dataclass(frozen=True)
class Shortcut:
    """An entry of a message's menu that belongs to the app."""

    callback_id: str
    name: str


@dataclass(frozen=True)
class PageSetup:
    """All that the page cannot see in the workspace.

    Args:
        people: whom the page can act as; the first one to begin with.
        channels: ids of the channels in the order in which they are listed.
        bot_name: how the bot is called; a typed @name of it is a mention.
        workspace: the name above the channels.
        commands: slash commands that the app has; Slack knows no others.
        samples: texts and files to click.
        shortcuts: the app's entries in the menu of each message.
        why: why the bot judges a text as it does, in sentences; the text is as the bot hears it, without its name.
        faults: lines such as "articles/x.yaml:3: title: missing"; none while all is well.
        status: what is wrong with the bot, such as "The bot has stopped; waiting for it"; empty while nothing is.
        hosts: names by which browsers may call the page, besides those of loopback.
        about: what the app is for, as its About tab says.

    """

    people: tuple[Person, ...]
    channels: tuple[str, ...]
    bot_name: str = "Bot"
    workspace: str = "Sandbox"
    commands: tuple[str, ...] = ()
    samples: tuple[Sample, ...] = ()
    shortcuts: tuple[Shortcut, ...] = ()
    why: Callable[[str], str] | None = None
    faults: Callable[[], Sequence[str]] | None = None
    status: Callable[[], str] | None = None
    hosts: tuple[str, ...] = ()
    about: str = ""
