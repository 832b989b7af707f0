"""Words of a message in somebody's own sentence, beside an error that is pasted. Pure.

"It does not reach Xero", somebody writes above the error that says why.
"""

import re
from collections.abc import Sequence

from bot.domain.matches import Match
from bot.lazy_regex import lazy_regex
from bot.recognition.sentence_starts import continues_sentence
from bot.recognition.text import Tokens

_SENTENCE_END = lazy_regex(r"[.!?:;](?=\s)|[\n\"\u201c\u201d|>]")
_PERSON_SPEAKS = lazy_regex(
    r"\b(?:(?-i:I)|we|he|she|they|(?:some|no|every)(?:body|one)|accountant|book\s?keeper|boss|colleague"
    r"|manager)\b(?!.*\b(?:sa(?:y|id|ys)|show\w*|g[eo]t|gets|getting|see|sees|saw|reads?|tells|told|with)\b)",
    re.IGNORECASE,
)
"""A person who does something in a sentence, and does not tell what a program says."""
_REACH = 120
"""Characters before a message that may be of its sentence."""


def without_talk(matches: Sequence[Match], tokens: Tokens) -> list[Match]:
    """Return the matches but those that are talk.

    Talk is what any software may say, in the middle of a sentence, beside a message that only Xero
    has, or of a person's sentence beside any that is pasted; and a code that is written as words
    ("access denied") beside one as it is ("invalid_grant").
    """
    if len(matches) < 2:
        return list(matches)
    has_code = any(_is_code_as_it_is(match, tokens) for match in matches)
    has_telling = any(not match.generic for match in matches)
    of_persons = [match for match in matches if _is_of_a_person(match, tokens)]
    if has_telling:
        of_persons += [match for match in matches if _is_in_sentence(match, tokens)]
    elif len(of_persons) == len(matches):
        of_persons = []  # nothing is pasted
    return [
        match
        for match in matches
        if _is_code_as_it_is(match, tokens)
        or not (has_code if _is_code(match) else match in of_persons)
    ]


def _is_in_sentence(match: Match, tokens: Tokens) -> bool:
    return match.generic and continues_sentence(tokens, match.start)


def _is_of_a_person(match: Match, tokens: Tokens) -> bool:
    """Whether a match goes on with what a person did: "I looked and could not find it in Xero"."""
    start = tokens.starts[match.start]
    if not (match.generic and tokens.text[start].islower()):
        return False
    sentence = _SENTENCE_END.split(tokens.text[max(0, start - _REACH) : start])[-1]
    return bool(_PERSON_SPEAKS.search(sentence))


def _is_code(match: Match) -> bool:
    """Whether a message is a code, several words joined by underscores."""
    return "_" in match.message and " " not in match.message


def _is_code_as_it_is(match: Match, tokens: Tokens) -> bool:
    written = tokens.text[tokens.starts[match.start] : tokens.ends[match.end]]
    return _is_code(match) and "_" in written
