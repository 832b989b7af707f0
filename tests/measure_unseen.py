"""Figures of texts by people who had seen neither the code nor the articles' examples.

In `tests/corpus/unseen/`: three sets (a, b, c) of 120 pastes, 120 look-alikes, 150 descriptions and
100 questions about something else, and sets of public reports, 72 pastes each and 40 to 100
look-alikes. Each was measured before anybody looked at what was missed; all were looked at since.
`make measure` prints them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from bot.domain.reports import Hearing, Trigger
from bot.domain.verdicts import all_article_ids, article_ids
from bot.recognition.judging import MAX_SUGGESTIONS
from tests.shipped import ARTICLES, RECOGNISER

WRITTEN = ("a", "b", "c")
"""Sets of texts that were written for this."""
REPORTED = ("h", "i", "j", "k", "l", "m", "n", "o", "p", "q", "t", "u", "v", "w", "x")
"""Sets of public reports, with pastes and look-alikes only."""
EXACT, OTHERS = 54, 18
"""Pastes in exact and in other wordings among the public reports of an independent review; our sets
have more of the others.
"""
SETS = WRITTEN + REPORTED
FOLDER = Path(__file__).resolve().parent / "corpus" / "unseen"


@dataclass
class Unseen:
    """How many texts of a set there are of each kind, and how many are right, or answered.

    answered, wrong: answers that nobody asked for, and those with an article that is not meant.
    """

    wanted: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    answered: int = 0
    wrong: int = 0

    def count(self, kind: str, *, is_right: bool) -> None:
        self.wanted[kind] += 1
        self.right[kind] += is_right

    def share(self, kind: str) -> float:
        """Return the share of a kind that is right, 0 to 1."""
        return self.right[kind] / self.wanted[kind]

    @property
    def as_reviewed(self) -> float:
        """The share of pastes with an answer that fits, at the review's mix of wordings."""
        right = EXACT * self.share("fits, exact") + OTHERS * self.share("fits, others")
        return right / (EXACT + OTHERS)

    @property
    def precision(self) -> float:
        """The share of unasked answers, look-alikes included, that are right."""
        return 1 - self.wrong / self.answered


def texts(kind: str, name: str) -> list[dict[str, Any]]:
    """Return the entries of a kind in a set, if any; `expected` has ids of articles, best first."""
    file = FOLDER / f"{kind}_{name}.yaml"
    if not file.exists():
        return []
    found: list[dict[str, Any]] = yaml.load(file.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return found


def measured(name: str, asked: int = 1) -> Unseen:
    """Return the figures of a set.

    `asked`: of the pastes with an answer that fits where nobody asked, one of that number is asked
    about too; the others are taken to have it then as well.
    """
    found = Unseen()
    for number, paste in enumerate(texts("pastes", name)):
        expected = _today(paste["expected"])
        unasked = _unasked(paste["text"])
        found.answered += bool(unasked)
        found.wrong += not set(unasked) <= set(expected)
        found.count(paste["wording"], is_right=expected[0] in unasked)
        found.count("all wordings", is_right=expected[0] in unasked)
        kind = "exact" if paste["wording"] == "exact" else "others"
        fits = not set(expected).isdisjoint(unasked)
        found.count(f"fits, {kind}", is_right=fits)
        shown = unasked if fits and number % asked else _asked(paste["text"])
        found.count("asked", is_right=not set(expected).isdisjoint(shown))
    for other in texts("look_alikes", name):
        unasked = _unasked(other["text"])
        found.answered += bool(unasked)
        found.wrong += bool(unasked)
        found.count(other["kind"], is_right=not unasked)
    for described in texts("descriptions", name):
        _count_description(found, described["text"], set(_today(described["expected"])))
    for off in texts("off_topic", name):
        found.count("off topic", is_right=not _asked(off["text"]))
    return found


def _count_description(found: Unseen, text: str, expected: set[str]) -> None:
    ranked = [one.article_id for one in RECOGNISER.ranking(text).best[:MAX_SUGGESTIONS]]
    shown = _asked(text)
    families = _families(expected)
    found.count("described, first", is_right=not expected.isdisjoint(ranked[:1]))
    found.count("described, in three", is_right=not expected.isdisjoint(ranked))
    found.count("described, family", is_right=not families.isdisjoint(_families(ranked)))
    found.count("behind the gate", is_right=not expected.isdisjoint(shown))
    found.count("behind the gate, family", is_right=not families.isdisjoint(_families(shown)))


def _today(ids: Iterable[str]) -> list[str]:
    return [ARTICLES.current(one) for one in ids]


def _families(ids: Iterable[str]) -> set[str]:
    """Return the families of articles, or the articles that are in none."""
    known = ((one, ARTICLES.family_of(one)) for one in ids)
    return {family.id if family else one for one, family in known}


def _unasked(text: str) -> list[str]:
    return article_ids(RECOGNISER.verdict(text, Hearing(Trigger.HEARD)))


def _asked(text: str) -> list[str]:
    return all_article_ids(RECOGNISER.verdict(text, Hearing(Trigger.ADDRESSED)))


def report() -> str:
    """Return a line for each kind of text of each set, and the precision of unasked answers."""
    lines = []
    for name in SETS:
        found = measured(name)
        lines += [
            f"unseen {name}, {kind}: {found.right[kind]} of {wanted} ({found.share(kind):.3f})"
            for kind, wanted in found.wanted.items()
        ]
        lines.append(f"unseen {name}, at the review's mix of wordings: {found.as_reviewed:.3f}")
        lines.append(f"unseen {name}, precision of unasked answers: {found.precision:.3f}")
    return "\n".join(lines)
