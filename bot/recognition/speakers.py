"""The speaker of a message, as a text presents it: "the booking app says", "dueDate:". Pure."""

import re

from bot.lazy_regex import lazy_regex
from bot.recognition.shop_words import ABOUT_ANY_ERROR, DATES, SHOP_TERMS, VOUCHING
from bot.recognition.text import Tokens, stem
from bot.recognition.typos import Vocabulary

MARKS = (
    " \t\r\n\"'`\u2018\u2019\u201c\u201d\u201e\u00ab*_~([{<>:=|-\u2013\u2014\u2192\u00bb\u2022#,"
)
"""Signs between a message and who says it."""
_SPELLING = Vocabulary(ABOUT_ANY_ERROR)
_PROGRAMS = lazy_regex(
    r"\b(?P<ours>(?:connector|eftpos|integration|pos|register|sync|tills?)\s)?"
    r"(?:apps?|web\s?sites?(?!\smust)|\w+ing\ssites?|portals?|(?:sign.?up|contact|booking|order|claims?|web)\s(?:form|page)s?"
    r"|softwares?|programs?|plug-?ins?|databases?|spreadsheets?|market\s?places?|tools?|extranet|intranet|vpn"
    r"|projects?|bots?|(?:job|notice|task|message)\s?boards?|macros?|triggers?|swagger|mock\s\w+|(?:unit|end.to.end|e2e)\stests?|playwright"
    r"|cypress|selenium|engines?|crm|erp|printers?|consoles?|games?|adventures?|schools?|universit(?:y|ies)|insurers?|insurance|landlords?|councils?|gyms?)\b",
    re.IGNORECASE,
)
"""Kinds of programs, and who has programs of their own; "Website must be valid" is a message."""
_PAGES = lazy_regex(
    r"(?<!\ba)(?<!\ban)(?<!\bthat)(?<!\bthe)(?<!\bthis)\s(?:form|page|sheet|system)\b(?=\W*(?:\w+\W*)?\Z)",
    re.IGNORECASE,
)
"""What only beside another noun is a program of somebody's: "the courier account page says"."""
_NOBODYS = lazy_regex(
    r"\b(?:(?:job|notice|task|message)\s?board|unit\stests?|mock\sserver|playwright|cypress|selenium"
    r"|(?:discord|telegram|trading)\sbots?)\b",
    re.IGNORECASE,
)
"""Programs that no shop has beside its till, whatever they are called."""
_BREAKS_LINES = lazy_regex(
    r"\w\s(?:always\s|just\s|only\s)?(?:"
    r"(?:breaks?|broke|chops?|cuts?|folds?|mangle[ds]?|splits?|spoils?|wrap(?:s|ped)?)\s(?:off\s|up\s)?"
    r"(?:all\s|its\s|long\s|my\s|our\s|some\s|the\s)*(?:letters|lines?|rows?|words?)"
    r"|(?:adds?|puts?)\s(?:in\s)?(?:all\s|its\s|some\s|the\s|those\s|[>|]+\s)*(?:arrows?|quot\w+\smarks?|signs?)"
    r")\b",
    re.IGNORECASE,
)
"""What a program that only shows a text does to it: "her program breaks lines"."""
_POSTED_BY_APP = lazy_regex(r"\bAPP\b\s{1,4}\d{1,2}:\d\d")
"""What Slack shows beside the name of an app, copied with its message."""
_LOGGED_TO = lazy_regex(r"\b(?:DEBUG|ERROR|FATAL|INFO|WARN(?:ING)?)\]?\s{1,4}\[?Console\b")
"""The name of a logger behind a level, which no console says."""
_KEY = lazy_regex(r"([\"']?)([^\W\d][\w.-]*)\1\s{0,3}(?::|=>?)\s{0,3}[\[({]?\s{0,3}[\"'`]?$")
"""A key at the end of a text: `"message": "`, `document_id: `, `dueDate => [`."""
_KEY_AHEAD = lazy_regex(r"[^\W_]+(?:_[^\W_]+)+[\"']?\s?(?::|=>?)\s")
_KEY_PARTS = lazy_regex(r"[^\W_]+?(?=[A-Z]|[\W_]|$)")
_NUMBER = lazy_regex(r"[A-Za-z]{1,5}[-_]?\d[\d-]*")
"""The number of a record: SO-1189."""
_OPERATIONS = frozenset(
    "add create delete export fetch get import list post push put save send sync update upsert void".split()
)
"""First words of the names of calls: createInvoice."""
_MESSAGE_KEYS = frozenset(
    "message msg detail error err description reason title text fault body exception warning "
    "status response result note info log summary data alert".split()
)
"""Last words of keys whose value is a message about something else than the key."""
_CLAUSES = lazy_regex(r",\s|\b(?:but|while|whereas)\b", re.IGNORECASE)
_LINE_END = lazy_regex(r"[.!?;](?=\s)|\n")
_QUOTE_REACH = 200
"""Characters before a message in which its quote may begin."""
_QUOTE_BEGUN = lazy_regex(
    r"(?:^|[\s:=>|\u2192])([\"'`\u201c\u201e\u00ab]"
    r"(?=\w)(?:(?![\"'`\u201d\u00bb](?!\w))[^\n])+[.!?;]\s+)\Z"
)
"""A quote with sentences before the message; who says that one says all of it."""
_PRESENTED = lazy_regex(r"[:>=|\u2192\u00bb]|[\"`\u201c\u201e\u00ab][^\n]*\Z")
_MAY_PRESENT = lazy_regex(r",|\s[-\u2013\u2014]")
"""Signs behind a speaker, and between the clauses of a sentence about the shop's work."""
_PRESENTS = lazy_regex(
    r"\b(?:sa(?:y|id|ys|ying)|show|shows|showed|showing|throw|throws|give|gives|gave|return|returns|returned"
    r"|read|reads|report|reports|display|displays|answer|answers|answered|complain|complains|repl(?:y|ies|ied)|raise|raises|raised|refuse|refuses|expected|get|gets|got|getting"
    r"|tells|telling|with|error|warning|warn|fatal)(?:\W+\w+)?\Z",
    re.IGNORECASE,
)
_ROW = lazy_regex(
    r"(?:[^|\n]*\|){2,} ?|(?:[^\t\n]*\t){2,}|(?:[^,\n]*,(?! )){2,}[\"']?|(?:[^;\n]*;(?! )){2,}[\"']?"
)
"""Two cells of a table and more, with what is between them and the next."""
_SAYS_AFTER = lazy_regex(
    r"[\W_]{0,8}(?:(?i:says|said|from|that.?s|that is|this is|it.?s)\s|(?:[(^\u2190]|<-+)\s?(?=[A-Z]))"
    r"([^.!?;)\n]{1,60})"
)
"""Who says the message before it: "- says Canva", "(Canva)"."""
_LABEL_AFTER = lazy_regex(r"[\W_]{2,8}([a-z][^.!?;:\n]{2,50})[\W_]*\Z")
_IS_A = lazy_regex(
    r"(?i)\b(?:it.?s|that.?s|this is|that is)\s(?:an?|the|our|their|his|her|my|one)\s"
)
_RECORD_NAME = lazy_regex(
    r"\b(?:account|bill|branch|category|contact|customer|invoice|item|option|product|shop|store|supplier)\s"
    r"(?:[\"'`\u2018\u201c\u00ab][^\"'`\u2019\u201d\u00bb\n]{1,60}(?:[\"'`\u2019\u201d\u00bb]|\Z)"
    r"|(?-i:(?:[A-Z][\w&'\u2019-]*[^\S\n]?){1,5}))",
    re.IGNORECASE,
)
"""The name of a record, which nobody is called who says a message."""
_NOT_A_WORD = lazy_regex(
    r"(?<=\w)\[[^\]\n]{1,40}\]|\S*[/\\@\d]\S*|\b\w+\.\w+\b|\w*(?:Exception|Error|Result)\b"
    r"|\b\w+[\"']?\s?[:=]\s?(?i:true|false|none|null|nil)\b|\b(?:level|lvl|severity)=\w+"
)
"""What no speaker is called: paths, numbers, names of errors, and the fields of a result before it,
as in `posted=False error='…'`."""
OPENERS = frozenset(
    stem(word)
    for word in """
    say says said saying show shows showed showing read reads reading give gives gave get gets got getting return
    returns returned throw throws threw with error errors message messages msg reason response reply detail details
    title status failed fails failing failure exception warning because like just only roughly was it but now then
    still and or as always again today yesterday
    """.split()
)
"""Words that may come right before a message; another word belongs to its sentence."""
_SAY_NOT_WHO = DATES | OPENERS | {"log"}


def speaker_before(text: str) -> str:
    """Return the words before a message that say where it comes from; empty if none do.

    They end with a colon, a comma, a dash, a quote, a log level or a verb like "says".
    """
    if _is_cell(text.rpartition("\n")[2]):
        return ""
    begun = _QUOTE_BEGUN.search(text, max(0, len(text) - _QUOTE_REACH))
    if begun and VOUCHING.isdisjoint(_words(begun[1])):
        text = text[: begun.start(1) + 1]
    head = text.rstrip(MARKS)
    if "{" in text:
        # what precedes JSON presents all of it
        head = text.partition("{")[0].rstrip(MARKS)
    line = _LINE_END.split(head)[-1]
    marks = text[len(head) :]
    is_presented = bool(_PRESENTED.search(marks) or _PRESENTS.search(line))
    if not is_presented and _MAY_PRESENT.search(marks):
        is_presented = SHOP_TERMS.isdisjoint(_words(line))
    return line if is_presented else ""


def _is_cell(line: str) -> bool:
    """Whether a table's row goes on behind a line: its first columns are values, no speaker."""
    return bool(_ROW.fullmatch(line))


def speaker_after(text: str) -> str:
    """Return the words behind a message that say where it comes from; empty if none do.

    "It's the refund for …" tells which record it is about.
    """
    found = _SAYS_AFTER.match(text)
    if not found or (_IS_A.search(found[0]) and not SHOP_TERMS.isdisjoint(_words(found[1]))):
        return ""
    return found[1].partition(",")[0]


def label_after(text: str) -> str:
    """Return the few words behind a message that end a text, as a label: ", pocket money app"."""
    found = _LABEL_AFTER.match(text)
    return found[1] if found else ""


def is_foreign(speaker: str) -> bool:
    """Whether a speaker is not what a shop or an error log is called."""
    if not VOUCHING.isdisjoint(_words(speaker)):
        return False
    words: list[str] = []
    for clause in reversed(speaker.split(", ")):
        words = [word for word in _words(clause) if len(word) > 1]
        if not _SAY_NOT_WHO.issuperset(words):
            break  # a date says when, "reason" what, and who speaks is before it
    return not ABOUT_ANY_ERROR.issuperset(words) and not ABOUT_ANY_ERROR.issuperset(
        _SPELLING.corrected(words)
    )


def other_program(speaker: str) -> str:
    """Return the last clause of a speaker if it names a program with a name of its own; else empty.

    "The booking app says", and not "the app says", which may be the shop's.
    """
    clause = _CLAUSES.split(speaker)[-1]
    if _BREAKS_LINES.search(clause):
        return ""
    named = _PROGRAMS if names_program(clause) else _PAGES if _PAGES.search(clause) else None
    is_other = named is not None and is_foreign(named.sub(" ", clause))
    return clause if is_other or _NOBODYS.search(clause) else ""


def _words(speaker: str) -> list[str]:
    return Tokens.of(_NOT_A_WORD.sub(" ", _RECORD_NAME.sub(" ", speaker))).stems


def key_before(text: str) -> str:
    """Return the key that a message is the value of, if it is not one for messages; else empty."""
    found = _KEY.search(text)
    if found is None:
        return ""
    quoted, key = found.groups()
    parts = [part.lower() for part in _KEY_PARTS.findall(key)]
    if not quoted and (len(parts) < 2 or _NUMBER.fullmatch(key) or parts[0] in _OPERATIONS):
        return ""  # a label, the number of a record, or the call that failed
    return "" if stem(parts[-1]) in _MESSAGE_KEYS else key


def starts_in_key(tokens: Tokens, start: int) -> bool:
    """Whether the message from token `start` on begins inside the key of another value."""
    return bool(_KEY_AHEAD.match(tokens.text, tokens.starts[start]))


def names_program(text: str) -> bool:
    """Whether a text names a program that is not the shop's till or its integration."""
    text = _LOGGED_TO.sub(" ", _POSTED_BY_APP.sub(" ", _RECORD_NAME.sub(" ", text)))
    named = _PROGRAMS.finditer(text)
    return any(found["ours"] is None for found in named)
