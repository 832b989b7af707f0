"""Files of relays: what became of each in the thread to which its message is copied."""

from dataclasses import dataclass
from enum import StrEnum

MAX_COPY_BYTES = 20_000_000
"""A phone's photo has 3 to 12 MB; a file is in memory while it is copied."""


class UploadOutcome(StrEnum):
    """What became of a file. The values are stored."""

    COPIED = "copied"
    LARGE = "large"
    """More than `MAX_COPY_BYTES`."""
    EXTERNAL = "external"
    """Only linked to Slack; its content is elsewhere."""
    GONE = "gone"
    """Deleted, or not accessible to the bot."""
    REFUSED = "refused"
    """The bot may not read or upload files: a scope was declined, or the workspace forbids it."""
    SHARED = "shared"
    """The channel is shared with another company, and nobody confirmed that the file goes there."""
    SLOW = "slow"
    """Copying it failed or took too long, several times."""


@dataclass(frozen=True)
class Upload:
    """A file of a relay. `file`: its id; `copy`: the id of the bot's own copy, if there is one."""

    file: str
    outcome: UploadOutcome
    copy: str = ""
