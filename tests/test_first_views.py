"""How long the shipped articles' first views are: short enough to act on, one hand on the till."""

from __future__ import annotations

from statistics import median

import pytest

from bot.domain.article_examples import Example
from bot.domain.articles import Article
from bot.domain.causes import Step
from bot.slack.views.first_view import (
    LONGEST,
    Size,
    first_view,
    opened_views,
    view_faults,
)
from tests.lengths import TWENTY, sizes, spread
from tests.measure import ELEVEN
from tests.shipped import ARTICLES

CHOSEN = sorted(ELEVEN | TWENTY)
AUTHORISED = ARTICLES["payments-only-against-authorised"]


class TestTheElevenAndTheTwenty:
    def test_are_31_articles(self) -> None:
        assert len(CHOSEN) == 31
        assert [one for one in CHOSEN if one not in ARTICLES] == []

    def test_are_short_in_the_middle(self) -> None:
        found = sizes(ARTICLES, CHOSEN)
        assert median(size.words for size in found) <= 80
        assert median(size.lines for size in found) <= 18

    @pytest.mark.parametrize("article_id", CHOSEN)
    def test_are_never_longer_than_a_phone_shows(self, article_id: str) -> None:
        size = Size.of(first_view(ARTICLES[article_id], ARTICLES.names))
        assert size.words <= LONGEST.words
        assert size.lines <= LONGEST.lines
        assert 1 <= size.step_1 <= LONGEST.step_1
        assert size.buttons <= LONGEST.buttons


class TestAView:
    def test_is_the_reply_with_every_text_and_button(self) -> None:
        lines = first_view(AUTHORISED, ARTICLES.names).lines
        assert lines[0] == AUTHORISED.title
        assert lines[1].startswith("| Payments can only be made")
        others = [cause.label for cause in AUTHORISED.causes if cause is not AUTHORISED.usual]
        assert [label for label in others if label and f"[ {label} ]" not in "\n".join(lines)] == []

    def test_has_the_values_of_an_example_where_they_make_it_longer(self) -> None:
        archived = ARTICLES["account-code-archived-or-deleted"]
        examples = [Example(text="a paste", captures={"code": "4010 old sales"})] * 2
        changed = archived.model_copy(
            update={"examples": archived.examples.model_copy(update={"match": examples})}
        )
        assert "4010 old sales" in first_view(changed, ARTICLES.names).lines[0]

    def test_opened_at_a_cause_says_who_chose_it_and_offers_the_usual_one(self) -> None:
        text = "\n".join(opened_views(AUTHORISED, ARTICLES.names)["paid"].lines)
        assert "Somebody" in text
        assert f"[ {AUTHORISED.usual.label} ]" in text


def longer(article: Article, cause: int, **changes: object) -> Article:
    causes = list(article.causes)
    causes[cause] = causes[cause].model_copy(update=changes)
    return article.model_copy(update={"causes": causes})


class TestAViewThatIsTooLong:
    STEPS = tuple(Step(do=" ".join(["word"] * 30)) for _ in range(3))

    def test_has_a_fault_for_each_limit_at_its_cause(self) -> None:
        found = dict.fromkeys(
            path
            for path, _ in view_faults(longer(AUTHORISED, 0, action=self.STEPS), ARTICLES.names)
        )
        assert list(found) == [("causes", 0)]
        texts = [
            what
            for _, what in view_faults(longer(AUTHORISED, 0, action=self.STEPS), ARTICLES.names)
        ]
        assert [text.split("(")[1] for text in texts] == [
            f"allowed: at most {LONGEST.words})",
            f"allowed: at most {LONGEST.lines})",
        ]

    def test_names_the_cause_at_which_it_is_opened(self) -> None:
        found = list(view_faults(longer(AUTHORISED, 2, action=self.STEPS), ARTICLES.names))
        assert {path for path, _ in found} == {("causes", 2)}
        assert all(what.startswith("opened at this cause") for _, what in found)

    def test_has_a_fault_for_a_step_1_that_is_too_low(self) -> None:
        reason = " ".join(["reason"] * 25)
        found = list(view_faults(longer(AUTHORISED, 0, reason=reason), ARTICLES.names))
        assert "lines up to step 1 (allowed: at most 9)" in found[-1][1]

    def test_may_have_a_lower_step_1_after_a_press_but_not_where_a_message_opens_it(self) -> None:
        changed = longer(AUTHORISED, 2, reason=" ".join(["reason"] * 25))
        assert [*view_faults(changed, ARTICLES.names)] == []
        message = changed.messages[0].model_copy(update={"cause": changed.causes[2].id})
        opened = changed.model_copy(update={"messages": [*changed.messages, message]})
        ((path, what),) = view_faults(opened, ARTICLES.names)
        assert path == ("causes", 2)
        assert "lines up to step 1" in what

    def test_of_a_shipped_article_there_is_none(self) -> None:
        found = [
            (a.id, *fault) for a in ARTICLES.values() for fault in view_faults(a, ARTICLES.names)
        ]
        assert found == []


def test_a_spread_is_the_least_the_median_the_90th_of_100_and_the_most() -> None:
    assert spread(range(1, 11)) == (1, 5.5, 9, 10)
    assert spread([7]) == (7, 7, 7, 7)
