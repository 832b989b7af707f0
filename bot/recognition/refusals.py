"""Texts that tell what Xero answered, or that something failed, as it happens. Pure.

"Xero says …", "got refused by Xero", "the sync tells me …"; no remark on what was mended since.
"""

import re

from bot.lazy_regex import lazy_regex

_XERO_ANSWERS = lazy_regex(
    r"""\bxero(?:['\u2019]s)?(?:\s\w+){0,3}?\s(?:
      say|says|said|saying|tell|tells|told|telling|claim(?:s|ed)?|thinks|reckons|insists?|insisted
    | complain\w*|moan\w*|reject\w*|refus\w*|declin\w*|bounc\w*|den(?:ies|ied)|block\w*|throws?|thrown|threw
    | turns?|turned|push\w*|repl(?:y|ies|ied)|answer(?:s|ed)?|objects?|objected|objection|response|reason|errors?
    | wants?|wanted|needs?|needed|won\W?t|will\snot|wouldn\W?t|would\snot|can\W?t|cannot|doesn\W?t|didn\W?t
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM_XERO = lazy_regex(
    r"""\b(?:
      reject\w*|refus\w*|declin\w*|bounced|blocked|denied|returned|turned\s(?:down|away)|thrown\s(?:back|out)
    | (?:knocked|sent|came|comes|come)\sback|error|message|answer|reply|response|objection
    )(?:\s\w+){0,2}\s(?:by|from|of|in)\s(?:the\s)?xero\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FAILS = lazy_regex(
    r"""\b(?:
      \w*errors?|\w*exceptions?|fail|fails|failed|failing|failure|unable|cannot|can\W?t|could\s?n(?:o|\W)?t
    | won\W?t|does\s?n(?:o|\W)?t|did\s?n(?:o|\W)?t|is\s?n(?:o|\W)?t|was\s?n(?:o|\W)?t|ha(?:s|ve|d)\s?n(?:o|\W)?t
    | exhausted|revoked|severed|incompatible|would\s?n(?:o|\W)?t
    | are\s?n(?:o|\W)?t|not|no|never|must|invalid|expired?|exceed(?:s|ed)?|unknown|missing|mismatch|timed\sout
    | reject\w*|refus\w*|declin\w*|bounc\w*|denied|blocked|stopped|stuck|complain\w*|alert\w*|warn\w*
    | (?:used|reached|hit|ran|run|over)\s(?:[\w'\u2019]+\s){0,4}?(?:up|all|out|limit|quota|maximum)|paused
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_STATES = lazy_regex(
    r"""\b(?:
      already\s(?:\w+\s)?(?:exists?|used|in\suse|taken|paid|has|have|been|assigned|voided)
    | duplicated?\s(?:\w+\s){0,2}(?:numbers?|names?|codes?|ids?|references?|skus?)
    | insufficient|unavailable|unsupported|lapsed|disconnected|reconnect|re.?authori[sz]e|throttl\w+
    | rate.?limit(?:ed|ing)|(?:rate.?)?limit\s(?:was\s|has\sbeen\s|is\s)?(?:reached|hit)|busy\s\(|too\slong\sto
    | (?:is|are|was|were|been|it\W?s|gets?)\s(?:\w+\s){0,2}
      (?:archived|deleted|voided|locked|draft|negative|throttled|busy)
    | too\s(?:long|many|large|big|old|short|far)|more\sthan|lost\s(?:the\s|its\s)?(?:connection|access)
    | requires?|required|larger|greater|differs?|out\sof\sbalance|slowed|(?:can|may)\sonly|only\s\w+\s\w+\sapps
    | before\sthe\s(?:\w+\s)?lock|only\s(?:allow|support|accept|take)s
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""What is not as it must be, as programs put it."""
_SENT = (
    r"(?:re.?)?(?:add|approv|attach|creat|export|import|integrat|post|publish|push|send|sent"
    r"|submit|sync|transfer|updat|upload)\w*"
)
_REFUSED_BY_XERO = lazy_regex(
    rf"""\b(?:
      xero(?:['\u2019]s)?(?:\s(?:api|has|have|had|is|was|keeps?|just))?\s(?:
        (?:reject|refus|declin)\w*
      | (?:(?:does|did|do|would|will|wo|ca|can)\s?n(?:o|\W)?t|cannot)\s(?:accept|take|allow|let)
      )
    | (?:reject\w*|refus\w*|declin\w*|blocked|denied|not\saccepted)\sby\sxero
    | (?:(?:fail(?:s|ed|ure)?|(?:un|not\s)able)\sto|not|n\W?t|cannot|never|nothing)\s(?:be\s|been\s)?
      {_SENT}\s(?:[\w'\u2019/-]+\s){{0,5}}?(?:to|with|in|into|on)\sxero
    | {_SENT}\s(?:[\w'\u2019/-]+\s){{0,3}}?(?:to|with|in|into)\sxero\s(?:has\s)?(?:fail\w*|error|[iw]s\snot)
    | xero\s{_SENT}\s(?:has\s)?(?:fail\w*|errors?)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A program's own sentence about what did not get into Xero: it tells why beside it."""
_GENERAL = lazy_regex(
    r"""\A\W*(?:
      if|in\scase|whenever|when\s(?:an?|any|the|somebody|someone|xero)|remember|reminder|(?:please\s)?note
    | (?:our|the|house)\s(?:policy|rule)|polic(?:y|ies)|tips?|rules?|docs?|help\spages?|test\scases?
    | (?:release|handover)\snotes?|change\s?log|feature|wish|idea|proposal|training|lesson|quiz|slides?
    | (?:merged|released|shipped):|pull\srequest|pr\s\#|todo|agenda|minutes
    )(?!\w)
    | \bso\s(?:please|use|pick|add|ask|always|never)\b|\bis\sthat\s(?:right|so|correct)\b
    | \b(?:does|do|can|will)\s\w+\sdo\sthat\b|\bask(?:ed|ing)?\s(?:\w+\s){1,3}(?:why|whether|if)\b
    | \bexpected\sresult\b|\bin\sthe\sforum\b|\b(?:last\syear|years?\sago|back\sthen)\b
    | \bthe\sold\s(?:till|pos|app|system|software|program|store)\b|\b(?:are|is)\sfine\b|\bdone\sand\sdusted\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
_REMARK = lazy_regex(
    r"""\b(?:
      fyi|thanks|thank\syou|cheers|heads.?up|well\sdone|nice\swork|all\sgood|all\sfine|no\sworries
    | sorted|solved|resolved|fixed|mended|restored|(?:works?|working|fine|ok|okay)\s(?:again|now)|worked
    | (?:went|gone|go|goes)\s(?:over|through)\s(?:by|fine|ok|now|again)
    | nothing\s(?:to\sdo|is\sfailing|urgent|wrong)|no\s(?:errors?|action|rush|problems?|issues?)\b
    | no\sneed|by\sthe\sway|btw|as\s(?:agreed|discussed|planned)|on\spurpose|i\W?(?:ll|\swill)|we\W?(?:ll|\swill)
    | just\s(?:planning|noting|asking|saying|wondering|curious|checking)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)


def refusal_in(text: str) -> int | None:
    """Return where a text says that something did not get into Xero; None if it does not."""
    found = _REFUSED_BY_XERO.search(text)
    return found.start() if found else None


def tells_answer_of_xero(text: str) -> bool:
    """Whether somebody tells in a text what Xero answered, or that it refused something."""
    return bool(_XERO_ANSWERS.search(text) or _FROM_XERO.search(text))


def tells_failure(text: str) -> bool:
    """Whether a text tells that something fails, and does not remark on it in passing."""
    fails = _FAILS.search(text) or _STATES.search(text)
    return bool(fails) and not is_remark(text)


def is_remark(text: str) -> bool:
    """Whether a text remarks on something in passing: it works again, it is meant so."""
    return bool(_REMARK.search(text))


def is_general(text: str) -> bool:
    """Whether a text speaks of a kind of error, of rules and plans, or of earlier times."""
    return bool(_GENERAL.search(text))
