"""Plain English: no refused words, and sentences of at most 100 columns.

Docstrings, comments, identifiers, log lines, errors, help texts and documents are checked; data and
patterns are not.
"""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path

import pytest

from tests.python_tokens import comments

ROOT = Path(__file__).resolve().parent.parent
MAX_COLUMNS = 100
"""Of lines with a docstring or a comment."""

RELEASED = ":(exclude)bot/storage/migrations/versions"
"""Revisions, which are not changed once databases have them."""

DIALECT = (
    "stand stands standing stood gives told said place places whole rooms stage deeds desk slips "
    "whoever excepted anew"
).split()
"""Words that mean five things each, or that no engineer searches for."""
EMPTY_NAMES = "manager helper helpers util utils processor misc common".split()
"""Names that do not say what is inside; refused in identifiers and file names."""
PHRASES = ("at the most", "by hand", "so many", "none the less")

_WORDS = re.compile(rf"\b(?:{'|'.join(DIALECT)})\b", re.IGNORECASE)
_PHRASES = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b", re.IGNORECASE)
_RIGHT_PHRASES = re.compile(
    r"\bin place\b|\bhelp desk\b|\bplace(?= of)|\bwhole numbers?\b", re.IGNORECASE
)
_RIGHT = re.compile(rf"{_RIGHT_PHRASES.pattern}|\"[^\"\n]*\"|`[^`\n]*`", re.IGNORECASE)
"""Uses that are right: updated in place, Zendesk's help desk, integers, and quotations."""
_EMPTY = re.compile(rf"(?:^|_)(?:{'|'.join(EMPTY_NAMES)})(?:_|$)|^_*(?:handle|do)_")
_NAMES = re.compile(r"[A-Za-z_]\w*")
_NEAR = re.compile(rf"\b(?:{'|'.join(PHRASES)})\b".replace(" ", r"\W+"), re.IGNORECASE)
_VERBS = re.compile(r"^_*(?:handle|do)_", re.MULTILINE)
_REFUSED = frozenset([*DIALECT, *EMPTY_NAMES])
_HUMPS = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")

ALLOWED = {
    # values in the JSON of `explain --why`, which others read
    "bot/recognition/explanation.py": {"stand", "stands"},
    # names that `html.parser` calls
    "bot/attachments/html_text.py": {"handle"},
    "tests/integrations/test_email_message.py": {"handle"},
    # methods that `aiosmtpd` calls
    "tests/crash/servers.py": {"handle"},
    "tests/integrations/test_email.py": {"handle"},
    # a method that `http.server` calls
    "tests/slack_sandbox/bots/plain_http.py": {"do"},
    "tests/test_english.py": {*DIALECT, *EMPTY_NAMES},
}
"""Words that are right in one file, with the reason."""


def files(suffix: str) -> list[str]:
    """Return the files of the repository with that suffix."""
    git = shutil.which("git") or "git"
    listed = subprocess.run(
        [git, "ls-files", "--cached", "--others", "--exclude-standard", "--", ".", RELEASED],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return [name for name in listed.stdout.splitlines() if name.endswith(suffix)]


@lru_cache(maxsize=1)
def _nodes(source: str) -> list[ast.AST]:
    return list(ast.walk(ast.parse(source)))


def sentences(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and text of what people read in a Python file."""
    for start, comment in comments(source):
        yield source.count("\n", 0, start) + 1, comment
    for node in _nodes(source):
        match node:
            case ast.Expr(ast.Constant(str() as text)):
                yield node.lineno, text
            case ast.Raise(exc=ast.Call() as call):
                yield from _texts(call)
            case ast.Call(func=ast.Attribute(value=ast.Name("log" | "out" | "err"))):
                yield from _texts(node)
            case ast.keyword(arg="help" | "description", value=value):
                yield from _texts(value)


def _texts(node: ast.AST) -> Iterator[tuple[int, str]]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.lineno, inner.value


def identifiers(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and name of everything that a Python file defines."""
    for node in _nodes(source):
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.ClassDef(name=name) | ast.arg(arg=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.Attribute(attr=name, ctx=ast.Store()):
                yield node.lineno, name


def refused(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and word of what a Python file may not say."""
    for line, text in sentences(source):
        plain = _RIGHT.sub("", text)
        for found in (*_WORDS.finditer(plain), *_PHRASES.finditer(plain)):
            yield line, found[0].lower()
    for line, name in identifiers(source):
        parts = _HUMPS.sub("_", name).lower()
        yield from ((line, part) for part in parts.split("_") if part in DIALECT)
        if empty := _EMPTY.search(parts):
            yield line, empty[0].strip("_")


def long_lines(source: str) -> Iterator[int]:
    """Yield the lines of docstrings and comments that are longer than `MAX_COLUMNS`."""
    lines = source.splitlines()
    prose: set[int] = set()
    for node in _nodes(source):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    for start, _ in comments(source):
        number = source.count("\n", 0, start)
        if lines[number].lstrip().startswith("#"):
            prose.add(number + 1)
    yield from sorted(line for line in prose if len(lines[line - 1]) > MAX_COLUMNS)


def may_have_faults(source: str) -> bool:
    """Whether any word of a Python file is refused somewhere, or prose is long: few are.

    Parsing all files takes longer than all other checks.
    """
    found = set(_NAMES.findall(_RIGHT_PHRASES.sub("", source)))
    names = _HUMPS.sub("_", "\n".join(found)).lower()
    parts = set(re.split(r"[_\n]+", names))  # faster than a search for each of the words
    return bool(
        not parts.isdisjoint(_REFUSED)
        or _VERBS.search(names)
        or (any(parts.issuperset(phrase.split()) for phrase in PHRASES) and _NEAR.search(source))
        or _may_have_long_prose(source)
    )


def _may_have_long_prose(source: str) -> bool:
    """Whether a comment, or a line of a string in triple quotes, is longer than `MAX_COLUMNS`."""
    is_inside = False
    for line in source.splitlines():
        quotes = line.count('"""')
        is_prose = is_inside or quotes or line.lstrip().startswith("#")
        if is_prose and len(line) > MAX_COLUMNS:
            return True
        is_inside ^= quotes % 2 == 1
    return False


@cache
def faults() -> tuple[list[str], list[str]]:
    """Return where the clean parts have words to refuse, and where long lines; each parsed once."""
    words: list[str] = []
    long: list[str] = []
    for name in files(".py"):
        source = (ROOT / name).read_text(encoding="utf-8")
        if not may_have_faults(source):
            continue
        allowed = ALLOWED.get(name, ())
        words += [f"{name}:{line}: {word}" for line, word in refused(source) if word not in allowed]
        long += [f"{name}:{line}" for line in long_lines(source)]
    return words, long


class TestTheRepository:
    def test_has_no_refused_words(self) -> None:
        words, _ = faults()
        assert words == []

    def test_keeps_its_sentences_to_the_width_of_the_page(self) -> None:
        _, long = faults()
        assert long == []

    def test_has_no_refused_words_in_documents(self) -> None:
        found = [
            f"{name}:{number}: {word[0]}"
            for name in files(".md")
            for number, line in enumerate(prose_of(ROOT / name), start=1)
            for word in _WORDS.finditer(_RIGHT.sub("", line))
        ]
        assert found == []


def prose_of(document: Path) -> list[str]:
    """Return the lines of a document without its code; of the changelog the newest entry only."""
    text = document.read_text(encoding="utf-8")
    if document.name == "CHANGELOG.md":
        text = re.split(r"^## ", text, flags=re.MULTILINE)[1]
    code = re.compile(r"```.*?```", re.DOTALL)
    return code.sub(lambda found: "\n" * found[0].count("\n"), text).split("\n")


LONG = f"# {'a' * MAX_COLUMNS}\n"


class TestTheSearch:
    def test_finds_a_word(self) -> None:
        wrong = [
            ('"""Where the key stands."""', "stands"),
            ("x = 1  # it gives None", "gives"),
            ("def handle_click(): ...", "handle"),
            ("class JobManager: ...", "manager"),
            ("thePlace = 1", "place"),
            ("self.deeds = 1", "deeds"),
            ('log.info("whoever is there")', "whoever"),
            ('raise ValueError("a key may be there once at the most")', "at the most"),
            ('Option(help="the whole text")', "whole"),
        ]
        missed = [
            source
            for source, word in wrong
            if word not in dict(refused(source)).values() or not may_have_faults(source)
        ]
        assert missed == []

    @pytest.mark.parametrize(
        "source", [LONG, f'"""\n{LONG}"""', f'x = 1\n"""Short.\n\n{LONG}\n"""']
    )
    def test_looks_for_a_long_line(self, source: str) -> None:
        assert may_have_faults(source)
        assert len([*long_lines(source)]) == 1

    def test_leaves_alone_what_is_right(self) -> None:
        for source in (
            '"""Replies are updated in place, through the help desk and staging."""',
            "placement = understand = 1",
            '"""Slack says "no place for this"."""',
            'WORDS = "place whole"',
        ):
            assert list(refused(source)) == [], source
