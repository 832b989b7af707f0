"""Texts that tell of an answer of Xero's or of a failure, and remarks about one."""

from __future__ import annotations

import pytest

from bot.recognition.refusals import is_general, refusal_in, tells_answer_of_xero, tells_failure


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


@pytest.mark.parametrize(
    "text",
    """
    Xero rejected it; Xero API refuses these; Xero does not accept it; Xero won't take it; refused by Xero;
    failed to send to Xero; unable to post the bill in Xero; cannot be exported to Xero; never synced with Xero;
    upload to Xero failed; export of bills to Xero has failed; Xero sync error
    """.split(";"),
)
def test_what_did_not_get_into_xero_is_heard_at_its_beginning(text: str) -> None:
    sentence = text.strip()
    assert refusal_in(f"the van app: {sentence}") == len("the van app: ")
    assert refusal_in(sentence.replace("Xero", "MYOB")) is None


@pytest.mark.parametrize(
    "text",
    """
    if Xero refuses it; whenever a bill is late; remember that; our policy on refunds; release notes for May;
    it is locked so please use today; Xero locks it, is that right; does MYOB do that; he asked them why;
    it was red last year; the old till did it; refusals are fine;
    merged: retries of bills; shipped: new webhooks
    """.split(";"),
)
def test_rules_plans_and_earlier_times_are_general(text: str) -> None:
    assert is_general(text.strip())
    assert not is_general("the bill was refused, it is locked")
