"""The page's settings: the people to act as, what can be tried, and the bot's status."""

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
    """A text or a file to try. `must_be_silent`: unasked, the bot rightly does not reply."""

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
    """All that the page does not find in the workspace.

    Args:
        people: the people to act as, the first one at first.
        channels: ids of the channels in the order in which they are listed.
        bot_name: the bot's name; a typed @name of it is a mention.
        workspace: the name above the channels.
        commands: the app's slash commands; others are refused.
        samples: texts and files to click.
        shortcuts: the app's entries in the menu of each message.
        why: explains in sentences how the bot judges a text; the text has no mention of the bot.
        faults: lines such as "articles/x.yaml:3: title: missing"; empty if there are none.
        status: what is wrong with the bot, such as "The bot has stopped"; empty if nothing is.
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
