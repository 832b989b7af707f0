"""Texts that tell of an answer of Xero's or of a failure, and remarks about one."""

from __future__ import annotations

import pytest

from bot.recognition.refusals import tells_answer_of_xero, tells_failure


@pytest.mark.parametrize(
    "text",
    [
        "xero says that it is locked",
        "Xero's been refusing these since ten",
        "Xero still won't take it",
        "the bill was knocked back by xero",
        "message we saw from the Xero side",
    ],
)
def test_an_answer_of_xero_is_heard(text: str) -> None:
    assert tells_answer_of_xero(text)


@pytest.mark.parametrize(
    "happening",
    """
    sync error; TimeoutException; it fails; failure at close; unable to post; cannot post; can't post; couldnt post;
    won't post; doesn't exist; didn't arrive; isn't active; wasn't taken; hasn't arrived; aren't known; not known;
    no such rate; never arrives; must be unique; invalid rate; link expired; limit exceeded; unknown customer;
    date missing; state mismatch; timed out; rejected; refused; declined; bounced; denied; blocked; sync stopped;
    invoices stuck; the till complains; an alert came; warning shown; calls used up; reached the daily limit;
    quota exhausted; token revoked; link severed; an incompatible tax; it wouldn't take it
    """.split(";"),
)
def test_a_failure_is_heard_and_not_in_a_remark(happening: str) -> None:
    text = f"xero export, {happening.strip()}"
    assert tells_failure(text)
    for remark in ("FYI {}", "{} - sorted", "{}, fixed it", "thanks! {}", "{} but it works now"):
        assert not tells_failure(remark.format(text))


@pytest.mark.parametrize(
    "remark",
    """
    heads up; well done; nice work; all good; all fine; no worries; solved; resolved; mended; restored; ok again;
    it worked; went over fine; gone through now; nothing to do; nothing is failing; nothing urgent; no action needed;
    no errors; just planning; just asking; cheers; thank you
    """.split(";"),
)
def test_a_remark_is_no_report(remark: str) -> None:
    assert tells_failure("xero export failed")
    assert not tells_failure(f"xero export failed, {remark.strip()}")


@pytest.mark.parametrize("text", ["xero invoice for June", "merged two customers in Xero today"])
def test_other_talk_tells_of_neither(text: str) -> None:
    assert not tells_answer_of_xero(text)
    assert not tells_failure(text)
