"""Whose sentence is it?"""

from __future__ import annotations

import pytest

from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain
from bot.recognition.context import Attribution
from tests.shipped import RECOGNISER

SHIPPED = Attribution(RECOGNISER.knowledge.names)


class TestAnEnvelopeWithoutItsReason:
    @pytest.mark.parametrize(
        "text",
        [
            "xero.exceptions.XeroBadRequest: A validation exception occurred",
            'Xero: { "ErrorNumber": 10, "Message": "A validation exception occurred", "Elements" (truncated...)',
            "XeroError { statusCode: 400, body: { Elements: [ [Object] ] } }",
        ],
    )
    def test_is_recognised_as_such_and_never_answered_with_something_else(self, text: str) -> None:
        assert SHIPPED.reason_is_missing(text)
        assert RECOGNISER.verdict(text, Trigger.ADDRESSED) == Abstain(reason_missing=True)
        assert RECOGNISER.verdict(text, Trigger.HEARD) == Abstain()

    @pytest.mark.parametrize(
        "text", ["[Object object] in our own till", "A validation error", "good morning"]
    )
    def test_is_not_seen_where_there_is_none(self, text: str) -> None:
        assert not SHIPPED.reason_is_missing(text)

    def test_does_not_hide_a_reason_that_is_there(self) -> None:
        text = "XeroBadRequest: A validation exception occurred (Invoice not of valid status for modification)"
        assert not isinstance(RECOGNISER.verdict(text, Trigger.ADDRESSED), Abstain)
