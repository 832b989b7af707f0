"""The messages of articles that a text contains."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.article_text import MAX_VALUES_COUNTED, MAX_VALUES_IN_SENTENCE
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, article_ids
from bot.recognition.judging import judge
from bot.recognition.matcher import Matcher
from bot.recognition.patterns import STOP_WORDS
from bot.recognition.text import Tokens, strip_markup
from bot.recognition.typos import typo_distance
from tests.builders import messages
from tests.shipped import ARTICLES, MATCHER

MESSAGES = [
    (article.id, message)
    for article in ARTICLES.values()
    for message in article.wordings
    if "{" not in message
]
PAGE = {
    "payments-only-against-authorised": "Payments can only be made against Authorised invoices.",
    "payment-amount-exceeds": "Payment amounts exceeds.",
    "invoice-not-found": "Invoice could not be found.",
    "invoice-number-not-unique": "Invoice # must be unique.",
    "contact-number-in-use": "Another contact has this contact number. Please enter a different contact number.",
    "invoice-status-not-modifiable": "Invoice not of valid status for modification",
    "no-valid-access-token": "The token repository doesn’t contain a valid access token.",  # noqa: RUF001
    "contact-required": "A Contact must be specified for this type of transaction",
    "document-not-found": "Document could not be found",
    "account-not-found-payments": "Account could not be found (payments)",
    "due-date-999-days": "Sorry, Due Dates cannot be made more than 999 days after the invoice date.",
}


EACH_ITS_OWN = {article_id: [article_id] for article_id in PAGE}


def typos_in(message: str) -> Iterator[str]:
    """The message with two letters of one word swapped, unless that makes a word of a message."""
    words = message.split()
    vocabulary = set(Tokens.of(" ".join(m for _, m in MESSAGES)).stems)
    for index, word in enumerate(words):
        if len(word) < 4 or not word.isalpha():
            continue
        wrong = word[:2] + word[3] + word[2] + word[4:]
        if wrong == word or Tokens.of(wrong).stems[0] in vocabulary:
            continue
        yield " ".join([*words[:index], wrong, *words[index + 1 :]])


def answered(text: str, trigger: Trigger = Trigger.HEARD) -> list[str]:
    return article_ids(judge(MATCHER.match(text), trigger))


class TestThePagesElevenMessages:
    def found_in(self, form: Callable[[str], str], trigger: Trigger = Trigger.HEARD) -> object:
        """What is answered to each message in some form."""
        return {
            article_id: answered(form(message), trigger) for article_id, message in PAGE.items()
        }

    def test_are_answered_as_they_are_on_the_page(self) -> None:
        assert self.found_in(str, Trigger.HEARD) == EACH_ITS_OWN
        assert self.found_in(str, Trigger.ADDRESSED) == EACH_ITS_OWN

    def test_are_answered_in_xml_that_quotes_them(self) -> None:
        xml = "<ValidationException>\n<Message><![CDATA[{}]]></Message>"
        assert self.found_in(xml.format) == EACH_ITS_OWN

    def test_are_answered_in_a_chatty_sentence(self) -> None:
        sentence = "hi team, since this morning I get {} when I send the takings, any idea?"
        assert self.found_in(sentence.format) == EACH_ITS_OWN

    def test_are_answered_in_a_json_body(self) -> None:
        def body(message: str) -> str:
            errors = [{"ValidationErrors": [{"Message": message}]}]
            return json.dumps({"ErrorNumber": 10, "Elements": errors})

        assert self.found_in(body) == EACH_ITS_OWN
        assert self.found_in(lambda message: json.dumps({"error": body(message)})) == EACH_ITS_OWN

    def test_are_answered_with_one_typo_in_any_word(self) -> None:
        mistyped = {
            text: article_id for article_id, message in PAGE.items() for text in typos_in(message)
        }
        assert len(mistyped) > len(PAGE)
        assert {text: answered(text) for text in mistyped} == {
            text: [article_id] for text, article_id in mistyped.items()
        }


class TestTheWordThatCounts:
    @pytest.fixture
    def matcher(self) -> Matcher:
        return Matcher(
            messages(invoice="Invoice could not be found", account="Account could not be found")
        )

    def test_decides_between_messages_that_share_all_the_others(self, matcher: Matcher) -> None:
        assert [m.article_id for m in matcher.match("Xero: Account could not be found")] == [
            "account"
        ]

    def test_may_not_be_missing(self, matcher: Matcher) -> None:
        for text in ("could not be found", "Contact could not be found", "Invoice could be found"):
            assert matcher.match(f"Xero says {text}") == [], text

    def test_may_not_be_another_word_that_looks_like_it(self) -> None:
        matcher = Matcher(
            messages(contact="The contact is archived", contract="The contract is archived")
        )
        assert [m.article_id for m in matcher.match("the contract is archived")] == ["contract"]


class TestSeveralMessages:
    def test_in_one_text_are_all_found(self) -> None:
        text = "A Contact must be specified for this type of transaction; Invoice could not be found (Xero)"
        assert answered(text) == ["contact-required", "invoice-not-found"]

    def test_are_separated_with_only_a_space_between(self) -> None:
        text = "Account could not be found Invoice could not be found Document could not be found"
        assert answered(f"Xero: {text}") == [
            "account-not-found-payments",
            "invoice-not-found",
            "document-not-found",
        ]

    def test_the_one_to_fix_first_is_on_top_wherever_it_is(self) -> None:
        token = PAGE["no-valid-access-token"]
        assert (
            answered(f"{PAGE['payments-only-against-authorised']}\n{token}")[0]
            == "no-valid-access-token"
        )

    def test_the_longer_wins_where_two_overlap(self) -> None:
        matcher = Matcher(
            messages(short="The contact is archived", long="The contact is archived and merged")
        )
        assert [m.article_id for m in matcher.match("the contact is archived and merged")] == [
            "long"
        ]

    def test_the_same_twice_is_one_match(self) -> None:
        assert len(MATCHER.match("Invoice # must be unique. Invoice # must be unique.")) == 1

    def test_of_one_article_keep_the_values_of_each(self) -> None:
        lines = (
            f"10:4{n} ERROR Invoice # INV-{number} must be unique"
            for n, number in enumerate((71, 72, 71, 73))
        )
        (match,) = MATCHER.match("\n".join(lines))
        assert match.captures == {"number": "INV-71"}
        assert match.all_captures == (
            {"number": "INV-71"},
            {"number": "INV-72"},
            {"number": "INV-73"},
        )
        assert match.values == {"number": ("INV-71", "INV-72", "INV-73")}

    def test_of_one_article_leave_the_count_open_where_not_all_are_looked_at(self) -> None:
        (match,) = MATCHER.match("".join(f"Invoice # INV-{n} must be unique\n" for n in range(200)))
        assert MAX_VALUES_IN_SENTENCE + MAX_VALUES_COUNTED < len(match.values["number"]) < 200

    def test_of_one_article_are_shown_by_the_one_with_a_value(self) -> None:
        (match,) = MATCHER.match("Invoice # must be unique\nInvoice # INV-9 must be unique")
        assert (match.captures, match.quote) == (
            {"number": "INV-9"},
            "Invoice # INV-9 must be unique",
        )

    def test_with_one_value_have_no_list_of_them(self) -> None:
        (match,) = MATCHER.match("Invoice # INV-71 must be unique\nInvoice # INV-71 must be unique")
        assert (match.all_captures, match.values) == ((), {"number": ("INV-71",)})

    @pytest.mark.parametrize("heading", ["An error occurred in Xero:", "1 error occurred in Xero"])
    def test_are_not_headed_by_one_that_only_says_that_something_failed(self, heading: str) -> None:
        reason = "Payments can only be made against Authorised documents"
        assert answered(f"{heading}\n{reason}") == ["payments-only-against-authorised"]

    def test_are_not_counted_by_one(self) -> None:
        assert answered("An error occurred in Xero") == ["error-occurred-in-xero"]
        assert answered("1 error occurred in Xero\nThe receipt printer is offline") == []

    @pytest.mark.parametrize("status", ["(500) ", "[502] ", "500 ", "HTTP 503, "])
    def test_are_not_counted_by_a_status(self, status: str) -> None:
        text = f"PUT /Payments {status}An error occurred in Xero\nThe rest went over fine now"
        assert answered(text) == ["error-occurred-in-xero"]


class TestVariableParts:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("The contact name Kauri & Co. is already assigned to another contact.", "Kauri & Co."),
            (
                "the contact name 'Hana Parata (Store 4)' is already assigned to another contact",
                "Hana Parata (Store 4)",
            ),
            ("THE CONTACT NAME X IS ALREADY ASSIGNED TO ANOTHER CONTACT", "X"),
        ],
    )
    def test_in_the_middle_are_captured_as_written(self, text: str, value: str) -> None:
        matcher = Matcher(
            messages(name="The contact name {name} is already assigned to another contact")
        )
        (match,) = matcher.match(text)
        assert match.captures == {"name": value}

    def test_at_the_end_stop_with_the_sentence(self) -> None:
        matcher = Matcher(
            messages(
                lock="The document date cannot be before the period lock date, currently set at {date}"
            )
        )
        text = "The document date cannot be before the period lock date, currently set at 31 March 2026. What now?"
        assert matcher.match(text)[0].captures == {"date": "31 March 2026"}

    def test_keep_their_sign_and_lose_their_quotes(self) -> None:
        matcher = Matcher(
            messages(line="The line total {sent} does not match the expected line total {expected}")
        )
        (match,) = matcher.match(
            "The line total -14.00 does not match the expected line total '(-10.00)'"
        )
        assert match.captures == {"sent": "-14.00", "expected": "-10.00"}

    def test_that_are_not_there_are_not_captured(self) -> None:
        matcher = Matcher(
            messages(unique=["Invoice # must be unique", "Invoice # {number} must be unique"])
        )
        assert matcher.match("Invoice # must be unique")[0].captures == {}
        assert matcher.match("Invoice # 2041 must be unique")[0].captures == {"number": "2041"}


class TestCutOffTexts:
    @pytest.mark.parametrize(
        "text",
        [
            "Payments can only be made against Authorised in…",
            'Reason: "Payments can only be made against Authorised...',
            "Another contact has this contact number. Please enter (truncated...)",
        ],
    )
    def test_are_recognised_by_an_opening_that_is_no_other_articles(self, text: str) -> None:
        assert len(MATCHER.match(text)) == 1

    def test_are_not_recognised_by_an_opening_that_two_articles_share(self) -> None:
        matcher = Matcher(
            messages(
                a="The document date must be after the lock date", b="The document date must be set"
            )
        )
        assert matcher.match("The document date must be…") == []


class TestWordsThatOtherSoftwareSaysToo:
    @pytest.mark.parametrize(
        "text",
        [
            "MongoServerError: Document could not be found in collection tills",
            "QuickBooks: Invoice could not be found",
            'return res.status(404).json({ message: "Account could not be found" });',
            "The invoice could not be found anywhere in my inbox, she must have sent it by post",
        ],
    )
    def test_are_left_alone_where_nobody_asked(self, text: str) -> None:
        assert answered(text, Trigger.HEARD) == []
        assert len(answered(text, Trigger.ADDRESSED)) == 1

    @pytest.mark.parametrize(
        "text",
        [
            "Document could not be found",
            "Xero tells us: document could not be found",
            "we sent last night's payments and all of them came back, Document could not be found each time",
        ],
    )
    def test_are_answered_where_little_else_is_there_or_xero_is(self, text: str) -> None:
        assert answered(text, Trigger.HEARD) == ["document-not-found"]


class TestTypos:
    @pytest.mark.parametrize(
        ("word", "expected"),
        [("invocie", "invoice"), ("modifcation", "modification"), ("nto", "not")],
    )
    def test_of_the_keyboard_are_forgiven(self, word: str, expected: str) -> None:
        assert typo_distance(word, expected) == 1

    @pytest.mark.parametrize(
        ("word", "expected"), [("now", "not"), ("998", "999"), ("account", "amount"), ("me", "be")]
    )
    def test_into_another_word_are_not(self, word: str, expected: str) -> None:
        assert typo_distance(word, expected) is None


VOCABULARY = set(Tokens.of(" ".join(m for a in ARTICLES.values() for m in a.wordings)).stems)


def _mistyped(word: str, chance: random.Random) -> str:
    """The word with two inner letters swapped, unless that makes another word of some message."""
    if len(word) < 5 or not word.isalpha():
        return word
    position = chance.randrange(1, len(word) - 2)
    wrong = word[:position] + word[position + 1] + word[position] + word[position + 2 :]
    stems = Tokens.of(wrong).stems
    return word if len(stems) != 1 or stems[0] in VOCABULARY else wrong


noise = st.sampled_from(
    [
        str.upper,
        str.lower,
        lambda m: m.replace(" ", "\n", 1),
        lambda m: m.replace(" ", "  "),
        lambda m: f"*{m}*",
        lambda m: f"`{m}`",
        lambda m: f"“{m}”",
        lambda m: f"> {m}",
        lambda m: m.rstrip("."),
        lambda m: m.replace("'", "&#39;").replace("’", "&#39;"),  # noqa: RUF001
        lambda m: json.dumps(json.dumps({"Message": m})),
        lambda m: f"<ValidationError><Message>{m}</Message></ValidationError>",
        lambda m: f"xero-sync_1  | 2026-11-22T08:00:01Z ERROR Xero error: {m}",
        lambda m: m.replace("authoris", "authoriz").replace("Authoris", "Authoriz"),
    ]
)


class TestEveryMessage:
    @given(st.sampled_from(MESSAGES), st.lists(noise, max_size=3))
    def test_is_recognised_through_wrapping(
        self, entry: tuple[str, str], wrappings: list[Callable[[str], str]]
    ) -> None:
        article_id, text = entry
        for wrap in wrappings:
            text = wrap(text)
        assert answered(text, Trigger.ADDRESSED) == [article_id]

    @given(st.sampled_from(MESSAGES), st.randoms(use_true_random=False))
    def test_is_recognised_with_two_letters_swapped_in_every_long_word(
        self, entry: tuple[str, str], chance: random.Random
    ) -> None:
        article_id, message = entry
        assert article_id in answered(
            " ".join(_mistyped(word, chance) for word in message.split()), Trigger.ADDRESSED
        )

    @given(st.sampled_from(MESSAGES), st.randoms(use_true_random=False))
    def test_is_not_recognised_without_one_of_its_required_words(
        self, entry: tuple[str, str], chance: random.Random
    ) -> None:
        article_id, message = entry
        only = Matcher(messages(it=message))
        words = message.partition(". ")[0].split()
        required = [i for i, word in enumerate(words) if set(Tokens.of(word).stems) - STOP_WORDS]
        gone = chance.choice(required)
        text = " ".join([*words[:gone], *words[gone + 1 :]])
        exact = [m for m in only.match(text) if not (m.reworded or m.opening)]
        assert not isinstance(judge(exact, Trigger.ADDRESSED), Answer), article_id


class TestAnyText:
    @given(st.text(max_size=2_000))
    def test_is_read_without_a_fault(self, text: str) -> None:
        MATCHER.match(text)

    @given(st.text(alphabet="\\<>&;{}\"'%u0n ", max_size=500))
    def test_made_of_wrapping_only_says_nothing(self, text: str) -> None:
        assert MATCHER.match(text) == []
        assert isinstance(strip_markup(text), str)
