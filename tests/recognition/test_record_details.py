"""What a paste says about its record."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.record_details import RecordDetails, extract_record_details


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        (
            "Invoice INV-2041 of 31/10/2026 for $1,284.50",
            RecordDetails(("INV-2041",), "2026-10-31", "1,284.50"),
        ),
        (
            '{"InvoiceNumber": "INV-0007", "Date": "2026-02-03T00:00:00", "Total": 99.95}',
            RecordDetails(("INV-0007",), "2026-02-03", "99.95"),
        ),
        ("docket no. 88231, 4.11.26, NZ$12", RecordDetails(("88231",), "2026-11-04", "12")),
        ("Invoice # SS/114 must be unique", RecordDetails(("SS/114",))),
        ("Invoice number: 55120 was refused", RecordDetails(("55120",))),
        ("Due 31/02/2026, 999 days, 15%", RecordDetails()),
        ("the invoice could not be found", RecordDetails()),
        ("INV-70 failed, then INV-71 and INV-70 again", RecordDetails(("INV-70", "INV-71"))),
        ("Invoice 5001 was refused\nInvoice 5002 was refused", RecordDetails(("5001", "5002"))),
    ],
)
def test_record_date_and_amount_are_taken_from_a_paste(text: str, facts: RecordDetails) -> None:
    assert extract_record_details(text) == facts


@given(st.text(max_size=500))
def test_no_text_makes_it_fail(text: str) -> None:
    extract_record_details(text)
