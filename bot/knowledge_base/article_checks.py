"""Checks of an article's wording: unfinished sentences, contradictions to the title. Pure."""

import re
from collections.abc import Iterator

from bot.domain.articles import Article

Finding = tuple[tuple[str | int, ...], str]
"""The path to a key, and what is wrong with its value."""

_SENTENCES = ("reason", "do", "risk", "prevent", "for_vendor")
_FINISHED = re.compile(r"[.!?:\u2026][)\]\"'\u201d\u2019*]*$")
_STATES = {
    "paid": r"paid|settled|owed|closed",
    "voided": r"void(?:ed)?|cancell?ed|closed",
    "deleted": r"deleted?|removed|dropped|closed|gone",
    "archived": r"archived?",
}
"""States of a record that a message may name, and the words for each in a title."""
_STATED = re.compile(rf"\b(?P<state>{'|'.join(_STATES)})\b(?! to\b)", re.IGNORECASE)
_NEGATION = re.compile(
    r"(?:\b(?:not|never|cannot|can|could|must|may|to|un)|n't)(?: yet| be| been)*[ -]?"
    rf"(?:(?:{'|'.join(_STATES)})(?:, | or | and ))*$",
    re.IGNORECASE,
)
"""Words before a state by which it is not the state: "cannot be deleted", "must be un-archived"."""


def unfinished_sentences(article: Article) -> Iterator[Finding]:
    """Yield the sentences without a full stop: usually the rest was lost."""
    titles = {step.how.title for step in article.steps if step.how}
    for path, text in article.prose():
        named = any(text.endswith(title) for title in titles)
        if path[-1] in _SENTENCES and not named and not _FINISHED.search(text):
            yield path, f"unfinished sentence {text[-40:]!r} (allowed at its end: . ! ? :)"


def contradicting_messages(article: Article) -> Iterator[Finding]:
    """Yield messages that name a state of a record (paid, voided, …) which the article does not.

    The state must be named in the title, or in the texts of the cause that the message tells; and
    these may not name another state instead.
    """
    for number, message in enumerate(article.messages):
        states = _states_in(message.text)
        if not states:
            continue
        named = " or ".join(sorted(states))
        cause = article.cause(message.cause)
        texts = [cause.label, cause.check, cause.reason] if cause else []
        shown = [text for text in texts if text]
        if any(_says(text, states) for text in shown):
            continue
        if cause and (others := _states_in(". ".join(shown))):
            what = f"says {named}, but its cause {cause.id} says {' or '.join(sorted(others))}"
            yield ("messages", number), f"{what} (allowed: the cause that it tells, or none)"
        elif not _says(article.title, states):
            what = f"says {named}, but the title does not; move it to an article of its own"
            yield ("messages", number), what


def _states_in(text: str) -> set[str]:
    """Return the states of a record that a text asserts."""
    return {
        found["state"].lower() for found in _STATED.finditer(text) if _is_so(text, found.start())
    }


def _says(text: str, states: set[str]) -> bool:
    """Whether a text asserts one of the states, in any of its words."""
    words = "|".join(_STATES[state] for state in sorted(states))
    found = re.finditer(rf"\b(?:{words})\b", text, re.IGNORECASE)
    return any(_is_so(text, one.start()) for one in found)


def _is_so(text: str, at: int) -> bool:
    return not _NEGATION.search(text[:at])
