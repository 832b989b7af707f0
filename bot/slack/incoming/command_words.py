"""What is asked for after /xero-error, apart from errors. Pure."""

import re
from dataclasses import dataclass
from enum import StrEnum


class Wish(StrEnum):
    """What a command without an error asks for."""

    PASTE = "paste"
    """It has no text: a box to paste into."""
    HELP = "help"
    LIST = "list"
    OPEN = "open"
    ESCALATE = "escalate"
    STATUS = "status"
    UNCLEAR_STATUS = "unclear status"
    """One word after *status* that is no number of an escalation, unless it is an error."""


@dataclass(frozen=True)
class Asked:
    """`text`: what comes after *escalate*; `number`: of an escalation, None if there is none."""

    wish: Wish
    text: str = ""
    number: int | None = None


_WORDS = {"": Wish.PASTE, "help": Wish.HELP, "list": Wish.LIST, "open": Wish.OPEN}
_HELP_ME = frozenset({"help me", "please help", "please help me", "help me please"})
"""They ask for a person, as no error reads like that."""
_STATUS = re.compile(
    r"status(?:\s+(?:of|for))?\s+(?:esc|#|(?=\d))[\s#\u2010-\u2015-]*(?P<number>\d{1,9})[.?!]?",
    re.IGNORECASE,
)
"""A phone may write another dash than ESC-12 has."""
_ONE_WORD = re.compile(r"status\s+\S+", re.IGNORECASE)


def asked_for(text: str) -> Asked | None:
    """Return what a command asks for; None if its text is an error, or is to be read as one."""
    text = text.strip()
    if wish := _WORDS.get(text.lower()):
        return Asked(wish)
    first, *rest = text.split(maxsplit=1)
    if first.lower() == "escalate" or text.lower() in _HELP_ME:
        return Asked(Wish.ESCALATE, "".join(rest) if first.lower() == "escalate" else "")
    if text.lower() == "status":
        return Asked(Wish.STATUS)
    if found := _STATUS.fullmatch(text):
        return Asked(Wish.STATUS, number=int(found["number"]))
    return Asked(Wish.UNCLEAR_STATUS) if _ONE_WORD.fullmatch(text) else None
