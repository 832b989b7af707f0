"""What is taken out of a paste before it is shown, stored or sent, and what stays."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from datetime import date
from itertools import product
from string import ascii_letters, digits
from typing import Any

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from stdnum import ean, luhn
from stdnum.iso7064 import mod_97_10
from stdnum.nz import bankaccount

from bot.domain.reports import Trigger
from bot.domain.verdicts import Verdict, article_ids
from bot.redaction.redact import redacted, secrets_redacted, without_redaction_marks
from bot.redaction.spans import merge_overlapping
from tests.measure import corpus_texts
from tests.shipped import ARTICLES, RECOGNISER

# Nothing here opens anything. Tokens are put together, so that no scanner reports them.
HEADER = "eyJ" + "hbGciOiJSUzI1NiIsImtpZCI6IjFDQUY4RTY2In0"
A_JWT = HEADER + ".eyJ" + "uYmYiOjE3MzA1MDQsImV4cCI6MTczMDUwNn0.Zk3-Qv_8bXw1LmT9sR2cPd"
A_TOKEN = "tq7Zk3Qv8bXw1LmT9sR2" + "cPdY5uHn4JgF"
A_SECRET = "Zk3-Qv_8bXw1LmT9sR2" + "cPdY5uHn4JgF0aE"
A_BOT_TOKEN = "xox" + "b-263594206564-2343594206574-FGqddMF8t08v8N7Oq4i57vs1"
AN_APP_TOKEN = "xap" + "p-1-A0123ABCD-1234567890123-0f9e8d7c6b5a"
A_ROTATED_TOKEN = "xox" + "e.xox" + "p-1-Mi0yLTk1MDMyOTQ2NDk1NDEt"
A_SIGNING_SECRET = "8f742231b10e8888" + "abcd99yyyzzz85a5"
A_VISA, A_MASTERCARD, AN_AMEX = "4111111111111111", "5555555555554444", "378282246310005"
AN_NZ_ACCOUNT, AN_IBAN = "01-0242-0100194-00", "GB29NWBK60161331926819"

TOKENS = [
    ("Authorization: Bearer {}", A_TOKEN, "access token"),
    ("curl -H 'authorization: bearer {}' https://api.xero.com", A_TOKEN, "access token"),
    ('{{"access_token":"{}","expires_in":1800}}', A_TOKEN, "access token"),
    ('{{\n  "refresh_token" : "{}"\n}}', A_TOKEN, "access token"),
    ("{{'id_token': '{}'}}", A_TOKEN, "access token"),
    (r'{{"body":"{{\"access_token\": \"{}\", \"scope\": \"email\"}}"}}', A_TOKEN, "access token"),
    ("&amp;quot;access_token&amp;quot;:&amp;quot;{}&amp;quot;", A_TOKEN, "access token"),
    ("https://x.example/cb?access_token={}&amp;state=4", A_TOKEN, "access token"),
    ("grant_type=refresh_token&refresh_token={}", A_TOKEN, "access token"),
    ("%22access_token%22%3A%22{}%22", A_TOKEN, "access token"),
    ("body=access_token%3D{}%26state%3D1", A_TOKEN, "access token"),
    ("XeroAccessToken = {}", A_TOKEN, "access token"),
    ('"userIdToken": "{}"', "letters" + "only", "access token"),
    ("XERO_REFRESH_TOKEN={}\n", A_TOKEN, "access token"),
    ("X-Api-Key: {}", A_TOKEN, "access token"),
    ("api_key={}", "letters" + "only", "access token"),
    ("<AccessToken>{}</AccessToken>", A_TOKEN, "access token"),
    ("&lt;access_token&gt;{}&lt;/access_token&gt;", A_TOKEN, "access token"),
    ('oauth_token="{}", oauth_version="1.0"', A_TOKEN, "access token"),
    ("the access token is {} and it is refused", A_TOKEN, "access token"),
    ("token: {}", A_TOKEN, "access token"),
    ("Stripe says {} is no good", "sk_" + "live_" + "4eC39HqLyjWDarjtT1zdp7dc", "access token"),
    ("token {} expired", A_JWT, "JWT"),
    (r'"line one\n{}"', A_JWT, "JWT"),
    ("Authorization: Bearer {}", A_JWT, "JWT"),
    ("id_token={}&amp;state=1", A_JWT, "JWT"),
    ("it is cut off: {}", HEADER + ".eyJ" + "uYmYiOj...", "JWT"),
    ("client_secret={}&grant_type=client_credentials", A_SECRET, "client secret"),
    ('"clientSecret": "{}"', A_SECRET, "client secret"),
    ('<add key="XeroClientSecret" value="{}" />', A_SECRET, "client secret"),
    ('{{"key":"client_secret","value":"{}","enabled":true}}', A_SECRET, "client secret"),
    ("*Client secret:* {}", A_SECRET, "client secret"),
    ("*Client secret*: {}", A_SECRET, "client secret"),
    ("client secret `{}`", A_SECRET, "client secret"),
    ("Webhooks key: {}", A_SECRET, "client secret"),
    (
        "Authorization: Basic {}",
        b64encode(b"5C0FFEE:" + A_SECRET.encode()).decode(),
        "client secret",
    ),
    (
        "{}",
        "-----BEGIN RSA PRI"
        + f"VATE KEY-----\n{'Zk3Qv8bX' * 8}\nwR2=\n-----END RSA PRI"
        + "VATE KEY-----",
        "client secret",
    ),
    ("SLACK_BOT_TOKEN={}", A_BOT_TOKEN, "Slack token"),
    ("is {} right?", A_BOT_TOKEN, "Slack token"),
    ("is {}, right?", AN_APP_TOKEN, "Slack token"),
    ('"{}"', A_ROTATED_TOKEN, "Slack token"),
    (
        "<https://hooks.slack.com/services/{}>",
        "T0123ABCD/B0123ABCD/" + "aBcDeFgHiJkLmNoPqRsTuVwX",
        "Slack token",
    ),
    (
        r"https:\/\/hooks.slack.com\/services\/{}",
        r"T0123ABCD\/B0123ABCD\/" + "aBcDeFgHiJkLmNoPqRsTuVwX",
        "Slack token",
    ),
    ("SLACK_SIGNING_SECRET={}", A_SIGNING_SECRET, "Slack token"),
    ("Signing secret: {}", A_SIGNING_SECRET, "Slack token"),
]
PASSWORDS = [
    "postgresql://bot:{}@db.example/xero",
    "<https://till:{}@host.example/api|the till>",
    r"https:\/\/till:{}@host.example",
    "redis://:{}@cache.example:6379",
    "curl -u tillkey:{} https://identity.xero.com/connect/token",
    "password: {}",
    "Password: {}.",
    "my *password:* {}, thanks",
    "pwd={}",
    "PW: {}",
    "Server=tcp:till,1433;User ID=sa;Password={};Encrypt=true",
    '{{"user":"ana","password":"{}"}}',
    r'"{{\"password\":\"{}\"}}"',
    "password='{}'",
    "password=\u201c{}\u201d",
    "username=ana&amp;password={}&amp;scope=x",
    "<Password>{}</Password>",
    "&quot;user=ana,password={}&quot;",
    'password="{}\nInvoice "INV-1" was refused',
    "&lt;password&gt;{}&lt;/password&gt; was refused",
    r'"first line\npassword: {}\nlast line"',
    "the password is {}",
]
PASSWORD_WORDS = ["hunter22", "Kiwi-2024!", "p4ss:word", "S0mmer,Sonne", "c0rrect.horse"]
ODD_PASSWORDS = [
    ("https://ana:{}@host.example/a", "p@ss@w0rd"),
    ("postgres://ana:{}@host/db", "pa/ss"),
    ("pwd={}&amp;x=1", "Pa&amp;ss1"),
    ("Password={};Encrypt=true", "se;cr3t"),
    ("password: {}", "<mailto:P@ssw0rd.com|P@ssw0rd.com>"),
    ('"password": "{}"', "correct horse battery staple"),
    ('"password": "{}"', r"with \" quote and \\"),
    ("password: {}\nVersion 4", "opensesame"),
    ("password is {}", "1234"),
]
CARDS = [
    ("{}", A_VISA),
    ("card {} declined", "4111 1111 1111 1111"),
    ("PAN={};", "4111-1111-1111-1111"),
    ("Till 2 {} 12/27 123", "4111 1111 1111 1111"),
    ("paid 20 {} 2", A_MASTERCARD),
    ("MC {}.", "2223 0031 2200 3222"),
    ("Amex {}", AN_AMEX),
    ("Amex {} 3", "3782 822463 10005"),
    ("Diners {}", "3056 930902 5904"),
    ("2000 {}", "4111 1111 1111 1111"),
    ("Maestro {}", "6759649826438453"),
    ("19 digits {}", "4000 0000 0000 0000 006"),
    (r'"at\u0020{}"', A_VISA),
    ("JCB {}", "3530111333300000"),
    ("Discover {}", "6011111111111117"),
    ("UnionPay {}", "6200000000000005"),
    ("19 digits {}", "4000000000000000006"),
    ("the card is {}", "41 11 11 11 11 11 11 11"),
    ("pasted {}", "4111\u00a01111\u00a01111\u00a01111"),
    ("typed {}", "4111\u20131111\u20131111\u20131111"),
    (r'"at the till\n{}\n"', A_VISA),
    ("card%3D{}%26x", A_VISA),
    ("%B{}^SHOP/ANA^2712", A_VISA),
    ("<tel:{}>", A_VISA),
]
BANK_ACCOUNTS = [
    ("{}", AN_NZ_ACCOUNT),
    ("refund to {} please", "01 0242 0100194 000"),
    (r'"BankAccountNumber":"{}"', AN_NZ_ACCOUNT),
    ("Bank account {}", "01-0242-0100195-00"),
    ("deposit it to {}", "01-0242-0100195-00"),
    ("{}", AN_IBAN),
    ("IBAN {} PLEASE PAY", "GB29 NWBK 6016 1331 9268 19"),
    ("to {}, ta", "NL91ABNA0417164300"),
    ("bank account number: {}", "12345678"),
    ("bank account no. {}", "1234 5678"),
    ("BankAccountDetails: '{}'", "062000 12345678"),
    ("Her bank account is {}.", "123-456-789"),
]
AUSTRALIAN_ACCOUNTS = [
    "BSB {} account {}",
    "BSB: {}\nAccount number: {}",
    '{{"bsb":"{}","accountNumber":"{}"}}',
    r'"BSB {}\nAcc {}"',
    "BSB {} {}",
]
AROUND_MAIL = [
    "{}",
    "write to {}.",
    "to={}&x=1",
    '"Email":"{}"',
    "'{}'",
    r'"mail\n{}"',
    "&lt;{}&gt;",
    "(<mailto:{0}|{0}>)",
    "-{}",
]
MAIL = [
    "ana@example.co.nz",
    "o'brien+till@example.com",
    "first.last@mail.example.org",
    "zo\u00eb@b\u00fccher.example",
]
PHONES = [
    ("{}", "+64215550144"),
    ("{}", "+64 21 555 0144"),
    ("{}", "+64 (0)21 555 0144"),
    ("rang {} twice", "+61 2 9374 4000"),
    ("q=%2B{}", "64215550144"),
    ("{} or by mail", "021 555 0144"),
    ("{}", "(09) 303 1234"),
    ("{}", "03-366 1234"),
    ("{}", "0412 345 678"),
    ("{}", "02 9374 4000"),
    ("{}", "0800 838 383"),
    ("{}", "020 7946 0958"),
    ("{}", "0064 21 555 0144"),
    ("phone {}", "0212345678"),
    ("Phone:\n{}", "0212345678"),
    ("Ph {}", "021 00 00 00 00"),
    ("GB {}", "07400 123456"),
    ("{} 45 tickets", "021 555 0144"),
    ("{} 45 tickets", "+64 21 555 0144"),
    ("Ph: {}", "0412345678"),
    ("mobile no. {}", "0212345678"),
    ('"PhoneNumber":"{}"', "2345678"),
    ("call me on {}", "0212345678"),
    ("please call {}", "1300 123 456"),
    ("please call {}", "1300 12 34 56"),
    ("{} 4 tickets", "021 555 0144"),
    ("{}", "0212345678"),
]
STAYS = [
    # Errors that speak of tokens and passwords.
    "TokenExpired: token expired at 08/17/2025 23:04:41",
    "Parameter is required (Parameter 'refresh_token')",
    'WWW-Authenticate: Bearer realm="https://accounts.example/", error="insufficient_scope"',
    '{"error":"invalid_grant","error_description":"refresh token is expired"}',
    '{"token_type":"Bearer","expires_in":1800,"access_token":null}',
    "grant_type=refresh_token&scope=offline_access",
    "refresh_token = token.RefreshToken; access_token = client.GetAccessToken()",
    "client_secret=<your secret>, api_key={{api_key}}, password=${PASSWORD}",
    "password: ********, token: ************",
    "Password: The password field is required.",
    '{"password": ["Password must not be empty"], "pwd": ""}',
    '{"password": "Password is required", "access_token": "The access token has expired"}',
    "does anyone have the wifi password for the demo room",
    "the access token INV-204 and the API key of shop 41",
    "</password> Validation failed",
    "Basic authentication failed, Bearer authentication too",
    "my xoxb-token is not there, nor is xapp-token",
    "xoxb-your-token-here, xapp-your-token-here",
    '{"access_token":"short", "password":"xxxxxxxx", "pwd":"********"}',
    "token: gift-voucher-20",
    """Unexpected invalid token: 'ReceiveMoney' at line 3""",
    'paid token="INV-00412345", valid token: "AccountsReceivable"',
    '"AccountToken":"29712345-cc47-4afd-8ec8-74990b8761e9"',
    "access_token=accessTokenFromStore(shop)",
    "Basic c29tZXRoaW5nIGVsc2Ug",
    "the password is unchanged since May",
    "PrimaryKeyJsonSerializer.Options.Default",
    "http://localhost:8080/a@b https://host.example:3000?to=me@till",
    "docker run -u 1000:1000 till",
    # Numbers of a shop.
    "0112345678 and 3212345678",
    "Invoice 0212345678 and INV-0212345678",
    "call about invoice 10455123",
    "order 4111111111111112, receipt 1234567890123456",
    "INV4111111111111111",
    "0.4111111111111111",
    "2100000000000005 and 6999999999999991",
    "sizes 36 38 40 42 44 46 42, 41414103 41414103",
    "barcode 4006381333931 and 5010029000023",
    "b7a5cc2f-2f0e-4c56-a7a1-0f2f8a3f7c55 41111111-1111-1111-1111-111111111111",
    "ABN 51 824 753 556, ACN 004 085 616, IRD 049-091-850, GST 123-456-789",
    "02/11/2025 10:20, 02-11-2025, 2025-11-02T08:15:00.123+1300, 02.11.2025",
    "$4,111.00 1,234,567.89 AUD 20000000.00",
    "Account code '200' is not a valid code",
    "account 090, bank account 090, Bank Account Code 606",
    "bank account $2000000.00, bank account 2024-11-02, bank account 31/12/2024",
    '{"BankAccount":{"AccountID":"29712345-cc47-4afd-8ec8-74990b8761e9"}}',
    "12-3456-1234567-01",
    "[redacted: bank account number] 12-3456-1234567-01",
    "bank account $2000000 and bank account 200000.50",
    "bank account 29712345-cc47-4afd-8ec8-74990b8761e9",
    "mobile: 2024-11-02 10:15",
    "02-11-2025 " * 200,
    "call 2155 50144, row 02 93 744 000, INV-021 555 0144, iPhone 0212345678",
    "BSB 062-000 invoice 10455",
    "GB12 invoices, AU20 2024 ORDERS 1234 5678",
    "0-30 31-60 61-90 days",
    "lodash@4.17.21, git@github.com, @jo, me@localhost",
    "1 234 567 890 and 10 20 30 40 50 60 70",
    "10.0.0.12:5432 from 192.168.100.200",
    "[redacted: access token] is 4 of [redacted: phone number] 0112345678",
]


def mark(kind: str) -> str:
    return f"[redacted: {kind}]"


def changed(
    cases: Iterable[tuple[str, str]], by: Callable[[str], str] = secrets_redacted
) -> list[tuple[str, str]]:
    """The texts that do not become what they should, each with what it becomes."""
    return [(text, found) for text, expected in cases if (found := by(text)) != expected]


def test_a_token_is_replaced_by_what_it_was() -> None:
    assert (
        changed((text.format(secret), text.format(mark(kind))) for text, secret, kind in TOKENS)
        == []
    )


def test_a_password_is_replaced_wherever_it_is() -> None:
    everywhere = product(PASSWORDS, PASSWORD_WORDS)
    assert (
        changed((text.format(word), text.format(mark("password"))) for text, word in everywhere)
        == []
    )


def test_of_an_odd_password_nothing_is_left() -> None:
    assert (
        changed((text.format(word), text.format(mark("password"))) for text, word in ODD_PASSWORDS)
        == []
    )


def test_a_card_number_is_replaced() -> None:
    card_number = mark("card number")
    assert [
        text.format(number)
        for text, number in CARDS
        if secrets_redacted(text.format(number)) not in (text.format(card_number), card_number)
    ] == []


def test_a_bank_account_number_is_replaced() -> None:
    account = mark("bank account number")
    assert (
        changed((text.format(number), text.format(account)) for text, number in BANK_ACCOUNTS) == []
    )


def test_an_australian_account_is_a_branch_and_a_number() -> None:
    account = mark("bank account number")
    assert (
        changed(
            (text.format(branch, number), text.format(account, account))
            for text in AUSTRALIAN_ACCOUNTS
            for branch, number in (("062-000", "1234 5678"), ("062000", "123456"))
        )
        == []
    )
    assert (
        secrets_redacted("acct 1234 5678, BSB 062-000")
        == secrets_redacted("acct 123456, BSB 062000")
        == f"acct {account}, BSB {account}"
    )


def test_an_e_mail_address_is_replaced() -> None:
    def left(text: str) -> str:
        return text.replace("<mailto:{0}|{0}>", "{}").format(mark("e-mail address"))

    everywhere = product(AROUND_MAIL, MAIL)
    assert changed(((text.format(mail), left(text)) for text, mail in everywhere), redacted) == []


def test_a_phone_number_is_replaced() -> None:
    def left(text: str) -> str:
        return text.replace("%2B", "").format(mark("phone number"))

    assert changed(((text.format(number), left(text)) for text, number in PHONES), redacted) == []


def test_an_address_is_found_in_whatever_was_escaped() -> None:
    assert redacted("to=ana%40example.nz%26x") == "to=[redacted: e-mail address]%26x"
    assert redacted(r"CORP\ana@example.nz") == r"CORP\[redacted: e-mail address]"


def test_a_link_of_slack_becomes_its_words() -> None:
    assert redacted("<tel:+64215550144|021 555 0144>") == "[redacted: phone number]"
    assert (
        redacted("<mailto:ana@example.nz|Write to Ana> now")
        == "Write to Ana [redacted: e-mail address] now"
    )
    assert secrets_redacted(f"<tel:{A_VISA}|4111 1111 1111 1111>") == "[redacted: card number]"


def test_mail_and_phone_stay_where_only_secrets_have_to_go() -> None:
    text = (
        "ana@example.nz, <mailto:ana@example.nz|ana@example.nz>, +64 21 555 0144, phone 0212345678"
    )
    assert secrets_redacted(text) == text


def test_what_only_looks_like_a_secret_stays() -> None:
    assert changed(zip(STAYS, STAYS, strict=True), redacted) == []


def test_several_secrets_go_at_once() -> None:
    text = f"ana@example.nz paid with {A_VISA}, token {A_JWT}, password: hunter22 and {AN_IBAN}"
    kinds = ("e-mail address", "card number", "JWT", "password", "bank account number")
    assert redacted(text) == "{} paid with {}, token {}, password: {} and {}".format(
        *map(mark, kinds)
    )


def test_of_two_that_overlap_nothing_is_left() -> None:
    assert list(merge_overlapping([(3, 9, "b"), (10, 12, "c"), (0, 5, "a")])) == [
        (0, 9, "a"),
        (10, 12, "c"),
    ]


# Recognition is not harmed.


@pytest.fixture(scope="module")
def known_texts() -> list[str]:
    examples = [article.examples for article in ARTICLES.values()]
    shipped = [
        text
        for each in examples
        for text in (*(match.text for match in each.match), *each.near_miss)
    ]
    return [*shipped, *corpus_texts()]


def outcome(verdict: Verdict) -> object:
    """The articles of an answer. Suggestions rest on single words, and an address has some."""
    return article_ids(verdict) or type(verdict)


@pytest.fixture(scope="module")
def touched(known_texts: list[str]) -> list[str]:
    return [text for text in known_texts if redacted(text) != text]


def test_what_is_recognised_stays_recognised(known_texts: list[str], touched: list[str]) -> None:
    assert 0 < len(touched) * 200 < len(known_texts)
    for text in touched:
        for trigger in Trigger:
            assert outcome(RECOGNISER.verdict(redacted(text), trigger)) == outcome(
                RECOGNISER.verdict(text, trigger)
            ), text


def test_of_the_known_texts_only_mail_and_phone_are_redacted(
    known_texts: list[str], touched: list[str]
) -> None:
    assert [text for text in known_texts if secrets_redacted(text) != text] == []
    assert [
        text for text in touched if not any(sign in text for sign in ("@", "+64 21", "Ph 021"))
    ] == []


# In any surroundings.

around = st.text(max_size=60)
random_letters = st.text(ascii_letters + digits, min_size=24, max_size=60).map(
    lambda text: f"{text}4x"
)


def in_groups(number: str, gap: str) -> str:
    return gap.join(number[position : position + 4] for position in range(0, len(number), 4))


def card(start: str, rest: str, gap: str) -> str:
    amex = start in ("34", "37")
    number = (start + rest)[: 14 if amex else 15]
    number += luhn.calc_check_digit(number)
    return f"{number[:4]}{gap}{number[4:10]}{gap}{number[10:]}" if amex else in_groups(number, gap)


def nz_account(base: int) -> str:
    return next(
        number
        for number in (f"01-0242-{(base + step) % 10_000_000:07}-00" for step in range(1_000))
        if bankaccount.is_valid(number)
    )


def british_iban(rest: str, gap: str) -> str:
    return in_groups(f"GB{mod_97_10.calc_check_digits(f'NWBK{rest}GB')}NWBK{rest}", gap)


many_digits = st.text(digits, min_size=14, max_size=14)
secrets = st.one_of(
    st.builds(
        lambda *parts: "eyJ" + ".".join(parts), random_letters, random_letters, random_letters
    ),
    st.builds(
        lambda form, part: form + part,
        st.sampled_from(["xox" + "b-2", "xox" + "p-2", "xap" + "p-1-"]),
        random_letters,
    ),
    st.builds(
        card,
        st.sampled_from(["4", "51", "55", "2720", "34", "37", "6011", "3530", "62"]),
        many_digits,
        st.sampled_from(["", " ", "-"]),
    ),
    st.builds(nz_account, st.integers(0, 9_999_999)),
    st.builds(british_iban, many_digits, st.sampled_from(["", " "])),
)
names = st.sampled_from(
    [
        "access_token",
        "refreshToken",
        "id_token",
        "client_secret",
        "clientSecret",
        "api_key",
        "password",
        "pwd",
    ]
)
forms = st.sampled_from(
    [
        '{{"{}": "{}"}}',
        "{}={}&x=1",
        "{}: {}",
        "{}='{}'",
        r'"{{\"{}\":\"{}\"}}"',
        "&lt;{0}&gt;{1}&lt;/{0}&gt;",
        "%22{}%22%3A%22{}%22",
    ]
)


def nothing_is_left(secret: str, before: str, after: str, text: str) -> None:
    pieces = {secret[position : position + 8] for position in range(len(secret) - 7)}
    assume(not any(piece in before + after for piece in pieces))
    assert not any(piece in text for piece in pieces)


@given(around, secrets, around)
def test_a_secret_never_survives(before: str, secret: str, after: str) -> None:
    nothing_is_left(secret, before, after, secrets_redacted(f"{before}\n{secret}\n{after}"))


@given(around, forms, names, random_letters, around)
def test_what_follows_the_name_of_a_secret_never_survives(
    before: str, form: str, name: str, secret: str, after: str
) -> None:
    nothing_is_left(
        secret, before, after, secrets_redacted(f"{before}\n{form.format(name, secret)}\n{after}")
    )


@given(
    around, st.text(ascii_letters + digits, min_size=8, max_size=20), st.integers(0, 9_999), around
)
def test_e_mail_addresses_and_phone_numbers_never_survive(
    before: str, name: str, number: int, after: str
) -> None:
    text = redacted(f"{before}\n{name}@example.co.nz\n+64 21 555 {number:04}\n{after}")
    assert f"{name}@" not in text
    assert f"21 555 {number:04}" not in text


words = st.sampled_from(
    """Xero ClickPOS invoice Invoice INV account code Account bill paid the could not be found of till password
    token secret key card amount $ total contact docket order ABN GST BSB card: ref: date due - # / receipt barcode call
    about mobile deposit""".split()
)
days = st.dates(date(1990, 1, 1), date(2090, 1, 1))
dates = st.one_of(
    days.map(str),
    days.map("{:%d/%m/%Y}".format),
    days.map("{:%d-%m-%Y}".format),
    days.map("{}T08:15:00".format),
)
numbers = st.one_of(
    st.integers(0, 99_999).map(str),
    st.just("090"),
    st.decimals(0, 99_999, places=2).map(lambda amount: f"${amount:,}"),
    st.integers(0, 10**10).map(lambda number: f"INV-{number}"),
    st.uuids().map(str),
    dates,
)


@given(st.lists(st.tuples(words, words, numbers), max_size=12))
def test_words_and_numbers_of_a_shop_stay(rows: list[tuple[str, str, str]]) -> None:
    text = " ".join(f"{one} {two} {number}" for one, two, number in rows)
    assert redacted(text) == text


@given(st.text(digits, min_size=1, max_size=12))
def test_an_invoice_number_is_not_redacted(number: str) -> None:
    assert redacted(f"Invoice {number} {number}") == f"Invoice {number} {number}"


@given(st.text(digits, min_size=12, max_size=12))
def test_a_barcode_stays(number: str) -> None:
    barcode = number + ean.calc_check_digit(number)
    assert redacted(barcode) == barcode


fragments = st.lists(
    st.one_of(
        secrets,
        names,
        words,
        st.text(max_size=5),
        st.sampled_from(
            [
                *"\"'=:&;<>()[]@+-.,\\/ \n",
                ": ",
                '="',
                "\\n",
                '\\"',
                "&lt;",
                "&amp;",
                " is ",
                "bank account ",
                "password - ",
                "password (Xero)\n",
                "user/password: ",
                "creds: ",
                "login ",
                " / ",
                "client secret 1\n",
                "Authorization: ",
                "Cookie: a=",
                "?code=",
                "AccountKey=",
                "user,password\n",
                "cvv ",
                "Bearer ",
                "phone ",
            ]
        ),
        st.sampled_from(
            ["ana@example.nz", "+64 21 555 0144", "0212345678", "12345678", "062-000", "hunter22"]
        ),
        st.sampled_from(
            [
                "https://u:",
                "<mailto:",
                "<tel:",
                "|",
                "[redacted: ",
                "[redacted: password]",
                "%22",
                "%20",
            ]
        ),
    ),
    max_size=14,
).map("".join)


@given(fragments)
def test_redacting_twice_changes_nothing(text: str) -> None:
    for once in (secrets_redacted(text), redacted(text)):
        assert secrets_redacted(once) == once
    assert redacted(redacted(text)) == redacted(text)


def test_redacting_again_takes_no_text_beside_a_mark() -> None:
    once = [
        redacted(text)
        for text in (
            "pwd=x;Basic aWQ6c2VjcmV0IQ== : 4",
            f"password=;Bearer {A_TOKEN}password='",
            f"{AN_NZ_ACCOUNT} 12-3456-1234567-01",
            "password=<ana@example.nz",
        )
    ]
    assert changed(zip(once, once, strict=True), redacted) == []


def test_a_quotation_ends_with_the_string_it_is_in() -> None:
    for text in ("password='hunter22", 'password="hunter22', "password=\u201chunter22"):
        for content in ({"a": text, "b": "it's 5\" \u201cwide\u201d"}, [text, text]):
            left = json.loads(redacted(json.dumps(content, ensure_ascii=False)))
            assert len(left) == 2, text
            assert "hunter22" not in str(left), text


def test_a_string_that_ends_with_a_name_has_no_secret_behind_it() -> None:
    texts = [
        json.dumps(content)
        for name in ("password=", "password: ", "access_token=")
        for content in (
            {"a": [name], "b": "it is 5 o'clock"},
            [name, 5, "six"],
            {name: "seven", "b": [name]},
        )
    ]
    assert changed(zip(texts, texts, strict=True), redacted) == []


@example({"": "client_secret", "a": "\x1f" + A_SECRET}, 1, False)
@given(st.dictionaries(fragments | names, fragments, max_size=3), st.integers(1, 3), st.booleans())
def test_json_stays_json(content: dict[str, str], times: int, plain: bool) -> None:
    text: Any = content
    for _ in range(times):
        text = json.dumps(text, ensure_ascii=plain)
    json.loads(redacted(text))


def test_marks_do_not_change_the_verdict() -> None:
    text = "Xero: [redacted: account number] Invoice could not be found. [redacted: e-mail address]"
    assert RECOGNISER.verdict(text, Trigger.ADDRESSED) == RECOGNISER.verdict(
        without_redaction_marks(text), Trigger.ADDRESSED
    )
    assert "redacted" not in without_redaction_marks(text)
