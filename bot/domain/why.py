"""Why a text got its verdict: per candidate the words that were there, those that were not, and what decided. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.judging import Thresholds
from bot.domain.matches import Match
from bot.domain.matching import Matcher
from bot.domain.patterns import Pattern
from bot.domain.reports import Door
from bot.domain.slips import slip
from bot.domain.text import Words, unwrap

MOST = 5
"""Candidates that are worth a look."""


class Rule(StrEnum):
    """What decided, in the order in which it is asked."""

    MISSING = "a deciding word is missing"
    APART = "its words stand apart, or another message explains more of them"
    TORN = "too much stands in between, or too many typos"
    RIVAL = "another article fits the same words as well"
    BARE = "other software says this too, and nothing near speaks of Xero"
    TITLE = "somebody asked with the title of this article"
    ANSWER = "every deciding word stands there, in order"


@dataclass(frozen=True)
class Candidate:
    """A message that shares a rare word with the text. `share` is how much of its weight the text has, 0 to 1."""

    article_id: str
    message: str
    matched: tuple[str, ...]
    missing: tuple[str, ...]
    share: float
    score: float | None
    rule: Rule


def candidates(matcher: Matcher, text: str, door: Door) -> list[Candidate]:
    """The best candidates first: those that were found, then the runners-up by the share of their words."""
    there = set(Words.of(unwrap(text)).stems)
    found = {match.article_id: match for match in matcher.match(text)}
    best: dict[str, Candidate] = {}
    for pattern in matcher.near(text):
        made = _candidate(pattern, there, found.get(pattern.article_id), door)
        known = best.get(pattern.article_id)
        if known is None or (made.score or 0, made.share) > (known.score or 0, known.share):
            best[pattern.article_id] = made
    ranked = sorted(best.values(), key=lambda c: (-(c.score or 0), -c.share, c.article_id))
    return ranked[: max(MOST, len(found))]


def by_title(match: Match) -> Candidate:
    """The article whose title the text is."""
    return Candidate(
        match.article_id, match.message, tuple(Words.of(match.quote).stems), (), 1.0, match.score, Rule.TITLE
    )


def _candidate(pattern: Pattern, there: set[str], match: Match | None, door: Door) -> Candidate:
    present = {s for s in set(pattern.stems) if s in there or any(slip(word, s) is not None for word in there)}
    matched = tuple(dict.fromkeys(stem for stem in pattern.stems if stem in present))
    missing = tuple(dict.fromkeys(s for s in pattern.stems if s not in present and s in pattern.deciding))
    weight = sum(w for s, w in zip(pattern.stems, pattern.weights, strict=True) if s in present)
    mine = match if match and match.message == pattern.message else None
    rule = _rule(mine, door) if mine else Rule.MISSING if missing else Rule.APART
    score = mine.score if mine else None
    return Candidate(
        pattern.article_id, pattern.message, matched, missing, round(weight / pattern.total, 2), score, rule
    )


def _rule(match: Match, door: Door) -> Rule:
    if match.score < Thresholds().answer:
        return Rule.TORN
    if match.rival:
        return Rule.RIVAL
    return Rule.BARE if match.bare and door is Door.CHANNEL else Rule.ANSWER
