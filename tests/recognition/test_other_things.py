"""Words of a message that say something else, by those around them."""

from __future__ import annotations

import pytest

from tests.recognition.pasted import heard


@pytest.mark.parametrize("holder", ["customer", "supplier", "Vendor", "client", "user", "employee"])
@pytest.mark.parametrize(
    "envelope",
    [
        "Xero export log: {} account could not be found",
        "sale 88 to Xero, reason: {} account could not be found.",
        "Integration log of Xero, second line: {}_account could not be found",
    ],
)
def test_the_account_of_a_person_is_none_of_the_chart(envelope: str, holder: str) -> None:
    assert "account-not-found-payments" not in heard(envelope.format(holder))


@pytest.mark.parametrize("account", ["Account", "The account", "customer: Account"])
def test_an_account_of_nobody_is_one_of_the_chart(account: str) -> None:
    text = f"Xero export log: {account} could not be found"
    assert heard(text) == ["account-not-found-payments"]


@pytest.mark.parametrize("holder", ["customer", "supplier"])
def test_the_account_code_of_a_person_is_one_of_the_chart(holder: str) -> None:
    text = f"Xero export log: {holder} account code must be specified"
    assert heard(text) == ["account-code-or-id-must-be-specified"]


@pytest.mark.parametrize("verb", ["refreshing", "updating", "fetching", "saving"])
@pytest.mark.parametrize("what", ["tenant list", "contact", "settings"])
def test_an_error_at_what_a_program_did_is_none_that_xero_answers(verb: str, what: str) -> None:
    assert heard(f"An error occurred {verb} the Xero {what}. Reason: key {verb}") == []


@pytest.mark.parametrize("where", ["in Xero", "in the Xero API", "with Xero", "at Xero"])
def test_an_error_in_xero_is_answered(where: str) -> None:
    assert heard(f"An error occurred {where}") == ["error-occurred-in-xero"]


def test_an_error_at_what_a_message_names_is_answered() -> None:
    text = "An error occurred refreshing the Xero access token. Reason: Parameter is required"
    assert heard(text) == ["no-valid-access-token"]


@pytest.mark.parametrize("fine", ['" ok', '" was fine', '" worked', " - done", '" went through'])
def test_a_message_that_went_well_is_no_error(fine: str) -> None:
    assert heard(f'Xero link: "Continue with 2 organisations{fine}, then a white page') == []


def test_a_message_that_something_else_went_well_after_is_an_error() -> None:
    assert heard('Xero link: "Continue with 2 organisations", and that is where it ends') == [
        "organisation-not-in-list"
    ]
