"""What reads wrong in a valid article: a sentence without an end, a title that a message contradicts. Pure."""

import re
from collections.abc import Iterator

from bot.domain.articles import Article

Finding = tuple[tuple[str | int, ...], str]
"""The key, as the path to it, and what is wrong there."""

_SENTENCES = ("reason", "action", "caution", "who", "prevent")
_FINISHED = re.compile(r"[.!?:\u2026][)\]\"'\u201d\u2019*]*$")
_STATES = {
    "paid": r"paid|settled|owed|closed",
    "voided": r"void(?:ed)?|cancell?ed|closed",
    "deleted": r"deleted?|removed|dropped|closed|gone",
    "archived": r"archived?",
}
"""What a message may say of a record, and the words with which a title says the same."""
_SAID = re.compile(rf"\b(?P<state>{'|'.join(_STATES)})\b(?! to\b)", re.IGNORECASE)
_NOT_SO = re.compile(
    r"(?:\b(?:not|never|cannot|can|could|must|may|to|un)|n't)(?: yet| be| been)*[ -]?"
    rf"(?:(?:{'|'.join(_STATES)})(?:, | or | and ))*$",
    re.IGNORECASE,
)
"""Words in front of a state that do not say that it is so: "cannot be deleted", "must be un-archived"."""


def unfinished(article: Article) -> Iterator[Finding]:
    """Sentences that stop without a full stop: most often the rest was lost."""
    numbers: dict[str, int] = {}
    for key, text in article.prose():
        number = numbers[key] = numbers.get(key, -1) + 1
        if key in _SENTENCES and not _FINISHED.search(text):
            at = (key, number) if key == "action" else (key,)
            yield (
                at,
                f"ends without an end: {text[-40:]!r}; a sentence ends with a full stop, ! ? or :",
            )


def contradicted(article: Article) -> Iterator[Finding]:
    """Messages that say a record is paid, voided, deleted or archived, where the title does not say so."""
    for number, message in enumerate(article.messages):
        states = {
            found["state"].lower()
            for found in _SAID.finditer(message)
            if _is_so(message, found.start())
        }
        words = "|".join(_STATES[state] for state in sorted(states))
        in_title = re.finditer(rf"\b(?:{words})\b", article.title, re.IGNORECASE)
        if states and not any(_is_so(article.title, found.start()) for found in in_title):
            said = " or ".join(sorted(states))
            yield (
                ("messages", number),
                f"says {said}, and the title does not; it needs an article of its own",
            )


def _is_so(text: str, at: int) -> bool:
    return not _NOT_SO.search(text[:at])
