"""Checks of blocks and views against the rules; each fault is a sentence. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator

from slack_sandbox.blockkit import block_rules as rules
from slack_sandbox.blockkit.element_rules import ELEMENTS, OBJECTS, TEXTS
from slack_sandbox.blockkit.field_rules import ID, Json, Rule, Rules, string
from slack_sandbox.blockkit.field_values import CHECKS, disagreements
from slack_sandbox.blockkit.totals import listed, together

Faults = Iterator[str]

_TYPE: Rules = {"type": Rule("anything")}
_FIELDS = {kind: fields | _TYPE | {"block_id": string(ID)} for kind, fields in rules.BLOCKS.items()}
_FIELDS |= {
    kind: fields | _TYPE for kind, fields in ELEMENTS.items()
}  # an image here is the element
_OPEN = frozenset({"pie", "bar", "area", "line"})
"""Charts: what is in them is not looked at."""


def check_blocks(blocks: object, surface: str, path: str = "/blocks") -> list[str]:
    """All faults for which Slack would refuse these blocks; [] if none.

    The sum of a message's blocks has an error of its own in Slack, see blocks_length().

    Args:
        blocks: the list of blocks as it would be sent.
        surface: "message", "modal" or "home".
        path: where they are in the request; each fault ends in its path, as Slack's do:
            [json-pointer:/blocks/0].

    """
    if not isinstance(blocks, list):
        return [_fault("must be a list", path)]
    most = rules.MAX_BLOCKS[surface]
    faults = (
        [_fault(f"{len(blocks)} blocks, a {surface} takes at most {most}", path)]
        if len(blocks) > most
        else []
    )
    for index, block in enumerate(blocks):
        faults += _block(block, f"{path}/{index}", surface)
    return faults + [
        _fault(sentence, f"{path}{pointer}") for sentence, pointer in together(blocks, surface)
    ]


def check_view(view: object, path: str = "/view") -> list[str]:
    """All faults for which Slack would refuse this view (modal or Home tab); [] if none.

    Args:
        view: the view as it would be sent.
        path: where it is in the request.

    """
    if not isinstance(view, dict):
        return [_fault("must be an object", path)]
    surface = view.get("type")
    if not isinstance(surface, str) or surface not in rules.VIEWS:
        return [_fault(f"{surface!r}, allowed are {_joined(rules.VIEWS)}", f"{path}/type")]
    faults = list(_fields(view, rules.VIEWS[surface] | _TYPE, path))
    faults += check_blocks(view.get("blocks"), surface, f"{path}/blocks")
    blocks = listed(view, "blocks")
    inputs = any(isinstance(block, dict) and block.get("type") == "input" for block in blocks)
    if surface == rules.MODAL and inputs and not view.get("submit"):
        faults.append(
            _fault("missing required field: submit, needed when there is an input block", path)
        )
    return faults


def _fault(sentence: str, path: str) -> str:
    return f"{sentence} [json-pointer:{path}]"


def _block(block: object, path: str, surface: str) -> Faults:
    if not isinstance(block, dict):
        yield _fault("must be an object", path)
        return
    kind = block.get("type")
    if not isinstance(kind, str) or kind not in rules.BLOCKS:
        yield _fault(
            f"unsupported type: {kind!r}, allowed are {_joined(rules.BLOCKS)}", f"{path}/type"
        )
        return
    yield from _object(block, rules.BLOCKS[kind] | _TYPE | {"block_id": string(ID)}, path)
    elements = _elements(block)
    for found in (kind, *(str(element.get("type")) for element in elements)):
        surfaces = rules.SURFACES.get(found, rules.EVERYWHERE)
        if surface not in surfaces:
            yield _fault(
                f"{found} is not allowed in a {surface}, only in {_joined(surfaces)}", path
            )
    yield from _unique_actions(elements, path)
    for index, child in enumerate(listed(block, "child_blocks")):
        yield from _block(child, f"{path}/child_blocks/{index}", surface)


def _object(value: Json, fields: Rules, path: str) -> Faults:
    """An object of known kind: its fields, and what its fields must be together."""
    yield from _fields(value, fields, path)
    for name, sentence in disagreements(value):
        yield _fault(sentence, f"{path}/{name}" if name else path)


def _fields(value: Json, fields: Rules, path: str) -> Faults:
    for name in value.keys() - fields.keys():
        yield _fault(f"invalid additional property: {name}", path)
    for name, rule in fields.items():
        if value.get(name) is not None:
            yield from _value(value[name], rule, f"{path}/{name}")
        elif rule.needed:
            yield _fault(f"missing required field: {name}", path)


def _value(value: object, rule: Rule, path: str) -> Faults:
    if rule.kind in CHECKS:
        for sentence in CHECKS[rule.kind](value, rule):
            yield _fault(sentence, path)
    else:
        yield from _HOLDING[rule.kind](value, rule, path)


def _text(value: object, rule: Rule, path: str) -> Faults:
    allowed = {"plain_text"} if rule.kind == "plain" else set(TEXTS)
    if not isinstance(value, dict) or value.get("type") not in allowed:
        kind = value.get("type") if isinstance(value, dict) else value
        yield _fault(f"must be a text object of type {_joined(allowed)}, not {kind!r}", path)
    else:
        own = Rule("string", rule.most, rule.least, needed=True)
        yield from _fields(value, TEXTS[value["type"]] | _TYPE | {"text": own}, path)


def _list(value: object, rule: Rule, path: str) -> Faults:
    if not isinstance(value, list):
        yield _fault("must be a list", path)
        return
    if len(value) < rule.least:
        yield _fault(f"{len(value)} items, at least {rule.least} is required", path)
    if rule.most and len(value) > rule.most:
        yield _fault(f"{len(value)} items, at most {rule.most} are allowed", path)
    if rule.of or rule.shape:
        for index, item in enumerate(value):
            yield from _item(item, rule, f"{path}/{index}")


def _item(value: object, rule: Rule, path: str) -> Faults:
    """One object in a list or a field: of a type the rule allows, or of the rule's shape."""
    if not isinstance(value, dict):
        yield _fault("must be an object", path)
    elif rule.shape:
        yield from _object(value, OBJECTS[rule.shape], path)
    else:
        kind = value.get("type")
        if not isinstance(kind, str) or kind not in rule.of:
            yield _fault(
                f"unsupported type: {kind!r}, allowed are {_joined(rule.of)}", f"{path}/type"
            )
        elif kind in TEXTS:
            yield from _text(value, Rule("text", rule.each, least=1), path)
        elif kind not in _OPEN:
            yield from _object(value, _FIELDS[kind], path)


def _grid(value: object, rule: Rule, path: str) -> Faults:
    yield from _list(value, Rule("list", rule.most, rule.least), path)
    for index, row in enumerate(value if isinstance(value, list) else []):
        cells = Rule("list", rule.each, 1, of=rule.of)
        yield from _list(row, cells, f"{path}/{index}")


_HOLDING: dict[str, Callable[[object, Rule, str], Faults]] = {
    "plain": _text,
    "text": _text,
    "list": _list,
    "grid": _grid,
    "object": _item,
}


def _unique_actions(elements: list[Json], path: str) -> Faults:
    ids = [str(found["action_id"]) for found in elements if found.get("action_id")]
    for name, count in Counter(ids).items() if len(ids) > 1 else ():
        if count > 1:
            yield _fault(
                f"action_id {name!r} is there {count} times, it must be unique in its block", path
            )


def _elements(block: Json) -> list[Json]:
    several = (*listed(block, "elements"), *listed(block, "actions"))
    found = [
        item
        for item in (block.get("accessory"), block.get("element"), *several)
        if isinstance(item, dict)
    ]
    cards = [item for item in found if item.get("type") == "card"]
    return [item for item in found if item not in cards] + [
        e for card in cards for e in _elements(card)
    ]


def _joined(names: object) -> str:
    return (
        ", ".join(sorted(map(str, names)))
        if isinstance(names, frozenset | set | dict | tuple)
        else ""
    )
