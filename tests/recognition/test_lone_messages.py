"""Messages without any other words, in a channel about Xero: every message of every article."""

from __future__ import annotations

import functools

from hypothesis import example, given
from hypothesis import strategies as st

from bot.domain.reports import Hearing, Trigger
from bot.domain.shops import Shop
from bot.domain.verdicts import article_ids
from tests.articles_once import shipped_articles
from tests.recognition.pasted import ALL, FIFTH, SHORT, Pasted, heard, share, with_values
from tests.recognition.test_listed_messages import listed
from tests.shipped import RECOGNISER

WRAPPINGS = (
    "{m}",
    "<@U0BOT> {m}",
    "Hi team, {m}",
    "hi all :wave:\n{m}",
    "Good morning,\n\n{m}\n\nCheers",
    "Kia ora 👋 {m}",
    "```{m}```",
    "```\n{m}\n```",
    '"{m}"',
    "\u201c{m}\u201d",
    "> {m}",
    "- {m}",
    "\u2022 {m}",
    "1. {m}",
    "*{m}*",
    "Error: {m}",
    "Error message:\n{m}",
    "please help: {m}",
    "{m} ?",
    "{m}!!!",
    "{m} \U0001f64f",
    "{m}\nthanks!",
    "<p>{m}</p>",
)
WITH_A_SHOP = ("Newmarket: {m}", "[newmarket] {m}", "Newmarket\n{m}", "Hi, Newmarket - {m}")
PROSE = (
    "{m} but I mended it at lunch",
    "she wrote {rest} and laughed about it for the rest of the week, as one does",
    "is it fine if it has {m}",
    "GlobalProtect: {m}",
    "Newmarket: {m}",
    "lunch is here. {m}",
    "{m} lol",
    "my {rest}",
    'no more "{m}" since the update',
    "Newmarket {m}",
    "2 of 3: {m}",
    "tomorrow\n{m}",
    "{m}\nsee you all there at nine",
)


@functools.cache
def alone(text: str, shop: str = "") -> list[str]:
    """The articles that answer a text in a channel about Xero where nobody asked."""
    hearing = Hearing(Trigger.HEARD, about_xero=True, shop=Shop(shop) if shop else None)
    return article_ids(RECOGNISER.verdict(text, hearing))


def put_in(envelope: str, one: Pasted) -> str:
    return envelope.format(m=one.text, rest=one.as_rest_of_sentence)


class TestAMessageAlone:
    def test_of_any_article_is_answered(self) -> None:
        assert [one.text for one in ALL if one.right.isdisjoint(alone(one.text))] == []

    def test_that_was_ever_listed_is_answered(self) -> None:
        known = shipped_articles()
        missed = [
            message
            for article_id, message in listed()
            if {(holder := known[known.current(article_id)]).id, *holder.related}.isdisjoint(
                alone(with_values(message))
            )
        ]
        assert missed == []

    def test_is_left_alone_in_other_channels_where_it_is_short(self) -> None:
        assert len([one for one in SHORT if not heard(one.text)]) > 40

    def test_may_be_wrapped(self) -> None:
        wrapped = [
            (put_in(wrapping, one), one)
            for number, wrapping in enumerate(WRAPPINGS)
            for one in share(ALL, number, 2 * len(WRAPPINGS))
        ]
        assert [text for text, one in wrapped if one.right.isdisjoint(alone(text))] == []

    @given(st.sampled_from(ALL), st.lists(st.sampled_from(WRAPPINGS), min_size=2, max_size=3))
    @example(next(one for one in ALL if "{" not in one.message), ["1. {m}", "Hi team, {m}"])
    def test_may_be_wrapped_several_times(self, one: Pasted, wrappings: list[str]) -> None:
        text = one.text
        for wrapping in wrappings:
            text = wrapping.replace("{m}", text)
        assert not one.right.isdisjoint(alone(text)), text

    def test_may_follow_the_name_of_its_shop(self) -> None:
        named = [
            (put_in(wrapping, one), one)
            for number, wrapping in enumerate(WITH_A_SHOP)
            for one in share(ALL, number, 2 * FIFTH)
        ]
        assert [t for t, one in named if one.right.isdisjoint(alone(t, "NEWMARKET"))] == []

    def test_may_be_one_of_several(self) -> None:
        pairs = zip(ALL[::7], ALL[3::7], strict=False)
        texts = [f"1. {one.text}\n2. {other.text}" for one, other in pairs]
        assert [text for text in texts if not alone(text)] == []


class TestAMessageInOtherWords:
    def test_is_judged_as_in_any_channel(self) -> None:
        texts = [
            put_in(prose, one)
            for number, prose in enumerate(PROSE)
            for one in share(ALL, number, 2 * len(PROSE))
        ]
        assert [text for text in texts if alone(text) != heard(text)] == []

    def test_is_judged_as_in_any_channel_behind_the_name_of_another_shop(self) -> None:
        texts = [put_in("Newmarket: {m}", one) for one in share(ALL, 0, 2 * FIFTH)]
        assert [text for text in texts if alone(text, "Ponsonby") != heard(text)] == []
