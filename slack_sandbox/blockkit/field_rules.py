"""The rule of one field of a block, element or object, and short ways to write one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]
ID = 255  # block_id, action_id, callback_id, external_id


@dataclass(frozen=True)
class Rule:
    """What one field may be.

    Args:
        kind: string, url, date (YYYY-MM-DD), time (HH:MM), numeral (a number in a string), flag
            (true or false), number (an integer), real, choice, strings (a list), plain (a
            plain_text object), text (plain_text or mrkdwn), object, list (of objects), grid (a
            list of lists) or anything.
        most: the longest string, the longest list, the greatest number; 0 is no limit.
        least: the shortest string or list, the smallest number.
        needed: whether the field must be there.
        of: the types a list's items or an object may have, or the values of a choice.
        each: the longest text of a list's text items, or the longest row of a grid.
        shape: the name in OBJECTS of the form of items or object without a type.

    """

    kind: str
    most: int = 0
    least: int = 0
    needed: bool = False
    of: frozenset[str] = frozenset()
    each: int = 0
    shape: str = ""


Rules = dict[str, Rule]
FLAG = Rule("flag")
DATE = Rule("date")
TIME = Rule("time")
NUMERAL = Rule("numeral")


def string(most: int = 0, *, needed: bool = False) -> Rule:
    """A string; an empty one is no better than none where it is needed."""
    return Rule("string", most, least=int(needed), needed=needed)


def url(most: int = 3_000, *, needed: bool = False) -> Rule:
    """A string that is an address with its scheme."""
    return Rule("url", most, needed=needed)


def number(most: int, least: int = 0, *, needed: bool = False) -> Rule:
    """An integer from least to most."""
    return Rule("number", most, least, needed=needed)


def strings(most: int = 0, of: str = "") -> Rule:
    """A list of strings, each one of these where any are named."""
    return Rule("strings", most, of=frozenset(of.split()))


def plain(most: int, *, needed: bool = False) -> Rule:
    """A plain_text object."""
    return Rule("plain", most, least=1, needed=needed)


def text(most: int, *, needed: bool = False) -> Rule:
    """A plain_text or mrkdwn object."""
    return Rule("text", most, least=1, needed=needed)


def items(most: int, of: str, *, least: int = 1, needed: bool = True, each: int = 0) -> Rule:
    """A list of objects of these types."""
    return Rule("list", most, least, needed, frozenset(of.split()), each)


def one(of: str, *, needed: bool = False) -> Rule:
    """An object of one of these types."""
    return Rule("object", needed=needed, of=frozenset(of.split()))


def shaped(shape: str, *, needed: bool = False) -> Rule:
    """An object without a type, of a shape in OBJECTS."""
    return Rule("object", needed=needed, shape=shape)


def several(most: int, shape: str, *, needed: bool = True) -> Rule:
    """A list of objects without a type, of a shape in OBJECTS."""
    return Rule("list", most, 1, needed, shape=shape)


def choice(of: str, *, needed: bool = False) -> Rule:
    """One of these strings."""
    return Rule("choice", needed=needed, of=frozenset(of.split()))
