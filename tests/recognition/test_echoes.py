"""Messages of which another one in the same text says the words."""

from __future__ import annotations

import pytest

from tests.recognition.pasted import heard

EXPIRED = (
    '{"Type": null, "Title": "Unauthorized", "Status": 401, '
    '"Detail": "TokenExpired: token expired at 08/12/2022 07:00:40", "Instance": "a233ca33", "Extensions": {}}'
)


@pytest.mark.parametrize(
    "above",
    [
        "response if the access token expired:",
        "// the access token has expired",
        "* access token expired",
    ],
)
def test_what_somebody_says_above_xeros_own_words_is_no_other_error(above: str) -> None:
    assert heard(f"{above}\n{EXPIRED}") == ["token-expired"]
    assert heard(f"{EXPIRED}\n{above}") == ["token-expired"]


def test_another_error_of_the_connection_is_one() -> None:
    assert set(heard(f"Xero: invalid_grant\n{EXPIRED}")) == {"invalid-grant", "token-expired"}


def test_two_of_a_document_are_two_though_they_share_words() -> None:
    text = (
        "The quantity value '-2' is invalid. Quantity must not be less than zero.\n"
        "The UnitAmount value '0' is invalid. UnitAmount must not be equal to zero."
    )
    assert set(heard(f"Xero: {text}")) == {"quantity-less-than-zero", "document-total-zero"}
