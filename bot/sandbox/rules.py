"""What one field of a block, element or object may be, and short ways to say it."""

from __future__ import annotations

from dataclasses import dataclass

ID = 255  # block_id, action_id, callback_id, external_id


@dataclass(frozen=True)
class Rule:
    """What one field may be.

    Args:
        kind: string, plain (plain_text only), text (plain_text or mrkdwn), list, grid (list of lists), object,
            choice or number.
        most: the longest string, the longest list, the greatest number; 0 is no limit.
        least: the shortest string or list.
        needed: whether the field must be there.
        of: the types a list's items or an object may have, or the words of a choice.
        each: the longest text of a list's text items, or the longest row of a grid.
        shape: the name in OBJECTS of what the items or the object look like, where they have no type.

    """

    kind: str
    most: int = 0
    least: int = 0
    needed: bool = False
    of: frozenset[str] = frozenset()
    each: int = 0
    shape: str = ""


Rules = dict[str, Rule]


def string(most: int = 0, *, needed: bool = False) -> Rule:
    """A string; an empty one is no better than none where it is needed."""
    return Rule("string", most, least=int(needed), needed=needed)


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
    """One of these words."""
    return Rule("choice", needed=needed, of=frozenset(of.split()))
