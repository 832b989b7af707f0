"""Values of the header Retry-After."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.client.retry_after import MAX_SECONDS, retry_after


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("7", 7.0),
        ("0", 0.0),
        ("1.5", 1.5),
        ("", 1.0),
        (None, 1.0),
        ("inf", MAX_SECONDS),
        ("-inf", 1.0),
        ("nan", 1.0),
        ("-3", 1.0),
        ("9" * 400, MAX_SECONDS),
        ("soon", 1.0),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 60.0),
        ("Thu, 01 Jan 1970 00:00:30 GMT", 0.0),
    ],
)
def test_is_a_number_of_seconds_to_wait(value: str | None, seconds: float) -> None:
    assert retry_after(value, now=60.0) == seconds


@given(st.text())
def test_never_raises_nor_lasts_for_ever(value: str) -> None:
    assert math.isfinite(retry_after(value))
    assert 0 <= retry_after(value) <= MAX_SECONDS
