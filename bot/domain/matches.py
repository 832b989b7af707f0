"""Matches of messages in a text, and the choice between overlapping ones. Pure."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, replace

RIVAL_MARGIN = 4.0
"""Points by which the best article must lead another that fits the same words."""
MIN_LONGER_WEIGHT = 1.2
"""Times the weight of a short message with which a longer one in other words replaces it."""


@dataclass(frozen=True)
class Match:
    """A message found in a text.

    score: 0 to 100, the share of the message's weight that was found, less a cost for each word
        between its words that is not part of it.
    quote: the text as it was pasted.
    captures: values of the message's variable parts, by name.
    all_captures: those of each time the article's messages occur in the text, in the order of the
        text; empty unless they differ.
    start, end: first and last token of the text that the message covers.
    weight: sum of the weights of the tokens that were found, less the same cost.
    rival: id of another article that fits the same tokens nearly as well.
    generic: also used by other software.
    fully_generic: needs Xero named nearby.
    ambiguous_origin: probably not Xero's.
    opening: only the first words of the message, at the end of a text that shows no cut.
    reworded: in other words, or in another order.
    bare_status: only the name of an HTTP status: something failed, but not why.
    """

    article_id: str
    message: str
    score: float
    quote: str
    captures: dict[str, str]
    start: int = 0
    end: int = 0
    weight: float = 0.0
    rival: str | None = None
    generic: bool = False
    fully_generic: bool = False
    ambiguous_origin: bool = False
    all_captures: tuple[dict[str, str], ...] = ()
    opening: bool = False
    bare_status: bool = False
    reworded: bool = False

    def replaces(self, other: "Match") -> bool:
        """Whether this match of another article explains another's tokens, and more."""
        return (
            self.article_id != other.article_id
            and self.start <= other.end
            and other.start <= self.end
            and self.weight > MIN_LONGER_WEIGHT * other.weight
        )

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        """The values of each variable part, in the order of the text, without repetition."""
        found: dict[str, dict[str, None]] = {}
        for captures in self.all_captures or (self.captures,):
            for name, value in captures.items():
                found.setdefault(name, {})[value] = None
        return {name: tuple(values) for name, values in found.items()}


def without_overlaps(found: Iterable[Match]) -> list[Match]:
    """Return the heaviest of the matches with common tokens; a close second is its rival.

    An opening yields to a message that is complete: "Invoice not of valid status. This document"
    may go on as a longer message does, or as any sentence.
    """
    starts: list[int] = []
    winners: list[Match] = []
    for match in sorted(
        found,
        key=lambda m: (m.opening, -m.weight, -m.score, m.article_id, not m.captures, m.start),
    ):
        # winners do not overlap, so only the last that begins before this one's end can overlap it
        index = bisect_right(starts, match.end)
        won = winners[index - 1] if index else None
        if won is None or won.end < match.start:
            starts.insert(index, match.start)
            winners.insert(index, match)
            continue
        close = (
            match.opening == won.opening
            and match.weight >= 0.97 * won.weight
            and match.score > won.score - RIVAL_MARGIN
        )
        if close and match.article_id != won.article_id and won.rival is None:
            winners[index - 1] = replace(won, rival=match.article_id)
    return winners


def without_bare_statuses(matches: list[Match], least_score: float) -> list[Match]:
    """Return the matches without names of statuses if another one, of that score, says why."""
    if not any(match.score >= least_score and not match.bare_status for match in matches):
        return matches
    return [match for match in matches if not match.bare_status]


def best_per_article(matches: Iterable[Match]) -> list[Match]:
    """Return the best match of each article, with the values of its other matches.

    A log repeats one error for several records.
    """
    grouped: dict[str, list[Match]] = {}
    for match in sorted(matches, key=lambda m: m.start):
        grouped.setdefault(match.article_id, []).append(match)
    return [_with_all_captures(group) for group in grouped.values()]


def _with_all_captures(group: list[Match]) -> Match:
    """Return the best of an article's matches; `group` is in the order of the text.

    Rather one that is surely Xero's than one that other software uses too: "Invalid End Balance".
    """
    best = min(group, key=lambda m: (-m.score, not m.captures, m.generic, m.start))
    found: list[dict[str, str]] = []
    for match in group:
        for captures in match.all_captures or (match.captures,):
            if captures and captures not in found:
                found.append(captures)
    return replace(best, all_captures=tuple(found) if len(found) > 1 else ())
