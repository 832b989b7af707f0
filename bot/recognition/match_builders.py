"""Matches, made of what was found of a message in a text. Pure."""

from dataclasses import replace

from bot.domain.matches import Match
from bot.recognition.captures import CapturedValues, capture_values
from bot.recognition.cuts import Cut
from bot.recognition.patterns import Pattern
from bot.recognition.plain_words import XERO
from bot.recognition.rewording import Rewording
from bot.recognition.text import Tokens
from bot.recognition.value_wrapping import past_closers


def match_of(
    tokens: Tokens, pattern: Pattern, score: float, weight: float, values: CapturedValues
) -> Match:
    """Return the match of a message whose words and values were found. score: 0 to 100."""
    begin = tokens.starts[values.start]
    quote = tokens.text[begin : past_closers(tokens.text, begin, values.end_character)]
    occurrences = values.per_occurrence()
    return Match(
        article_id=pattern.article_id,
        message=pattern.message,
        score=round(score, 1),
        quote=" ".join(quote.split()),
        captures=occurrences[0],
        start=values.start,
        end=values.end,
        weight=round(weight, 6),
        generic=pattern.generic or not values.complete,
        fully_generic=pattern.fully_generic,
        bare_status=pattern.is_bare_status,
        all_captures=occurrences if len(occurrences) > 1 else (),
    )


def cut_match(match: Match, pattern: Pattern, cut: Cut) -> Match:
    """Return a match whose message is cut off: with fewer words it may be other software's too."""
    if cut.shown:
        return match
    if cut.leaves_half_a_word(pattern):
        return replace(match, opening=True)
    rest = replace(pattern, stems=pattern.stems[: cut.length])
    return replace(
        match,
        opening=True,
        generic=match.generic or rest.generic,
        fully_generic=match.fully_generic or rest.fully_generic,
    )


def reworded_match(tokens: Tokens, found: Rewording) -> Match:
    """Return the match of a rewording. Without Xero's name, only a telling one may be Xero's."""
    nothing = CapturedValues({}, found.start, found.end, tokens.ends[found.end])
    values = capture_values(tokens, found.pattern, found.positions) if found.positions else None
    match = match_of(tokens, found.pattern, found.score, found.weight, values or nothing)
    return replace(
        match,
        start=min(match.start, found.start),
        end=max(match.end, found.end),
        generic=XERO not in tokens.stems[found.start : found.end + 1],
        fully_generic=not found.telling,
        reworded=True,
    )


def unanswered(match: Match) -> Match:
    """Return the match of an unknown error, so that no article is guessed by its words."""
    return replace(match, score=0.0, ambiguous_origin=True)
