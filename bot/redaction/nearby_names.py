"""Detectors of secrets near a name, with words, a table's bar or a line break between. Pure.

Without a sign between name and value, the value must not look like a word.
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from bot.redaction.credentials import NO_SECRET, WORD
from bot.redaction.randomness import is_guid, looks_random
from bot.redaction.spans import ESCAPE, BegunBy, Detector, Found, Span, merge_overlapping
from bot.redaction.token_formats import CLIENT_SECRET, PASSWORD

_SECRET = re.compile(
    r"(?:secret|(?:api|signing|private|webhooks?|encryption)[ _-]?key|client[ _-]?credentials?)s?(?![a-z])",
    re.IGNORECASE,
)
_WITH_SECRET = BegunBy(_SECRET, *"secret api signing private webhook encryption client".split())
_CONTEXT_CHARACTERS = 80
"""Characters after a name in which its value must begin."""
_OPAQUE = re.compile(rf"(?:(?<![\w/:.+\\-])|{ESCAPE})[A-Za-z0-9_][A-Za-z0-9_+/.~-]{{15,}}+={{0,2}}")
_SOMETHING_ELSE = re.compile(
    r"\n[^\n]*\n[^\n]*\n|\[redacted: |(?<![a-z])(?:ids?|no|numbers?|invoice|order|hash|commit|trace|request"
    r"|correlation|version|url|file|tenant|contact|guid)(?![a-z])",
    re.IGNORECASE,
)


def _secrets(text: str) -> Iterator[Span]:
    for name in _WITH_SECRET.finditer(text):
        value = _OPAQUE.search(text, name.end(), name.end() + _CONTEXT_CHARACTERS)
        if not value or _SOMETHING_ELSE.search(text, name.end(), value.start()):
            continue
        secret = _OPAQUE.match(text, value.start())
        if secret and looks_random(secret[0].rstrip(".")):
            yield secret.start(), secret.start() + len(secret[0].rstrip(".")), CLIENT_SECRET


FOREIGN_NAMES = (
    r"kennwort|contrase(?:\u00f1|n)a|clave|mot de passe|wachtwoord|senha|palavra-passe|kupu ?(?:hipa|huna)"
    r"|\u5bc6[\u7801\u78bc]|\u53e3\u4ee4"
)
"""Password in German, Spanish, French, Dutch, Portuguese, Maori and Chinese."""
NAME = (
    r"(?<![a-z])(?:pass(?:[ _-]?(?:word|wd|phrase|code|key))?|pas{1,2}[wor]{2,4}d|passwort|p/w|pwd|pw"
    rf"|{FOREIGN_NAMES}"
    r"|(?:wi-?fi|wlan|wireless|hotspot)[ _-]?(?:key|code)|(?:wpa[23]?|network)[ _-]?key)"
    r"(?![a-z])"
)
"""Names of a password."""
FOREIGN_NEEDLES = (
    "kennwort",
    "contrase",
    "clave",
    "wachtw",
    "senha",
    "kupu",
    "\u5bc6",
    "\u53e3\u4ee4",
)
NEEDLES = (
    "pas",
    "p/w",
    "pw",
    "wifi",
    "wi-fi",
    "wlan",
    "wpa",
    "wireless",
    "network",
    "hotspot",
    *FOREIGN_NEEDLES,
)
"""Each of its names has one of these."""


def named(behind: str) -> BegunBy:
    """Return the regex of a name of a password with something behind it."""
    begins = (*NEEDLES, "mot de", "palavra")
    return BegunBy(re.compile(NAME + behind, re.IGNORECASE), *begins)


TAGS = r"(?:\s{0,9}(?:<|&lt;)\\?/?[a-z][a-z0-9]{0,9}(?:\s[^<>]{0,80})?(?:>|&gt;)){1,6}\s{0,9}"
"""The tags between a name and its value in two cells of HTML."""
_LABEL = (
    r"(?:[ \t]{0,3}(?:\([^()\n]{1,30}\)|\[(?!redacted)[^\[\]\n]{1,30}\]|#?[0-9]{1,2}(?![0-9A-Za-z])"
    r"|(?:for|of|to|on|at|in)[ \t]{1,3}(?:(?:the|our|my)[ \t]{1,3})?\w{1,20}"
    r"(?:[ \t]{1,3}(?:account|login|user|till|app))?))?"
)
_SIGN = (
    rf"(?::?{TAGS}"
    r"|[ ][\w:]{1,20}=[^<>\n]{0,80}>|\?[ \t]{0,3}\r?\n[ \t]{0,4}(?:[A-Za-z]{1,8}[:.)][ \t]{0,3})?"
    r"|(?:[ \t]{0,4}(?:[:=|\t\u2192\u27a1\U0001f449]|(?:=|-)&?(?:>|gt;)|\.{2,})|[ \t]{1,4}-|-(?=[ \t]))"
    r"[ \t]{0,4}(?:\r?\n[ \t]{0,20}){0,2}"
    r"|(?:[ \t]{0,4}\r?\n){1,2}[ \t]{0,20}"
    r"|[ \t]{1,4}(?:(?:is|was|its|to|from|lautet|ist|est|es|\u00e9|ko)(?::[ \t]{0,3}|[ \t]{1,3}))?"
    r"|[ ]?(?:\u662f|\u4e3a|\u70ba)[:\s]{0,2}"
    rf"|[\"']?[ \t]{{0,3}}/?>\s{{0,9}}<value>)"
)
_MAX_PASSWORD_LENGTH = 120
_CHANGES = 0.4
_BEHIND_PASSWORD = named(rf"(?:['\u2019]?s)?[\"'*_]{{0,2}}{_LABEL}{_SIGN}[*_`\"']{{0,2}}")
_PLAIN = re.compile(
    r"[A-Z]{1,6}[-_#]?[0-9]+|(?i:(?:inv|invoice|po|so|cn|ref|order|shop|store|till)[-_#]?[0-9]+"
    r"|v?[0-9]+(?:[.:/-][0-9]+)+\w?|[0-9]+-?(?:st|nd|rd|th|x|pm|am|hrs?|mins?|days?|characters?)"
    r"|(?:oauth|sha|utf|base|md|aes|tls|ssl|http|win|windows|office|xero|clickpos)-?[0-9.]+|[0-9]{4}-[0-9]{2}-[0-9]{2}.*"
    r"|.*://.*|.*@[\w-]+\.[\w.-]+|\w+[(\[].*|.*[)\]])"
)
"""References, versions, dates, addresses and function calls: letters and digits, but no secrets."""


def looks_like_password(value: str) -> bool:
    """Return whether it has letters with digits or signs among them, as no word or number has."""
    if not 6 <= len(value) <= 100 or _PLAIN.fullmatch(value) or is_guid(value):
        return False
    inner = value[:-1]
    letters = any(map(str.isalpha, value))
    return _is_jumbled(value) or (
        letters and (any(map(str.isdigit, value)) or any(sign in inner for sign in "!#$%^*?~"))
    )


_WORDS_IN_ONE = re.compile(
    r"[a-z]{0,12}(?:[A-Z]{0,3}[A-Z][a-z]{2,}|My|To|Of|Is|In|On|By|No|Do|Go|Id|Or|At|If)*[A-Z]{0,4}s?"
)


def _is_jumbled(value: str) -> bool:
    """Return whether the case of the letters changes too often for several words in one."""
    if (
        len(value) < 8
        or not (value.isascii() and value.isalpha())
        or _WORDS_IN_ONE.fullmatch(value)
    ):
        return False
    return sum(
        one.islower() != other.islower() for one, other in pairwise(value)
    ) >= _CHANGES * len(value)


def end_of_password(found: Found, start: int) -> int:
    """Return the end of the password that begins at `start`; 0 if it is none."""
    value = WORD.match(found.string, start, start + _MAX_PASSWORD_LENGTH)
    if not value or len(value[0]) == _MAX_PASSWORD_LENGTH:
        return 0
    word = value[0].rstrip(".,;:)]}*_`")
    return start + len(word) if looks_like_password(word) and word.lower() not in NO_SECRET else 0


def passwords_after(regex: re.Pattern[str] | BegunBy, text: str) -> Iterator[Span]:
    """Yield the passwords that begin at the end of a match of the regex."""
    for found in regex.finditer(text):
        end = end_of_password(found, found.end())
        if end:
            yield found.end(), end, PASSWORD


def _passwords(text: str) -> Iterator[Span]:
    search, at = _BEHIND_PASSWORD.searching(text), 0
    while found := search(text, at):
        end = end_of_password(found, found.end())
        if end:
            yield found.end(), end, PASSWORD
        at = max(end, found.start() + 1)


_PAIR = re.compile(
    r"(?:user(?:[ _-]?name)?|login|e-?mail|id)[ ]?(?:/|&|and|\+|,)[ ]?(?:password|passwd|pass|pwd|pw)(?![a-z])"
    r"[ \t]{0,3}[:=-]?\s{1,3}"
    r"([^\s/|]{2,60}[ ]{0,2}[/|,;][ ]{0,2}|[^\s/|]{2,60}[ ]{1,2})(?=\S)",
    re.IGNORECASE,
)
_SIGN_IN = re.compile(
    r"(?:log(?:ged)?[ -]?(?:in|on)|sign(?:ed)?[ -]?in|credentials?|creds|account)(?![a-z])[^\n/]{1,60}?[ ]/[ ](?=\S)",
    re.IGNORECASE,
)
_CREDENTIALS = re.compile(
    r"(?<![a-z])(?:(?:creds?|credentials|log ?in)(?: (?:is|are))?\s{0,2}[:=]?"
    r"|(?:log[ -]?in|sign[ -]?in|access)[ ](?:details?|data|info|credentials)[^\n:]{0,40}:)\s{1,3}[\w.@+-]{2,60}"
    r"[:/](?![/\\])(?=\S)",
    re.IGNORECASE,
)
_LETTERS = re.compile(
    r"(?<![\w-])(?:u|un|user(?:[ ]?name)?|login)[ ]?[:=][ ]?[^\s,;]{2,60}(?:[,;]?[ ]{1,3}|[ ]{0,3}\r?\n[ ]{0,3})"
    r"p[ ]?[:=][ ]?(?=\S)",
    re.IGNORECASE,
)


def _ending(regex: re.Pattern[str] | BegunBy) -> Callable[[str], Iterator[Span]]:
    """Return a finder of passwords that begin at the end of a match of the regex."""
    return lambda text: merge_overlapping(passwords_after(regex, text))


PAIRS = (
    Detector(
        "user and password",
        _ending(BegunBy(_PAIR, "user", "login", "email", "e-mail", "id")),
        "username/password: shop / Feijoa_21",
        "Username/password: both are right",
        ("pass", "pwd", "pw"),
    ),
    Detector(
        "user and password with a slash",
        _ending(BegunBy(_SIGN_IN, "log", "sign", "cred", "account")),
        "log in with shop / Feijoa_21",
        "login page / dashboard",
        (" / ",),
    ),
    Detector(
        "credentials",
        _ending(BegunBy(_CREDENTIALS, "cred", "log", "sign", "access")),
        "login details for the till: shop:Feijoa_21",
        "login details: see https://x.example/a1b2c3",
        ("cred", "login", "log in", "log-in", "sign in", "sign-in", "signin", "access "),
    ),
    Detector(
        "user and password by their letters",
        _ending(_LETTERS),
        "U: shop\nP: Feijoa_21",
        "user: shop\nP: 12 items",
        tuple(f"{before}p{sign}" for before in " \n" for sign in (":", "=", " :", " =")),
    ),
)

NEAR_NAMES = (
    Detector(
        "secret near its name",
        lambda text: merge_overlapping(_secrets(text)),
        "Client secret 1\nZk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "the client secret is refused, correlation id 4bf92f3577b34da6a3ce929d0e0e4736",
        ("secret", "key", "credential"),
    ),
    Detector(
        "password near its name",
        lambda text: merge_overlapping(_passwords(text)),
        "password (for Xero): Tasman*Sea1",
        "password - where do I find it?",
        NEEDLES,
    ),
)
