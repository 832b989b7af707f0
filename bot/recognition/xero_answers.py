"""What Xero's answers contain, and those of a protocol that others speak too. Pure."""

import re

from bot.lazy_regex import lazy_regex
from bot.recognition.sales_channels import SALES_CHANNELS
from bot.recognition.speakers import is_foreign, speaker_after, speaker_before

ANSWER_MARKS = lazy_regex(
    r"(?<!\\)validation\s?exception|validationerrors?\b(?!:\s\w)|error\s?number|(?<!assert)has\w{0,40}errors\b|\bfeedConnectionId"
    r"|error code: 500(?:\s|<br\s?/?>){1,9}error: [a-z]+_[a-z]|error: [a-z]+_[^\n]{1,80}\serror code: 500"
    r"|\b(?-i:PostDataInvalidException|NoDataProcessedException)\b"
    r"|\b(?-i:TokenExpired): token expired at \d\d/\d\d/\d{4} \d\d:\d\d:\d\d"
    r"|\bsend\W{1,3}intent to receive\b|\ballow access to [^.\n]{0,20}organisation\b"
    r"|\bapi\.xro\b|\b(?-i:XRO\d{3}|StatusAttributeString|[sS]ummarizeErrors|UpdatedDateUTC|UnitAmount|LineAmount(?:Types)?)\b"
    r"|\b(?-i:BrandingTheme|LineItem|BankTransaction|Tracking(?:Category|Option)|(?:Over|Pre)payment)ID\b"
    r"|\b(?:accounting|payroll|finance|bankfeeds|assets|projects|files)"
    r"\.(?:attachments|bank\w{5,15}|budgets|cashvalidation|contacts|employees|invoices|(?:manual)?journals|payments|payruns"
    r"|reports|settings|statements|timesheets|transactions)\b|\band \d{1,4} other issues\b"
    r"|x-(?:rate-limit-problem|(?:app)?min-?limit|day-?limit)"
    r"|(?-i:(?<![\w.])/(?:Invoices|CreditNotes|Payments|BatchPayments|Contacts|Accounts|Items|TaxRates|BankTransactions"
    r"|BankTransfers|ManualJournals|Organisations?|Receipts|ExpenseClaims|PayRuns|Quotes|PurchaseOrders|Overpayments"
    r"|Prepayments|BrandingThemes|TrackingCategories|FeedConnections|Statements)\b(?!/[\w-]+\.\w))",
    re.IGNORECASE,
)
"""What Xero's responses and screens contain; it only counts if no other system is named, as others
have much of it too."""
OWN_DETAIL = lazy_regex(
    r"\b(?:40[13]\W{1,4}|Detail[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?)AuthenticationUnsucc"
)
"""What hardly any other program answers with, so that it needs no name of Xero's beside it."""
LISTED_ERRORS = lazy_regex(r"\bValidationErrors\W{1,20}Message\b")
"""Narrower: what is in it is Xero's message, whatever it says."""
_PROTOCOL_MARKS = lazy_regex(
    r"oauth_problem"
    r"|oauth problem (?:consumer|nonce|permission|rate|signature|timestamp|token|version)\b",
    re.IGNORECASE,
)
"""What the answers of a protocol contain that sales channels speak too."""
_PROTOCOL_ADVICE = lazy_regex(r"oauth.?problem.?advice", re.IGNORECASE)
"""What hardly any of them adds."""
_ADDRESS = lazy_regex(
    r"https?://(?!\S{0,200}callback)[\w-]+(?:\.[\w-]+)*|\b(?:api|oauth|www)\.[\w-]+\.[a-z]{2,}"
    r"|(?<![\w.@-])(?:[\w-]+\.)+(?:com?|io|net|org|au|ca|de|fr|nl|nz|uk)/(?!\S{0,200}callback)\w",
    re.IGNORECASE,
)
"""The address of a server, which answers; a program's own is called back."""
_STATUS_BEFORE = lazy_regex(r"[\s:([-]*\b[45]\d\d\W*\Z")
_PROBLEM_KEYS = ("title", "status", "detail")
_PROBLEM_INSTANCE = lazy_regex(
    r"\binstance[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?[0-9a-f]{8}\b"
    r"|\bextensions[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}(?:\{|\[|array\b|stdclass\b)"
    r"|(?-i:\bType)[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}(?:null|nil|None)?[,\s]{1,20}[\"'\[]{0,2}(?-i:Title)\b",
    re.IGNORECASE,
)
"""Elsewhere the instance of a problem (RFC 7807) is a path, there are no extensions, and its keys
are in lower case."""
_PROBLEM_DETAIL = lazy_regex(
    r"\bdetail[\"']?\]?\s{0,3}(?::|=>?)\s{0,3}[\"']?(?-i:Auth(?:entication|orization)Unsuccessful)\b",
    re.IGNORECASE,
)
_TYPED_PROBLEM = lazy_regex(r"\btype[\"']?\s?:\s?[\"']?http", re.IGNORECASE)
"""What libraries put into problems of their own, and Xero does not."""
_VALIDATION_KEYS = ("errornumber", "validationexception", "elements", "validationerrors")


def is_answer_of_xero(pasted: str, around: tuple[str, str]) -> bool:
    """Whether a paste has what Xero's answers contain, `around` a message without Xero's name."""
    if ANSWER_MARKS.search(pasted) or is_problem_of_xero(pasted):
        return True
    if not _PROTOCOL_MARKS.search(pasted) or any(map(SALES_CHANNELS.search, around)):
        return False
    return bool(_PROTOCOL_ADVICE.search(pasted)) or not _is_of_another_provider(*around)


def _is_of_another_provider(before: str, after: str) -> bool:
    """Whether an error of the protocol between two texts is that of a provider that they name."""
    named_before = speaker_before(_STATUS_BEFORE.sub(": ", before))
    return bool(
        any(map(_ADDRESS.search, (before, after)))
        or is_foreign(named_before)
        or is_foreign(speaker_after(after))
    )


def is_problem_of_xero(text: str) -> bool:
    """Whether a text has Xero's answer with all of its keys: a problem, or errors by element.

    A problem has Title, Status, Detail, Instance, as JSON or as a hash.
    """
    lower = text.lower()
    if all(key in lower for key in _VALIDATION_KEYS):
        return True
    if not all(key in lower for key in _PROBLEM_KEYS):
        return False
    if _PROBLEM_INSTANCE.search(text):
        return True
    return bool(_PROBLEM_DETAIL.search(text)) and not _TYPED_PROBLEM.search(text)
