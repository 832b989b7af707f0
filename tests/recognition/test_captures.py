"""The values in a message reach the reply completely."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.matcher import Matcher
from tests.builders import article, knowledge, messages
from tests.recognition.values import (
    ENVELOPES,
    filled_in,
    values_are_known,
    values_for,
    variable_messages,
)
from tests.shipped import ARTICLES, MATCHER

VARIABLE = list(variable_messages(ARTICLES))
SAYS_NO_RATE_LIMIT_OF_ITS_OWN = {"minute", "day"}
"""Two articles list these limits word for word."""

TAX = "Tax amount {sent} is incorrect for {tax} tax type, should be {expected}"
JOURNAL = "The total debits ({debits}) must equal total credits ({credits})"
NUMBER = "Invoice # {number} must be unique"
LOCK = "The document date cannot be before the period lock date, currently set at {date}"


def captured(message: str, text: str) -> dict[str, tuple[str, ...]]:
    (match,) = Matcher(messages(it=message)).match(text)
    return match.values


def captures(matcher: Matcher, texts: Iterable[str]) -> dict[str, list[dict[str, str]]]:
    """The values of each match in each text."""
    return {text: [dict(match.captures) for match in matcher.match(text)] for text in texts}


class TestEveryVariablePartOfEveryArticle:
    def test_has_values_of_its_kind_to_be_tried_with(self) -> None:
        assert [message for _, message in VARIABLE if not values_are_known(message)] == []

    @given(st.data())
    def test_is_captured_as_it_was_put_in(self, data: st.DataObject) -> None:
        article_id, message = data.draw(st.sampled_from(VARIABLE))
        values = data.draw(values_for(message))
        if values.get("limit") in SAYS_NO_RATE_LIMIT_OF_ITS_OWN:
            return
        text = data.draw(st.sampled_from(list(ENVELOPES.values())))(filled_in(message, values))
        found = [match.captures for match in MATCHER.match(text) if match.article_id == article_id]
        assert found == [values], text


class TestAnAmount:
    def test_at_the_end_of_a_message_is_complete(self) -> None:
        message = "Tax amount 1.36 is incorrect for GST on Income tax type, should be {}"
        values = {
            "1.35": "1.35",
            "1.35.": "1.35",
            "1.35!!": "1.35",
            "1.35.Please check": "1.35",
            "1.35 Please check": "1.35",
            "1.35, 3 lines": "1.35",
            "1.35...": "1.35",
            "-1,234.49": "-1,234.49",
            "$1,284.50 on store 4": "$1,284.50",
            "1.234,49": "1.234,49",
            "NZD 1,284.50 (line 3)": "NZD 1,284.50",
            "1,284.50 NZD, line 3": "1,284.50 NZD",
            "(9.99)": "(9.99)",
            "'1.35'": "1.35",
            ': "1.35"': "1.35",
            "\n    1.35\nline 3": "1.35",
            "1.35-": "1.35-",
            "1.35-.": "1.35-",
            "1.35\u2212 since May": "1.35\u2212",
            "NZD 1,284.50-, line 3": "NZD 1,284.50-",
            "1.35 CR": "1.35 CR",
            "1.35 DR. Please check": "1.35 DR",
            "1.35Cr": "1.35Cr",
            "1.35 NZD dr": "1.35 NZD dr",
            "1.35 Dr Smith asks": "1.35",
            "1.35 - line 3": "1.35",
            "-.35": "-.35",
            "(.35)": "(.35)",
            "-$.35 today": "-$.35",
            "(NZ$9.99)": "(NZ$9.99)",
            "1 234.50 on store 4": "1 234.50",
            "1'234.50": "1'234.50",
            "1,35 \u20ac": "1,35 \u20ac",
        }
        assert {written: captured(TAX, message.format(written)) for written in values} == {
            written: {"sent": ("1.36",), "tax": ("GST on Income",), "expected": (value,)}
            for written, value in values.items()
        }

    def test_loses_the_brackets_that_are_the_messages_own(self) -> None:
        message = "The total debits (10.00) must equal total credits {}"
        values = {
            "(9.99)": "9.99",
            "(-1,234.49)": "-1,234.49",
            "((9.99))": "(9.99)",
            "9.99": "9.99",
            "(9.99": "9.99",
        }
        assert {written: captured(JOURNAL, message.format(written)) for written in values} == {
            written: {"debits": ("10.00",), "credits": (value,)}
            for written, value in values.items()
        }

    def test_that_is_cut_off_or_no_amount_is_none(self) -> None:
        for written in ("1.3…", "12…", "the moment"):
            text = f"Tax amount 1.36 is incorrect for GST on Income tax type, should be {written}"
            assert "expected" not in captured(TAX, text), written


class TestADate:
    def test_at_the_end_of_a_message_is_complete(self) -> None:
        message = "The document date cannot be before the period lock date, currently set at {}{}"
        dates = (
            "31 March 2026",
            "31-Mar-2026",
            "Tuesday, 31 March 2026",
            "March 31, 2026",
            "2026-03-31T00:00:00Z",
            "31/03/26",
            "01/23/2020 18:21:16",
            "31.03.2026",
        )
        ends = ("", ".", ". Please check", " so what now", ", line 3", '"}')
        assert {pair: captured(LOCK, message.format(*pair)) for pair in product(dates, ends)} == {
            (date, end): {"date": (date,)} for date, end in product(dates, ends)
        }


class TestANumber:
    def test_is_complete_and_without_its_quotes(self) -> None:
        quotes = ("{}", "'{}'", "''{}''", '"{}"', "\u2018{}\u2019", "“{}”", "`{}`", "({})", "[{}]")
        numbers = ("INV/2024/001", "INV-7.2", "200-1", "2041", "SO_12", "#1001")
        quoted = {quote.format(number): number for quote, number in product(quotes, numbers)}
        assert {
            written: captured(NUMBER, f"Invoice # {written} must be unique") for written in quoted
        } == {written: {"number": (number,)} for written, number in quoted.items()}

    def test_is_without_small_words_that_people_put_for_the_messages(self) -> None:
        message = "Account code '{code}' has been archived or deleted"
        assert captured(message, "Account code 200 was archived or deleted") == {"code": ("200",)}

    def test_is_none_where_the_message_was_cut_off_before_it(self) -> None:
        assert captured(LOCK, "THE DOCUMENT DATE CANNOT BE BEFORE THE PERI (truncated...)") == {}


class TestAName:
    def test_may_hold_dots_commas_and_words_of_the_message(self) -> None:
        message = "The contact name {name} is already assigned to another contact"
        names = (
            "Kauri & Co. Ltd",
            "St. Lukes Florist",
            "Smith, Jones & 3 Sons",
            "Name Tags Ltd",
            "東京商店",
            "O'Brien's",
        )
        assert {name: captured(message, message.replace("{name}", name)) for name in names} == {
            name: {"name": (name,)} for name in names
        }

    def test_may_begin_a_message(self) -> None:
        matcher = Matcher(messages(it="{name} is archived in the chart of accounts"))
        (match,) = matcher.match("Sorry. 'Petty cash' is archived in the chart of accounts")
        assert match.captures == {"name": "Petty cash"}

    def test_is_not_a_sentence_that_somebody_wrote_in_between(self) -> None:
        matcher = Matcher(
            messages(it="The contact name {name} is already assigned to another contact")
        )
        assert (
            matcher.match("the contact name: I looked. It is already assigned to another contact")
            == []
        )
        counted = Matcher(messages(it="Continue with {count} organisations"))
        assert counted.match("It can continue. Use Reconnect with the same organisations") == []


class TestAListOfValues:
    def test_in_a_variable_part_is_taken_apart(self) -> None:
        lists = (
            "INV-71 / 72 / 73",
            "INV-71, INV-72, INV-73",
            "INV-71, INV-72 and INV-73",
            "INV-71, 72 & 73",
            "INV-71, INV-72 or INV-73",
            "INV-71,INV-72,INV-73",
            "INV-71;72;73",
            "'INV-71', 'INV-72' and 'INV-73'",
            '"INV-71","INV-72","INV-73"',
        )
        assert {
            written: captured(NUMBER, f"Invoice # {written} must be unique") for written in lists
        } == {written: {"number": ("INV-71", "INV-72", "INV-73")} for written in lists}

    def test_behind_a_message_that_has_none_is_found(self) -> None:
        lists = (
            ": INV-71, INV-72",
            " (INV-71, INV-72)",
            ":\n- INV-71\n- INV-72\n",
            ":\n1. INV-71\n2. INV-72",
        )
        assert {
            written: captured(NUMBER, f"Invoice # must be unique{written}") for written in lists
        } == {written: {"number": ("INV-71", "INV-72")} for written in lists}

    def test_behind_a_message_is_found_where_an_article_has_it_without_a_value_too(self) -> None:
        matcher = Matcher(messages(it=["Invoice # must be unique", NUMBER]))
        (match,) = matcher.match("Invoice # must be unique: INV-71, INV-72")
        assert match.values == {"number": ("INV-71", "INV-72")}

    def test_does_not_contain_a_code_or_remark_after_the_message(self) -> None:
        for written in (": 400", " (HTTP 400)", ": see below", "\n- sale 4"):
            assert captured(NUMBER, f"Invoice # must be unique{written}") == {}, written

    def test_at_the_end_goes_on_while_the_values_are_of_one_kind(self) -> None:
        message = "Organisation is not subscribed to currency {currency}"
        text = "Organisation is not subscribed to currency USD, EUR and GBP, so what now"
        assert captured(message, text) == {"currency": ("USD", "EUR", "GBP")}

    def test_at_the_end_may_be_a_choice(self) -> None:
        message = "Organisation is not subscribed to currency {currency}"
        for written in ("AUD or NZD", "AUD, or NZD", "AUD or NZD."):
            text = f"Organisation is not subscribed to currency {written}"
            assert captured(message, text) == {"currency": ("AUD", "NZD")}, written

    def test_is_not_seen_in_one_value(self) -> None:
        single = (
            "31 / 03 / 2026",
            "Smith, Jones & Sons",
            "1 234,50",
            "Unit 4 / 5",
            "200/300",
            "1,234,50",
            "Trick or Treat 4",
            "Smith,Jones",
        )
        assert {one: captured(NUMBER, f"Invoice # {one} must be unique") for one in single} == {
            one: {"number": (one,)} for one in single
        }


class TestANumberBesideTheMessage:
    @pytest.fixture
    def matcher(self) -> Matcher:
        return Matcher(
            knowledge(
                article(
                    "limit",
                    messages=["X-Rate-Limit-Problem: minute"],
                    nearby=["Retry-After: {seconds}"],
                )
            )
        )

    def test_is_captured_before_and_behind_it(self, matcher: Matcher) -> None:
        headers = (
            "Retry-After: 41",
            "retry-after=41",
            '"Retry-After": "41"',
            '"retry_after": ["41"]',
            "HTTPHeaderDict({'Retry-After': '41'})",
            "RetryAfter 41.",
        )
        texts = [
            text
            for header in headers
            for text in (
                f"{header}\nX-Rate-Limit-Problem: minute",
                f"X-Rate-Limit-Problem: minute\n{header}",
            )
        ]
        assert captures(matcher, texts) == {text: [{"seconds": "41"}] for text in texts}

    def test_must_be_a_number_near_the_message(self, matcher: Matcher) -> None:
        texts = (
            "X-Rate-Limit-Problem: minute\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT",
            "X-Rate-Limit-Problem: minute\nRetry-After:\n",
            "X-Rate-Limit-Problem: minute, please retry after lunch",
            "X-Rate-Limit-Problem: minute" + " x" * 300 + " Retry-After: 41",
            "Retry-After: 41" + " x" * 300 + " X-Rate-Limit-Problem: minute",
        )
        assert captures(matcher, texts) == {text: [{}] for text in texts}

    def test_is_in_seconds_whatever_its_unit(self, matcher: Matcher) -> None:
        waits = {
            "please retry after 2 minutes": "120",
            "retry after 1 hours": "3600",
            "Retry-After: 2 min": "120",
            "Retry-After: 2 min, X-MinLimit-Remaining: 0": "120",
            '"Retry-After": "2 mins"': "120",
            "Retry after (2 minutes)": "120",
            "retry after 2 minute(s)": "120",
            "retry after 1 hr 5 mins and 3 seconds": "3903",
            "retry after 2m30s": "150",
            "retry after 1.5 minutes": "90",
            "retry after 1 day": "86400",
            "retry-after=41500ms": "42",
            "Retry-After: 41s": "41",
            "retry after 41 sec.": "41",
            "retry after 41 seconds, 3 minutes ago it went": "41",
            "Retry-After: 41 Date: Mon": "41",
            "retry-after: 41 x-minlimit-remaining: 0": "41",
            "Retry-After: 41 min-limit-remaining: 0": "41",
        }
        expected = {
            f"X-Rate-Limit-Problem: minute, {written}": [{"seconds": seconds}]
            for written, seconds in waits.items()
        }
        assert captures(matcher, expected) == expected

    def test_is_ignored_where_it_is_no_waiting_time(self, matcher: Matcher) -> None:
        for written in (
            "retry after 5 PM",
            "retry after 3 failed attempts",
            "retry after 2 weeks",
            "retry after 2,5 minutes",
        ):
            (match,) = matcher.match(f"X-Rate-Limit-Problem: minute, {written}")
            assert match.captures == {}, written

    def test_is_that_of_the_same_answer(self, matcher: Matcher) -> None:
        answer = "HTTP 429\nRetry-After: {}\nX-Rate-Limit-Problem: minute\n" + "-" * 40 + "\n"
        (match,) = matcher.match(answer.format(26) + answer.format(41))
        assert match.values == {"seconds": ("26", "41")}

    def test_does_not_replace_what_the_message_says(self) -> None:
        message = "Rate limit exceeded, the next call may come in {seconds} seconds"
        matcher = Matcher(
            knowledge(article("limit", messages=[message], nearby=["Retry-After: {seconds}"]))
        )
        (match,) = matcher.match(f"Retry-After: 99\n{message.replace('{seconds}', '41')}")
        assert match.captures == {"seconds": "41"}


class TestTheQuote:
    def test_ends_behind_the_value_and_what_closes_it(self) -> None:
        quotes = {
            "it says Tax amount 1.36 is incorrect for GST tax type, should be 1.35. What now": "Tax amount 1.36 is incorrect for GST tax type, should be 1.35",
            "it says Tax amount 1.36 is incorrect for GST tax type, should be '1.35'.": "Tax amount 1.36 is incorrect for GST tax type, should be '1.35'",
            '"Tax amount 1.36 is incorrect for GST tax type, should be (-1.35)" again': "Tax amount 1.36 is incorrect for GST tax type, should be (-1.35)",
        }
        matcher = Matcher(messages(it=TAX))
        assert {text: [match.quote for match in matcher.match(text)] for text in quotes} == {
            text: [quote] for text, quote in quotes.items()
        }

    def test_does_not_run_into_the_word_behind_a_contraction(self) -> None:
        matcher = Matcher(messages(it="The payment has a date and a bank account so it can't"))
        (match,) = matcher.match("The payment has a date and a bank account so it can't: no")
        assert match.quote.endswith("it can't")


def test_a_name_of_several_words_ends_where_japanese_goes_on_without_a_space() -> None:
    message = "Unable to find Xero Supplier with name {name}"
    text = f"Xeroで{message.replace('{name}', 'Kauri Lane')}と表示されます"
    assert captured(message, text) == {"name": ("Kauri Lane",)}
