"""How often the right article is found, and how often a wrong one: `make measure`.

The corpus is in `tests/corpus/`: pastes with Xero errors (`positives`), look-alikes (`negatives`)
and ordinary talk (`chatter`), by several writers. Values (`captures`) are counted as well as
articles. Plain rapidfuzz scorers are measured on the same texts in the same run.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, utils
from rich.console import Console
from rich.table import Table

from bot.attachments.reader import can_read_pictures
from bot.domain.reports import Trigger
from bot.domain.verdicts import Verdict, article_ids
from bot.knowledge_base.loader import SHIPPED, load
from tests import measure_descriptions, measure_follow_ups, measure_pictures, measure_unseen
from tests.articles_once import relabelled, shipped_recogniser
from tests.measure_values import ValueFigures, measured_values

ELEVEN = frozenset(
    """
    payments-only-against-authorised payment-amount-exceeds invoice-not-found invoice-number-not-unique
    contact-number-in-use invoice-status-not-modifiable no-valid-access-token contact-required document-not-found
    account-not-found-payments due-date-999-days
    """.split()
)
CORPUS = Path(__file__).resolve().parent / "corpus"
Answers = Callable[[str], set[str]]
PLAIN = {
    "WRatio ≥ 90": (fuzz.WRatio, 90),
    "token_set_ratio ≥ 90": (fuzz.token_set_ratio, 90),
    "partial_ratio ≥ 90": (fuzz.partial_ratio, 90),
    "partial_ratio ≥ 93": (fuzz.partial_ratio, 93),
    "partial_token_set_ratio ≥ 95": (fuzz.partial_token_set_ratio, 95),
}


@dataclass
class Figures:
    """What a recogniser did with the corpus. `misses` and `wrong` name text and article."""

    found: Counter[str] = field(default_factory=Counter)
    wanted: Counter[str] = field(default_factory=Counter)
    groups_found: Counter[str] = field(default_factory=Counter)
    groups_wanted: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    texts: Counter[str] = field(default_factory=Counter)
    answers: int = 0
    misses: list[tuple[str, str]] = field(default_factory=list)
    wrong: list[tuple[str, str]] = field(default_factory=list)

    def recall(self, *wordings: str) -> float:
        """Share of the wanted articles that were found, of these wordings or of all."""
        kinds = wordings or tuple(self.wanted)
        return sum(self.found[kind] for kind in kinds) / max(
            1, sum(self.wanted[kind] for kind in kinds)
        )

    def group(self, name: str) -> float:
        """Share found of a kind of paste, of an article, of ClickPOS's eleven or of all others."""
        return self.groups_found[name] / max(1, self.groups_wanted[name])

    @property
    def precision(self) -> float:
        """Share of the answers to texts with known errors that were right."""
        return 1 - len(self.wrong) / max(1, self.answers)


def entries(name: str) -> list[dict[str, Any]]:
    """Return the entries of one kind from all files."""
    found: list[dict[str, Any]] = []
    for path in sorted(CORPUS.glob(f"{name}*.yaml")):
        found.extend(yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader))
    return [relabelled(entry) for entry in found]


def corpus_texts() -> list[str]:
    return [
        entry["text"] for name in ("positives", "negatives", "chatter") for entry in entries(name)
    ]


def wordings(entry: dict[str, Any]) -> dict[str, str]:
    """Return article id -> how its message is worded; errors without an article are left out."""
    given = entry["wording"]
    ids = [article_id for article_id in entry["expected"] if isinstance(article_id, str)]
    return {
        article_id: given if isinstance(given, str) else given[article_id] for article_id in ids
    }


def _whose(article_id: str) -> str:
    return "the eleven" if article_id in ELEVEN else "all others"


def measured(
    answers: Answers, door_answers: Answers | None = None, *, asked: bool = True
) -> Figures:
    """Figures of a recogniser; `door_answers` is what it says where nobody asked.

    `asked`: whether texts without an error are also measured as if somebody asked.
    """
    figures = Figures()
    for entry in entries("positives"):
        wanted, got = wordings(entry), answers(entry["text"])
        figures.answers += len(got)
        for article_id, wording in wanted.items():
            figures.wanted[wording] += 1
            figures.found[wording] += article_id in got
            for group in (f"kind {entry['kind']}", f"article {article_id}", _whose(article_id)):
                figures.groups_wanted[group] += 1
                figures.groups_found[group] += article_id in got
            if article_id not in got:
                figures.misses.append((entry["id"], article_id))
        figures.wrong += [(entry["id"], article_id) for article_id in sorted(got - set(wanted))]
    for name in ("negatives", "chatter"):
        for entry in entries(name):
            figures.texts[name] += 1
            answered = bool((door_answers or answers)(entry["text"]))
            figures.false[name] += answered
            if asked:
                figures.false[f"{name}, asked"] += bool(answers(entry["text"]))
            kind = f"{name}: {entry.get('kind', 'all')}"
            figures.groups_wanted[kind] += 1
            figures.groups_found[kind] += answered
    return figures


def ours(trigger: Trigger = Trigger.ADDRESSED) -> Answers:
    recogniser = shipped_recogniser()
    return answers_of(lambda text: recogniser.verdict(text, trigger))


def answers_of(verdict: Callable[[str], Verdict]) -> Answers:
    return lambda text: set(article_ids(verdict(text)))


def plain(scorer: Callable[..., float], bar: float) -> Answers:
    messages = [
        (a.id, utils.default_process(message))
        for a in load(SHIPPED).values()
        for message in a.wordings
    ]

    def answers(text: str) -> set[str]:
        processed = utils.default_process(text)
        return {i for i, message in messages if scorer(message, processed, score_cutoff=bar) >= bar}

    return answers


def claims(figures: Figures, values: Iterable[ValueFigures]) -> dict[str, str]:
    """The figures of the README's table, by its first column."""
    read = list(values)
    right, wanted = sum(each.right for each in read), sum(each.wanted for each in read)
    false, texts = figures.false, figures.texts
    return {
        "right article, message word for word": f"{figures.recall('exact'):.3f}",
        "right article, all wordings: typos, scans, cut off, reworded": f"{figures.recall():.3f}",
        "answers that are right": f"{figures.precision:.3f}",
        "answers to look-alikes in a channel": f"{false['negatives']} of {texts['negatives']}",
        "answers to a day's chatter": f"{false['chatter']} of {texts['chatter']}",
        "amounts, numbers, names and dates read right": f"{right} of {wanted}",
    }


def as_table(claimed: dict[str, str]) -> Table:
    table = Table("in the README", "measured")
    for label, figure in claimed.items():
        table.add_row(label, figure)
    return table


def report() -> Table:
    table = Table(
        "",
        "recall, exact",
        "recall, all",
        "precision",
        "false: look-alikes",
        "false: chatter",
        "false: asked",
    )
    table.add_row("this bot", *_cells(measured(ours(), ours(Trigger.HEARD))))
    for name, (scorer, bar) in PLAIN.items():
        table.add_row(name, *_cells(measured(plain(scorer, bar))))
    return table


def _cells(figures: Figures) -> list[str]:
    asked = figures.false["negatives, asked"] + figures.false["chatter, asked"]
    return [
        f"{figures.recall('exact'):.3f}",
        f"{figures.recall():.3f}",
        f"{figures.precision:.3f}",
        f"{figures.false['negatives']} of {figures.texts['negatives']}",
        f"{figures.false['chatter']} of {figures.texts['chatter']}",
        f"{asked} of {figures.texts.total()}",
    ]


def print_pictures(out: Console) -> None:
    """Print how well pictures are read; ends the process with 1 if a labelled one is misread."""
    table, missed = measure_follow_ups.report()
    out.print(table)
    for miss in missed:
        out.print(f"missed after an answer: {miss}")
    if not can_read_pictures():
        out.print("Pictures are not measured: the extra `ocr` is not installed (make ocr).")
        return
    table, misread, misread_drawn = measure_pictures.report()
    out.print(table)
    for fault in (*misread, *misread_drawn):
        out.print(fault)
    if misread:
        sys.exit(f"pictures: {len(misread)} labelled ones are misread (allowed: 0)")


def main() -> None:
    out = Console(width=120)
    out.print(report())
    figures, values = measured(ours(), ours(Trigger.HEARD)), measured_values()
    out.print(as_table(claims(figures, values.values())))
    by_wording = Table("wording", "found", "of", "recall")
    for wording, wanted in sorted(figures.wanted.items()):
        by_wording.add_row(
            wording, str(figures.found[wording]), str(wanted), f"{figures.recall(wording):.3f}"
        )
    out.print(by_wording)
    groups = Table("group", "found, or answered unasked", "of")
    for name, wanted in sorted(figures.groups_wanted.items()):
        if not name.startswith("article ") or figures.group(name) < 1:
            groups.add_row(name, str(figures.groups_found[name]), str(wanted))
    out.print(groups)
    for label, listed in (("missed", figures.misses), ("wrong", figures.wrong)):
        for text_id, article_id in listed:
            out.print(f"{label}: {text_id} {article_id}")
    for corpus, found in values.items():
        out.print(f"{corpus}: {found}")
        for fault in found.wrong:
            out.print(f"value: {fault}")
    out.print(measure_descriptions.report())
    out.print(measure_unseen.report())
    print_pictures(out)


if __name__ == "__main__":
    main()
