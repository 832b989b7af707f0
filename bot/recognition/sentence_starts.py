"""Where the sentence of a message begins, and whether it is one of its own. Pure."""

from bot.lazy_regex import lazy_regex
from bot.recognition.speakers import OPENERS
from bot.recognition.text import SCRIPTS, Tokens

_ARTICLES = frozenset({"a", "an", "its", "our", "that", "the", "this", "your"})
_DETERMINERS = frozenset(
    "the that this a an your our my their his her requested specified selected no bank".split()
)
"""Words before a message that make it part of a longer sentence."""

_WHICH_ONE = frozenset(
    "bill client customer document expense invoice linked mapped matching order payment requested saved selected "
    "stored supplier vendor".split()
)
"""Words that tell which record a message is about: "The linked Xero contact was not found", "The
supplier's contact is …"."""
_POSSESSIVE = (" ", "'s ", "\u2019s ")
_PREDICATES = frozenset("is isn isn't are was were has hasn hasn't have not must could doe".split())
"""Stems of first words of a message that says something about the words before it."""
_SUBJECT = lazy_regex(
    r"(?:^|[.!?:;>|\"\u201c(\[\n*]|\s[-\u2013\u2014])[\s'\"`*]*((?:[\w#][^\s,;:!?]* ){1,6})\Z"
)
_ORGANISATION = "organisation"
"""What Xero calls a company, and hardly any other program."""
_BEFORE_SENTENCE = ("", "\n", ":", '"', "'", "\u2018", "\u201c", ">", "|")
_NO_SUBJECT = frozenset(
    """
    as because fyi he how i if know once said say see she since that they think though unless until we what
    when where whether which while who why you
    """.split()
)
"""Words before a message that make it somebody's own sentence, about what may be so."""


def begins_at(tokens: Tokens, start: int) -> int:
    """Return the token at which the sentence of a message from token `start` on begins.

    "Linked Xero contact was not found" begins with the word that tells which one.
    """
    begin = start
    for words in (_WHICH_ONE, _ARTICLES):
        if begin and tokens.stems[begin - 1] in words and _is_right_before(tokens, begin):
            begin -= 1
    return begin


def _is_right_before(tokens: Tokens, here: int) -> bool:
    """Whether nothing but a space, or what makes it a possessive, is before a token."""
    return tokens.text[tokens.ends[here - 1] : tokens.starts[here]] in _POSSESSIVE


def is_predicate(tokens: Tokens, start: int) -> bool:
    """Whether a message from token `start` on says something about the words before it."""
    return tokens.stems[start] in _PREDICATES


def has_subject_before(tokens: Tokens, start: int) -> bool:
    """Whether the words before a message are what it is about: "Trade is not linked to a …"."""
    found = _SUBJECT.search(tokens.text[max(0, tokens.starts[start] - 100) : tokens.starts[start]])
    return found is not None and _NO_SUBJECT.isdisjoint(found[1].lower().split())


def _is_own_article(tokens: Tokens, start: int) -> bool:
    """Whether "The" before a message begins a line and belongs to it: "The Organisation is …".

    Of an account or an invoice, another program says so as well.
    """
    begin = tokens.starts[start - 1]
    return (
        tokens.stems[start] == _ORGANISATION
        and tokens.text[begin : tokens.ends[start - 1]] == "The"
        and tokens.text[:begin].rstrip(" ")[-1:] in _BEFORE_SENTENCE
    )


def continues_sentence(tokens: Tokens, start: int) -> bool:
    """Whether the message from token `start` on is part of a longer sentence or identifier.

    "The requested invoice could …", "Your payout account could …", `CONNECT_ACCOUNT_NOT_FOUND`.
    """
    if not start:
        return False
    text = tokens.text
    joint = text[tokens.ends[start - 1] : tokens.starts[start]]
    if joint in ("", "_"):
        begin = tokens.starts[start]
        is_new = joint == "" and text[begin - 1].isdigit() and text[begin].isupper()
        return not (is_new or SCRIPTS.match(text, begin))
    if joint != " " or _is_own_article(tokens, start):
        return False
    before = tokens.stems[start - 1]
    nearby = tokens.stems[max(0, start - 2) : start]
    if before in _DETERMINERS or (
        nearby[0] in _DETERMINERS and text[tokens.ends[start - 2] : tokens.starts[start - 1]] == " "
    ):
        return True
    word = text[tokens.starts[start - 1] : tokens.ends[start - 1]]
    has_case = word.lower() != word.upper()  # a script without it is another language
    if before in OPENERS or not word.isalpha() or not has_case:
        return False
    return text[tokens.starts[start]].islower() or word[0].isupper()
