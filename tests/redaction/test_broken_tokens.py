"""Tokens broken by line breaks anywhere: every detector with a form, and the labels of secrets."""

from __future__ import annotations

import random
from itertools import product

import pytest

from bot.redaction.redact import redacted
from bot.redaction.token_formats import OPENING_FORMS
from tests.redaction.made_up.values import (
    CLIENT_SECRET,
    HEXKEY,
    REFRESH,
    SLACK_APP,
    SLACK_BOT,
    jwt,
    left_of,
    wrapped,
)

BREAKS = ("\n", "\r\n", "\n  ", "\n> ", "\n\n", "\\n")
KEYS = {rule.name: max(rule.example.replace("¬", "").split(), key=len) for rule in OPENING_FORMS}
"""All of the words; of an address only the last part opens anything."""
KEYS |= {"Slack bot": SLACK_BOT, "Slack app": SLACK_APP, "JWT": jwt(300, 5)}
LABELS = {
    "SLACK_BOT_TOKEN={}": SLACK_BOT,
    "refresh_token: {}": REFRESH,
    "access_token={}": REFRESH,
    '"client_secret": "{}"': CLIENT_SECRET,
    "api_key = {}": HEXKEY,
    "Authorization: Bearer {}": jwt(300, 7),
}
ENDS = 12
LEFT = 7
"""Characters of a last line that may be a number or a word of the message."""


def cut(value: str, positions: tuple[int, ...], between: str) -> str:
    pieces = [
        value[start:end]
        for start, end in zip((0, *positions), (*positions, len(value)), strict=True)
    ]
    return between.join(pieces)


def is_left(value: str, text: str, positions: tuple[int, ...]) -> bool:
    """Whether more of the secret is left than a last line that could be a word or a number."""
    opens = value.rpartition("/services/")[2].rpartition("/webhooks/")[2]
    gone = value[: positions[-1]] if len(value) - positions[-1] <= LEFT else value
    return bool(left_of(gone[len(value) - len(opens) :], text))


def leaks(form: str, value: str, positions: tuple[int, ...], between: str) -> bool:
    return is_left(
        value, redacted(form.format(cut(value, positions, between)) + "\nthanks"), positions
    )


def splits_that_leak(form: str, value: str, number: int) -> list[tuple[str, int]]:
    """Returns breaks and positions that leak: of a plain break all, of the others some.

    Of those near an end a third is tried with each secret, as length counts there: all with three.
    """
    return [
        (between, at)
        for kind, between in enumerate(BREAKS)
        for at in range(1, len(value))
        if between == "\n"
        or ((at <= ENDS or len(value) - at <= ENDS) and (at + kind + number) % 3 == 0)
        or (at + kind + number) % 21 == 0
        if leaks(form, value, (at,), between)
    ]


def all_that_leak(secrets: dict[str, tuple[str, str]]) -> dict[str, list[tuple[str, int]]]:
    """Returns the splits that leak by the name of the secret, from its form and value."""
    leaking = {
        name: splits_that_leak(form, value, number)
        for number, (name, (form, value)) in enumerate(secrets.items())
    }
    return {name: splits for name, splits in leaking.items() if splits}


def test_no_key_survives_one_break_wherever_it_is() -> None:
    assert all_that_leak({name: ("it is {}", value) for name, value in KEYS.items()}) == {}


def test_nothing_behind_a_label_survives_one_break_wherever_it_is() -> None:
    assert all_that_leak({form: (form, value) for form, value in LABELS.items()}) == {}


@pytest.mark.parametrize("between", BREAKS, ids=repr)
def test_no_token_survives_two_breaks(between: str) -> None:
    dice = random.Random(between)  # noqa: S311 - nothing here is to be kept secret
    forms = [("it is {}", value) for name, value in KEYS.items() if name != "Telegram"] + list(
        LABELS.items()
    )
    cuts = [
        (form, value, tuple(sorted(dice.sample(range(1, min(len(value), within)), 2))))
        for form, value in forms
        for within in (10, 10, 25, 25, 400)
    ]
    assert [
        cut(value, positions, between)
        for form, value, positions in cuts
        if leaks(form, value, positions, between)
    ] == []


def test_a_jwt_with_spaces_for_line_breaks_goes() -> None:
    assert [
        (width, between)
        for width, between in product((40, 64, 76, 100), (" ", "  ", " \n"))
        if left_of(
            jwt(500, width),
            redacted(f"the token {wrapped(jwt(500, width), width, between)} expired"),
        )
    ] == []


def test_a_jwt_with_a_blank_line_between_its_parts_goes() -> None:
    token = jwt()
    assert redacted(token.replace(".", ".\n\n")) == "[redacted: JWT]"
    assert redacted(token.replace(".", "\n\n.")) == "[redacted: JWT]"


ABOVE = (
    f"refresh_token: {REFRESH}",
    f"it is {SLACK_BOT}",
    f"token={jwt(300, 2)}",
    "password: Feijoa_21",
)
BELOW = (
    "AuthenticationUnsuccessful",
    "INV-20314",
    "worker-3 | giving up",
    "P1ease enter a unique Code",
    "HTTP/2 429",
    "InvoiceID 243216c5-369e-4056-ac67-05388f86dc81",
    "Sale 4417 is not in Xero",
    "7f3c2a1b-9d8e-4c6f-a1b2-c3d4e5f60718",
    "PORT=3000",
    "CreateInvoiceAttachmentByFileName",
    "UpdatedDateUTC",
    "31-Mar-2026",
    "CP-88213-2",
    "token-expired-oauth1",
    "thanks",
)


def test_what_is_below_a_token_stays() -> None:
    left = {pair: redacted("\n".join(pair)) for pair in product(ABOVE, BELOW)}
    assert [text for (_, below), text in left.items() if not text.endswith(f"]\n{below}")] == []


def test_a_message_about_tokens_stays() -> None:
    texts = [
        "error token: invalid\nfooBar2",
        "access_token: expired\n\nSale4417b",
        "it answered, token:\nAuthenticationUnsuccessful\nInvoice INV-2231",
        "eyJ\nhello there",
        "xoxb-\ntokens for the shop",
        "we ask to skip\n00412345678900412345678900412345",
        "Password: required\nTill4b",
    ]
    assert [(text, redacted(text)) for text in texts if redacted(text) != text] == []
