"""Does a text speak of Xero? Asked where a message is so short that other software says it too. Pure.

"Invoice could not be found" is Xero's sentence, and that of a hundred web shops. What stands around it decides.
"""

import re

from bot.domain.text import Words, stem

NEAR = 60
"""Words to either side in which a system's name counts: nine of ten real pastes are shorter than that."""
LITTLE_ELSE = 10
"""So few other words make the message the paste itself."""


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(word) for word in words.split())


XERO = _stems("xero clickpos")
_ENVELOPE = re.compile(
    r"validation\s?(?:exception|errors?)|error\s?number|api\.xero|xero|clickpos|has(?:validation)?errors\b",
    re.IGNORECASE,
)
OTHERS = _stems(
    "quickbooks qbo intuit myob stripe paypal square sage netsuite shopify woocommerce magento odoo erpnext frappe "
    "dynamics sap oracle salesforce hubspot mongo mongodb mongoose couchdb couchbase firebase firestore cosmosdb "
    "dynamodb elastic elasticsearch opensearch postgres mysql sqlite redis azure aws gcp sharepoint onedrive dropbox "
    "docusign github gitlab jira kubernetes docker nginx apache wordpress freshbooks wave zoho reckon saasu zuora "
    "chargebee recurly braintree adyen auth0 okta cognito keycloak graphql 404"
)
SHOP = _stems(
    "payment payments sale sales invoice invoices tender tenders eftpos takings till pos shop store summary refund "
    "customer supplier bill integrate integrated integrating integration sync synced syncing resend retry banking "
    "reconcile"
)
_CODE = re.compile(
    r"=>|\b(?:return|const|var|let|function|throw|await|null|undefined)\b\s*[\w('\"`{;=]"
    r"|</\w|`null`|Write-\w+|\bif\s*\(|\)\s*;|\w\.\w+\("
)
_PROSE_BEFORE = _stems("the that this a an your our my their his her requested specified selected no") | {"bank"}


def speaks_of_xero(words: Words, pasted: str, start: int, end: int) -> bool:
    """Whether the message in words `start` to `end` of a paste is likely Xero's and not another system's."""
    around = words.stems[max(0, start - NEAR) : start] + words.stems[end + 1 : end + 1 + NEAR]
    named_other = any(word in OTHERS for word in around)
    text_around = words.text[: words.starts[start]][-600:] + " … " + words.text[words.ends[end] :][:600]
    if _ENVELOPE.search(text_around):
        return not named_other or _nearest(words, start, end, XERO) <= _nearest(words, start, end, OTHERS)
    if named_other or _CODE.search(pasted) or _continues_a_sentence(words, start):
        return False
    return len(words) - (end - start + 1) <= LITTLE_ELSE or any(word in SHOP for word in around)


def _nearest(words: Words, start: int, end: int, names: frozenset[str]) -> int:
    away = [start - i for i in range(start - 1, -1, -1) if words.stems[i] in names][:1]
    away += [i - end for i in range(end + 1, len(words)) if words.stems[i] in names][:1]
    return min(away, default=len(words))


def _continues_a_sentence(words: Words, start: int) -> bool:
    """An article or another noun in front, with only a space between: the words belong to somebody's own sentence."""
    if start == 0 or words.text[words.ends[start - 1] : words.starts[start]] != " ":
        return False
    return words.stems[start - 1] in _PROSE_BEFORE
