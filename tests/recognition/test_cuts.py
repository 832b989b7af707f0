"""Messages that a column, a cell, a mail's subject or a log cuts off."""

from __future__ import annotations

import pytest

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.matches import Match
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, article_ids
from bot.recognition.cuts import begun_words
from bot.recognition.judging import judge
from bot.recognition.matcher import Matcher
from bot.recognition.text import tokenise
from tests.builders import messages
from tests.recognition.pasted import one_in, share
from tests.recognition.values import EXAMPLES
from tests.shipped import ARTICLES, RECOGNISER

LONG = 30
"""Letters; a part of a shorter message says nothing."""
LISTED = [
    (article.id, message)
    for article in ARTICLES.values()
    for message in (
        PLACEHOLDER.sub(lambda name: EXAMPLES.get(name[1], "204"), wording)
        for wording in article.wordings
    )
    if len(message) > LONG
]
ENDS = {
    "of a text": "Xero: {}",
    "of a line": "Xero says {}\nany idea what that is?",
    "of a string": '{{"from": "Xero", "error": "{}", "tries": 3}}',
    "of a cell": "| Xero | {} | CP-1 |",
    "of a subject": "Subject: Xero: {} [CP-6120]",
    "shown by dots": "Xero: {}... (CP-1)",
    "masked": "Xero: {}**** (CP-1)",
    "said to be truncated": "Xero: {}\n[message truncated]",
    "snipped": "Xero: {} <snip>",
}
SHOWN = ("...", "****", "truncated", "snip")


def answered(text: str, trigger: Trigger = Trigger.HEARD) -> tuple[Match, ...]:
    verdict = RECOGNISER.verdict(text, trigger)
    return verdict.matches if isinstance(verdict, Answer) else ()


def cut(message: str, length: float) -> str:
    return message[: int(len(message) * length)].rstrip(" '\".,;:(")


@pytest.mark.parametrize(("number", "end"), list(enumerate(ENDS.values())), ids=list(ENDS))
def test_any_message_is_answered_without_its_end_and_never_with_another_article(
    number: int, end: str
) -> None:
    missed, wrong = [], []
    tried = share(LISTED, number)
    for at, (article_id, message) in enumerate(tried):
        neighbours = {article_id, *ARTICLES[article_id].related}
        for length in (*one_in(2, (0.6, 0.75), at), 0.9):
            text = end.format(cut(message, length))
            found = answered(text)
            wrong += [text for m in found if m.opening and m.article_id not in neighbours]
            if length == 0.9 and article_id not in {match.article_id for match in found}:
                missed.append(text)
    assert wrong == []
    is_shown = any(sign in end for sign in SHOWN)
    assert len(missed) <= (0.04 if is_shown else 0.2) * len(tried), missed


@pytest.mark.parametrize(
    "text",
    [
        '{"store":"Bondi","err":"An existing contact could not be found using the specif',
        "Subject: AW: An existing Invoice with the specified InvoiceID could not be fo [CP-6120] sync",
        'sku;result;text\n"TEE-BLK-M";ERR;"Price List Item with Code \'TEE-BLK-M\' alre',
        "the Total for this document must be greater than or equ",
        "store said: Payment not of valid status for modif..",
    ],
)
def test_a_message_of_accounting_is_answered_without_its_end(text: str) -> None:
    assert len(answered(text)) == 1


def test_a_short_message_may_lose_half_of_its_last_word_where_dots_show_it() -> None:
    (match,) = answered("| 04/06 | Glebe | CP-2291 | Invoice # CP-2291 must be uni... | Xero |")
    assert (match.article_id, match.captures) == (
        "invoice-number-not-unique",
        {"number": "CP-2291"},
    )
    assert answered("| Glebe | CP-2291 | Xero | Invoice # CP-2291 must be u... |") == ()


def test_a_begun_word_is_looked_up_once_however_often_it_is_cut() -> None:
    text = "Invoice # CP-2291 must be uni... "
    assert begun_words(tokenise(text * 50)) == begun_words(tokenise(text)) == {"uni"}


def test_the_value_before_a_cut_is_read() -> None:
    (match,) = answered("\"Price List Item with Code 'TEE-BLK-M' alre\"")
    assert match.captures == {"code": "TEE-BLK-M"}


@pytest.mark.parametrize(
    "text",
    [
        "Xero says a payment",
        "in Xero: This document cannot",
        "Xero: The invoice related to this pay",
        "Xero, the requested resource was",
        "Xero tells me that Invoice not of valid status. Any idea",
    ],
)
def test_a_few_words_are_no_beginning_of_a_message(text: str) -> None:
    assert answered(text) == ()


def test_a_beginning_that_two_articles_share_leads_to_neither() -> None:
    matcher = Matcher(
        messages(
            change="The status of the document is not valid for modification",
            create="The status of the document is not valid for creation",
        )
    )

    def found(text: str) -> list[str]:
        return article_ids(judge(matcher.match(text), Trigger.ADDRESSED))

    assert found("Xero: The status of the document is not valid for") == []
    assert found("Xero: The status of the document is not valid for modif") == ["change"]
    assert found("Xero: The status of the document is not valid for c…") == ["create"]


def test_a_last_word_that_is_the_beginning_of_another_articles_word_leads_to_neither() -> None:
    matcher = Matcher(
        messages(
            reconciled="The linked supplier invoice is part reconciled",
            dispute="The linked supplier invoice is partly in dispute",
        )
    )

    def found(text: str) -> list[str]:
        return article_ids(judge(matcher.match(text), Trigger.ADDRESSED))

    assert found("Xero: The linked supplier invoice is part") == []
    assert found("Xero: The linked supplier invoice is part reconc") == ["reconciled"]
    assert found("Xero: The linked supplier invoice is partly") == ["dispute"]


def test_stars_mask_the_end_of_a_word_in_capitals() -> None:
    (match,) = answered("Xero: Xero has this invoice as DRAFT, not AUTHOR**** (CP-1)")
    assert match.article_id == "payments-only-against-authorised"


def test_the_beginning_of_another_systems_message_is_another_systems() -> None:
    text = "QuickBooks: An existing contact could not be found using the specif"
    assert answered(text) == ()
    assert len(answered(text.replace("QuickBooks", "Xero"))) == 1


@pytest.mark.parametrize("first", ["The", "This", ""])
def test_first_words_that_two_articles_share_but_for_the_say_nothing(first: str) -> None:
    matcher = Matcher(
        messages(
            paid="This document cannot be edited as it has a payment allocated to it",
            locked="The document cannot be edited as it is dated before the period lock date",
        )
    )
    text = f"Xero refused: {first} document cannot be edited as it…"
    assert article_ids(judge(matcher.match(text), Trigger.HEARD)) == []


@pytest.mark.parametrize(
    "text",
    [
        'code=503 detail="The Organisation is offlin" store=Glebe',
        '503 detail=\\"The+Organisation+is+offli\\" tries=2',
        "detail='The%20Organisation%20is%20offl' next_try=60",
    ],
)
def test_a_message_may_lose_the_end_of_its_last_word_in_a_value(text: str) -> None:
    assert [match.article_id for match in answered(text)] == ["api-offline-maintenance"]


@pytest.mark.parametrize(
    "text",
    [
        'detail="The Organisation is o" store=Glebe',
        "The Organisation is off",
        "the organisation is offl and the other one is not",
    ],
)
def test_a_letter_or_two_of_the_last_word_say_nothing(text: str) -> None:
    assert answered(text) == ()
