"""All detectors, in the order in which they are applied."""

from bot.redaction.card_and_account_numbers import BANK_ACCOUNTS, CARDS
from bot.redaction.contact_details import EMAILS, PHONES
from bot.redaction.credentials import NAMED
from bot.redaction.nearby_names import NEAR_NAMES, PAIRS
from bot.redaction.sign_in_codes import SIGN_IN_CODES
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
"""The order counts: passwords look like anything, tokens have digits, accounts those of cards."""
PERSONAL = (EMAILS, PHONES)
REPEATED_KINDS = (PASSWORD, CLIENT_SECRET, ACCESS_TOKEN)
"""Kinds whose other occurrences in a text are redacted too."""
