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
