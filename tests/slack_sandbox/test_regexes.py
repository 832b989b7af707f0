"""Every regular expression of the local Slack and of its page takes linear work."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import slack_sandbox

from .regex_steps import Steps, attacks

TIMES = 32
PER_CHARACTER = 20
"""Steps; a search that starts at each character takes several hundred at these lengths."""
STATIC = Path(slack_sandbox.__file__).parent / "page" / "static"
LITERAL = re.compile(
    r"(?<=[(,=\[!&|?:\n ])/(?![/* ])((?:\\.|\[(?:\\.|[^\]\\\n])*+\]|[^/\\\n\[])+)/[dgimsuy]*(?=[.,;)\] ])"
)


def python_patterns() -> dict[str, tuple[str, bool]]:
    """Each compiled pattern by name, and whether it must match all of a text."""
    found = {}
    for module in pkgutil.walk_packages(slack_sandbox.__path__, "slack_sandbox."):
        if module.name.endswith("__main__"):
            continue
        imported = importlib.import_module(module.name)
        source = Path(str(imported.__file__)).read_text()
        for name, value in vars(imported).items():
            if isinstance(value, re.Pattern):
                anchored = bool(re.search(rf"\b{name}\.(?:full)?match\(", source))
                found[f"{module.name}.{name}"] = value.pattern, anchored
    return found


def page_patterns() -> dict[str, tuple[str, bool]]:
    return {
        f"{path.name}: {pattern}": (pattern, False)
        for path in sorted(STATIC.glob("*.js"))
        for pattern in LITERAL.findall(path.read_text())
    }


PYTHON, PAGE = python_patterns(), page_patterns()


def slow_texts(pattern: str, anchored: bool) -> Iterator[str]:
    """Yield the texts that take more than linear work."""
    steps = Steps(pattern)
    for text in dict.fromkeys(attacks(pattern, TIMES)):
        if steps.of_all(text, anchored=anchored) > PER_CHARACTER * (len(text) + 10):
            yield text[:60]


def test_each_takes_linear_work() -> None:
    slow = {name: next(slow_texts(*pattern), "") for name, pattern in (PYTHON | PAGE).items()}
    assert {name: text for name, text in slow.items() if text} == {}


def test_every_pattern_is_found() -> None:
    for path in STATIC.parent.parent.rglob("*.py"):
        assert not re.search(
            r"\bre\.(?!compile|escape|Pattern|IGNORECASE|DOTALL)\w+", path.read_text()
        ), path
    for path in STATIC.glob("*.js"):
        assert path.read_text().count("new RegExp(") == path.read_text().count("new RegExp([\n"), (
            path
        )
    assert {"slack_sandbox.mrkdwn._ADDRESS", "slack_sandbox.client.forms._MAIL"} <= PYTHON.keys()
    assert {name.partition(":")[0] for name in PAGE} >= {"mrkdwn.js", "blocks.js", "emoji.js"}


def test_the_count_finds_a_quadratic_one() -> None:
    quadratic = (
        (r"\{[^}]*\}", False),
        (r"a+b", False),
        (r"<[^>]*\|?([^>]*)>", False),
        (r"<([^|>]+\|)?([^>]+)>", False),
        (r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+", False),
        (r"[^@\s]+@[^@\s]+\.[^@\s]+", True),
    )
    assert [
        pattern for pattern, anchored in quadratic if not any(slow_texts(pattern, anchored))
    ] == []
