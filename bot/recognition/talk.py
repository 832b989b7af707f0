"""Words of a message in somebody's own sentence, beside an error that is pasted. Pure.

"It does not reach Xero", somebody writes above the error that says why.
"""

from collections.abc import Sequence

from bot.domain.matches import Match
from bot.recognition.speakers import continues_sentence
from bot.recognition.text import Tokens


def without_talk(matches: Sequence[Match], tokens: Tokens) -> list[Match]:
    """Return the matches but those that are talk; all of them if nothing is pasted.

    Talk is what any software may say, in the middle of a sentence, and a code that is written as
    words ("access denied") beside another as it is ("invalid_grant").
    """
    if len(matches) < 2:
        return list(matches)
    has_code = any(_is_code_as_it_is(match, tokens) for match in matches)
    pasted = [
        match
        for match in matches
        if _is_code_as_it_is(match, tokens)
        or not (has_code if _is_code(match) else _is_in_sentence(match, tokens))
    ]
    return pasted or list(matches)


def _is_in_sentence(match: Match, tokens: Tokens) -> bool:
    return match.generic and continues_sentence(tokens, match.start)


def _is_code(match: Match) -> bool:
    """Whether a message is a code, several words joined by underscores."""
    return "_" in match.message and " " not in match.message


def _is_code_as_it_is(match: Match, tokens: Tokens) -> bool:
    said = tokens.text[tokens.starts[match.start] : tokens.ends[match.end]]
    return _is_code(match) and "_" in said
