"""The tests that fail when an editor changes every sentence: `make editors` prints them.

It copies the tree, changes every word of the wording modules in the copy (with `--spaces` only the
spaces), and runs the tests of what people read there.
"""

from __future__ import annotations

import ast
import codecs
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATHS = (
    "tests/slack",
    "tests/services",
    "tests/integrations",
    "tests/test_browser.py",
    "tests/test_cli.py",
)
KEPT = re.compile(r"\{[^{}]*\}|<[^<>|]*\|?|`[^`]*`|:[a-z_]+:|/xero-error")
"""What is not words: parts to fill in, addresses, code, emoji and the command."""


def wording_modules(root: Path = ROOT) -> Iterator[Path]:
    """Yield the files with what people read in Slack, in e-mails and in tickets."""
    yield from sorted((root / "bot").rglob("*wording.py"))
    yield root / "bot" / "domain" / "escalation_labels.py"


def other_words(text: str) -> str:
    """Return the text with every word changed, of the same length."""
    end, changed = 0, []
    for kept in KEPT.finditer(text):
        changed += [codecs.encode(text[end : kept.start()], "rot13"), kept[0]]
        end = kept.end()
    return "".join([*changed, codecs.encode(text[end:], "rot13")])


def other_spaces(text: str) -> str:
    """Return the text with en spaces."""
    return text.replace(" ", "\u2002")


class Editor(ast.NodeTransformer):
    """Changes each text of a module, except keys, docstrings and formats."""

    def __init__(self, change: Callable[[str], str]) -> None:
        self.change = change

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        return node  # a docstring

    def visit_Dict(self, node: ast.Dict) -> ast.AST:
        node.values = [self.visit(value) for value in node.values]
        return node

    def visit_FormattedValue(self, node: ast.FormattedValue) -> ast.AST:
        return node

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        return ast.Constant(self.change(node.value)) if isinstance(node.value, str) else node


def edited_copy(folder: Path, change: Callable[[str], str]) -> None:
    """Copy the tree into a folder, change every sentence there, and write the manifests."""
    listing = ("git", "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    tracked = subprocess.run(listing, cwd=ROOT, check=True, capture_output=True, text=True)
    for name in filter(None, tracked.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)
    for module in wording_modules(folder):
        edited = Editor(change).visit(ast.parse(module.read_text(encoding="utf-8")))
        module.write_text(ast.unparse(ast.fix_missing_locations(edited)), encoding="utf-8")
    subprocess.run([sys.executable, "-m", "bot", "manifest", "--write"], cwd=folder, check=True)


def main() -> None:
    words = sys.argv[1:]
    change = other_spaces if "--spaces" in words else other_words
    paths = [word for word in words if word != "--spaces"] or PATHS
    command = (sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "-n", "2", "--tb=no")
    with tempfile.TemporaryDirectory(prefix="editors-") as name:
        edited_copy(Path(name), change)
        done = subprocess.run([*command, *paths], cwd=name, check=False)
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
