"""Messages of which another one in the same text says the words. Pure."""

from collections.abc import Iterable

from bot.domain.knowledge import Area, KnowledgeBase
from bot.domain.matches import Match
from bot.recognition.equivalents import plain_forms
from bot.recognition.text import tokenise


def says(longer: Match, other: Match) -> bool:
    """Whether a message has all the words of another one, small words not counted."""
    return _forms(other) <= _forms(longer)


def without_echoes(matches: Iterable[Match], knowledge: KnowledgeBase) -> list[Match]:
    """Return the matches but those of which a surer one of their family says nearly the same.

    "access token expired", somebody writes above Xero's "TokenExpired: token expired at …".
    Only of a connection, which has one fault at a time; a document may have several.
    """
    matches = list(matches)
    surer = [one for one in matches if not one.generic]
    return [one for one in matches if not any(_echoes(one, other, knowledge) for other in surer)]


def _echoes(match: Match, surer: Match, knowledge: KnowledgeBase) -> bool:
    own = _forms(match)
    return (
        match.generic
        and knowledge.area_of(match.article_id) is Area.CONNECTION
        and (family := knowledge.family_of(match.article_id)) is not None
        and knowledge.family_of(surer.article_id) == family
        and 2 * len(own & _forms(surer)) > len(own)
    )


def _forms(match: Match) -> set[str]:
    return {form for stem in tokenise(match.message).stems for form in plain_forms(stem)}
