"""The steps of a backtracking search: the cost of a regular expression, without a clock."""

from __future__ import annotations

import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from itertools import product
from random import Random
from typing import Any

Nodes = list[tuple[Any, Any]]
Then = Callable[[int], bool]
_UNBOUNDED = re._parser.MAXREPEAT  # type: ignore[attr-defined]
MAX_PAIRS = 12
_REPEATS = {"MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"}
_ONE = {"LITERAL", "NOT_LITERAL", "ANY", "IN"}
_CATEGORIES: dict[str, Callable[[str], bool]] = {
    "CATEGORY_DIGIT": str.isdecimal,
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_WORD": lambda c: c.isalnum() or c == "_",
}
_SAMPLES = "a" + string.printable


class Steps:
    """Counts each node that a search through a text tries."""

    def __init__(self, pattern: str) -> None:
        self.nodes = _prepared(re._parser.parse(pattern))  # type: ignore[attr-defined]
        self.count = 0
        self._text = ""

    def of_all(self, text: str, *, anchored: bool = False) -> int:
        """The steps of finding every match in a text; `anchored`: only one that is all of it."""
        self.count, self._text = 0, text
        with _deep():
            if anchored:
                self._follow(self.nodes, 0, 0, lambda end: end == len(text))
            else:
                self._find_all()
        return self.count

    def _find_all(self) -> None:
        start = 0
        while start <= len(self._text):
            end = self._once(self.nodes, start)
            start = start + 1 if end is None else max(end, start + 1)

    def _follow(self, nodes: Nodes, at: int, i: int, then: Then) -> bool:
        if at == len(nodes):
            return then(i)
        self.count += 1
        op, arg = nodes[at]
        rest: Then = lambda j: self._follow(nodes, at + 1, j, then)  # noqa: E731
        if op in _ONE:
            return i < len(self._text) and arg(self._text[i]) and rest(i + 1)
        if op in _REPEATS:
            return self._repeat(op, arg, i, rest)
        if op == "BRANCH":
            return any(self._follow(branch, 0, i, rest) for branch in arg)
        return self._holds(op, arg, i) and rest(i)

    def _holds(self, op: str, arg: Any, i: int) -> bool:
        if op == "AT":
            return self._is_at(str(arg), i)
        back, inside = arg
        found = i >= back and self._once(inside, i - back) is not None
        return found is (op == "ASSERT")

    def _repeat(self, op: str, arg: Any, i: int, rest: Then) -> bool:
        least, most, item = arg
        if op == "POSSESSIVE_REPEAT":
            done = 0
            while done < most and (end := self._once(item, i)) is not None:
                i, done = end, done + 1
            return done >= least and rest(i)

        def more(done: int, j: int) -> bool:
            go_on: Then = lambda k: k != j and more(done + 1, k)  # noqa: E731
            longer = lambda: done < most and self._follow(item, 0, j, go_on)  # noqa: E731
            enough = lambda: done >= least and rest(j)  # noqa: E731
            return longer() or enough() if op == "MAX_REPEAT" else enough() or longer()  # type: ignore[no-untyped-call]

        return more(0, i)

    def _once(self, nodes: Nodes, i: int) -> int | None:
        ends: list[int] = []
        self._follow(nodes, 0, i, lambda end: not ends.append(end))  # type: ignore[func-returns-value]
        return ends[0] if ends else None

    def _is_at(self, where: str, i: int) -> bool:
        words = [
            0 <= j < len(self._text) and _CATEGORIES["CATEGORY_WORD"](self._text[j])
            for j in (i - 1, i)
        ]
        if where == "AT_BOUNDARY":
            return words[0] != words[1]
        return i == 0 if "BEGINNING" in where else i == len(self._text)


def _prepared(parsed: Iterable[tuple[Any, Any]]) -> Nodes:
    """Nodes as a search needs them: what takes a character remembers which it takes."""
    nodes: Nodes = []
    for node_op, arg in parsed:
        op = str(node_op)
        if op in _ONE:
            nodes.append((op, cache(partial(_in_class, op, arg))))
        elif op in _REPEATS:
            nodes.append((op, (arg[0], arg[1], _prepared(arg[2]))))
        elif op in {"SUBPATTERN", "BRANCH"}:
            branches = [arg[3]] if op == "SUBPATTERN" else arg[1]
            nodes.append(("BRANCH", [_prepared(branch) for branch in branches]))
        elif op in {"ASSERT", "ASSERT_NOT"}:
            direction, inside = arg
            back = 0 if direction > 0 else inside.getwidth()[0]
            nodes.append((op, (back, _prepared(inside))))
        else:
            nodes.append((op, arg))
    return nodes


def _in_class(op: str, arg: Any, character: str) -> bool:
    code = ord(character)
    if op == "ANY":
        return True
    if op == "IN":
        negated = str(arg[0][0]) == "NEGATE"
        return any(_in_class(str(o), a, character) for o, a in arg[negated:]) != negated
    if op == "RANGE":
        return bool(arg[0] <= code <= arg[1])
    if op == "CATEGORY":
        name = str(arg).replace("_NOT_", "_")
        return _CATEGORIES[name](character) != ("_NOT_" in str(arg))
    return bool((code == arg) == (op == "LITERAL"))


def attacks(pattern: str, times: int) -> Iterator[str]:
    """Texts that keep a search busy: the lead to each repeat, then something many times."""
    nodes: Nodes = list(re._parser.parse(pattern))  # type: ignore[attr-defined]
    leads = {"", *_leads(nodes, "")}
    characters = _characters(nodes)
    pairs = sorted("".join(pair) for pair in product(sorted(characters), repeat=2))
    some = Random(pattern).sample(pairs, min(MAX_PAIRS, len(pairs)))  # noqa: S311 - seeded
    units = {*leads, *characters, *some} - {""}
    for lead, unit, end in product(sorted(leads), sorted(units), ("\0", "\n")):
        yield lead + unit * times + end


def _leads(nodes: Nodes, before: str) -> Iterator[str]:
    """The shortest text before and into each repeat."""
    for node_op, arg in nodes:
        op = str(node_op)
        if op in _REPEATS and arg[1] is _UNBOUNDED:
            yield before
            yield from _leads(list(arg[2]), before)
        elif op in _REPEATS:
            yield from _leads(list(arg[2]), before)
        elif op == "SUBPATTERN":
            yield from _leads(list(arg[3]), before)
        elif op == "BRANCH":
            for branch in arg[1]:
                yield from _leads(list(branch), before)
        before += _shortest([(node_op, arg)])


def _shortest(nodes: Nodes) -> str:
    made = ""
    for node_op, arg in nodes:
        op = str(node_op)
        if op in _ONE:
            known = chr(arg) if op == "LITERAL" else ""
            made += known or next(c for c in _SAMPLES if _in_class(op, arg, c))
        elif op in _REPEATS:
            made += _shortest(list(arg[2])) * arg[0]
        elif op == "SUBPATTERN":
            made += _shortest(list(arg[3]))
        elif op == "BRANCH":
            made += min((_shortest(list(branch)) for branch in arg[1]), key=len)
    return made


def _characters(nodes: Nodes) -> set[str]:
    """The characters that a pattern names, and one that most classes take."""
    found = {"a"}
    for node_op, arg in nodes:
        op = str(node_op)
        if op in {"LITERAL", "NOT_LITERAL"}:
            found.add(chr(arg))
        elif op == "IN":
            found |= _characters([pair for pair in arg if str(pair[0]) == "LITERAL"])
        elif op in _REPEATS:
            found |= _characters(list(arg[2]))
        elif op == "SUBPATTERN":
            found |= _characters(list(arg[3]))
        elif op == "BRANCH":
            found |= {c for branch in arg[1] for c in _characters(list(branch))}
    # letters of words such as date behave alike
    return {c for c in found if not c.isalnum()} | {"a"}


@contextmanager
def _deep() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
