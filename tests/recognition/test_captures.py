"""The values in a message reach the reply completely."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge_base.loader import SHIPPED, load
from bot.recognition.matcher import Matcher
from tests.builders import article, knowledge, messages
from tests.recognition.values import ENVELOPES, filled_in, values_for, variable_messages

KNOWLEDGE = load(SHIPPED)
MATCHER = Matcher(KNOWLEDGE)
VARIABLE = list(variable_messages(KNOWLEDGE))
SAYS_NO_RATE_LIMIT_OF_ITS_OWN = {"minute", "day"}
"""Two articles list these limits word for word."""

TAX = "Tax amount {sent} is incorrect for {tax} tax type, should be {expected}"
JOURNAL = "The total debits ({debits}) must equal total credits ({credits})"
NUMBER = "Invoice # {number} must be unique"
LOCK = "The document date cannot be before the period lock date, currently set at {date}"


def captured(message: str, text: str) -> dict[str, tuple[str, ...]]:
    (match,) = Matcher(messages(it=message)).match(text)
    return match.values


class TestEveryVariablePartOfEveryArticle:
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
    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("1.35", "1.35"),
            ("1.35.", "1.35"),
            ("1.35!!", "1.35"),
            ("1.35.Please check", "1.35"),
            ("1.35 Please check", "1.35"),
            ("1.35, 3 lines", "1.35"),
            ("1.35...", "1.35"),
            ("-1,234.49", "-1,234.49"),
            ("$1,284.50 on store 4", "$1,284.50"),
            ("1.234,49", "1.234,49"),
            ("NZD 1,284.50 (line 3)", "NZD 1,284.50"),
            ("1,284.50 NZD, line 3", "1,284.50 NZD"),
            ("(9.99)", "(9.99)"),
            ("'1.35'", "1.35"),
            (': "1.35"', "1.35"),
            ("\n    1.35\nline 3", "1.35"),
            ("1.35-", "1.35-"),
            ("1.35-.", "1.35-"),
            ("1.35\u2212 since May", "1.35\u2212"),
            ("NZD 1,284.50-, line 3", "NZD 1,284.50-"),
            ("1.35 CR", "1.35 CR"),
            ("1.35 DR. Please check", "1.35 DR"),
            ("1.35Cr", "1.35Cr"),
            ("1.35 NZD dr", "1.35 NZD dr"),
            ("1.35 Dr Smith asks", "1.35"),
            ("1.35 - line 3", "1.35"),
            ("-.35", "-.35"),
            ("(.35)", "(.35)"),
            ("-$.35 today", "-$.35"),
            ("(NZ$9.99)", "(NZ$9.99)"),
            ("1 234.50 on store 4", "1 234.50"),
            ("1'234.50", "1'234.50"),
            ("1,35 \u20ac", "1,35 \u20ac"),
        ],
    )
    def test_at_the_end_of_a_message_is_complete(self, written: str, value: str) -> None:
        text = f"Tax amount 1.36 is incorrect for GST on Income tax type, should be {written}"
        assert captured(TAX, text) == {
            "sent": ("1.36",),
            "tax": ("GST on Income",),
            "expected": (value,),
        }

    @pytest.mark.parametrize(
        ("written", "value"),
        [
            ("(9.99)", "9.99"),
            ("(-1,234.49)", "-1,234.49"),
            ("((9.99))", "(9.99)"),
            ("9.99", "9.99"),
            ("(9.99", "9.99"),
        ],
    )
    def test_loses_the_brackets_that_are_the_messages_own(self, written: str, value: str) -> None:
        text = f"The total debits (10.00) must equal total credits {written}"
        assert captured(JOURNAL, text) == {"debits": ("10.00",), "credits": (value,)}

    @pytest.mark.parametrize("written", ["1.3…", "12…", "the moment"])
    def test_that_is_cut_off_or_no_amount_is_none(self, written: str) -> None:
        text = f"Tax amount 1.36 is incorrect for GST on Income tax type, should be {written}"
        assert "expected" not in captured(TAX, text)


class TestADate:
    @pytest.mark.parametrize(
        "date",
        [
            "31 March 2026",
            "31-Mar-2026",
            "Tuesday, 31 March 2026",
            "March 31, 2026",
            "2026-03-31T00:00:00Z",
            "31/03/26",
            "01/23/2020 18:21:16",
            "31.03.2026",
        ],
    )
    @pytest.mark.parametrize(
        "behind", ["", ".", ". Please check", " so what now", ", line 3", '"}']
    )
    def test_at_the_end_of_a_message_is_complete(self, date: str, behind: str) -> None:
        text = f"The document date cannot be before the period lock date, currently set at {date}{behind}"
        assert captured(LOCK, text) == {"date": (date,)}


class TestANumber:
    @pytest.mark.parametrize(
        "number", ["INV/2024/001", "INV-7.2", "200-1", "2041", "SO_12", "#1001"]
    )
    @pytest.mark.parametrize(
        "quotes", ["{}", "'{}'", "''{}''", '"{}"', "\u2018{}\u2019", "“{}”", "`{}`", "({})", "[{}]"]
    )
    def test_is_complete_and_without_its_quotes(self, number: str, quotes: str) -> None:
        assert captured(NUMBER, f"Invoice # {quotes.format(number)} must be unique") == {
            "number": (number,)
        }

    def test_is_without_small_words_that_people_put_for_the_messages(self) -> None:
        message = "Account code '{code}' has been archived or deleted"
        assert captured(message, "Account code 200 was archived or deleted") == {"code": ("200",)}

    def test_is_none_where_the_message_was_cut_off_before_it(self) -> None:
        assert captured(LOCK, "THE DOCUMENT DATE CANNOT BE BEFORE THE PERI (truncated...)") == {}


class TestAName:
    @pytest.mark.parametrize(
        "name",
        [
            "Kauri & Co. Ltd",
            "St. Lukes Florist",
            "Smith, Jones & 3 Sons",
            "Name Tags Ltd",
            "東京商店",
            "O'Brien's",
        ],
    )
    def test_may_hold_dots_commas_and_words_of_the_message(self, name: str) -> None:
        message = "The contact name {name} is already assigned to another contact"
        assert captured(message, message.replace("{name}", name)) == {"name": (name,)}

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


class TestAListOfValues:
    @pytest.mark.parametrize(
        "written",
        [
            "INV-71 / 72 / 73",
            "INV-71, INV-72, INV-73",
            "INV-71, INV-72 and INV-73",
            "INV-71, 72 & 73",
            "INV-71, INV-72 or INV-73",
            "INV-71,INV-72,INV-73",
            "INV-71;72;73",
            "'INV-71', 'INV-72' and 'INV-73'",
            '"INV-71","INV-72","INV-73"',
        ],
    )
    def test_in_a_variable_part_is_taken_apart(self, written: str) -> None:
        assert captured(NUMBER, f"Invoice # {written} must be unique") == {
            "number": ("INV-71", "INV-72", "INV-73")
        }

    @pytest.mark.parametrize(
        "written",
        [
            ": INV-71, INV-72",
            " (INV-71, INV-72)",
            ":\n- INV-71\n- INV-72\n",
            ":\n1. INV-71\n2. INV-72",
        ],
    )
    def test_behind_a_message_that_has_none_is_found(self, written: str) -> None:
        assert captured(NUMBER, f"Invoice # must be unique{written}") == {
            "number": ("INV-71", "INV-72")
        }

    def test_behind_a_message_is_found_where_an_article_has_it_without_a_value_too(self) -> None:
        matcher = Matcher(messages(it=["Invoice # must be unique", NUMBER]))
        (match,) = matcher.match("Invoice # must be unique: INV-71, INV-72")
        assert match.values == {"number": ("INV-71", "INV-72")}

    @pytest.mark.parametrize("written", [": 400", " (HTTP 400)", ": see below", "\n- sale 4"])
    def test_is_no_code_or_remark_behind_it(self, written: str) -> None:
        assert captured(NUMBER, f"Invoice # must be unique{written}") == {}

    def test_at_the_end_goes_on_while_the_values_are_of_one_kind(self) -> None:
        message = "Organisation is not subscribed to currency {currency}"
        text = "Organisation is not subscribed to currency USD, EUR and GBP, so what now"
        assert captured(message, text) == {"currency": ("USD", "EUR", "GBP")}

    @pytest.mark.parametrize("written", ["AUD or NZD", "AUD, or NZD", "AUD or NZD."])
    def test_at_the_end_may_be_a_choice(self, written: str) -> None:
        message = "Organisation is not subscribed to currency {currency}"
        assert captured(message, f"Organisation is not subscribed to currency {written}") == {
            "currency": ("AUD", "NZD")
        }

    @pytest.mark.parametrize(
        "one",
        [
            "31 / 03 / 2026",
            "Smith, Jones & Sons",
            "1 234,50",
            "Unit 4 / 5",
            "200/300",
            "1,234,50",
            "Trick or Treat 4",
            "Smith,Jones",
        ],
    )
    def test_is_not_seen_in_one_value(self, one: str) -> None:
        assert captured(NUMBER, f"Invoice # {one} must be unique") == {"number": (one,)}


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

    @pytest.mark.parametrize(
        "header",
        [
            "Retry-After: 41",
            "retry-after=41",
            '"Retry-After": "41"',
            '"retry_after": ["41"]',
            "HTTPHeaderDict({'Retry-After': '41'})",
            "RetryAfter 41.",
        ],
    )
    def test_is_captured_before_and_behind_it(self, matcher: Matcher, header: str) -> None:
        for text in (
            f"{header}\nX-Rate-Limit-Problem: minute",
            f"X-Rate-Limit-Problem: minute\n{header}",
        ):
            (match,) = matcher.match(text)
            assert match.captures == {"seconds": "41"}

    @pytest.mark.parametrize(
        "text",
        [
            "X-Rate-Limit-Problem: minute\nRetry-After: Wed, 21 Oct 2015 07:28:00 GMT",
            "X-Rate-Limit-Problem: minute\nRetry-After:\n",
            "X-Rate-Limit-Problem: minute, please retry after lunch",
            "X-Rate-Limit-Problem: minute" + " x" * 300 + " Retry-After: 41",
            "Retry-After: 41" + " x" * 300 + " X-Rate-Limit-Problem: minute",
        ],
    )
    def test_is_a_number_and_near(self, matcher: Matcher, text: str) -> None:
        (match,) = matcher.match(text)
        assert match.captures == {}

    @pytest.mark.parametrize(
        ("written", "seconds"),
        [
            ("please retry after 2 minutes", "120"),
            ("retry after 1 hours", "3600"),
            ("Retry-After: 2 min", "120"),
            ("Retry-After: 2 min, X-MinLimit-Remaining: 0", "120"),
            ('"Retry-After": "2 mins"', "120"),
            ("Retry after (2 minutes)", "120"),
            ("retry after 2 minute(s)", "120"),
            ("retry after 1 hr 5 mins and 3 seconds", "3903"),
            ("retry after 2m30s", "150"),
            ("retry after 1.5 minutes", "90"),
            ("retry after 1 day", "86400"),
            ("retry-after=41500ms", "42"),
            ("Retry-After: 41s", "41"),
            ("retry after 41 sec.", "41"),
            ("retry after 41 seconds, 3 minutes ago it went", "41"),
            ("Retry-After: 41 Date: Mon", "41"),
            ("retry-after: 41 x-minlimit-remaining: 0", "41"),
            ("Retry-After: 41 min-limit-remaining: 0", "41"),
        ],
    )
    def test_is_in_seconds_whatever_its_unit(
        self, matcher: Matcher, written: str, seconds: str
    ) -> None:
        (match,) = matcher.match(f"X-Rate-Limit-Problem: minute, {written}")
        assert match.captures == {"seconds": seconds}

    @pytest.mark.parametrize(
        "written",
        [
            "retry after 5 PM",
            "retry after 3 failed attempts",
            "retry after 2 weeks",
            "retry after 2,5 minutes",
        ],
    )
    def test_is_none_where_it_is_no_waiting_time(self, matcher: Matcher, written: str) -> None:
        (match,) = matcher.match(f"X-Rate-Limit-Problem: minute, {written}")
        assert match.captures == {}

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
    @pytest.mark.parametrize(
        ("text", "quote"),
        [
            (
                "it says Tax amount 1.36 is incorrect for GST tax type, should be 1.35. What now",
                "Tax amount 1.36 is incorrect for GST tax type, should be 1.35",
            ),
            (
                "it says Tax amount 1.36 is incorrect for GST tax type, should be '1.35'.",
                "Tax amount 1.36 is incorrect for GST tax type, should be '1.35'",
            ),
            (
                '"Tax amount 1.36 is incorrect for GST tax type, should be (-1.35)" again',
                "Tax amount 1.36 is incorrect for GST tax type, should be (-1.35)",
            ),
        ],
    )
    def test_ends_behind_the_value_and_what_closes_it(self, text: str, quote: str) -> None:
        (match,) = Matcher(messages(it=TAX)).match(text)
        assert match.quote == quote

    def test_does_not_run_into_the_word_behind_a_contraction(self) -> None:
        matcher = Matcher(messages(it="The payment has a date and a bank account so it can't"))
        (match,) = matcher.match("The payment has a date and a bank account so it can't: no")
        assert match.quote.endswith("it can't")
