"""A title pasted where the bot is asked names its article."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.domain.article_text import plain_text
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer, article_ids
from bot.recognition import text
from bot.recognition.text import tokenise
from bot.recognition.titles import Titles
from tests.builders import article, knowledge
from tests.shipped import RECOGNISER

TITLES = {article.id: plain_text(article.title, {}) for article in RECOGNISER.knowledge.values()}


class TestATitle:
    @pytest.mark.parametrize(
        "written", [str, str.upper, lambda title: f"  *{title}*. ", lambda title: f"“{title}”"]
    )
    def test_as_a_question_is_answered_with_its_article(
        self, written: Callable[[str], str]
    ) -> None:
        wrong = {
            one: title
            for one, title in TITLES.items()
            if article_ids(RECOGNISER.verdict(written(title), Trigger.ADDRESSED)) != [one]
        }
        assert wrong == {}

    def test_alone_gets_no_answer_where_nobody_asked(self) -> None:
        silent = [
            title
            for title in TITLES.values()
            if RECOGNISER.verdict(title, Trigger.HEARD) == Abstain()
        ]
        assert len(silent) > 0.95 * len(TITLES)

    def test_in_a_longer_sentence_is_not_recognised(self) -> None:
        for title in list(TITLES.values())[:20]:
            verdict = RECOGNISER.verdict(
                f"{title} is what my neighbour had on her till", Trigger.ADDRESSED
            )
            assert not isinstance(verdict, Answer) or verdict.matches[0].message != title

    def test_covers_the_text_from_its_first_word_to_its_last(self) -> None:
        text = "The link is broken"
        (found,) = filter(
            None, [Titles(knowledge(article(title=text))).match(text, tokenise(text))]
        )
        assert (found.start, found.end) == (0, 3)

    def test_of_two_articles_names_neither(self) -> None:
        twins = Titles(
            knowledge(article("one", title="It fails"), article("two", title="It fails."))
        )
        assert twins.match("It fails", tokenise("It fails")) is None

    def test_is_named_as_the_rule_that_decided(self) -> None:
        title = TITLES["attachment-unsupported-type"]
        first = RECOGNISER.explain(title, Trigger.ADDRESSED)[0]
        assert (first.article_id, first.score) == ("attachment-unsupported-type", 100.0)
        assert "title" in first.rule


@pytest.mark.parametrize("pasted", ["It fails", "Invoice could not be found", "the till is odd"])
def test_a_text_is_tokenised_once_for_titles_messages_and_suggestions(
    pasted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tokenised: list[str] = []
    strip_markup = text.strip_markup

    def counted(pasted: str) -> str:
        tokenised.append(pasted)
        return strip_markup(pasted)

    monkeypatch.setattr(text, "strip_markup", counted)
    RECOGNISER.verdict(pasted, Trigger.ADDRESSED)
    assert tokenised == [pasted]
