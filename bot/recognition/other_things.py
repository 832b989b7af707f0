"""Matches whose words say something else than the message, by those around them. Pure."""

import re

from bot.domain.matches import Match
from bot.lazy_regex import lazy_regex
from bot.recognition.plain_words import XERO
from bot.recognition.text import Tokens, tokenise

_AN, _ACCOUNT, _OCCURRED = "an", "account", "occur"
_CONTACTS = frozenset("client contact customer supplier vendor".split())
_USERS = frozenset("employee guest login member student user".split())
"""Whose account is none of the chart of accounts, nor a contact's."""
_PREDICATES = frozenset("could does has is not was".split())
_PREPOSITIONS = frozenset("at by from in inside of on to with within".split())
_BESIDE_XERO = frozenset("a my our the your".split())

_WENT_WELL = lazy_regex(
    r"[\"'`\u2019\u201d*_)\]]{0,3}\s?(?:(?:[-\u2013\u2014:=]|->|\u2192)\s)?(?:(?:is|was|it)\s)?"
    r"(?:(?:all\s)?(?:ok(?:ay)?|fine|done)|work(?:s|ed)|succeeded|(?:went|goes)\sthrough)\b"
    r"(?!\s(?:but|until|with|yesterday|last|before|for)\b)",
    re.IGNORECASE,
)
"""What says of a message before it that it is a step which went well."""


def is_of_another(match: Match, tokens: Tokens) -> bool:
    """Whether a match counts errors, is a step that went well, or of an error not the message's."""
    return (
        _is_count(match, tokens)
        or bool(_WENT_WELL.match(tokens.text, tokens.ends[match.end]))
        or _is_account_of(_CONTACTS, match, tokens)
        or is_unknown_error(match, tokens)
    )


def is_unknown_error(match: Match, tokens: Tokens) -> bool:
    """Whether a match is of an error that no message tells: "user account could not be found"."""
    return _is_account_of(_USERS, match, tokens) or _occurred_elsewhere(match, tokens)


def _is_count(match: Match, tokens: Tokens) -> bool:
    """Whether a match only counts what failed: "1 error occurred in Xero"."""
    if not match.bare_status or not match.message.startswith("An ") or not match.start:
        return False
    return tokens.stems[match.start] != _AN and tokens.stems[match.start - 1].isdigit()


def _is_account_of(holders: frozenset[str], match: Match, tokens: Tokens) -> bool:
    """Whether the account that a match begins with is somebody's: "customer account not found"."""
    start = match.start
    if not start or not match.generic or tokens.stems[start] != _ACCOUNT:
        return False
    if _PREDICATES.isdisjoint(tokens.stems[start + 1 : start + 2]):
        return False  # the number or code that somebody has for an account
    joint = tokens.text[tokens.ends[start - 1] : tokens.starts[start]]
    return tokens.stems[start - 1] in holders and joint in (" ", "_", "")


def _occurred_elsewhere(match: Match, tokens: Tokens) -> bool:
    """Whether an error occurred at what somebody did: "An error occurred refreshing the Xero …"."""
    stems = tokens.stems[match.start : match.end + 1]
    occurred = [at for at, stem in enumerate(stems) if stem.startswith(_OCCURRED)]
    if match.reworded or not occurred or XERO not in stems[occurred[0] :]:
        return False
    between = stems[occurred[0] + 1 : stems.index(XERO, occurred[0])]
    if not _PREPOSITIONS.isdisjoint(between) or _BESIDE_XERO.issuperset(between):
        return False
    return not set(between) <= set(tokenise(match.message).stems)
