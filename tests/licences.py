"""The table of dependencies with their licences, from the metadata of what is installed."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "dependencies.md"
START = "<!-- make licences writes the rest -->\n"


def rows() -> dict[str, str]:
    """Returns a line of the table for each package that the bot needs here, by its name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    slim = _names(project["dependencies"])
    ocr = _names(project["optional-dependencies"]["ocr"]) - slim
    return {
        name: f"| {name} | {licence(distribution(name))} | {'`ocr`' if name in ocr else ''} |"
        for name in sorted(slim | ocr)
    }


def _names(requirements: Iterable[str]) -> set[str]:
    """Returns the names of installed packages that these requirements lead to."""
    found: set[tuple[str, str]] = set()
    waiting = [*_wanted(requirements, "")]
    while waiting:
        name, extra = one = waiting.pop()
        if one in found:
            continue
        found.add(one)
        try:
            requires = distribution(name).requires or []
        except PackageNotFoundError:
            continue
        waiting += _wanted(requires, extra)
    return {name for name, _ in found}


def _wanted(requirements: Iterable[str], extra: str) -> Iterator[tuple[str, str]]:
    for line in requirements:
        one = Requirement(line)
        if one.marker is None or one.marker.evaluate({"extra": extra}):
            name = re.sub(r"[-_.]+", "-", one.name).lower()
            yield from ((name, wanted) for wanted in ("", *one.extras))


def licence(package: Distribution) -> str:
    """Returns the licence that a package's metadata name, in their words."""
    known = package.metadata
    if "License-Expression" in known:
        return known["License-Expression"]
    classifiers = [
        line.rpartition(" :: ")[2]
        for line in known.get_all("Classifier") or ()
        if line.startswith("License :: OSI Approved :: ")
    ]
    named = known["License"] if "License" in known else "unknown"  # noqa: SIM401 - mypy knows no get
    return ", ".join(classifiers) or named.splitlines()[0]


def main() -> None:
    """Write the table into the page."""
    text = PAGE.read_text(encoding="utf-8").partition(START)[0]
    table = "\n".join(["| Package | Licence | Extra |", "|---|---|---|", *rows().values()])
    PAGE.write_text(f"{text}{START}\n{table}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
