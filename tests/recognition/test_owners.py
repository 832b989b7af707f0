"""Programs of somebody else's, or in the making, that say what Xero says."""

from __future__ import annotations

import pytest

from bot.recognition.patterns import Pattern
from tests.recognition.pasted import ALL, FIFTH, SHORT, Pasted, heard, share

ONLY_XEROS = (
    "xero", "oauth_problem", "x-rate-limit", "error code: 500", "unitamount", "lineitemid",
    "postdatainvalid", "nodataprocessed", "banktransactionid", '"detail":"auth', "lineamounttypes",
)  # fmt: skip
UNNAMED = [one for one in ALL if not any(sign in one.text.lower() for sign in ONLY_XEROS)]
SOMEBODY_ELSES = (
    "{}\nposting it in the ledger program of the club",
    "{} - warehouse system of our supplier",
    "accounting package of our parent company: {}",
    "{} in the invoice generator Tom made",
    "the loan book we coded in the evening gives {}",
    "{}\nit is the thing my nephew wrote",
    "{} in our stock clerk's page",
    "the treasurer's program: {}",
    "our own customer service, the answer was: {}",
    "{} is what our own ledger has, which we built ourselves",
    "{}\nexercise from the bookkeeping course",
    "exercise of my niece, second week: {}",
    "{}\nan exercise by the apprentice",
    "{}... (node cli from the course)",
    "{} from the billing we're building",
    "our own invoicing tables, not the till's: {}",
    "{}\nin the bike store's own repairs page, when I add a tyre",
    "pet shop's own grooming list page has this when I save: {}",
)
IN_THE_MAKING = (
    "Laravel app: {}",
    "{} in the React form",
    "row 14, column Item Code: {}",
    "POST /invoices gave us {}",
    "POST https://localhost:5050/journal-entries\n400 {}",
    '@Pattern(regexp = "I00-[0-9]{3}", message = "{}")',
    "{} per company",
    "{} for this company",
    "abort(422, '{}')",
    "OrderService.php line 88 throws {}",
    "{} (localStorage demo)",
    "pest: test('{} url') fails in FederationTest",
    "it('{}') got none",
    "assertHasErrors: {}",
    "{}\nvoucher_edit.php, when I save one",
    "add-customer.aspx: {}",
    "test('{}') is red in the supplier spec",
    "it(`{}`) on the customer model",
    "vitest, supplier form: {}",
    "self.assertEqual(str(bill.error), '{}')",
    "$this->assertSame('{}', $customer->error)",
    "expect(payment.error).toBe('{}')",
    "def test_invoice(): assert '{}' in page",
    "assertHasErrors for the supplier: {}",
)
LABELLED = (
    "{}. pocket money app",
    "{}, pipeline page",
    "courier account page: {}",
    "loan sheet: {}",
)
THE_SHOPS = (
    "{} (sale from the till of our Newmarket store)",
    "as the bookkeeper wrote: {}",
    "{}. evening sale, second one this week",
    "connector Tom wrote for the till has: {}",
    "till sync > sale 88: {}",
    "{} on the till's own settings page",
    "{}\nsale of a mocha and a jasmine tea at the till",
)
SHOWN_BY = (
    "mail of the accountant, her program wraps long lines:\n> {}",
    "from our supplier, whose software puts in > signs:\n> {}",
    "our tool for chats always chops up words: {}",
)


def texts(
    envelope: str, messages: list[Pasted], number: int, among: int = FIFTH
) -> list[tuple[str, Pasted]]:
    chosen = share(messages, number, among)
    return [(envelope.replace("{}", one.text.rstrip(".")), one) for one in chosen]


def answered(envelopes: tuple[str, ...], messages: list[Pasted], among: int = FIFTH) -> list[str]:
    tried = [texts(envelope, messages, at, among) for at, envelope in enumerate(envelopes)]
    return [text for of_one in tried for text, _ in of_one if heard(text)]


class TestAProgramOfSomebodyElses:
    def test_is_not_xero_whatever_it_says(self) -> None:
        assert len(UNNAMED) > 300
        assert answered(SOMEBODY_ELSES, UNNAMED, among=len(SOMEBODY_ELSES) // 2) == []

    def test_is_not_xero_where_a_label_tells_it(self) -> None:
        assert answered(LABELLED, UNNAMED) == []

    @pytest.mark.parametrize(("number", "envelope"), list(enumerate(SOMEBODY_ELSES[:4])))
    def test_is_not_the_speaker_where_xero_is_named(self, number: int, envelope: str) -> None:
        named = texts(envelope.replace("{}", "Xero: {}"), UNNAMED, number)
        missed = [(text, one) for text, one in named if one.right.isdisjoint(heard(text))]
        # a few are not answered without the other program either
        assert [
            text for text, one in missed if not one.right.isdisjoint(heard(f"Xero: {one.text}"))
        ] == []
        assert len(missed) <= 0.05 * len(named)

    def test_is_not_the_speaker_of_xeros_answer(self) -> None:
        detail = "The contact name Globex is already assigned to another contact"
        answer = f'{{"ErrorNumber":10,"Type":"ValidationException","Message":"{detail}"}}'
        assert heard(f"{answer}\nin the tool my nephew wrote") == [
            "contact-name-assigned-to-another"
        ]
        assert heard(f"{detail}\nin the tool my nephew wrote") == []


class TestAProgramInTheMaking:
    def test_says_in_few_words_what_xero_says(self) -> None:
        assert answered(IN_THE_MAKING, SHORT) == []

    def test_goes_on_with_its_scope_behind_a_bracket_too(self) -> None:
        assert heard("Account could not be found (payments)") != []
        assert heard("Account could not be found (payments) per company") == []


class TestWhatIsTheShops:
    def test_is_nobody_elses(self) -> None:
        tried = [
            each for at, envelope in enumerate(THE_SHOPS) for each in texts(envelope, UNNAMED, at)
        ]
        missed = [(text, one) for text, one in tried if one.right.isdisjoint(heard(text))]
        # some are not answered beside a till's name alone either
        assert [text for text, one in missed if heard(f"till 2: {one.text}")] == []
        assert len(missed) < 0.25 * len(tried)

    def test_may_be_shown_by_a_program_that_breaks_its_lines(self) -> None:
        long = [
            one
            for one in UNNAMED
            if not any(form.generic for form in Pattern.case_variants("", one.message))
        ]
        missed = []
        for at, envelope in enumerate(SHOWN_BY):
            tried = texts(envelope, long, at)
            missed += [text for text, one in tried if one.right.isdisjoint(heard(text))]
        assert missed == []
