"""Tests name what people read by its constant, so that rewording a sentence breaks none."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from bot.slack.views import wording
from tests.editors import ROOT, wording_modules
from tests.python_tokens import strings
from tests.slack_harness import NOT_FOUND

LEAST_WORDS = 4
"""Fewer words are the same by chance."""
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def pieces(text: str) -> Iterator[str]:
    """Yields what is between `{parts}` and line breaks of a string."""
    for piece in re.split(r"\{[^{}]*\}|\n", text):
        if len(piece.split()) >= LEAST_WORDS and piece.strip(" .") not in NOT_FOUND:
            yield piece.strip()


def texts(source: str) -> Iterator[tuple[int, str]]:
    """Yields line and text of each piece of a string that is no docstring."""
    nodes = list(ast.walk(ast.parse(source)))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            yield from ((node.lineno, piece) for piece in pieces(node.value))


class Copied:
    """Finds wordings in a string, and wordings that the string is a part of."""

    def __init__(self, wordings: Iterable[str]) -> None:
        self._all = list(wordings)
        self._joined = "\n".join(self._all)
        self._by_words: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for one in self._all:
            self._by_words[tuple(one.split()[1:3])].append(one)

    def in_text(self, text: str) -> list[str]:
        words = text.split()
        longer = [one for one in self._all if text in one] if text in self._joined else []
        within = {one for pair in pairwise(words) for one in self._by_words.get(pair, ())}
        return longer + [one for one in within if one in text and one != text]

    def may_be_in(self, source: str) -> bool:
        """Whether a Python file, its docstrings included, has some: parsing it takes longer."""
        written = (_ESCAPED.sub(_unescaped, text) for text in strings(source))
        return any(self.in_text(piece) for text in written for piece in pieces(text))


def _unescaped(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] == "n" else escaped[1]


def copies(files: Iterable[Path]) -> Iterator[str]:
    """Yields `file:line: the words of wording.py:line` for each copy."""
    wordings = {
        piece: f"{module.relative_to(ROOT)}:{line}"
        for module in wording_modules()
        for line, piece in texts(module.read_text(encoding="utf-8"))
    }
    copied = Copied(wordings)
    for file in files:
        source = file.read_text(encoding="utf-8")
        for line, text in texts(source) if copied.may_be_in(source) else ():
            for piece in copied.in_text(text):
                where = wordings[piece]
                yield f"{file.name}:{line}: the words of {where}, name the constant"


def test_no_test_repeats_a_sentence_that_people_read() -> None:
    assert list(copies(sorted((ROOT / "tests").rglob("*.py")))) == []


@pytest.mark.parametrize(
    "written",
    [
        "x = {!r}",
        "x = f'{{y}}{}'",
        "def f():\n    'Prose.'\n    g({!r})  # it's",
        'x = "\\"He\\": \\n{}\\n"',
        "x = (f'{{y}}'\n     {!r})",
    ],
)
@pytest.mark.parametrize("part", [slice(None), slice(4), slice(1, None)])
def test_the_search_finds_a_sentence_and_a_part_of_it(
    written: str, part: slice, tmp_path: Path
) -> None:
    words = wording.LATE.split()[part]
    file = tmp_path / "test_it.py"
    file.write_text(written.format(" ".join(words)), encoding="utf-8")
    assert [copy.partition(":")[0] for copy in copies([file])] == [file.name]
