"""Explanation of a verdict: per candidate the words found and missing, and what decided. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.matches import Match
from bot.domain.reports import Trigger
from bot.recognition.equivalents import plain_forms
from bot.recognition.judging import Thresholds
from bot.recognition.matcher import Matcher
from bot.recognition.patterns import Pattern
from bot.recognition.text import Tokens, tokenise
from bot.recognition.typos import typo_distance

MAX_CANDIDATES = 5
"""Candidates that are shown, unless more articles were found."""
MISSING_WORDS = "   missing"
NO_CANDIDATE = "No message of any article shares a rare word with this text."


class DecidingRule(StrEnum):
    """The rule that decided about a candidate, in the order in which they are applied.

    The values are part of the JSON of `explain --why`, and stay as they are.
    """

    MISSING_WORD = "a deciding word is missing"
    APART = "its words stand apart, or another message explains more of them"
    LOW_SCORE = "too much stands in between, or too many typos"
    RIVAL = "another article fits the same words as well"
    AMBIGUOUS_ORIGIN = "other software says this too, and nothing near speaks of Xero"
    REWORDED = "its words are there in other forms, or in another order"
    TITLE = "somebody asked with the title of this article"
    DESCRIBED = "somebody tells an answer of Xero's, and its words describe this article alone"
    ANSWER = "every deciding word stands there, in order"


@dataclass(frozen=True)
class Candidate:
    """A message that shares a rare word with the text.

    matched, missing: its words that the text has, and its required words that the text lacks.
    share: how much of its weight the text has, 0 to 1.
    score: of the match, 0 to 100; None if the message was not found.
    """

    article_id: str
    message: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    share: float
    score: float | None
    rule: DecidingRule


def candidates(
    matcher: Matcher, text: str, trigger: Trigger, matches: Sequence[Match]
) -> list[Candidate]:
    """Return one candidate per article: those of `matches`, then the others by their share."""
    there = set(tokenise(text).stems)
    found = {match.article_id: match for match in matches}
    best: dict[str, Candidate] = {}
    for pattern in matcher.candidates(text):
        made = _candidate(pattern, there, found.get(pattern.article_id), trigger)
        known = best.get(pattern.article_id)
        if known is None or (made.score or 0, made.share) > (known.score or 0, known.share):
            best[pattern.article_id] = made
    ranked = sorted(best.values(), key=lambda c: (-(c.score or 0), -c.share, c.article_id))
    return ranked[: max(MAX_CANDIDATES, len(found))]


def as_text(found: Sequence[Candidate]) -> str:
    """Return the candidates as plain text, a paragraph each: article, score, rule, message, words.

    A line that names missing words begins with `MISSING_WORDS`.
    """
    return (
        "\n".join(_paragraph(number, one) for number, one in enumerate(found, start=1))
        or NO_CANDIDATE
    )


def _paragraph(number: int, one: Candidate) -> str:
    score = "not found" if one.score is None else f"{one.score:.0f} of 100"
    lines = [
        f"\n{number}. {one.article_id}  {score}: {one.rule.value}",
        f"   message  {one.message}",
        f"   found    {' '.join(one.matched)}",
    ]
    if one.missing:
        lines.append(f"{MISSING_WORDS}  {' '.join(one.missing)}")
    return "\n".join(lines)


def without_message(match: Match, rule: DecidingRule) -> Candidate:
    """Return the candidate for an article that was found, though no message of it is there."""
    return Candidate(
        match.article_id,
        match.message,
        tuple(Tokens.of(match.quote).stems),
        (),
        1.0,
        match.score,
        rule,
    )


def _candidate(
    pattern: Pattern, there: set[str], match: Match | None, trigger: Trigger
) -> Candidate:
    mine = match if match and match.message == pattern.message else None
    present = {
        s
        for s in set(pattern.stems)
        if s in there or any(typo_distance(word, s) is not None for word in there)
    }
    if mine and mine.reworded:
        forms = {form for word in there for form in plain_forms(word)}
        present |= {s for s in pattern.stems if plain_forms(s) and forms.issuperset(plain_forms(s))}
    matched = tuple(dict.fromkeys(stem for stem in pattern.stems if stem in present))
    missing = tuple(
        dict.fromkeys(s for s in pattern.stems if s not in present and s in pattern.required)
    )
    weight = sum(w for s, w in zip(pattern.stems, pattern.weights, strict=True) if s in present)
    rule = (
        _rule(mine, trigger)
        if mine
        else DecidingRule.MISSING_WORD
        if missing
        else DecidingRule.APART
    )
    score = mine.score if mine else None
    return Candidate(
        pattern.article_id,
        pattern.message,
        matched,
        missing,
        round(weight / pattern.total_weight, 2),
        score,
        rule,
    )


def _rule(match: Match, trigger: Trigger) -> DecidingRule:
    if match.score < Thresholds().answer:
        return DecidingRule.LOW_SCORE
    if match.rival:
        return DecidingRule.RIVAL
    if match.ambiguous_origin and (match.reworded or trigger is Trigger.HEARD):
        return DecidingRule.AMBIGUOUS_ORIGIN
    return DecidingRule.REWORDED if match.reworded else DecidingRule.ANSWER
