"""Words of a message in somebody's own sentence, beside an error that is pasted."""

from __future__ import annotations

import pytest

from tests.recognition.pasted import heard

PASTED = 'Xero sync error: "Payment not of valid status for modification"'


@pytest.mark.parametrize(
    "sentence",
    [
        "we voided a payment on our side, it does not reach Xero.",
        "the refund does not reach Xero though the sale did.",
    ],
)
def test_are_no_second_error(sentence: str) -> None:
    assert heard(f"{sentence} {PASTED}") == ["payment-not-valid-status-for-modification"]
    assert heard(f"{PASTED}\n{sentence}") == ["payment-not-valid-status-for-modification"]


def test_are_one_where_nothing_else_is_pasted() -> None:
    assert heard("The integration could not reach Xero to create the contact") == [
        "unable-to-connect"
    ]


def test_are_no_code_beside_another_code() -> None:
    steps = "Xero trial: 1. Authenticate\n2. New token after 30 minutes\n3. Access denied with"
    assert heard(f"{steps} `invalid_grant`") == ["invalid-grant"]


def test_two_codes_as_they_are_are_two() -> None:
    found = heard("Xero sign-in: error=access_denied, and for the second shop invalid_grant")
    assert set(found) == {"invalid-grant", "state-mismatch"}


def test_are_one_beside_what_any_software_says() -> None:
    found = heard("Access denied. Please check your Xero permissions.")
    assert "authorization-unsuccessful" in found


SHORT = "Xero sync log: Invoice # must be unique."


@pytest.mark.parametrize(
    "sentence",
    [
        "I couldn't find CP-77 anywhere in Xero.",
        "I looked at the paid ones too and could not find it in Xero.",
        "Our bookkeeper can't find Lorne Bakehouse in Xero either.",
        "We still cannot find the June one in Xero.",
        "nobody could find CP-77 in Xero",
    ],
)
def test_of_a_person_are_no_second_error_beside_a_short_one(sentence: str) -> None:
    assert heard(f"{SHORT}\n\n{sentence}") == ["invoice-number-not-unique"]
    assert heard(f"{sentence}\n\n{SHORT}") == ["invoice-number-not-unique"]


@pytest.mark.parametrize(
    "second",
    [
        "Account could not be found",
        "Then I get: Account could not be found",
        "when he retries it he gets Account could not be found",
    ],
)
def test_of_a_program_are_a_second_error(second: str) -> None:
    found = heard(f"{SHORT}\n{second}")
    assert set(found) == {"invoice-number-not-unique", "account-not-found-payments"}
