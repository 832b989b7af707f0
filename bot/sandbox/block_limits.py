"""Would Slack take these blocks? One walk over the rules of block_rules; every fault is a sentence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from bot.sandbox import block_rules as rules
from bot.sandbox.block_totals import listed, together
from bot.sandbox.element_rules import ELEMENTS, OBJECTS
from bot.sandbox.records import Json
from bot.sandbox.rules import ID, Rule, Rules, string

Faults = Iterator[str]

_FIELDS = {kind: fields | {"block_id": string(ID)} for kind, fields in rules.BLOCKS.items()}


def check_blocks(blocks: object, surface: str) -> list[str]:
    """All faults for which Slack would refuse these blocks, none when it would take them.

    The sum of a message's blocks is not among them: Slack has an error of its own, see blocks_length().

    Args:
        blocks: the list of blocks as it would be sent.
        surface: "message", "modal" or "home".

    """
    if not isinstance(blocks, list):
        return ["blocks: must be a list"]
    most = rules.MOST_BLOCKS[surface]
    faults = [f"blocks: {len(blocks)} blocks, a {surface} takes at most {most}"] if len(blocks) > most else []
    for index, block in enumerate(blocks):
        faults += _block(block, f"blocks[{index}]", surface)
    return faults + list(together(blocks, surface))


def check_view(view: object) -> list[str]:
    """All faults for which Slack would refuse this view (a modal or a Home tab), none when it would take it."""
    if not isinstance(view, dict):
        return ["view: must be an object"]
    surface = view.get("type")
    if not isinstance(surface, str) or surface not in rules.VIEWS:
        return [f"view.type: {surface!r}, allowed are {_words(rules.VIEWS)}"]
    faults = list(_fields(view, rules.VIEWS[surface], "view"))
    faults += check_blocks(view.get("blocks"), surface)
    blocks = listed(view, "blocks")
    inputs = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if surface == rules.MODAL and inputs and not view.get("submit"):
        faults.append("view.submit: missing, it is needed when there is an input block")
    return faults


def _block(block: object, path: str, surface: str) -> Faults:
    if not isinstance(block, dict):
        yield f"{path}: must be an object"
        return
    kind = block.get("type")
    if not isinstance(kind, str) or kind not in rules.BLOCKS:
        yield f"{path}.type: unknown block type {kind!r}, allowed are {_words(rules.BLOCKS)}"
        return
    yield from _object(block, _FIELDS[kind], path)
    elements = _elements(block)
    for found in (kind, *(str(element.get("type")) for element in elements)):
        surfaces = rules.SURFACES.get(found, rules.EVERYWHERE)
        if surface not in surfaces:
            yield f"{path}: {found} is not allowed in a {surface}, only in {_words(surfaces)}"
    yield from _unique_actions(elements, path)
    for index, child in enumerate(listed(block, "child_blocks")):
        yield from _block(child, f"{path}.child_blocks[{index}]", surface)


def _object(value: Json, fields: Rules, path: str) -> Faults:
    """An object of known kind: its fields, and what its fields must be together."""
    yield from _fields(value, fields, path)
    kind = str(value.get("type"))
    either = rules.EITHER.get(kind, ())
    if either and not any(value.get(name) for name in either):
        yield f"{path}: needs one of {_words(either)}"
    both = rules.NOT_BOTH.get(kind)
    if both and all(value.get(name) for name in both):
        yield f"{path}: takes only one of {_words(both)}"


def _fields(value: Json, fields: Rules, path: str) -> Faults:
    for name, rule in fields.items():
        if value.get(name) is not None:
            yield from _CHECKS[rule.kind](value[name], rule, f"{path}.{name}")
        elif rule.needed:
            yield f"{path}.{name}: missing, it is required"


def _string(value: object, rule: Rule, path: str) -> Faults:
    if not isinstance(value, str):
        yield f"{path}: must be a string"
    else:
        yield from _length(value, rule, path)


def _length(value: str, rule: Rule, path: str) -> Faults:
    if len(value) < rule.least:
        yield f"{path}: is empty, at least {rule.least} character is required"
    if rule.most and len(value) > rule.most:
        yield f"{path}: {len(value)} characters, at most {rule.most} are allowed"


def _text(value: object, rule: Rule, path: str) -> Faults:
    allowed = {"plain_text"} if rule.kind == "plain" else {"plain_text", "mrkdwn"}
    if not isinstance(value, dict) or value.get("type") not in allowed:
        kind = value.get("type") if isinstance(value, dict) else value
        yield f"{path}: must be a text object of type {_words(allowed)}, not {kind!r}"
    elif not isinstance(value.get("text"), str):
        yield f"{path}.text: must be a string"
    else:
        yield from _length(value["text"], rule, f"{path}.text")


def _list(value: object, rule: Rule, path: str) -> Faults:
    if not isinstance(value, list):
        yield f"{path}: must be a list"
        return
    if len(value) < rule.least:
        yield f"{path}: {len(value)} items, at least {rule.least} is required"
    if rule.most and len(value) > rule.most:
        yield f"{path}: {len(value)} items, at most {rule.most} are allowed"
    if rule.of or rule.shape:
        for index, item in enumerate(value):
            yield from _item(item, rule, f"{path}[{index}]")


def _item(value: object, rule: Rule, path: str) -> Faults:
    """One object in a list or a field: of a type the rule allows, or of the rule's shape."""
    if not isinstance(value, dict):
        yield f"{path}: must be an object"
    elif rule.of:
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in rule.of:
            yield f"{path}.type: {kind!r}, allowed are {_words(rule.of)}"
        elif kind in {"plain_text", "mrkdwn"}:
            yield from _text(value, Rule("text", rule.each, least=1), path)
        else:
            yield from _object(value, ELEMENTS.get(kind) or rules.BLOCKS.get(kind) or {}, path)
    else:
        yield from _object(value, OBJECTS.get(rule.shape, {}), path)


def _grid(value: object, rule: Rule, path: str) -> Faults:
    yield from _list(value, Rule("list", rule.most, rule.least), path)
    for index, row in enumerate(value if isinstance(value, list) else []):
        cells = Rule("list", rule.each, 1, of=rule.of)
        yield from _list(row, cells, f"{path}[{index}]")


def _choice(value: object, rule: Rule, path: str) -> Faults:
    if not isinstance(value, str) or value not in rule.of:
        yield f"{path}: {value!r}, allowed are {_words(rule.of)}"


def _number(value: object, rule: Rule, path: str) -> Faults:
    if not isinstance(value, int) or not rule.least <= value <= rule.most:
        yield f"{path}: {value!r}, allowed are {rule.least} to {rule.most}"


_CHECKS: dict[str, Callable[[object, Rule, str], Faults]] = {
    "string": _string,
    "plain": _text,
    "text": _text,
    "list": _list,
    "grid": _grid,
    "object": _item,
    "choice": _choice,
    "number": _number,
}


def _unique_actions(elements: list[Json], path: str) -> Faults:
    ids = [str(found["action_id"]) for found in elements if found.get("action_id")]
    for name, count in Counter(ids).items() if len(ids) > 1 else ():
        if count > 1:
            yield f"{path}: action_id {name!r} stands {count} times, it must be unique in its block"


def _elements(block: Json) -> list[Json]:
    several = (*listed(block, "elements"), *listed(block, "actions"))
    found = [item for item in (block.get("accessory"), block.get("element"), *several) if isinstance(item, dict)]
    cards = [item for item in found if item.get("type") == "card"]
    return [item for item in found if item not in cards] + [e for card in cards for e in _elements(card)]


def _words(names: object) -> str:
    return ", ".join(sorted(map(str, names))) if isinstance(names, frozenset | set | dict | tuple) else ""
