"""The ranking that `explain --why` prints: ten articles, whatever the gate decides."""

from __future__ import annotations

import io
import json
from typing import Any

from rich.console import Console

from bot.cli.explain import Explainer, explain_batch
from bot.domain.reports import Hearing, Trigger
from tests.shipped import ARTICLES

DESCRIBED = "the accountant voided the invoice and now the payment is refused"
UNRELATED = "how do I add a new product to the till?"


def asked() -> Explainer:
    return Explainer(ARTICLES, Hearing(Trigger.ADDRESSED))


def explained(text: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked().as_json(text, why=True))
    return found


def test_lists_ten_articles_best_first_with_family_score_and_words() -> None:
    found = explained(DESCRIBED)
    ranking = found["ranking"]
    assert len(ranking) == 10
    assert [one["score"] for one in ranking] == sorted(
        (one["score"] for one in ranking), reverse=True
    )
    first = ranking[0]
    family = ARTICLES.family_of(first["id"])
    assert first["family"] == (family.id if family else None)
    assert "~cancelled" in first["found"]


def test_begins_with_what_is_suggested() -> None:
    found = explained(DESCRIBED)
    suggested = [one["id"] for one in found["suggestions"]]
    assert suggested == [one["id"] for one in found["ranking"][:3]]
    assert found["gate"]["open"]


def test_is_the_same_behind_a_closed_gate() -> None:
    found = explained(UNRELATED)
    assert found["suggestions"] == []
    assert len(found["ranking"]) == 10
    assert (found["gate"]["open"], found["gate"]["asks"]) == (False, True)


def test_is_printed_below_the_messages() -> None:
    out = Console(file=io.StringIO(), width=200)
    for text in (DESCRIBED, UNRELATED):
        out.print(asked().why(text))
    printed = out.file.getvalue()  # type: ignore[attr-defined]
    assert "Described: the first three are suggested" in printed
    assert "Described: nothing is suggested" in printed
    assert "asks a question" in printed


def test_is_left_out_where_nothing_is_ever_suggested() -> None:
    heard = Explainer(ARTICLES, Hearing(Trigger.HEARD))
    assert "ranking" not in json.loads(heard.as_json(DESCRIBED, why=True))
    assert "Described" not in str(heard.why(DESCRIBED))


def test_is_in_each_line_of_a_batch_that_asks_why() -> None:
    line = json.dumps({"id": 1, "text": DESCRIBED}).encode()
    for why in (True, False):
        target = io.StringIO()
        assert explain_batch(asked(), [line], target, None, None, why=why) == 0
        assert ("ranking" in json.loads(target.getvalue())) is why
