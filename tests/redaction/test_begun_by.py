"""Regexes that are tried where words are: they find what a search finds that tries everywhere."""

from __future__ import annotations

import pytest

from bot.redaction import spans
from bot.redaction.detectors import PERSONAL, SECRETS
from bot.redaction.spans import BegunBy, Search, Span
from tests.redaction.test_rules import MADE_UP
from tests.speed_of_redaction import UNITS

RULES = [rule for group in SECRETS + PERSONAL for rule in group]
EXAMPLES = [rule.example.replace("\u00ac", "") for rule in RULES]
TOKEN = "Zk3Qv8bXw1LmT9sR2" + "cPdY5uHn4JgF0aE"
NAMES = """api key|access key|subscription key|signing key|private key|webhook key|encryption key|client credentials
    passphrase|pwd|pw|p/w|kennwort|contrase\u00f1a|clave|mot de passe|wachtwoord|senha|palavra-passe|kupu huna|\u5bc6\u7801
    \u53e3\u4ee4|wifi key|wi-fi key|wlan key|wireless key|hotspot key|wpa2 key|network key|jsessionid|phpsessid|session id
    connect.sid|laravel_session|csrf token|xsrf token|code_verifier|client_assertion|device_code|auth code|samlresponse
    key|signature|sig|cvv|csc|security code|verification code|ssn|social security no|setup key|set-up key|totp key
    authenticator key|2fa key|mfa key|otp key|manual key|passcode|pin""".replace(
    "\n    ", "|"
).split("|")
PURPOSES = "login sign-in confirmation one-time mfa otp authentication".split()
KEYS = "ntn_ sb_secret_ glc_ hvb. hvr. gho_ ghu_ ghs_ ghr_".split()
VALUES = (TOKEN, "Feijoa_21", "937", "536-90-4399", "JBSWY3DPEHPK3PXP", "90415")
TEXTS = [
    *EXAMPLES,
    *(paste.text for paste in MADE_UP),
    *(
        f"{name}{sign}{value}"
        for number, name in enumerate(NAMES)
        for at, sign in enumerate((": ", "=", " "))
        for value in VALUES[(number + at) % 3 :: 3]
    ),
    *(f"{name} (Feijoa_21)" for name in NAMES),
    *(f"is {key}{TOKEN}{TOKEN}" for key in KEYS),
    *(f"{purpose} code 448190" for purpose in PURPOSES),
    *(f"{verb} 448190 to log in" for verb in "use enter type code".split()),
    *(f"{who}/password: shop / Feijoa_21" for who in "user login email e-mail id".split()),
    *(f"{how} shop / Feijoa_21" for how in ("log in", "sign in", "creds", "account")),
    *(f"{how} details: shop:Feijoa_21" for how in ("log in", "sign in", "access")),
    *(f"{word} 0412345678" for word in "phone mobile ph mob tel cell fax whatsapp call".split()),
    *(f"{verb} user 'pos' identified by 'hunter22'" for verb in ("create", "alter", "grant")),
    *(f"x.example\\/login{stroke}{TOKEN}" for stroke in ("/", "\\/")),
    *(f"is {key}{'Q7R2' * 4}" for key in ("ABIA", "ACCA")),
    *("IDENTIFIED BY 'hunter22'", "mariadb -pFeijoa_21", "National insurance no AB 12 34 56 C"),
    *("a" * 64 + "@example.nz", "from Feijoa_21 to   [redacted: password]"),
    *("ring 0412345678", "dial 0412345678", "G-448190 is your login code"),
    *(f"{unit} {unit}" for unit in UNITS),
]


def found() -> list[list[list[Span]]]:
    """What each detector finds in each text, which may be in upper case."""
    written = [*TEXTS, *map(str.upper, TEXTS)]
    return [[[*rule.spans(text, text.lower())] for rule in RULES] for text in written]


def test_finds_what_a_search_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    def everywhere(regex: BegunBy, _text: str) -> Search:
        return regex.regex.search

    monkeypatch.setattr(spans, "_SPARSE", 1e-9)  # never too many words to try
    tried = found()
    monkeypatch.setattr(BegunBy, "searching", everywhere)
    assert tried == found()


@pytest.mark.parametrize("letter", ["\u017f", "\u0130", "\u212a"])
def test_finds_it_in_letters_whose_lower_case_differs(
    monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    monkeypatch.setattr(spans, "_SPARSE", 1e-9)
    text = f"{letter} pas{letter}word=Feijoa_21, password=Feijoa_22"
    regex = BegunBy(r"(?i)pass?\w*=(\S+)", "pass")
    assert [one.span() for one in regex.finditer(text)] == [
        one.span() for one in regex.regex.finditer(text)
    ]
