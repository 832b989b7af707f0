"""Intents of what people write after an answer: thanks, a question about it, a wish. Pure.

By the phrases of `rules`, for short messages in plain words. A pasted error has none.
"""

import re

from bot.domain.verdicts import Intent
from bot.recognition.follow_ups.rules import RULES, compiled
from bot.recognition.follow_ups.words import SHORTHAND
from bot.recognition.text import strip_markup

MAX_CHARACTERS = 240
"""Longer messages describe a problem."""
MAX_NAME_WORDS = 4
"""Words of a question that only names something: "chart of accounts?"."""
_MENTION = re.compile(r"<@[^>]*>|<!subteam[^>]*>|(?<!\S)@\w+")
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")
_SENTENCE_MARKS = re.compile(r"\s*(?:[.,;!\u2026]|\s[-\u2013\u2014]\s|\n)[\s.,;!\u2026]*(?!\d)")
_SAD, _HAPPY = re.compile(r":'?-?[(/]"), re.compile(r"[:;]-?[)D](?!\w)")
_DRAWLED = re.compile(r"([a-z])\1{2,}")
"""A letter three times or more: hellooo."""
_DROPPED = re.compile(r"[^\w\s?.:+$\U0001f300-\U0001ffff\u2705\u2714\u2764]")
_NO_NAMES = (
    r"Xero|Click|Heaps|So|For|Team|Bot|All|There|Mate|It|Its|That|This|Very|Guys|Help|I|Support|"
    r"English|[A-Z][a-z]+day|Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec"
)
_NAMED = re.compile(
    rf"\b(?:[Tt]hanks|[Tt]hank you|[Cc]heers|[Tt]a|[Hh]i|[Hh]ey|[Oo]i|[Ss]orry|[Oo]k)[, ] ?"
    rf"(?!(?:{_NO_NAMES})\b)[A-Z][a-z]+\b"
    rf"|\b(?:[Tt]ell|[Tt]old|[Aa]sk|[Aa]sked|[Aa]sking|cc|FYI|fyi) (?!(?:{_NO_NAMES})\b)[A-Z][a-z]+\b"
    rf"|, (?!(?:{_NO_NAMES})\b)[A-Z][a-z]+[?.! ]*$"
)
"""A person's name beside a greeting, or at the end."""
_FORMAL = (
    r"(?:valid|unique|specified|supplied|provided|greater|less|equal|between|at least|active"
    r"|positive|numeric|one of)"
)
_PASTED = re.compile(
    r"[{}\[\]]|https?:|\w\.\w+\(|error:|exception\b|\b(?:http|status|error code)\W{0,3}\d{3}\b|\n.*\n"
    r"|\b[a-z]{2,}0[a-z]+\b"
    r"|[\"\u201c](?:\S+\s+){3,}|"
    rf"\b(?:could not be|must (?:not )?be (?:an? |the )?{_FORMAL}|can ?not be|may not be"
    r"|is required|does not exist|exceeds"
    r"|is not (?:a )?(?:valid|permitted|allowed|authori[sz]ed|recogni[sz]ed)|unauthori[sz]ed"
    r"|forbidden|timed out|already (?:exists|in use|assigned)|is invalid)\b",
    re.IGNORECASE,
)
"""Signs of an error's own words, which are recognised, or suggested for, as always."""
_QUESTION = compiled("~(where|how|which|what|is|are|can|does|do|has|have)")
_ASKS = compiled(
    "~(what|huh|was|were|did|is|are|do|does|can|could|will|would|should|has|have|must|may)"
)
_TALK = re.compile(
    r"\b(?:i|im|ive|ill|we|weve|were|you|your|my|our|us|me|it|its|this|that|thats|they|he|she|"
    r"ok|okay|yes|no|oh|well|just|so|but|lol|haha|please|hi|good|still|same|again|tried|nothing)\b"
)
"""Words of a person."""
_RECORD = re.compile(
    r"\b(?:payment|invoice|account|contact|tax|credit|document|bill|item|journal|batch|sync|export)\b"
)
"""Words of what an error is about."""
_PROBLEM = re.compile(
    r"\b(?:error|fail\w*|invalid|reject\w*|refus\w*|cant|cannot|wont|doesnt|not|stuck|missing|wrong"
    r"|problem|issue|xero|clickpos|invoice|payment|sync\w*|integrat\w*)\b"
)
"""Words of a problem."""


def intent_of(text: str, *, addressed: bool) -> Intent | None:
    """Return what a message after an answer wants; None: it is to be recognised like any other.

    `addressed`: it was written to the bot, so it wants something even if no rule says what.
    """
    if len(text) > MAX_CHARACTERS or _PASTED.search(text):
        return None
    words = _plain(text)
    if not words:
        return None
    if _MENTION.search(text) or _NAMED.search(text):
        return Intent.ASIDE
    is_machines = _is_machines(text, words)
    unknown = _guess(words) if addressed and not is_machines else None
    intent = next((rule.intent for rule in RULES if rule.fits(words)), unknown)
    is_error = intent is Intent.NOT_SOLVED and is_machines and _RECORD.search(words)
    return None if is_error else intent


def _is_machines(text: str, words: str) -> bool:
    """Whether a text may be a program's message, as no word is a person's: "Upload halted"."""
    begins = text.lstrip()[:1].isupper() and len(words.split()) > 1
    return begins and "?" not in words and not _TALK.search(words)


def is_question(text: str) -> bool:
    """Whether a text asks something, by its mark or its first words."""
    return "?" in text or bool(_QUESTION.search(_plain(text)))


def _guess(words: str) -> Intent:
    """Return what a message to the bot wants of which no rule has a phrase."""
    if "?" in words:
        is_name = len(words.split()) <= MAX_NAME_WORDS and not _ASKS.match(words)
        return Intent.WHERE if is_name else Intent.WHY
    if _ASKS.match(words):
        return Intent.SAFE
    return Intent.NOT_SOLVED if _PROBLEM.search(words) else Intent.ASIDE


def _plain(text: str) -> str:
    """Return the text as the patterns see it."""
    text = _SAD.sub(" :sad: ", _HAPPY.sub(" :happy: ", text))
    bare = _APOSTROPHES.sub("", strip_markup(_MENTION.sub(" ", text))).casefold()
    bare = _DRAWLED.sub(r"\1", bare)
    bare = _DROPPED.sub(" ", _SENTENCE_MARKS.sub(" . ", bare).replace("?", " ? "))
    words = [SHORTHAND.get(word, word) for word in bare.split()]
    return " ".join(words).strip(" .").replace(" ?", "?")
