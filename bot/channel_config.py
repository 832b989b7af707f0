"""Loader of `channels.yaml`: a file with a fault is refused completely."""

from pathlib import Path

from bot.domain.channel_rules import ChannelRules
from bot.domain.errors import ChannelsError, Fault
from bot.strict_yaml import FileSchema, SourceMap, read_yaml

DEFAULT_FILE = Path("channels.yaml")
"""In the working directory; read if it exists."""

_SCHEMA = FileSchema(
    model=ChannelRules,
    name="CHANNELS_FILE",
    shape="the file has `channels:` and `guests:`, each with `key: value` lines below, and `shops:`",
    depth="channels and guests have one level of keys each",
    may_be_empty=True,
)


def channels_file(configured: Path | None) -> Path | None:
    """Return the file to read: the configured one, or the default if it exists, or None."""
    return configured or (DEFAULT_FILE if DEFAULT_FILE.exists() else None)


def load(path: Path) -> ChannelRules:
    """Return the rules in a file.

    Raises:
        ChannelsError: with every fault of the file.
    """
    faults: list[Fault] = []
    rules = read_yaml(path, SourceMap(str(path), _SCHEMA.name), _SCHEMA, faults)
    if rules is None or faults:
        raise ChannelsError(faults)
    return rules


def load_if_any(configured: Path | None) -> ChannelRules:
    """Return the rules in the file of `channels_file`, or the defaults without a file.

    Raises:
        ChannelsError: as `load`.
    """
    path = channels_file(configured)
    return load(path) if path else ChannelRules()
