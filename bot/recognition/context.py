"""Attribution of a message to Xero or to another system, by the text around it. Pure.

"Invoice could not be found" is a message of Xero, and of a hundred web shops.
"""

import re

from bot.domain.names import Names
from bot.recognition.text import Tokens, stem

CONTEXT_CHARACTERS = 500
"""Characters on either side in which a system's name counts; 90 % of pastes are under 606 long."""
ADJACENT_CHARACTERS = 80
"""If another system is named within this distance, even a long message is attributed to it."""
MAX_OTHER_WORDS = 15
"""Other words up to which the text is about the message: a question, or a log line before it."""

XERO_ANSWER_MARKS = re.compile(
    r"validation\s?(?:exception|error)|error\s?number|has\w*errors\b|oauth_problem", re.IGNORECASE
)
"""What Xero's responses contain; other systems' too, so it only counts if none is named."""
OTHER_SYSTEMS = re.compile(
    r"""\b(?: quickbooks | qbo\b | intuit | myob | stripe | paypal | sage\b | netsuite | shopify | woocommerce | magento
    | odoo | erpnext | frappe | dynamics | sap\b | oracle | salesforce | hubspot | mongo | couchdb | couchbase
    | firebase | firestore | cosmosdb | dynamodb | elastic | opensearch | postgres | mysql | sqlite | redis
    | azure | aws\b | gcp\b
    | sharepoint | onedrive | dropbox | docusign | github | gitlab | jira | kubernetes | nginx | apache | wordpress
    | freshbooks | zoho | zuora | chargebee | recurly | braintree | adyen | auth0 | okta | cognito | keycloak
    | graphql | google | gmail | outlook | office\s?365 | teams\b | instagram | facebook | openai | slack | amazon
    | ebay | saml | sso\b | coupa | cin7 | zendesk | square\b | internet\sbanking | homework | 404\b
    | assertionerror | failed\stests? | select\b[^;]{1,200}\bfrom\b )""",
    re.IGNORECASE | re.VERBOSE,
)
_ENVELOPE = re.compile(
    r"a validation exception (?:has )?occurr?ed|\[object(?: object)?\]|\(truncated\W*\)|400 bad request",
    re.IGNORECASE,
)
_SHOP_TERMS = frozenset(
    stem(word)
    for word in """
    payment sale invoice tender eftpos takings till pos shop store summary refund customer supplier
    bill integrate integrated integrating integration sync synced syncing resend retry banking
    reconcile
    """.split()
)
"""Stems of words that shops use about the integration."""
_CODE = re.compile(
    r"(?i)"
    r"=>|\b(?:return|const|var|let|function|throw|await|null|undefined)\b\s*[\w('\"`{;=]"
    r"|</(?!message)\w|`null`|Write-\w+|\bif\s*\(|\)\s*;|\w\.\w+\("
)
_LOCATION_FOLLOWS = re.compile(r" (?:in|on|at|by|under|inside|anywhere|behind|near)\b")
"""A location after it makes the message a person's own words: "not be found in the cupboard"."""
_DETERMINERS = frozenset(
    "the that this a an your our my their his her requested specified selected no bank".split()
)
"""Words before a message that make it part of a longer sentence."""


class Attribution:
    """Decides whose a message is. A text that names the product speaks of Xero too."""

    def __init__(self, names: Names) -> None:
        self._ours = re.compile(rf"xero|{names.spoken.pattern}", re.IGNORECASE)

    def reason_is_missing(self, text: str) -> bool:
        """Whether a text is the outer part of a Xero error, without the message that says why.

        Libraries and logs drop it: Guzzle cuts after 120 characters, Node prints [Object].
        """
        return bool(_ENVELOPE.search(text)) and bool(
            self._ours.search(text) or XERO_ANSWER_MARKS.search(text)
        )

    def names_other_system(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether another system is named next to the tokens `start` to `end`.

        It is not if Xero or the product is nearer.
        """
        before, after = _surroundings(tokens, start, end)
        other = _nearest_distance(OTHER_SYSTEMS, before, after)
        return other < min(ADJACENT_CHARACTERS, _nearest_distance(self._ours, before, after))

    def points_to_xero(
        self, tokens: Tokens, pasted: str, start: int, end: int, *, by_name: bool = False
    ) -> bool:
        """Whether the message in the tokens `start` to `end` of a paste is probably Xero's.

        `by_name`: only the names of Xero and the product count, or what only Xero's responses
        contain; a shop's words do not.
        """
        before, after = _surroundings(tokens, start, end)
        other = _nearest_distance(OTHER_SYSTEMS, before, after)
        named = _nearest_distance(self._ours, before, after)
        if named < CONTEXT_CHARACTERS:
            return named <= other
        if other == CONTEXT_CHARACTERS and XERO_ANSWER_MARKS.search(pasted):
            return True
        if (
            by_name
            or other < CONTEXT_CHARACTERS
            or _CODE.search(pasted)
            or _continues_a_sentence(tokens, start)
        ):
            return False
        around = tokens.stems[:start] + tokens.stems[end + 1 :]
        if any(word in _SHOP_TERMS for word in around):
            return True
        return len(around) <= MAX_OTHER_WORDS and not _LOCATION_FOLLOWS.match(after)


def _surroundings(tokens: Tokens, start: int, end: int) -> tuple[str, str]:
    before, after = tokens.text[: tokens.starts[start]], tokens.text[tokens.ends[end] :]
    return before[-CONTEXT_CHARACTERS:], after[:CONTEXT_CHARACTERS]


def _nearest_distance(names: re.Pattern[str], before: str, after: str) -> int:
    """Return the distance of the nearest name in characters, at most `CONTEXT_CHARACTERS`."""
    away = [len(before) - found.end() for found in names.finditer(before)][-1:]
    away += [found.start() for found in names.finditer(after)][:1]
    return min(away, default=CONTEXT_CHARACTERS)


def _continues_a_sentence(tokens: Tokens, start: int) -> bool:
    """Whether a determiner comes right before the message: it is part of a person's sentence."""
    for before in range(start - 1, max(-1, start - 3), -1):
        if tokens.text[tokens.ends[before] : tokens.starts[before + 1]] != " ":
            return False
        if tokens.stems[before] in _DETERMINERS:
            return True
    return False
