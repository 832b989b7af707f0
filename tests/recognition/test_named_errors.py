"""Errors that a text names or quotes, beside what it tells in other words."""

from __future__ import annotations

import pytest

from bot.recognition.cited import cited_errors
from tests.recognition.pasted import ALL, FIFTH, SHORT, heard, share

AROUND = (
    "With no change in my code, all calls to the Xero account API fail with an {m} error",
    "valid tax code, valid account, but Xero does not take the invoice number: {m}",
    "the Xero contact has no email, the item no code, and the log has {m}",
)
TRACKING = "Xero export: the tracking option isn't an active tracking category in your organisation"
FAILED = {
    "posting to Xero failed: transaction dated before the period's lock date": "lock-date-period",
    TRACKING: "tracking-unknown-details",
}
NOT_THEIRS = (
    "insufficient_funds",
    "DiskFullException",
    "PaperJamError",
    "`disk_quota_full`",
    '"the printer is out of paper"',
    "\u201cthis card was stolen yesterday\u201d",
)
SAY_NOTHING = ("ValidationException", "ApiException", '"Lily Chen"', "HttpError", '"2026-04-26"')


@pytest.mark.parametrize("around", AROUND)
def test_a_message_word_for_word_counts_more_than_another_in_other_words(around: str) -> None:
    wrong = [
        (one.text, found)
        for number, one in enumerate(SHORT)
        for found in heard(around.format(m=one.text))
        if found not in one.right
    ]
    assert wrong == []


class TestADescribedError:
    @pytest.mark.parametrize("cited", NOT_THEIRS)
    @pytest.mark.parametrize("text", FAILED, ids=FAILED.values())
    def test_is_left_alone_beside_an_error_that_no_article_has(self, text: str, cited: str) -> None:
        assert heard(f"{text}, {cited}") == []

    @pytest.mark.parametrize("cited", SAY_NOTHING)
    @pytest.mark.parametrize("text", FAILED, ids=FAILED.values())
    def test_is_answered_beside_names_that_say_nothing(self, text: str, cited: str) -> None:
        assert heard(f"{text}, {cited}") == [FAILED[text]]

    def test_is_answered_beside_its_own_name(self) -> None:
        text = "posting to Xero failed with LockDateException: dated before the period's lock date"
        assert heard(text) == ["lock-date-period"]

    @pytest.mark.parametrize("text", FAILED, ids=FAILED.values())
    def test_is_never_answered_where_another_message_is_quoted(self, text: str) -> None:
        wrong = [
            (one.text, found)
            for one in share(ALL, 3, 2 * FIFTH)
            for found in heard(f'{text}, and "{one.text}"')
            if found == FAILED[text] and found not in one.right
        ]
        assert wrong == []

    @pytest.mark.parametrize("opening", ['"', "\u201c", "\u00ab"])
    def test_takes_no_words_of_a_message_that_is_quoted_beside_it(self, opening: str) -> None:
        text = f"{TRACKING}, and {opening}Tax rate is not active in Xero"
        assert heard(text) == ["tax-rate-must-be-valid"]


def test_cited_errors_are_names_of_errors_and_quoted_words() -> None:
    text = "don't: 'INV-1', \"no such paper tray\" and bad_thing, in OddLockException of `ab`"
    found = [" ".join(tokens.stems) for tokens in cited_errors(text)]
    assert found == ["no such paper tray", "bad thing", "odd lock exception"]
