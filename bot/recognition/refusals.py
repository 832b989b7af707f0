"""Texts that tell what Xero answered: "Xero says …", "got refused by Xero". Pure."""

import re

_XERO_ANSWERS = re.compile(
    r"""\bxero(?:['\u2019]s)?(?:\s\w+){0,3}?\s(?:
      say|says|said|saying|tell|tells|told|telling|claim(?:s|ed)?|thinks|reckons|insists?|insisted
    | complain\w*|moan\w*|reject\w*|refus\w*|declin\w*|bounc\w*|den(?:ies|ied)|block\w*|throws?|thrown|threw
    | turns?|turned|push\w*|repl(?:y|ies|ied)|answer(?:s|ed)?|objects?|objected|objection|response|reason|errors?
    | wants?|wanted|needs?|needed|won\W?t|will\snot|wouldn\W?t|would\snot|can\W?t|cannot|doesn\W?t|didn\W?t
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FROM_XERO = re.compile(
    r"""\b(?:
      reject\w*|refus\w*|declin\w*|bounced|blocked|denied|returned|turned\s(?:down|away)|thrown\s(?:back|out)
    | (?:knocked|sent|came|comes|come)\sback|error|message|answer|reply|response|objection
    )(?:\s\w+){0,2}\s(?:by|from|of|in)\s(?:the\s)?xero\b""",
    re.IGNORECASE | re.VERBOSE,
)


def tells_answer_of_xero(text: str) -> bool:
    """Whether somebody tells in a text what Xero answered, or that it refused something."""
    return bool(_XERO_ANSWERS.search(text) or _FROM_XERO.search(text))
