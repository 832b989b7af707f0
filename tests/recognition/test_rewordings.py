"""Messages in other words: retyped from memory, or rephrased by a vendor."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest

from bot.domain.article_fields import PLACEHOLDER
from bot.domain.matches import Match
from bot.domain.reports import Trigger
from bot.domain.verdicts import Answer, Suggest, article_ids
from bot.recognition.equivalents import GROUPS, NEGATION, plain_forms
from bot.recognition.explanation import DecidingRule
from bot.recognition.judging import judge
from bot.recognition.matcher import Matcher
from bot.recognition.text import Tokens, stem
from tests.builders import messages
from tests.recognition.pasted import ALL, FIFTH, heard, one_in, share
from tests.recognition.values import EXAMPLES
from tests.shipped import ARTICLES, RECOGNISER

LISTED = [
    (article.id, PLACEHOLDER.sub(lambda name: EXAMPLES.get(name[1], "204"), message))
    for article in ARTICLES.values()
    for message in article.wordings
]
WORD = re.compile(r"[A-Za-z]+")
OTHER_FORM = {word: group[index - 1] for group in GROUPS for index, word in enumerate(group)}
CONTRACTIONS = {
    "cannot": "can't",
    "could not": "couldn't",
    "is not": "isn't",
    "does not": "doesn't",
    "has not": "hasn't",
    "can\u2019t": "cannot",
    "doesn\u2019t": "does not",
}


def contracted(message: str) -> Iterator[str]:
    for full, short in CONTRACTIONS.items():
        if full in message:
            yield message.replace(full, short)


def with_other_forms(message: str) -> Iterator[str]:
    for found in WORD.finditer(message):
        if other := OTHER_FORM.get(stem(found[0])):
            yield message[: found.start()] + other + message[found.end() :]


def with_a_filler(message: str) -> Iterator[str]:
    words = message.split()
    middle = (len(words) + 1) // 2
    yield " ".join([*words[:middle], "already", *words[middle:]])


def without_a_small_word(message: str) -> Iterator[str]:
    words = message.split()
    for index, word in enumerate(words):
        if word.isalpha() and not plain_forms(stem(word)):
            yield " ".join(words[:index] + words[index + 1 :])
            return


def with_its_clauses_swapped(message: str) -> Iterator[str]:
    for found in re.finditer(r"(?<=\w)(?:\.|,? (?:because|as|when|if|since)) (?=\w)", message):
        yield f"{message[found.end() :].rstrip('.')}, {message[: found.start()]}"


def matches(text: str, trigger: Trigger = Trigger.HEARD) -> tuple[Match, ...]:
    verdict = RECOGNISER.verdict(text, trigger)
    return verdict.matches if isinstance(verdict, Answer) else ()


def answered(text: str, trigger: Trigger = Trigger.HEARD) -> list[str]:
    return [match.article_id for match in matches(text, trigger)]


def reworded(text: str) -> list[Match]:
    return [match for match in matches(text) if match.reworded]


@pytest.mark.parametrize(
    ("rewordings", "step", "least"),
    [
        (contracted, 1, 0.99),
        (with_other_forms, 1, 0.97),
        (with_a_filler, 2, 0.97),
        (without_a_small_word, 2, 0.97),
        (with_its_clauses_swapped, 1, 0.9),
    ],
)
def test_any_message_is_answered_in_other_words_where_xero_is_named(
    rewordings: Callable[[str], Iterator[str]], step: int, least: float
) -> None:
    tried, missed, wrong = 0, [], []
    for article_id, message in one_in(step, LISTED):
        for text in map("Xero says: {}".format, rewordings(message)):
            tried += 1
            found = matches(text)
            if article_id not in {match.article_id for match in found}:
                missed.append(text)
            neighbours = {article_id, *ARTICLES[article_id].related}
            wrong += [text for m in found if m.reworded and m.article_id not in neighbours]
    assert tried > 100
    assert wrong == []
    assert len(missed) <= (1 - least) * tried, missed


def test_no_message_is_read_where_one_of_its_words_is_another() -> None:
    tried, wrong = 0, []
    for number, (article_id, message) in enumerate(LISTED):
        written = list(WORD.finditer(message))
        words = [stem(found[0]) for found in written]
        for found in share(written, number, 2 * FIFTH):
            word = stem(found[0])
            # a word that is there twice decides nothing, and Xero is named anyway
            if len(word) < 3 or not plain_forms(word) or words.count(word) > 1 or word == "xero":
                continue
            text = message[: found.start()] + "voucher" + message[found.end() :]
            tried += 1
            wrong += [
                text
                for match in reworded(f"Xero says: {text}")
                if match.article_id == article_id
                and PLACEHOLDER.sub(lambda name: EXAMPLES.get(name[1], "204"), match.message)
                == message
            ]
    assert tried > 400
    # a sentence of two, or a word that is only half of one
    assert len(wrong) <= 0.01 * tried, wrong


def test_no_message_is_read_with_one_negation_more_or_less() -> None:
    for _, message in one_in(2, LISTED):
        words = message.split()
        middle = len(words) // 2
        text = " ".join([*words[:middle], "not", *words[middle:]])
        assert reworded(f"Xero says: {text}") == [], text
        positive = re.sub(r"(?i)\bcan(?:not|['\u2019]t)\b", "can", message)
        if positive != message:
            assert reworded(f"Xero says: {positive}") == [], positive


class TestWhoseItIs:
    def test_must_be_clear_for_a_short_one_by_the_name_of_xero(self) -> None:
        assert answered("Xero: the acct couldn't be located") == ["account-not-found-payments"]
        assert answered("the acct couldn't be located") == []
        assert answered("Stripe: the acct couldn't be located") == []

    def test_is_clear_for_a_long_one_of_accounting(self) -> None:
        text = "error on customer 1042: Account Number exists already, enter a different account number"
        assert answered(text) == ["contact-account-number-exists"]
        assert answered(f"QuickBooks {text}") == []

    def test_is_clear_for_a_long_one_that_begins_with_its_article(self) -> None:
        text = "The specified bank account details does not match a known bank account"
        assert answered(text) == ["bank-account-details-unknown"]
        assert answered(f"our {text.removeprefix('The ')}") == ["bank-account-details-unknown"]
        assert answered(f"My booking app hints that the {text.removeprefix('The ')}") == []

    def test_decides_when_somebody_asks_too(self) -> None:
        verdict = RECOGNISER.verdict("the acct couldn't be located", Trigger.ADDRESSED)
        assert isinstance(verdict, Suggest)
        assert verdict.suggestions[0].article_id == "account-not-found-payments"


class TestOtherWords:
    def test_may_be_in_another_order(self) -> None:
        text = "xero: transaction can't be saved using an inventory account type"
        assert answered(text) == ["inventory-account-not-allowed"]

    @pytest.mark.parametrize(
        ("text", "article_id"),
        [
            ("Xero: invoice number isn't unique", "invoice-number-not-unique"),
            ("Xero says the email address is invalid", "contact-email-invalid"),
            ("xero - acct code or id wasn't specified", "account-code-or-id-must-be-specified"),
            (
                "Xero: payment not of valid state for change",
                "payment-not-valid-status-for-modification",
            ),
        ],
    )
    def test_may_say_that_what_must_be_is_not(self, text: str, article_id: str) -> None:
        assert answered(text) == [article_id]

    @pytest.mark.parametrize(
        ("text", "article_id"),
        [
            (
                'Account code "218" (Freight) is inactive in Xero',
                "account-code-archived-or-deleted",
            ),
            (
                "tax type OUTPUT2 (GST on Income) could not be located in Xero",
                "taxtype-does-not-exist",
            ),
        ],
    )
    def test_may_have_the_name_of_a_code_in_brackets(self, text: str, article_id: str) -> None:
        assert answered(text) == [article_id]

    def test_are_not_read_over_a_remark_in_brackets(self) -> None:
        assert answered("Account code 218 (see what Jo wrote) is inactive in Xero") == []

    def test_say_something_else_where_it_may_not_be(self) -> None:
        assert reworded("xero - acct code or id can't be specified") == []

    def test_may_have_numbers_in_between(self) -> None:
        text = "doc CP-1822 can't be edited since it's currently dated before the period lock date"
        assert answered(f"{text} (Xero)") == ["lock-date-edit-period"]

    def test_keep_their_values(self) -> None:
        text = (
            "Xero: existing contact named 'Bayside' can't be updated to the new name "
            "'Bayside Pty Ltd', there already is a contact with that name"
        )
        (match,) = matches(text)
        assert match.captures == {"old": "Bayside", "new": "Bayside Pty Ltd"}

    def test_differ_from_a_message_of_another_article_by_the_deciding_word(self) -> None:
        matcher = Matcher(
            messages(
                edit="The invoice cannot be edited before the lock date",
                create="The invoice cannot be created before the lock date",
            )
        )

        def found(text: str) -> list[str]:
            return article_ids(judge(matcher.match(text), Trigger.HEARD))

        assert found("Xero: can't change the invoice before the lock date") == ["edit"]
        assert found("Xero: can't send the invoice before the lock date") == []

    def test_are_none_where_the_words_between_make_another_articles_message(self) -> None:
        matcher = Matcher(
            messages(
                date="The document date cannot be before the end of year lock date",
                edit="The document cannot be edited as it is dated before the period lock date",
            )
        )
        text = "Xero: document cannot be edited before the period lock date / end of year lock date"
        found = matcher.match(text)
        assert [match.article_id for match in found if match.reworded] == []

    def test_are_theirs_though_another_article_denies_what_is_between(self) -> None:
        exists = 'A contact named "{name}" already exists in Xero'
        missing = "No matching Xero contact found"
        text = "The contact name matches another one that already exists in Xero"
        assert unasked(text, exists=exists, missing=missing) == ["exists"]

    def test_lead_nowhere_if_two_articles_say_the_same_in_other_words(self) -> None:
        matcher = Matcher(
            messages(
                edit="The invoice cannot be edited before the lock date",
                change="The invoice cannot be changed before the lock date",
            )
        )
        found = matcher.match("Xero: can't amend the invoice before the lock date")
        assert article_ids(judge(found, Trigger.ADDRESSED)) == []

    def test_win_over_a_short_message_that_is_a_part_of_them(self) -> None:
        text = "login.xero.com: invalid scope for client. unauthorized_client"
        assert answered(text) == ["invalid-scope"]

    def test_do_not_run_over_the_end_of_a_sentence(self) -> None:
        text = "Xero has an inventory account. Type of transaction: using it. I can't save."
        assert reworded(text) == []

    def test_are_what_decided(self) -> None:
        text = "doc CP-1822 can't be edited as it's dated before the period lock date (Xero)"
        best = RECOGNISER.explain(text, Trigger.HEARD)[0]
        assert (best.article_id, best.rule) == ("lock-date-edit-period", DecidingRule.REWORDED)
        assert {"document", "edited"} <= set(best.matched)


def unasked(text: str, **listed: str) -> list[str]:
    """The articles, each with the message of its name, that answer a text where nobody asked."""
    return article_ids(judge(Matcher(messages(**listed)).match(text), Trigger.HEARD))


class TestAShortMessage:
    RATE = "A currency rate cannot be saved"

    def test_may_turn_once_if_it_denies_something_and_xero_is_named(self) -> None:
        assert unasked("Xero: unable to save a currency rate", rate=self.RATE) == ["rate"]
        assert not any(
            match.reworded
            for match in Matcher(messages(rate=self.RATE)).match("unable to save a currency rate")
        )

    def test_may_not_turn_if_it_says_what_xero_does_or_has_a_mark_inside(self) -> None:
        xero, marked = "Xero cannot save currency rates", "Currency rate: cannot change"
        assert unasked("today Xero can't save its currency rates", saves=xero) == ["saves"]
        assert unasked("today we can't save Xero currency rates", saves=xero) == []
        assert unasked("Xero, the currency rate can't be changed", marked=marked) == ["marked"]
        assert unasked("Xero, can't change the currency rate", marked=marked) == []

    def test_is_none_without_two_of_its_small_words(self) -> None:
        assert reworded("Xero says the website is valid") == []
        assert answered("Xero: the website must valid, it says") == ["contact-website-invalid"]

    def test_may_have_other_auxiliaries(self) -> None:
        lost = "Your Xero connection has been lost"
        assert unasked("our Xero connection was lost", lost=lost) == ["lost"]
        assert unasked("our Xero connection lost", lost=lost) == []

    def test_lacks_no_small_word_where_what_must_be_is_denied(self) -> None:
        assert answered("Xero: the website isn't valid") == ["contact-website-invalid"]

    def test_of_one_word_is_enough_if_it_says_what_cannot_be_done_with_xero(self) -> None:
        reach = "Could not reach Xero"
        for text in (
            "Unable to reach Xero",
            "error: can't reach Xero",
            "Xero could not be reached",
        ):
            assert unasked(text, reach=reach) == ["reach"]
        for text in ("we can't reach Xero support", "Xero is reached", "reach us, not Xero"):
            assert unasked(text, reach=reach) == []

    def test_of_one_word_tells_a_state_from_what_was_tried(self) -> None:
        both = {"state": "Xero is not connected", "tried": "Unable to connect to Xero"}
        assert unasked("not connected to Xero", **both) == ["state"]
        assert unasked("couldn't connect to Xero", **both) == ["tried"]
        assert unasked("we haven't connected to Xero yet", **both) == []

    def test_may_have_the_name_of_xero_behind_a_preposition_or_before_its_noun(self) -> None:
        cancelled, limited = "Connection to Xero was cancelled", "Xero rate limited it"
        assert unasked("Xero connection was cancelled", cancelled=cancelled) == ["cancelled"]
        assert unasked("rate limited by Xero", limited=limited) == ["limited"]
        assert unasked("a customer of Xero cancelled the connection", cancelled=cancelled) == []

    def test_is_found_by_its_first_sentence_only_if_that_names_xero(self) -> None:
        refused = "Xero refused the connection. Sign in again please."
        assert unasked("Xero refused the connection", refused=refused) == ["refused"]
        saving = "Error saving contact. There is another contact using the same email"
        assert unasked("Xero: Error saving contact", saving=saving) == []


class TestTheNameOfARecord:
    @pytest.mark.parametrize("name", ["contact", "customer", "supplier", "vendor", "client"])
    def test_is_any_that_programs_use_for_a_contact_of_xero(self, name: str) -> None:
        assert answered(f"Create Order Error #10442: Xero {name} not found.") == [
            "contact-existing-not-found"
        ]
        assert answered(f"Bill 7 not sent. {name} is archived in Xero") == ["contact-number-in-use"]

    def test_is_another_where_the_record_is_another(self) -> None:
        assert answered("Create Order Error #10442: Xero employee not found.") == []
        assert answered("Create Order Error #10442: Xero bill not found.") == []

    def test_is_the_one_of_the_message_where_that_does_not_name_xero(self) -> None:
        text = "Xero: the vendor number is linked to another vendor already"
        assert reworded(text.replace("vendor", "contact")) != []
        assert reworded(text) == []


class TestWordsInBetween:
    @pytest.mark.parametrize("record", ["contact", "customer", "supplier"])
    def test_may_be_the_record_that_the_article_is_about(self, record: str) -> None:
        text = f"Xero: the email address for the {record} is not valid"
        assert [one.article_id for one in reworded(text)] == ["contact-email-invalid"]
        assert reworded(text.replace(record, "voucher")) == []
        assert reworded(text.replace(record, "item")) == []

    CODE = "Account code {code} is not valid"

    def test_are_a_value_only_in_the_order_of_the_message(self) -> None:
        assert unasked("Xero: account code of the till isn't valid", code=self.CODE) == ["code"]
        text = "my code works and all tests of the Xero account API say it isn't valid"
        assert unasked(text, code=self.CODE) == []

    def test_are_no_value_where_they_are_half_of_a_message_word_for_word(self) -> None:
        text = "Xero: account code tests fail with an invalid client"
        assert unasked(text, code=self.CODE, client="invalid_client") == ["client"]
        assert unasked(text, code=self.CODE) == ["code"]


class TestALongMessage:
    """Is Xero's without its name, if all of what makes it long is there."""

    ACCOUNTING = "The selected invoice account has no tax currency"
    OTHER = "Barcode label printer tray jammed"

    def test_of_accounting_with_all_its_words(self) -> None:
        text = "selected invoice account hasn't got a tax currency"
        assert unasked(text, tax=self.ACCOUNTING) == ["tax"]

    def test_needs_the_name_if_it_lacks_one_of_them(self) -> None:
        text = "invoice account hasn't got a tax currency"
        assert unasked(text, tax=self.ACCOUNTING) == []
        assert unasked(f"Xero: {text}", tax=self.ACCOUNTING) == ["tax"]

    def test_needs_the_name_if_it_is_not_of_accounting(self) -> None:
        text = "jammed tray of barcode label printer"
        assert unasked(text, tray=self.OTHER) == []
        assert unasked(f"Xero says {text}", tray=self.OTHER) == ["tray"]


class TestAMessageThatNamesXero:
    QUOTA = "Xero weekly parcel quota reached"

    def test_may_be_away_from_its_name(self) -> None:
        text = "Xero paused us, the weekly parcel quota was reached"
        assert unasked(text, quota=self.QUOTA) == ["quota"]
        assert unasked(text.replace("Xero", "Ventos"), quota=self.QUOTA) == []

    def test_may_say_whose_it_is(self) -> None:
        text = "Xero paused us as the weekly parcel quota for your {} was reached"
        assert unasked(text.format("organisation"), quota=self.QUOTA) == ["quota"]
        assert unasked(text.format("printer"), quota=self.QUOTA) == []

    def test_is_near_it_if_it_is_short(self) -> None:
        assert (
            unasked("Xero paused us, the parcel quota ended", quota="Xero parcel quota end") == []
        )


WITHOUT_XERO = re.compile(r"\s(?:by|from|in|on|to|with)\s(?:the\s)?Xero\b|\bXero\s", re.IGNORECASE)
"""Its name in a message, with the preposition before it."""
FROM_XERO = [
    (one, left)
    for one in ALL
    if len(re.findall("xero", one.text, re.IGNORECASE)) == 1
    and (left := WITHOUT_XERO.sub("", one.text)) != one.text
]


class TestAMessageThatXeroSays:
    """It has the name of Xero, which need not be repeated."""

    @pytest.mark.parametrize(
        "envelope",
        [
            "badge on an invoice: Failed\nhover: Xero refused: {}\n[Retry] -> same again",
            "third line of this morning\n\nXero error: {}\n\nwhat is it about?",
            "Rejected by Xero - {}. It was fine last week with that shop",
            "line 12 | Xero | {} | second try of the day",
        ],
    )
    def test_is_known_without_it(self, envelope: str) -> None:
        tried = [
            (text, heard(text), one.right)
            for one, left in share(FROM_XERO, len(envelope))
            for text in [envelope.format(left[0].upper() + left[1:])]
        ]
        wrong = [text for text, found, right in tried if found and right.isdisjoint(found)]
        assert len(tried) > 80
        assert len(wrong) <= 0.02 * len(tried), wrong
        assert sum(not found for _, found, _ in tried) <= 0.15 * len(tried)

    @pytest.mark.parametrize(
        "text",
        [
            "Question about Xero: no account picked yet, is that fine?",
            "the Shopify app for Xero: product not found",
            "Xero training, part 2: branding theme not found, how to handle",
            "Not Xero: branding theme not found",
            "we talked to the woman who does our Xero each week: branding theme not found",
        ],
    )
    def test_is_none_behind_other_words_about_xero(self, text: str) -> None:
        assert heard(text) == []


class TestEquivalents:
    def test_are_stems_and_in_one_group_each(self) -> None:
        words = [word for group in GROUPS for word in group]
        assert len(words) == len(set(words))
        assert [word for word in words if Tokens.of(word).stems != [word]] == []

    def test_have_one_form_and_negations_another(self) -> None:
        assert {plain_forms(word) for word in ("found", "located", "find")} == {("find",)}
        assert plain_forms("note") != plain_forms("not") == (NEGATION,)
        assert plain_forms("invalid") == (NEGATION, *plain_forms("valid"))
        assert plain_forms("already") == ()

    def test_leave_the_messages_of_two_articles_different(self) -> None:
        known: dict[tuple[str, ...], str] = {}
        for article in ARTICLES.values():
            for message in article.wordings:
                stems = Tokens.of(PLACEHOLDER.sub(" ", message)).stems
                forms = tuple(form for word in stems for form in plain_forms(word))
                other = known.setdefault(forms, article.id)
                # "Account is not found" and "Account could not be found" differ in small words
                assert other in {article.id, *article.related}, message
