"""Takes out of a text what nobody should find in a channel, a table or a mail: keys, passwords, accounts. Pure.

A shop pastes what it sees, and that may hold the token which opens its Xero organisation. What is found is replaced by
`[redacted: kind]`, so that a reader knows what stood there. Two mistakes are possible: a secret that stays, and a
number that goes though somebody needs it. So a secret is known by its name, its form or its check digits, never by
looking random: a GUID, an invoice number and a barcode look random as well.

Two libraries know what must not be invented here. python-stdnum has the check digits and bank lists of cards, IBANs and
New Zealand accounts; phonenumbers is Google's data on which numbers exist. Weighed and left: detect-secrets (looks
through source files and reports, does not rewrite a chat text), presidio (needs a language model), scrubadub
(unmaintained, heavy dependencies).

Redacting twice changes nothing, and a JSON string stays a JSON string.
"""

import re
from collections.abc import Iterator

from bot.domain.account_numbers import bank_accounts, cards
from bot.domain.contact_details import emails, phones
from bot.domain.credentials import in_addresses, named, of_known_form
from bot.domain.spans import MARK, Found, Rule, Span

_SECRETS: tuple[Rule, ...] = (in_addresses, of_known_form, named, bank_accounts, cards)
"""In this order: a password may look like anything else, a token has digits in it, a bank account those of a card."""
_PERSONAL: tuple[Rule, ...] = (emails, phones)
_LINK = re.compile(rf"<(?:mailto|tel):({MARK})(?:\|([^<>]{{0,400}}))?>")
_MARK = re.compile(MARK)
_ROUNDS = 4
"""Nearly always two, the second of which finds nothing."""


def secrets_redacted(text: str) -> str:
    """The text without keys, tokens, passwords, card numbers and bank account numbers."""
    return _settled(_SECRETS, text)


def redacted(text: str) -> str:
    """The text without secrets, e-mail addresses and phone numbers: for what is stored or leaves the workspace."""
    return _settled(_SECRETS + _PERSONAL, text)


def unmarked(text: str) -> str:
    """The text without the marks that stand where something was taken out."""
    return _MARK.sub(" ", text)


def _settled(rules: tuple[Rule, ...], text: str) -> str:
    """The rules applied until they find no more: a mark ends the word before it, which then may be a password."""
    for _ in range(_ROUNDS):
        before = text
        for rule in rules:
            text = _marked(text, rule(text))
        if text == before:
            break
        text = _LINK.sub(_words_of_link, text)
    return text


def _marked(text: str, spans: Iterator[Span]) -> str:
    made: list[str] = []
    done = 0
    for start, end, kind in spans:
        made += text[done:start], f"[redacted: {kind}]"
        done = end
    return "".join([*made, text[done:]]) if made else text


def _words_of_link(found: Found) -> str:
    """Slack makes links of addresses and numbers; without its target one leads nowhere, and its words remain."""
    words = found[2] or ""
    return words if found[1] in words else f"{words} {found[1]}".strip()
