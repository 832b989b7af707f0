"""Does a text speak of Xero? Asked where a message is so short that other software says it too. Pure.

"Invoice could not be found" is Xero's sentence, and that of a hundred web shops. What stands around it decides.
"""

import re

from bot.recognition.text import Tokens, stem

CONTEXT_CHARACTERS = 500
"""Characters to either side in which a system's name counts: nine of ten real pastes are under 606 long."""
ADJACENT_CHARACTERS = 80
"""Characters: a system named so near to a long, telling message is the one that said it."""
MAX_OTHER_WORDS = 15
"""So few other words make the message what the text is about: a question around it, a log line before it."""

XERO_NAMES = re.compile(r"xero|clickpos", re.IGNORECASE)
XERO_ANSWER_MARKS = re.compile(
    r"validation\s?(?:exception|error)|error\s?number|has\w*errors\b|oauth_problem", re.IGNORECASE
)
"""What Xero's answers hold; a few other systems have the like, so it only counts where none of those is named."""
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
_SHOP_TERMS_TEXT = """
    payment sale invoice tender eftpos takings till pos shop store summary refund customer supplier bill integrate
    integrated integrating integration sync synced syncing resend retry banking reconcile
"""
_SHOP_TERMS = frozenset(stem(word) for word in _SHOP_TERMS_TEXT.split())
_CODE = re.compile(
    r"(?i)"
    r"=>|\b(?:return|const|var|let|function|throw|await|null|undefined)\b\s*[\w('\"`{;=]"
    r"|</(?!message)\w|`null`|Write-\w+|\bif\s*\(|\)\s*;|\w\.\w+\("
)
_PLACE_FOLLOWS = re.compile(r" (?:in|on|at|by|under|inside|anywhere|behind|near)\b")
"""A place behind the message makes it somebody's own sentence: "could not be found in the filing cabinet"."""
_DETERMINERS_TEXT = (
    "the that this a an your our my their his her requested specified selected no bank"
)
_DETERMINERS = frozenset(_DETERMINERS_TEXT.split())


def reason_is_missing(text: str) -> bool:
    """Whether a text is the envelope of a Xero error whose letter was lost: something was refused, but what?

    Libraries and logs cut it off: Guzzle after 120 characters, node prints [Object], some show the outer message only.
    """
    return bool(_ENVELOPE.search(text)) and bool(
        XERO_NAMES.search(text) or XERO_ANSWER_MARKS.search(text)
    )


def names_other_system(tokens: Tokens, start: int, end: int) -> bool:
    """Whether another system is named right beside the words `start` to `end`, and nearer than Xero is."""
    before, after = _surroundings(tokens, start, end)
    return _nearest_distance(OTHER_SYSTEMS, before, after) < min(
        ADJACENT_CHARACTERS, _nearest_distance(XERO_NAMES, before, after)
    )


def points_to_xero(
    tokens: Tokens, pasted: str, start: int, end: int, *, by_name: bool = False
) -> bool:
    """Whether the message in words `start` to `end` of a paste is likely Xero's and not another system's.

    `by_name`: only Xero's name counts, or what only Xero's answers hold; shop talk does not.
    """
    before, after = _surroundings(tokens, start, end)
    other, named = (
        _nearest_distance(OTHER_SYSTEMS, before, after),
        _nearest_distance(XERO_NAMES, before, after),
    )
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
    return len(around) <= MAX_OTHER_WORDS and not _PLACE_FOLLOWS.match(after)


def _surroundings(tokens: Tokens, start: int, end: int) -> tuple[str, str]:
    return tokens.text[: tokens.starts[start]][-CONTEXT_CHARACTERS:], tokens.text[
        tokens.ends[end] :
    ][:CONTEXT_CHARACTERS]


def _nearest_distance(names: re.Pattern[str], before: str, after: str) -> int:
    """How many characters away the nearest name stands; NEAR when there is none."""
    away = [len(before) - found.end() for found in names.finditer(before)][-1:]
    away += [found.start() for found in names.finditer(after)][:1]
    return min(away, default=CONTEXT_CHARACTERS)


def _continues_a_sentence(tokens: Tokens, start: int) -> bool:
    """An article or another noun in front, with only a space between: the words belong to somebody's own sentence."""
    for before in range(start - 1, max(-1, start - 3), -1):
        if tokens.text[tokens.ends[before] : tokens.starts[before + 1]] != " ":
            return False
        if tokens.stems[before] in _DETERMINERS:
            return True
    return False
