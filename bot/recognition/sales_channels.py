"""Sales channels and payment providers beside a message: origin of the sale, or speaker. Pure.

"Xero would not take Shopify order 1042: …" is an error of Xero, "Shopify: …" is one of Shopify.
"""

import re

from bot.lazy_regex import lazy_regex
from bot.recognition.speakers import MARKS

SALES_CHANNELS = lazy_regex(
    r"""\b(?: shopify | woo\s?commerce | magento | bigcommerce | prestashop | opencart | ecwid | squarespace | wix\b
    | amazon | ebay | etsy | trade\s?me\b | walmart | kogan | marketplace
    | stripe | square\b | paypal | adyen | braintree | klarna | afterpay | laybuy | windcave | worldpay | mollie
    | gocardless | sumup | zettle | izettle | tyro\b | alipay | wechat\spay | apple\spay | google\spay
    | uber\s?eats | deliveroo | doordash | menulog | just\seat\b )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Where a shop's sales and payments come from. Beside an error of Xero they name the sale."""
_SALE = (
    r"(?:orders?|sales?|payouts?|pay\s?outs?|payments?|invoices?|inv|bills?|refunds?|fees?|deposits?|customers?"
    r"|products?|items?|lines?|txns?|transactions?|transfers?|settlements?|batch(?:es)?|clearing|channels?|stores?"
    r"|shops?|accounts?|takings|tenders?|tips?|gift\scards?|credits?|cards?|stock|contacts?|suppliers?|charges?)\b"
)
_SALE_FOLLOWS = lazy_regex(rf"[\s_#:-]{{0,3}}(?:(?:\w+\s)?{_SALE}|\d)", re.IGNORECASE)
"""Shopify order #1042, Stripe's daily payout, WooCommerce-7712."""
_SALE_PRECEDES = lazy_regex(
    rf"{_SALE}(?:\s[#\w-]+)?\s(?:from|via|through|by|on|in|with|at)(?:\s(?:our|the|my|their))?\s$",
    re.IGNORECASE,
)
"""An order from Shopify, a payment with Stripe."""
_CLAUSE_END = lazy_regex(r"[.,;!?](?=\s|\Z)|\n")
_REACH = 80
"""Characters within which a sales channel may be who says a message."""


def speaking_channel_distance(before: str, after: str, ours: re.Pattern[str]) -> int | None:
    """Return the distance in characters of the sales channel that says the message between texts.

    It says it if it is named in the same clause, without Xero (`ours`) and without a sale of its
    own: "Stripe says: …", and not "Xero payout from Stripe: …". None if none does.
    """
    head = before.rstrip(MARKS)
    clause = _CLAUSE_END.split(head[-_REACH:])[-1]
    for found in list(SALES_CHANNELS.finditer(clause))[-1:]:
        if not (ours.search(clause) or _names_sale(clause, found)):
            return len(before) - len(head) + len(clause) - found.end()
    clause = _CLAUSE_END.split(after[:_REACH].lstrip(MARKS))[0]
    following = SALES_CHANNELS.search(clause)
    if following and not (ours.search(clause) or _names_sale(clause, following)):
        return following.start()
    return None


def _names_sale(clause: str, channel: re.Match[str]) -> bool:
    return bool(
        _SALE_FOLLOWS.match(clause, channel.end())
        or _SALE_PRECEDES.search(clause[: channel.start()])
    )
