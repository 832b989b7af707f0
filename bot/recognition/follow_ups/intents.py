"""Intents of what people write after an answer: thanks, a question about it, a wish. Pure.

By the phrases of `rules`, for short messages in plain words. A pasted error has none.
"""

import re

from bot.domain.verdicts import Intent
from bot.lazy_regex import lazy_regex
from bot.recognition.follow_ups.rules import RULES, compiled
from bot.recognition.follow_ups.words import SHORTHAND
from bot.recognition.text import strip_markup

MAX_CHARACTERS = 240
"""Longer messages describe a problem."""
MAX_READ = 2_000
"""Characters, quotes included, up to which a message is read: what is quoted may be long."""
MAX_NAME_WORDS = 4
"""Words of a question that only names something: "chart of accounts?"."""
_MENTION = lazy_regex(r"<@[^>]*>|<!subteam[^>]*>|(?<!\S)@\w+")
_APOSTROPHES = lazy_regex("['\u2018\u2019`\u00b4]")
_SENTENCE_MARKS = lazy_regex(r"\s*(?:[.,;!\u2026]|\s[-\u2013\u2014]\s|\n)[\s.,;!\u2026]*(?!\d)")
_SAD, _HAPPY = lazy_regex(r":'?-?[(/]"), lazy_regex(r"[:;]-?[)D](?!\w)")
_ASKS_MEANING = lazy_regex(
    r"\b(?:mean\w*|clarify|refers?|stands? for|explain|what makes)\b", re.IGNORECASE
)
_QUOTED = lazy_regex('(?<!\\w)["\u201c\'\u2018][^"\u201d]+["\u201d\'\u2019](?!\\w)')
_MEANING = lazy_regex(
    r"\b(what(?: does| do| did| is|'s)|wtf does) [^\"'.:]{1,60} ((?:even |actually )?(?:mean|refer))",
    re.IGNORECASE,
)
"""A question what words mean, without quotes."""
_REDACTED = lazy_regex(r"\[redacted: ([a-z -]+)\]")
_DRAWLED = lazy_regex(r"([a-z])\1{2,}")
"""A letter three times or more: hellooo."""
_DROPPED = lazy_regex(r"[^\w\s?.:+$\U0001f300-\U0001ffff\u2705\u2714\u2764]")
_NO_NAMES = (
    r"Xero|Click|Heaps|So|For|Team|Bot|All|There|Mate|It|Its|That|This|Very|Guys|Help|I|Support|"
    r"English|[A-Z][a-z]+day|Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec"
)
_NAMED = lazy_regex(
    rf"\b(?:[Tt]hanks|[Tt]hank you|[Cc]heers|[Tt]hx|[Tt]a|[Hh]i|[Hh]ey|[Oo]i|[Ss]orry|[Oo]k|[Mm]orning"
    rf"|[Nn]ice one|[Gg]ood point)[, ] ?"
    rf"(?!(?:{_NO_NAMES})\b)[A-Z][a-z]+\b"
    rf"|\b(?:[Tt]ell|[Tt]old|[Aa]sk|[Aa]sked|[Aa]sking|cc|FYI|fyi) (?!(?:{_NO_NAMES})\b)[A-Z][a-z]+\b"
    rf"|\b(?:was|[Aa]greed with|give|ring|(?<!here )did|when|if) (?!(?:{_NO_NAMES})\b)[A-Z][a-z]+\b"
    r"(?! [A-Z]|\W*[a-z]*\W*(?:store|shop|branch|till)\b)"
    rf"|, (?!(?:{_NO_NAMES})\b)[A-Z][a-z]+[?.! ]*$"
)
"""A person's name beside a greeting, or at the end."""
_FORMAL = (
    r"(?:valid|unique|specified|supplied|provided|greater|less|equal|between|at least|active"
    r"|positive|numeric|one of)"
)
_PASTED = lazy_regex(
    r"[{}\[\]]|^\W*[45]\d\d\b|https?:|\w\.\w+\(|error:|exception\b|\b(?:http|status|error code)\W{0,3}\d{3}\b|\n.*\n"
    r"|\b[a-z]{2,}0[a-z]+\b"
    r"|(?<!\w)[\"\u201c](?:\S+\s+){3,}|"
    rf"\b(?:could not be|must (?:not )?be (?:an? |the )?{_FORMAL}|can ?not be(?! (?:the|that|it|right|my)\b)|may not be"
    r"|(?<!level )(?<!access )is required|does not exist|exceeds"
    r"|is not (?:a )?(?:valid|permitted|allowed|authori[sz]ed|recogni[sz]ed)|unauthori[sz]ed"
    r"|forbidden|timed out|already (?:exists|in use|assigned)|is invalid)\b",
    re.IGNORECASE,
)
"""Signs of an error's own words, which are recognised, or suggested for, as always."""
_QUESTION = compiled("~(where|how|which|what|is|are|can|does|do|has|have)")
_ASKS = compiled(
    "~(what|huh|was|were|did|is|are|do|does|can|could|will|would|should|has|have|must|may)"
)
_TALK = lazy_regex(
    r"\b(?:i|im|ive|ill|we|weve|were|you|your|my|our|us|me|it|its|this|that|thats|they|he|she|"
    r"ok|okay|yes|no|oh|well|just|so|but|lol|haha|please|hi|good|still|same|again|tried|nothing|already)\b"
)
"""Words of a person."""
_RECORD = lazy_regex(
    r"\b(?:payment|invoice|account|contact|tax|credit|document|bill|item|journal|batch|sync|export)\b"
)
"""Words of what an error is about."""
_SUBJECT = lazy_regex(
    r"\b(?:it|this|that|those|xero|clickpos|invoices?|bills?|accounts?|payments?|contacts?|customers?"
    r"|codes?|dates?|lock\w*|tax\w*|gst|credits?|sales|stock|log ?in|admin|integration|books)\b"
)
"""Words of what the bot knows about."""
_PROBLEM = lazy_regex(
    r"\b(?:error|fail\w*|invalid|reject\w*|refus\w*|cant|cannot|wont|doesnt|not|stuck|missing|wrong"
    r"|problem|issue|xero|clickpos|invoice|payment|sync\w*|integrat\w*)\b"
)
"""Words of a problem."""


def intent_of(text: str, *, addressed: bool) -> Intent | None:
    """Return what a message after an answer wants; None: it is to be recognised like any other.

    `addressed`: it was written to the bot, so it wants something even if no rule says what.
    """
    if len(text) > MAX_READ:
        return None
    text = _REDACTED.sub(r"the \1", _without_quotes(_MEANING.sub(r"\1 it \2", text)))
    if len(text) > MAX_CHARACTERS or _PASTED.search(text):
        return None
    words = _plain(text)
    if not words:
        return None
    if _MENTION.search(text) or _NAMED.search(text):
        return Intent.ASIDE
    is_machines = _is_machines(text, words)
    unknown = _guess(text, words) if addressed and not is_machines else None
    may_guess = addressed or bool(_SUBJECT.search(words))
    rules = (rule for rule in RULES if may_guess or not rule.is_guess)
    intent = next((rule.intent for rule in rules if rule.fits(words)), unknown)
    is_error = intent is Intent.NOT_SOLVED and is_machines and _RECORD.search(words)
    return None if is_error else intent


def _without_quotes(text: str) -> str:
    """Return a text without quotes in lines that ask what they mean: they are no error."""
    kept: list[str] = []
    at = 0
    for quote in _QUOTED.finditer(text):
        line = max(at, text.rfind("\n", 0, quote.start()) + 1)
        end = text.find("\n", line)
        if _ASKS_MEANING.search(text, line, end if end >= 0 else len(text)):
            kept += [text[at : quote.start()], "it"]
            at = quote.end()
    return "".join([*kept, text[at:]])


def _is_machines(text: str, words: str) -> bool:
    """Whether a text may be a program's message, as no word is a person's: "Upload halted"."""
    begins = text.lstrip()[:1].isupper() and len(words.split()) > 1
    return begins and "?" not in words and not _TALK.search(words)


def is_question(text: str) -> bool:
    """Whether a text asks something, by its mark or its first words."""
    return "?" in text or bool(_QUESTION.search(_plain(text)))


def _guess(text: str, words: str) -> Intent | None:
    """Return what a message to the bot wants of which no rule has a phrase.

    None: it names or quotes what an error may be about.
    """
    if "?" in words:
        is_name = len(words.split()) <= MAX_NAME_WORDS and not _ASKS.match(words)
        return Intent.WHERE if is_name else Intent.WHY
    if _ASKS.match(words):
        return Intent.SAFE
    if _RECORD.search(words) or '"' in text:
        return None
    return Intent.NOT_SOLVED if _PROBLEM.search(words) else Intent.ASIDE


def _plain(text: str) -> str:
    """Return the text as the patterns see it."""
    text = _SAD.sub(" :sad: ", _HAPPY.sub(" :happy: ", text))
    bare = _APOSTROPHES.sub("", strip_markup(_MENTION.sub(" ", text))).casefold()
    bare = _DRAWLED.sub(r"\1", bare)
    bare = _DROPPED.sub(" ", _SENTENCE_MARKS.sub(" . ", bare).replace("?", " ? "))
    words = [SHORTHAND.get(word, word) for word in bare.split()]
    return " ".join(words).strip(" .").replace(" ?", "?")
