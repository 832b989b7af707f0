"""Messages that only announce another one: what was tried, and why that failed."""

from __future__ import annotations

import pytest

from tests.recognition.pasted import heard


@pytest.mark.parametrize(
    ("text", "article_id"),
    [
        ('Xero token refresh failed: 400 {"error":"invalid_client"}', "invalid-client"),
        (
            "Xero authentication failed [403]: AuthenticationUnsuccessful",
            "authentication-unsuccessful-403",
        ),
        ("Failed to connect to Xero: access_denied", "state-mismatch"),
        ("Xero authorization failed: Xero returned an error: access_denied", "state-mismatch"),
        ("Failed to connect to Xero (401 Unauthorized)", "authentication-unsuccessful-401"),
        (
            "Failed to refresh Xero access token: Could not resolve host: identity.xero.com",
            "unable-to-connect",
        ),
    ],
)
def test_the_reason_behind_a_colon_or_in_brackets_is_the_error(text: str, article_id: str) -> None:
    assert heard(text) == [article_id]


@pytest.mark.parametrize(
    "text",
    [
        "Failed to refresh Xero access token. Then it said invalid_client",
        "Failed to refresh Xero access token, and the other shop has this from Xero: invalid_client",
    ],
)
def test_one_elsewhere_is_another_error(text: str) -> None:
    assert set(heard(text)) == {"invalid-grant", "invalid-client"}


def test_errors_of_documents_are_as_many_as_there_are() -> None:
    text = "Xero: Invoice could not be found: Account code '999' is not a valid code for this document."
    assert len(heard(text)) == 2
