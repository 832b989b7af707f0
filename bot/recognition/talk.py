"""Words of a message in somebody's own sentence, beside an error that is pasted. Pure.

"It does not reach Xero", somebody writes above the error that says why.
"""

from collections.abc import Sequence

from bot.domain.matches import Match
from bot.recognition.speakers import continues_sentence
from bot.recognition.text import Tokens


def without_talk(matches: Sequence[Match], tokens: Tokens) -> list[Match]:
    """Return the matches but those that are talk.

    Talk is what any software may say, in the middle of a sentence, beside a message that only Xero
    has; and a code that is written as words ("access denied") beside one as it is
    ("invalid_grant").
    """
    has_code = any(_is_code_as_it_is(match, tokens) for match in matches)
    has_telling = any(not match.generic for match in matches)
    return [
        match
        for match in matches
        if _is_code_as_it_is(match, tokens)
        or not (has_code if _is_code(match) else has_telling and _is_in_sentence(match, tokens))
    ]


def _is_in_sentence(match: Match, tokens: Tokens) -> bool:
    return match.generic and continues_sentence(tokens, match.start)


def _is_code(match: Match) -> bool:
    """Whether a message is a code, several words joined by underscores."""
    return "_" in match.message and " " not in match.message


def _is_code_as_it_is(match: Match, tokens: Tokens) -> bool:
    written = tokens.text[tokens.starts[match.start] : tokens.ends[match.end]]
    return _is_code(match) and "_" in written
