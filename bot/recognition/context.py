"""Attribution of a message to Xero or to another system, by the text around it. Pure.

"Invoice could not be found" is a message of Xero, and of a hundred web shops.
"""

import re
from enum import Enum, auto

from bot.domain.names import Names
from bot.lazy_regex import lazy_regex
from bot.recognition.other_systems import OTHER_SYSTEMS
from bot.recognition.owners import is_made_by_hand, is_somebody_elses
from bot.recognition.refusals import is_remark
from bot.recognition.sales_channels import SALES_CHANNELS, speaking_channel_distance
from bot.recognition.sentence_starts import (
    begins_at,
    continues_sentence,
    has_subject_before,
    is_predicate,
)
from bot.recognition.shop_words import SHOP_TERMS
from bot.recognition.speakers import (
    is_foreign,
    key_before,
    label_after,
    names_program,
    other_program,
    speaker_after,
    speaker_before,
    starts_in_key,
)
from bot.recognition.text import Tokens
from bot.recognition.traces import frames_around
from bot.recognition.xero_answers import (
    ANSWER_MARKS,
    LISTED_ERRORS,
    OWN_DETAIL,
    is_answer_of_xero,
    is_problem_of_xero,
)

CONTEXT_CHARACTERS = 500
"""Characters on either side in which a system's name counts; 90 % of pastes are under 606 long."""
ADJACENT_CHARACTERS = 80
"""If another system is named within this distance, even a long message is attributed to it."""
NEAR_WORDS = 15
"""Words on either side among which a shop's words vouch for a message."""
MAX_OTHER_WORDS = 15
"""Other words up to which the text is about the message: a question, or a log line before it."""
MAX_BRIEF = 9
"""Words of a message up to which a program in the making may say the same."""

_CARRIERS = lazy_regex(
    r"\bgraphql|\b(?:aws\s)?lambda\b|\b(?:azure|cloud|firebase|google\scloud)\sfunctions?\b"
    r"|\bcom\.google\.(?:api\.client|common|gson)\b",
    re.IGNORECASE,
)
"""How an answer comes to a program, whosever it is: "GraphQLError: The contact name …"."""
_ENVELOPE = lazy_regex(
    r"a validation exception (?:has )?occurr?ed|\[object(?: object)?\]|\(truncated\W*\)|400 bad request",
    re.IGNORECASE,
)
_CODE = lazy_regex(
    r"(?i)"
    r"(?-i:@[A-Z]\w+\()|[\w)]\s?=>\s?(?:\{|\(|\w+[.(])"
    r"|\b(?:return|const|var|let|function|throw|await|null|undefined)\b\s*[\w('\"`{;=]"
    r"|</(?!message|t[dhr]\b|tbody|table|span|strong|font|[abip]\b|div)\w|`null`|Write-\w+|\bif\s*\(|\)\s*;|\w\.\w+\("
)
_WORKS_THERE = lazy_regex(
    r"(?![^.!?;,\n]{0,60}(?:\bn(?:ever|ot?)\b|n['\u2019]t\b))[^.!?;,:\n\"]{0,40}?\s"
    r"(?:work(?:s|ed)|accept(?:s|ed)?|takes|took|(?:go|goes|went)\s(?:fine|in|ok|over|through))\b",
    re.IGNORECASE,
)
"""What says of a system in front that it is not the one that fails: "QuickBooks takes the same"."""
_LOCATION_FOLLOWS = lazy_regex(r" (?:in|on|at|by|under|inside|anywhere|behind|near)\b")
"""A location after it makes the message a person's own words: "not be found in the cupboard"."""


class Sign(Enum):
    """What shows that a message is Xero's, where no other system is named."""

    NAME = auto()
    """The name of Xero or the product, or what only Xero's responses contain."""
    SHOP = auto()
    """That, or a shop's words near it."""
    LITTLE_ELSE = auto()
    """That, or that the text says little else."""


class Attribution:
    """Decides whose a message is. A text that names the product speaks of Xero too."""

    def __init__(self, names: Names) -> None:
        ours = rf"xer[o0]|{names.spoken.pattern}"
        self._ours = re.compile(ours, re.IGNORECASE)
        self._disowned = re.compile(
            rf"\b(?:(?:not|isn\W?t|wasn\W?t|nothing to do with|unrelated to)"
            rf" (?:(?:from|a|our|the|even|actually) ){{0,2}}(?:{ours})"
            rf"|no (?:{ours}) (?:here|involved|in (?:it|there)|at all|anywhere))",
            re.IGNORECASE,
        )

    def reason_is_missing(self, text: str) -> bool:
        """Whether a text is the outer part of a Xero error, without the message that says why.

        Libraries and logs drop it: Guzzle cuts after 120 characters, Node prints [Object].
        """
        return bool(_ENVELOPE.search(text)) and bool(
            self._ours.search(text) or ANSWER_MARKS.search(text)
        )

    def is_about_xero(self, text: str) -> bool:
        """Whether a text names Xero or the product, and no other system."""
        return bool(self._ours.search(text)) and not (
            self._disowned.search(text) or OTHER_SYSTEMS.search(text)
        )

    def is_of_xero(self, text: str) -> bool:
        """Whether a text names Xero, or lists errors as Xero does, and names no other system."""
        return self.is_about_xero(text) or bool(
            LISTED_ERRORS.search(text)
            and not (OTHER_SYSTEMS.search(text) or SALES_CHANNELS.search(text))
        )

    def names_other_system(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether another system is named next to the tokens `start` to `end`.

        It is not if Xero or the product is nearer, or in the message itself, or if the text has
        Xero's answer as it comes: then the other system printed it.
        """
        if self._is_named_in(tokens, start, end) or is_problem_of_xero(tokens.text):
            return False
        before, after = _surroundings(tokens, start, end)
        named, other = self._distances(before, after)
        if named == CONTEXT_CHARACTERS:
            if other_program(speaker_before(before)):
                return True
            is_brief = end - start < MAX_BRIEF
            if not is_answer_of_xero(tokens.text, (before, after)) and (
                _is_of_another_owner(before, after) or (is_brief and is_made_by_hand(before, after))
            ):
                return True
        return other < min(ADJACENT_CHARACTERS, named)

    def points_to_xero(
        self, tokens: Tokens, pasted: str, start: int, end: int, sign: Sign = Sign.LITTLE_ELSE
    ) -> bool:
        """Whether the message in the tokens `start` to `end` of a paste is probably Xero's.

        `sign`: the least that must show it.
        """
        if self._is_named_in(tokens, start, end):
            return _says_it_of_xero(tokens, start)
        before, after = _surroundings(tokens, start, end)
        named, other = self._distances(before, after)
        if named < CONTEXT_CHARACTERS:
            program = other_program(speaker_before(before))
            return named <= other and not (program and not self._ours.search(program))
        if other < CONTEXT_CHARACTERS and not is_problem_of_xero(pasted):
            return False
        if is_answer_of_xero(pasted, (before, after)) or self._is_traced(tokens, start, end):
            return True
        needs_name = sign is Sign.NAME
        is_unnamed = needs_name and not OWN_DETAIL.search(pasted)
        if is_unnamed or _belongs_to_another(tokens, pasted, start, (before, after)):
            return False
        return (
            needs_name
            or _is_of_a_shop(tokens, start, end)
            or (
                sign is Sign.LITTLE_ELSE
                and _other_words(tokens, start, end) <= MAX_OTHER_WORDS
                and not _LOCATION_FOLLOWS.match(after)
            )
        )

    def _is_named_in(self, tokens: Tokens, start: int, end: int) -> bool:
        return bool(self._ours.search(tokens.text, tokens.starts[start], tokens.ends[end]))

    def _is_traced(self, tokens: Tokens, start: int, end: int) -> bool:
        """Whether a stack trace around a message names Xero, and no other system."""
        frames = frames_around(tokens.text, tokens.starts[start], tokens.ends[end])
        return bool(self._ours.search(frames)) and not OTHER_SYSTEMS.search(frames)

    def _distances(self, before: str, after: str) -> tuple[int, int]:
        """Return how far off Xero is named, and another system, in characters."""
        channel = speaking_channel_distance(before, after, self._ours)
        other = self._other_distance(before, after)
        other = other if channel is None else min(other, channel)
        if self._disowned.search(before) or self._disowned.search(after):
            other = min(other, _nearest_distance(self._disowned, before, after))
            before, after = (self._disowned.sub(_blank, side) for side in (before, after))
        return _nearest_distance(self._ours, before, after), other

    def _other_distance(self, before: str, after: str) -> int:
        """Return how far off another system is named, in characters.

        Beside Xero, what carries an answer of Xero's is none, nor are systems that all work.
        """
        other = _nearest_distance(OTHER_SYSTEMS, before, after)
        if other == CONTEXT_CHARACTERS or not any(map(self._ours.search, (before, after))):
            return other
        before, after = (_CARRIERS.sub(_blank, side) for side in (before, after))
        if _all_work(before) and _all_work(after):
            return CONTEXT_CHARACTERS
        return _nearest_distance(OTHER_SYSTEMS, before, after)


def _all_work(text: str) -> bool:
    """Whether a text names other systems only as those that work, if any."""
    named = OTHER_SYSTEMS.finditer(text)
    return all(_WORKS_THERE.match(text, found.end()) for found in named)


def _other_words(tokens: Tokens, start: int, end: int) -> int:
    """Return how many words are around a message, without numbers and words that are in it too.

    A log or a table repeats it.
    """
    around = (*tokens.stems[:start], *tokens.stems[end + 1 :])
    repeated = frozenset(tokens.stems[start : end + 1])
    return sum(not stem.isdigit() and stem not in repeated for stem in around)


def _is_of_a_shop(tokens: Tokens, start: int, end: int) -> bool:
    """Whether a shop's words are near a message."""
    before, after = tokens.stems[:start], tokens.stems[end + 1 :]
    return not SHOP_TERMS.isdisjoint([*before[-NEAR_WORDS:], *after[:NEAR_WORDS]])


def _says_it_of_xero(tokens: Tokens, start: int) -> bool:
    """Whether a message that names Xero is an error that was read, no part of talk."""
    continues = continues_sentence(tokens, begins_at(tokens, start))
    if not is_predicate(tokens, start):
        return not continues
    is_error = not continues or has_subject_before(tokens, start)
    return is_error and not is_remark(tokens.text)


def _belongs_to_another(tokens: Tokens, pasted: str, start: int, around: tuple[str, str]) -> bool:
    """Whether a message is another program's, where neither is named: by what is `around` it."""
    before, after = around
    return bool(
        any(map(SALES_CHANNELS.search, around))
        or any(map(names_program, around))
        or _is_of_another_owner(before, after)
        or is_made_by_hand(before, after)
        or _CODE.search(pasted)
        or key_before(before)
        or starts_in_key(tokens, start)
        or continues_sentence(tokens, start)
        or is_foreign(speaker_before(before))
        or is_foreign(speaker_after(after))
    )


def _is_of_another_owner(before: str, after: str) -> bool:
    """Whether a text names a program of somebody else's beside a message, or by a label behind."""
    return bool(any(map(is_somebody_elses, (before, after))) or other_program(label_after(after)))


def _blank(found: re.Match[str]) -> str:
    return "_" * len(found[0])


def _surroundings(tokens: Tokens, start: int, end: int) -> tuple[str, str]:
    before, after = tokens.text[: tokens.starts[start]], tokens.text[tokens.ends[end] :]
    return before[-CONTEXT_CHARACTERS:], after[:CONTEXT_CHARACTERS]


def _nearest_distance(names: re.Pattern[str], before: str, after: str) -> int:
    """Return the distance of the nearest name in characters, at most `CONTEXT_CHARACTERS`."""
    away = [len(before) - found.end() for found in names.finditer(before)][-1:]
    if first := names.search(after):
        away.append(first.start())
    return min(away, default=CONTEXT_CHARACTERS)
