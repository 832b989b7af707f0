"""Reading what is set for single channels: strict, whole or not at all."""

from pathlib import Path

from bot.domain.channel_rules import ChannelRule, ChannelRules
from bot.domain.errors import ChannelsError, Fault
from bot.strict_yaml import Form, Place, read

DEFAULT = Path("channels.yaml")
"""In the working directory; read when it is there."""

_CHANNELS = Form(
    model=ChannelRules,
    name="file",
    shape="the file holds `channels:` and `guests:`, each with `key: value` lines below",
    depth="channels and guests have one level of keys each",
    owners={ChannelRules: "the file's", ChannelRule: "a channel's"},
    may_be_empty=True,
)


def file_of(named: Path | None) -> Path | None:
    """The file to read: the one that is named, else the default where there is one, else None."""
    return named or (DEFAULT if DEFAULT.exists() else None)


def load(path: Path) -> ChannelRules:
    """What a file sets.

    Raises:
        ChannelsError: listing every fault; nothing is half loaded.
    """
    faults: list[Fault] = []
    rules = read(path, Place(str(path), _CHANNELS.name), _CHANNELS, faults)
    if rules is None or faults:
        raise ChannelsError(faults)
    return rules


def load_if_any(named: Path | None) -> ChannelRules:
    """What `file_of` sets; all defaults where there is no file.

    Raises:
        ChannelsError: as `load`.
    """
    path = file_of(named)
    return load(path) if path else ChannelRules()
