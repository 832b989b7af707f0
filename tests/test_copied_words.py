"""Tests name what people read by its constant, so that rewording a sentence breaks none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tests.editors import ROOT, wording_modules
from tests.slack_harness import NOT_FOUND

LEAST_WORDS = 4
"""Fewer words are the same by chance."""


def texts(file: Path) -> Iterator[tuple[int, str]]:
    """Yields line and text of each piece of a string: between `{parts}` and line breaks."""
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    prose = {id(node.value) for node in nodes if isinstance(node, ast.Expr)}
    for node in nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in prose:
            for piece in re.split(r"\{[^{}]*\}|\n", node.value):
                if len(piece.split()) >= LEAST_WORDS and piece.strip(" .") not in NOT_FOUND:
                    yield node.lineno, piece.strip()


def copies() -> Iterator[str]:
    """Yields `file:line: the words of wording.py:line` for each copy."""
    wordings = {
        piece: f"{module.relative_to(ROOT)}:{line}"
        for module in wording_modules()
        for line, piece in texts(module)
    }
    for file in sorted((ROOT / "tests").rglob("*.py")):
        for line, text in texts(file):
            for piece, where in wordings.items():
                if text in piece or piece in text:
                    yield f"{file.relative_to(ROOT)}:{line}: the words of {where}, name the constant"


def test_no_test_repeats_a_sentence_that_people_read() -> None:
    assert list(copies()) == []
