"""Line breaks inside tokens, as terminals, e-mails and chat windows insert them. Pure.

A break belongs to a token if the text before it is long, follows the label of a secret, or
begins like a known key, and if the text after it has letters and digits. A short line without
either counts if the token continues on the next one.
"""

import re
from collections.abc import Iterator
from string import ascii_letters, digits

from bot.redaction.randomness import looks_random
from bot.redaction.spans import Found
from bot.redaction.token_formats import OPENING_FORMS

_OPAQUE = "[A-Za-z0-9_+/.~%-]"
_OPAQUE_SIGNS = ascii_letters + digits + "_+/.~%-"
_END_OF_LINE = (
    r"(?:(?:[ \t]{0,3}\|)?[ \t]{0,3}[\\=]?\r?\n|(?:\\{1,4}r)?\\{1,4}n|<br ?/?>|&#(?:10|xA);)"
)
_MARKS = r"(?:[ \t]{0,40}[>|]){0,3}"
_BREAK = re.compile(
    rf"{_END_OF_LINE}{_MARKS}(?P<blank>(?:{_END_OF_LINE}{_MARKS}){{1,2}})?"
    r"[ \t]{0,40}(?:[0-9]{1,4}[:.)]?[ \t]{1,4})?"
    rf"(?=(?P<word>(?:[0-9]{{0,9}}:(?=AA))?{_OPAQUE}++={{0,2}}|[0-9]{{1,9}}:)(?:\Z|[\s\"'`&<>,;)\]}}\\|]))"
)
"""Line breaks, real or escaped, with the marks of quotes, tables and listings before a line."""
_SIGNS_OF_BREAKS = ("\n", "\\n", "<br", "&#")
_REFERENCE = re.compile(
    r"(?:[A-Z]{1,6}|[A-Z]?[a-z]{1,5})[-_]?[0-9]+|[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|[0-9.,:-]+"
    r"|[A-Z]?[a-z]{2,}(?:[A-Z][a-z]+)+[A-Z]{0,3}|[0-9]{1,2}-[A-Z][a-z]{2}-[0-9]{2,4}|[A-Z]{1,6}(?:-[0-9]{1,8}){2}"
    r"|[a-z]{2,}(?:-[a-z]{2,}){1,3}-?[0-9]{1,4}|[A-Za-z]{2,12}(?:[-_/][A-Za-z]{2,12}){0,2}[-_/][0-9]{1,4}"
)
"""First words of the next line of a message, not of a token: INV-204, a GUID, an amount."""
_BEGINS_SENTENCE = re.compile(r",?[ \t]{1,3}\S")
_TWO_CASES = re.compile(r"[a-z][A-Z]")
_LONG = 20
_FAR = 1_500
"""Characters before a break in which its token must begin."""
_MAX_WEAK_BREAKS = 3
_AHEAD = 8
_CROSSED, _COMPLETED = 1, 2
_NEEDLES = re.compile(
    "|".join(re.escape(needle) for rule in OPENING_FORMS for needle in rule.needles)
)
_MIN_KEY_LENGTH = 11
"""Letters and digits of the shortest key."""
_LABEL = re.compile(
    r"(?:token|secret|key|passw(?:or)?d|pwd|passphrase)[\"'`*_\]\\]{0,4}\s{0,4}(?:[:=]|%3D)(?:>|&gt;)?[\s>|]{0,20}"
    r"[\"'`*_\\]{0,4}\Z|bearer\s{1,3}\Z",
    re.IGNORECASE,
)
_ENDS_OF_LABEL = (":", "=", ">", "|", '"', "'", "`", "*", "_", "\\", ";", "D", "d", "r", "R")
_CONTEXT_CHARACTERS = 50
_SPACED = re.compile(r"(?<![\w.-])eyJ[\w-]{8,}+[\w.-]*+(?:[ \t]{1,3}[\w.-]++)++")
_PIECE = re.compile(r"[ \t]+([^ \t]+)")


def breaks_within_tokens(text: str) -> Iterator[tuple[int, int]]:
    """Yield start and end of each break that is inside a token."""
    if any(sign in text for sign in _SIGNS_OF_BREAKS):
        for chain in _chains(text):
            yield from _within(text, chain)
    if "eyJ" in text:
        yield from _spaces_within(text)


def _chains(text: str) -> Iterator[list[Found]]:
    """Yield lists of breaks with only one word between two of them."""
    chain: list[Found] = []
    for found in _BREAK.finditer(text):
        if chain and found.start() != chain[-1].end("word"):
            yield chain
            chain = []
        chain.append(found)
    if chain:
        yield chain


def _within(text: str, chain: list[Found]) -> Iterator[tuple[int, int]]:
    has_needle, at = len(chain) <= _AHEAD or _may_have_needle(text, chain), 0
    while at < len(chain):
        behind = _behind_token(text, chain, at, has_needle=has_needle)
        for found in chain[at:behind]:
            yield found.span()
        at = max(behind, at + 1)


def _may_have_needle(text: str, chain: list[Found]) -> bool:
    """Return whether the words of the chain have the prefix of a known key, one with another."""
    start = chain[0].start()
    before = text[max(0, start - _FAR) : start].rsplit(None, 1)[-1:]
    words = "".join([*before, *(found["word"] for found in chain)])
    return bool(_NEEDLES.search(words.lower()))


def _behind_token(text: str, chain: list[Found], first: int, *, has_needle: bool) -> int:
    """Return the index of the first break that is outside the token before the break `first`.

    `has_needle`: whether the chain's words may have the prefix of a known key.
    """
    start = chain[first].start()
    before = text[max(0, start - _FAR) : start] if first == 0 else chain[first - 1]["word"]
    piece = before[len(before.rstrip(_OPAQUE_SIGNS)) :]
    if not piece and not before.endswith(":"):
        return first
    head = before.rsplit(None, 1)[-1]
    labelled = bool(piece) and _is_labelled(
        text[max(0, start - len(piece) - _CONTEXT_CHARACTERS) : start - len(piece)]
    )
    may_have_form = has_needle and _may_have_form(
        head + "".join(found["word"] for found in chain[first : first + _AHEAD])
    )
    if not (labelled or may_have_form or len(piece) >= _LONG):
        return first
    behind, weak, rest = first, 0, ""
    for at in range(first, len(chain)):
        word = chain[at]["word"]
        known = labelled and _may_go_on(piece, (rest + word)[:_FAR])
        long = (
            not weak
            and len(piece if at == first else chain[at - 1]["word"]) >= _LONG
            and not chain[at]["blank"]
        )
        strong = _is_strong(chain[at])
        asked = may_have_form and len(rest) < _FAR and not (strong and (known or long))
        formed = _has_form(head, rest, word) if asked else 0
        if formed == _COMPLETED or (strong and (known or formed or long)):
            behind, weak = at + 1, 0
        elif not (labelled or may_have_form) or weak == _MAX_WEAK_BREAKS:
            break
        else:
            weak += 1
        rest += word
    return behind


def _has_form(head: str, rest: str, word: str) -> int:
    """Return whether a known key continues from `head` in `word`: 2 if it needs this word."""
    without = head + rest
    spans = [(start, end) for start, end in _keys(without + word) if end > len(without)]
    if any(start < len(head) for start, _ in spans):
        return _CROSSED if any(start < len(head) for start, _ in _keys(without)) else _COMPLETED
    return _COMPLETED if spans and not _keys(rest + word) else 0


def _keys(text: str) -> list[tuple[int, int]]:
    """Return the spans of known keys; of a URL only the secret part."""
    lower = text.lower()
    return [(start, end) for rule in OPENING_FORMS for start, end, _ in rule.spans(text, lower)]


def _may_have_form(block: str) -> bool:
    made = len(block) >= _MIN_KEY_LENGTH and (len(block) >= 30 or any(map(str.isdigit, block)))
    return made and bool(_NEEDLES.search(block.lower()))


def _is_labelled(before: str) -> bool:
    return before.rstrip()[-1:] in _ENDS_OF_LABEL and bool(_LABEL.search(before))


def _may_go_on(piece: str, rest: str) -> bool:
    """Return whether the piece after a label is part of a token; after a word a key must come."""
    is_word = len(piece) >= 4 and piece.isalpha() and (piece[1:].islower() or piece.isupper())
    return not is_word or looks_random(rest)


def _is_strong(found: Found) -> bool:
    """Return whether the word after a break was generated, and is no first word of a sentence."""
    word = found["word"]
    alone = not _BEGINS_SENTENCE.match(found.string, found.end("word"))
    return _is_made(word) and (alone or (len(word) >= 8 and any(map(str.isdigit, word))))


def _is_made(word: str) -> bool:
    mixed = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return bool(mixed or _TWO_CASES.search(word)) and not _REFERENCE.fullmatch(word)


def _spaces_within(text: str) -> Iterator[tuple[int, int]]:
    """Yield the spaces inside a JWT, which replace line breaks in some windows."""
    for token in _SPACED.finditer(text):
        waiting: list[tuple[int, int]] = []
        for piece in _PIECE.finditer(text, token.start(), token.end()):
            waiting.append((piece.start(), piece.start(1)))
            word = piece[1].rstrip(".")
            if (
                len(word) >= 6
                and _is_made(word)
                and any(map(str.isupper, word))
                and any(map(str.islower, word))
            ):
                yield from waiting
                waiting = []
            elif word:
                break
