"""How many values in the messages of the corpus are captured as pasted: part of `make measure`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.domain.reports import Trigger
from bot.domain.verdicts import Verdict, matches_of
from tests.articles_once import relabelled, shipped_recogniser

CORPUS = Path(__file__).resolve().parent / "corpus"


@dataclass
class ValueFigures:
    """Values right of those that a person labelled in one corpus, and what came out otherwise.

    `invented` counts values of articles that were rightly found where nobody sees a value.
    """

    wanted: int = 0
    right: int = 0
    invented: int = 0
    wrong: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"values right: {self.right} of {self.wanted}, invented: {self.invented}"

    def add(
        self,
        text_id: str,
        article_id: str,
        wanted: Mapping[str, str],
        got: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Count what was captured for one article in one text."""
        for name, value in wanted.items():
            self.wanted += 1
            self.right += got.get(name) == (value,)
            if got.get(name) != (value,):
                self.wrong.append(
                    f"{text_id} {article_id}: {name} is {value!r}, captured {got.get(name)}"
                )
        for name in got.keys() - wanted.keys():
            self.invented += 1
            self.wrong.append(f"{text_id} {article_id}: {name} is none, captured {got[name]}")


def asked(text: str) -> Verdict:
    """Return the verdict on a text that somebody asks about."""
    return shipped_recogniser().verdict(text, Trigger.ADDRESSED)


def measured_values(verdict: Callable[[str], Verdict] = asked) -> dict[str, ValueFigures]:
    """Figures of each corpus of pastes, by its file's name."""
    figures: dict[str, ValueFigures] = {}
    for path in sorted(CORPUS.glob("positives*.yaml")):
        found = figures[path.stem] = ValueFigures()
        labelled = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
        for entry in map(relabelled, labelled):
            captured = _captured(verdict(entry["text"]))
            for article_id in _ids(entry):
                wanted = entry.get("captures", {}).get(article_id, {})
                found.add(entry["id"], article_id, wanted, captured.get(article_id, {}))
    return figures


def _ids(entry: dict[str, Any]) -> list[str]:
    return [article_id for article_id in entry["expected"] if isinstance(article_id, str)]


def _captured(verdict: Verdict) -> dict[str, dict[str, tuple[str, ...]]]:
    return {match.article_id: match.values for match in matches_of(verdict)}
