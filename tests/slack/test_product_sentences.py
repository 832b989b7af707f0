"""Sentences with a name of names.yaml: none leaves the code with `{product}` in it."""

from __future__ import annotations

import ast
import importlib
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.slack.views.named import named, named_plainly
from tests.builders import NAMES
from tests.editors import ROOT, wording_modules

PARTS = ("{product}", "{read_first}")
FILLERS = frozenset({"named", "named_plainly"})
CLICKPOS = "clickpos"


def module_of(path: Path) -> Any:
    return importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def texts_in(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case dict():
            for inner in value.values():
                yield from texts_in(inner)
        case tuple() | list():
            for inner in value:
                yield from texts_in(inner)


@cache
def sentences() -> dict[str, Any]:
    """The constants of all wording modules, by name."""
    return {
        name: value
        for path in wording_modules()
        for name, value in vars(module_of(path)).items()
        if name.isupper()
    }


def holds_the_part(value: Any) -> bool:
    return any(part in text for text in texts_in(value) for part in PARTS)


NAMED = {name: value for name, value in sentences().items() if holds_the_part(value)}


def is_filled(use: ast.Attribute, above: dict[ast.AST, ast.AST]) -> bool:
    """Whether a constant, or one of its sentences, is handed to what fills it."""
    node = above[use]
    if isinstance(node, ast.Subscript):
        if isinstance(node.slice, ast.Attribute):
            by_name = {key.name: text for key, text in NAMED[use.attr].items()}
            if not holds_the_part(by_name[node.slice.attr]):
                return True
        node = above[node]
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") in FILLERS


NAMES_OF_THEM = re.compile(rf"\b(?:{'|'.join(NAMED)})\b")


def unfilled(source: str) -> list[str]:
    """The constants with such a part that code uses as they are."""
    if not NAMES_OF_THEM.search(source):
        return []
    tree = ast.parse(source)
    above = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    found: list[str] = []
    for node in above:
        match node:
            case ast.Attribute(value=ast.Name(id=module), attr=name):
                is_used = name in NAMED and module.endswith(("wording", "words"))
                found += [name] if is_used and not is_filled(node, above) else []
            case ast.alias(name=name) if name in NAMED:
                found.append(name)
    return found


class TestEachSentenceWithTheProductsName:
    def test_is_filled_where_it_is_used(self) -> None:
        assert {
            "UNKNOWN",
            "CUT_OFF",
            "VANISHED",
            "PASTE_LABEL",
            "SENTENCES",
            "HELP",
        } <= NAMED.keys()
        code = [path for path in (ROOT / "bot").rglob("*.py") if not path.stem.endswith("wording")]
        found = {path.name: unfilled(path.read_text(encoding="utf-8")) for path in code}
        assert {name: used for name, used in found.items() if used} == {}

    @pytest.mark.parametrize(
        "source",
        [
            "blocks.section(wording.UNKNOWN)",
            "text = wording.CUT_OFF.format(name=1)",
            "words.SENTENCES[intent]",
            "words.SENTENCES[Intent.ASIDE]",
            "from bot.slack.views.wording import VANISHED",
        ],
    )
    def test_is_seen_where_it_is_not_filled(self, source: str) -> None:
        assert unfilled(source)

    def test_names_no_product_itself(self) -> None:
        assert [
            name
            for name, value in sentences().items()
            if any(CLICKPOS in text.casefold() for text in texts_in(value))
        ] == []

    def test_has_the_name_as_it_is_written(self) -> None:
        names = NAMES.model_copy(update={"product": "H&L <POS>"})
        assert named("in {product}", names) == "in H&amp;L &lt;POS&gt;"
        assert named_plainly("in {product}", names) == "in H&L <POS>"
