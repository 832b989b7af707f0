"""Programs beside a message that a text calls somebody else's, or of somebody's making. Pure.

"The ledger program of the club", "a script my nephew wrote": what they say is not Xero's.
"""

import re

from bot.lazy_regex import lazy_regex

_PROGRAM = (
    r"(?:apis?|apps?|back\s?ends?|bots?|crm|databases?|engines?|erp|generators?|gl|ledgers?"
    r"|modules?|packages?|programs?|repos?|scripts?|servers?|sites?|softwares?|spreadsheets?"
    r"|systems?|tools?|web\s?sites?)"
)
_SHOPS = (
    r"(?:tills?|pos\b|registers?|click\w*|xero|shops?|stores?|branch\w*|accounts?|accounting"
    r"|accountants?|bookkeepers?|sales?|orders?|invoices?|bills?|customers?|suppliers?|payments?"
    r"|refunds?|products?|items?|contacts?|integrations?|connect\w*|sync\w*|own\b|new\b|old\b"
    r"|same\b|other\b|first\b|last\b|next\b|whole\b|right\b|day\b|api\b|app\b)"
)
"""What a shop's own programs are of, and words that do not say whose they are."""
_NEVER_OTHERS = r"(?:tills?|pos|registers?|click\w*|xero|account\w*|integration|connect\w*|sync)\b"
_MAKER = (
    r"(?:we|i|he|she|they|(?:my|our|his|her|their)\s\w+|the\s(?!accountant|bookkeeper)\w+"
    r"|(?-i:[A-Z][a-z]+))"
)
_SOMEBODY_ELSES = lazy_regex(
    rf"""\b(?:
      {_PROGRAM}\s(?:of|from)\s(?:the|our|my|a|an|his|her|their)\s(?!{_SHOPS})\w+
    | (?:crm|erp|package|program|software|system)s?\s(?:of|from|at)\s(?:the|our|my|a|an)
      \s(?:customer|supplier)s?\b
    | (?!{_NEVER_OTHERS})\w+['\u2019]s?\sown\s(?!{_NEVER_OTHERS})(?:\w+\s){{0,2}}
      (?:app|crm|database|erp|form|ledger|module|package|page|portal|program|script|site|software|system|tool)s?\b
    | (?:the|our|my|his|her|their|a)\s(?:\w+\s)?(?!{_SHOPS})\w+['\u2019]s?\s(?:own\s)?(?:\w+\s)?
      (?:crm|erp|ledger|module|package|page|program|script|software|system|tool)s?\b
    | (?:we|i|they)(?:\s(?:are|am)|['\u2019](?:re|m))\s(?:building|coding|making|programming|writing)\b
    | our\sown\s(?!{_NEVER_OTHERS})(?:\w+\s(?:app|service|table)s?
      |(?:\w+\s)?(?:api|back\s?end|database|crm|erp|gl|ledger|server|tool)s?)\b
    | (?:{_PROGRAM}|thing)\s(?:that\s|which\s)?{_MAKER}\s(?:\w+\s)?
      (?:build|builds|built|coded|hosts?|made|program(?:me|m)ed|writes?|wrote)\b
    | (?!(?:connector|integration|plugin|register|sync|till)s?\s)\w+\s{_MAKER}\s
      (?:coded|hacked|program(?:me|m)ed)\b
    | (?:build|built|coded|programmed|written|wrote)\s(?:it\s)?
      (?:ourselves|myself|himself|herself|themselves)\b
    | exercises?\s(?:by|from|in|of)\s | from\s(?:the|my|our|his|her)\s(?:course|homework|tutorial)\b
    | (?:from|for|of)\s(?:the|my|our|his|her)\sevening\sclass
    | (?:accounting|bookkeeping|coding|java|programming|python)\s(?:class|course|exam|lesson)\b
    )""",
    re.IGNORECASE | re.VERBOSE,
)
_FRAMEWORKS = lazy_regex(
    r"""\b(?:
      angular | asp(?:\.net|\spage) | code\s?igniter | django | electron\b
    | express(?:\.?js|\sbackend) | fast\s?api | flask | hibernate | hybris | illuminate | java(?:x\.|fx)
    | joi | kotlin | laravel | local\s?storage | nest\.?js | next\.?js | node\.?js | nuxt | prisma | pydantic
    | (?-i:Rails) | (?-i:React) | sequelize | spring\s?(?:boot|test|security) | supabase
    | swing\sdialog | symfony | (?-i:Vue|UI5) | vb\.net | winforms | wpf | yup
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What programs are made with; Xero's messages are seldom printed by it."""
_SOURCE = lazy_regex(
    r"\b(?-i:[A-Z]\w*(?:Action|Command|Controller|Form|Handler|Model|Page|Repository|Service|View)"
    r"(?:\.(?:cs|go|java|js|php|py|rb|ts))?)\b(?!\W*\w*xero)|\babort\(\d{3}\b",
    re.IGNORECASE,
)
"""A part of a program's own source, which says or throws the message."""
_WEB_PAGE = lazy_regex(
    r"(?<![\w/\\.-])/?(?:(?:add|create|delete|edit|insert|new|save|update)[_-][a-z]+"
    r"|[a-z]+[_-](?:add|create|delete|edit|form|insert|list|new|save|update|view))"
    r"\.(?:aspx?|cfm|cgi|jsp|php\d?)\b(?!:\d)"
)
"""A page of a program of somebody's: status_add.php."""
_TEST = lazy_regex(
    r"\b(?:junit|minitest|nunit|pytest|testcafe|vitest|xunit)\b"
    r"|\b(?:jasmine|jest|mocha|pest)\s(?:run|spec|suite|test)s?\b"
    r"|(?<![\w.$])(?:describe|it|scenario|should|specify|test)(?:\.\w+)?\(\s?[\"'`]"
    r"|\bassert(?:[A-Z]\w+|_\w+\()|\bexpect\([^\n]{1,80}\)\.\w|\.should(?:\.\w+)*\(|\bdef\stest_\w|@Test\b",
)
"""A program's own tests, and what runs them; a shop may sell a mocha."""
_CELL = lazy_regex(r"\b(?:row|line)\s\d+\W{1,3}col(?:umn)?\b", re.IGNORECASE)
"""A cell of a spreadsheet, of which an import complains before anything is sent."""
_ROUTE = lazy_regex(
    r"\b(?:GET|POST|PUT|PATCH|DELETE)\s(?!\S*(?i:xe?ro))(?:https?://[^\s/]+)?"
    r"/(?!connect|callback)[a-z{]"
    r"|\sfrom\s/(?!\S*(?i:xe?ro))[a-z][\w{}-]*/[a-z]"
)
"""A call of a program's own; Xero's resources begin with a capital letter."""
_SCOPE_FOLLOWS = lazy_regex(
    r"[)\]]?(?:\s(?:per|within|across)\s(?!hand)\w"
    r"|\sfor\s(?:this|each|every|the\ssame)\s(?:company|organi[sz]ation|tenant|user|vendor)\b"
    r"|\sin\s(?:the|our)\s(?:database|system|list|table)\b)",
    re.IGNORECASE,
)
"""How a rule of a database goes on: "… must be unique per company"."""


_OF_A_PROGRAM = (_FRAMEWORKS, _ROUTE, _SOURCE, _WEB_PAGE, _TEST)


def is_somebody_elses(text: str) -> bool:
    """Whether a text beside a message names a program that is neither Xero's nor the shop's."""
    return bool(_SOMEBODY_ELSES.search(text))


def is_made_by_hand(before: str, after: str) -> bool:
    """Whether a message between two texts is one of a program that somebody is making."""
    if _SCOPE_FOLLOWS.match(after) or _CELL.search(before):
        return True
    return any(rule.search(side) for rule in _OF_A_PROGRAM for side in (before, after))
