"""Takes out of a text what nobody should find in a channel, a table or a mail: keys, passwords, accounts. Pure.

A shop pastes what it sees, and that may hold the token which opens its Xero organisation. What is found is replaced by
`[redacted: kind]`, so that a reader knows what stood there. Two mistakes are possible: a secret that stays, and a
number that goes though somebody needs it. So a secret is known by its name, its form or its check digits, never by
looking random: a GUID, an invoice number and a barcode look random as well.

The rules are rows of tables (`SECRETS`, `PERSONAL`), each with an example and a counter-example; they read the text in
one spelling and with broken tokens joined (`folding`). Two libraries know what must not be invented here: python-stdnum
has the check digits and bank lists of cards, IBANs and New Zealand accounts; phonenumbers is Google's data on which
numbers exist. Weighed and left: detect-secrets and gitleaks (they report lines of source files, one at a time, and
cannot say where a secret ends), presidio (needs a language model), scrubadub (unmaintained, heavy dependencies).

Redacting twice changes nothing, and a JSON string stays a JSON string.
"""

import re
from collections.abc import Iterator

from bot.redaction.account_numbers import BANK_ACCOUNTS, CARDS
from bot.redaction.contact_details import EMAILS, PHONES
from bot.redaction.credentials import NAMED
from bot.redaction.folding import readings
from bot.redaction.nearby_names import NEAR_NAMES, PAIRS
from bot.redaction.sign_in_codes import SIGN_IN_CODES
from bot.redaction.spans import MARK, Found, Rule, Span, apart
from bot.redaction.table_columns import COLUMNS
from bot.redaction.token_formats import ACCESS_TOKEN, CLIENT_SECRET, KNOWN_FORMS, PASSWORD
from bot.redaction.trailing_names import NAMES_BEHIND
from bot.redaction.web_secrets import IN_ADDRESSES, IN_HEADERS, SCHEMES

SECRETS = (
    IN_ADDRESSES,
    KNOWN_FORMS,
    PAIRS + COLUMNS,
    NAMED + SCHEMES,
    IN_HEADERS,
    NEAR_NAMES + SIGN_IN_CODES,
    NAMES_BEHIND,
    BANK_ACCOUNTS,
    CARDS,
)
"""In this order: a password may look like anything else, a token has digits in it, a bank account those of a card."""
PERSONAL = (EMAILS, PHONES)
_LINK = re.compile(rf"<(?:mailto|tel):({MARK})(?:\|([^<>]{{0,400}}))?>")
_MARK = re.compile(MARK)
_SAID_AGAIN = (PASSWORD, CLIENT_SECRET, ACCESS_TOKEN)
_MOST_REPEATED = 20
_ROUNDS = 4
"""Nearly always two, the second of which finds nothing."""


def secrets_redacted(text: str) -> str:
    """The text without keys, tokens, passwords, card numbers and bank account numbers."""
    return _settled(SECRETS, text)


def redacted(text: str) -> str:
    """The text without secrets, e-mail addresses and phone numbers: for what is stored or leaves the workspace."""
    return _settled(SECRETS + PERSONAL, text)


def without_redaction_marks(text: str) -> str:
    """The text without the marks that redaction put where something was taken out."""
    return _MARK.sub(" ", text)


def _settled(groups: tuple[tuple[Rule, ...], ...], text: str) -> str:
    """The rules applied until they find no more: a mark ends the word before it, which then may be a password."""
    read = _Readings(text)
    for _ in range(_ROUNDS):
        before = text
        for rules in groups:
            spans = list(apart(read.spans(rules)))
            if spans:
                text = _marked(text, list(apart([*spans, *_repeated(text, spans)])))
                read = _Readings(text)
        if text == before:
            break
        text = _LINK.sub(_words_of_link, text)
        read = _Readings(text)
    return text


class _Readings:
    """A text as the rules read it: in one spelling, with broken tokens joined and as it is."""

    def __init__(self, text: str) -> None:
        # the words in a mark are no name of a secret; a text full of marks would wake rules that find nothing
        self._readings = [
            (reading, _MARK.sub(" ", reading.text.lower())) for reading in readings(text)
        ]

    def spans(self, rules: tuple[Rule, ...]) -> Iterator[Span]:
        """Yield where in the pasted text the rules find something, in whatever reading of it."""
        for reading, lower in self._readings:
            for rule in rules:
                for start, end, kind in rule.spans(reading.text, lower):
                    yield *reading.origin(start, end), kind


def _repeated(text: str, spans: list[Span]) -> Iterator[Span]:
    """Yield where else in the text a password or token is that was found once: "it is X now, try password X"."""
    kinds = {
        text[start:end]: kind for start, end, kind in spans[:_MOST_REPEATED] if kind in _SAID_AGAIN
    }
    for value, kind in kinds.items():
        if len(value) >= 8 and not value.isalpha() and text.count(value) > 1:
            for again in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", text):
                yield *again.span(), kind


def _marked(text: str, spans: list[Span]) -> str:
    made: list[str] = []
    done = 0
    for start, end, kind in spans:
        made += text[done:start], f"[redacted: {kind}]"
        done = end
    return "".join([*made, text[done:]])


def _words_of_link(found: Found) -> str:
    """Slack makes links of addresses and numbers; without its target one leads nowhere, and its words remain."""
    words = found[2] or ""
    return words if found[1] in words else f"{words} {found[1]}".strip()
