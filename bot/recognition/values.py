"""Grammar of the values in messages: where a value ends, what encloses it, and lists. Pure."""

import re

from bot.lazy_regex import lazy_regex
from bot.recognition.text import SCRIPTS, UNSPACED
from bot.recognition.value_shapes import (
    AMOUNT,
    BRACKETS,
    CURRENCY,
    DATE,
    ENDED,
    PAIRS,
    QUOTES,
    STOPS,
)
from bot.recognition.value_wrapping import (
    MAX_VALUE_CHARACTERS,
    is_enclosed,
    is_masked,
    without_wrapping,
)

_CENTS = lazy_regex(r"[.,]\d\d$")
_DATE_APART = lazy_regex(r"\d\d? ?[/.-] ?\d\d? ?[/.-] ?\d{2,4}")
_TOKEN = lazy_regex(
    rf"""(?: (?<=\w)\([^\s()]{{1,20}}\) | (?<=\w)\[[^\s\[\]]{{1,20}}\]
    | (?!&\w+=)[^\s"<>{{}}|;!?\\`*,.:'\u2018\u2019\u201c-\u201e\u00ab\u00bb()\[\]\u2014{STOPS}]
    | (?<=[^\W_])\.(?=[^\W_])(?!(?<=\d\.)[A-Z][a-z])
    | (?<=\d):(?=\d) | (?<=\d),(?=\d{{1,3}}(?!\d))
    | (?<=[^\W\d_])['\u2019](?=[^\W\d_]) )+""",
    re.VERBOSE,
)
"""A word of a value: dots, commas, colons inside only; a capital after a dot is a new sentence."""
_LEAD_IN = lazy_regex(r"(?:[\"'\])]{1,2}(?=[^\S\n]*[:=]))?[^\S\n\t]*(?:[:=#][^\S\n]*)*")
"""The sign before a value: a colon, behind the closing quote of a key in JSON."""
_NEXT_LINE = lazy_regex(r"[^\S\n]*\n[^\S\n]*")
_SEPARATOR = lazy_regex(
    r"""\s+[/&+]\s+ | \s*[,;]\s+(?:(?:and|or)\s+)? | \s+(?:and|or)\s+ | ;(?=\w) | ,(?=[^\W\d_]+[-_/#]?\d)
    | (?<=['"\u2019\u201d])\s*[,/;]\s*(?=['"\u2018\u201c])""",
    re.VERBOSE,
)
_LINE_ENDED = lazy_regex(r"[. ]*(?:$|[\"'|])")
_LIST_GOES_ON = lazy_regex(r"\s*(?:,\s*(?:(?:and|or)\s)?|/|;|&|\b(?:and|or)\b)\s*['\"(]?")
_OPENS_LIST = lazy_regex(r"\.?\s?[:(]")
_BULLET = lazy_regex(r"\n[ \t>]*(?:[-*\u2022\u00b7]|\d\d?[.)])[ \t]+([^\s]+)(?=[ \t]*(?:\n|$))")
_BULLETS = lazy_regex(rf"\.?[ \t]*:[ \t]*(?:{_BULLET.pattern}[ \t]*)+")
_CODE = lazy_regex(rf"[#\w][\w#./-]*|{CURRENCY}")
_SHORT_FORM = lazy_regex(r"(\D*[^\W\d]\D*)(\d+)")


def split_list(raw: str, marks: str = "") -> tuple[str, ...]:
    """Return the values in a variable part: one, or the entries of a list of codes or amounts."""
    one = without_wrapping(raw, marks)
    split = _SEPARATOR.split(raw.strip())
    parts = [without_wrapping(part, marks) for part in split]
    apart = all(map(is_code, parts)) or all(
        part[:1] in QUOTES and is_enclosed(part) for part in split
    )
    if len(parts) < 2 or not apart or _DATE_APART.fullmatch(one) or AMOUNT.fullmatch(one):
        return (one,) if one else ()
    return tuple(dict.fromkeys(_restore_prefix(parts[0], part) for part in parts))


def is_code(part: str) -> bool:
    """Whether a value is a number, a code or an amount."""
    digits = any(map(str.isdigit, part))
    return bool(
        AMOUNT.fullmatch(part)
        or (_CODE.fullmatch(part) and (digits or re.fullmatch(CURRENCY, part)))
    )


def _restore_prefix(first: str, part: str) -> str:
    """Return `part` with the prefix of `first`: 72 after INV-71 is INV-72."""
    shape = _SHORT_FORM.fullmatch(first)
    return shape[1] + part if shape and part.isdigit() and len(part) >= len(shape[2]) else part


def find_value(text: str, behind: int, marks: str = "") -> tuple[int, int] | None:
    """Return the span of the value that follows the character `behind`; None if there is none.

    A list of values is one stretch. `marks` as in `without_wrapping`.
    """
    line = text[behind : behind + 2 * MAX_VALUE_CHARACTERS]
    start = _LEAD_IN.match(line).end()  # type: ignore[union-attr]
    ends_message = start == 0 and line and line[0] in QUOTES and line[0] not in marks
    if ends_message or "##" in line[:start]:
        # a quote that ends what the message is in, or a value masked by number signs
        return None
    line_ends = line.find("\n", start)
    if line_ends == start and (below := _value_on_next_line(line, start, marks)):
        return behind + below[0], behind + below[1]
    if line_ends > start and (end := _end_of_wrapped(line, start, marks)):
        return behind + start, behind + end
    line = line if line_ends < 0 else line[:line_ends]
    end = _end(line, start, marks, named=":" in line[:start] or "=" in line[:start])
    if end is None or (line.startswith("...", end) and not _CENTS.search(line[start:end])):
        # cut off in the middle, unless the cents are there
        return None
    return behind + start, behind + _end_of_list(line, start, end, marks)


def _value_on_next_line(text: str, start: int, marks: str) -> tuple[int, int] | None:
    """Return the span of a value that is alone on the line after the character `start`.

    It is an amount, a date, or in the quotes of the message.
    """
    begun = _NEXT_LINE.match(text, start)
    start = begun.end() if begun else start
    rest = text[start:].partition("\n")[0]
    if rest and rest[0] in marks and rest[0] in QUOTES:
        end = _end_of_enclosed(rest, 0, marks)
        return (start, start + end) if end else None
    found = DATE.match(rest) or AMOUNT.match(rest)
    return (
        (start, start + found.end())
        if begun and found and _LINE_ENDED.match(rest, found.end())
        else None
    )


def _end_of_wrapped(text: str, start: int, marks: str) -> int | None:
    """Return the end of a date, or of a value in the message's quotes, that goes on a line below.

    None if it does not.
    """
    line_ends, joined = text.find("\n", start), text.replace("\n", " ")
    if text[start] in QUOTES and text[start] in marks:
        end = _end_of_enclosed(joined, start, marks)
        return end if end and text.count("\n", start, end) == 1 else None
    dated = DATE.match(joined, start)
    if dated and dated.end() > line_ends and ENDED.match(joined, dated.end()):
        return dated.end()
    return None


def _end(line: str, start: int, marks: str, *, named: bool) -> int | None:
    """Return the end of the value that begins at `start`. `named`: a colon comes before it."""
    opener = line[start : start + 1]
    if opener in PAIRS and opener:
        if closed := _end_of_enclosed(line, start, marks):
            return closed
        return _end(line, start + 1, marks, named=named) if start + 1 < len(line) else None
    for shape in (DATE, AMOUNT):
        if (found := shape.match(line, start)) and ENDED.match(line, found.end()):
            return found.end()
    return _end_of_words(line, start, named=named)


def _end_of_enclosed(line: str, start: int, marks: str) -> int | None:
    """Return the end of a value in quotes or brackets, including them."""
    opener = line[start]
    if opener in BRACKETS:
        depth = 0
        for index in range(start, len(line)):
            depth += (line[index] == opener) - (line[index] == PAIRS[opener])
            if depth == 0:
                inside = line[start + 1 : index].strip()
                is_value = opener in marks or is_masked(line[start : index + 1])
                is_value = is_value or _end(inside, 0, "", named=False) == len(inside)
                return index + 1 if is_value else None
        return None
    quoted = re.compile(
        rf"({opener}+)[^\n]{{1,{MAX_VALUE_CHARACTERS}}}?{PAIRS[opener]}{{1,2}}(?:(?!\w)|(?=[{UNSPACED}]))"
    ).match(line, start)
    return quoted.end() if quoted else None


def _end_of_words(line: str, start: int, *, named: bool) -> int | None:
    """Return the end of a code, number or name without quotes; names may have several words."""
    first = _TOKEN.match(line, start)
    if first is None or not _may_begin(first[0], named=named):
        return None
    end, last = first.end(), first[0]
    if joined := _other_script(last):
        return start + joined
    if _is_caseless(last) and (more := _TOKEN.match(line, end + 1)) and _is_caseless(more[0]):
        return None
    is_name = (
        last[:1].isalpha()
        and not any(map(str.isdigit, last))
        and not (last.isupper() and len(last) > 1)
    )
    while line[end : end + 1] == " " and (more := _TOKEN.match(line, end + 1)):
        counts = more[0][0].isdigit() and last.isalpha() and last.isupper()
        if not counts and not (is_name and _goes_on(more[0])):
            break
        if joined := _other_script(more[0]):
            return more.start() + joined
        end, last = more.end(), more[0]
    return start + len(line[start:end].rstrip("-/_=&~^+ ")) or None


def _other_script(token: str) -> int:
    """Return where a script without spaces goes on with a token; 0 if none does."""
    joined = None if token.isascii() or not token[0].isascii() else SCRIPTS.search(token)
    return joined.start() if joined else 0


def _may_begin(token: str, *, named: bool) -> bool:
    return named or any(map(str.isdigit, token)) or _is_capital(token)


def _goes_on(token: str) -> bool:
    """Whether a name of several words may go on with the token."""
    return token in {"&", "+"} or (_is_capital(token) and not _is_caseless(token))


def _is_caseless(token: str) -> bool:
    """Whether a token is of a script without capitals, where names look like other words."""
    return token[0].isalpha() and token[0].upper() == token[0].lower()


def _is_capital(token: str) -> bool:
    return token[0].isdigit() or (token[0].isalpha() and not token[0].islower())


def _end_of_list(line: str, start: int, end: int, marks: str) -> int:
    """Return the end of the last of several values of one shape: "USD, EUR and GBP"."""
    shape = _shape(without_wrapping(line[start:end], marks))
    while shape and (on := _LIST_GOES_ON.match(line, end)) and on.end() > end:
        following = _end(line, on.end(), marks, named=False)
        if (
            following is None
            or _shape(without_wrapping(line[on.end() : following], marks)) != shape
        ):
            break
        end = following
    return end


def _shape(value: str) -> str:
    """Return the common form of a list's values: `A-9` for INV-71. Empty for mere words."""
    if re.fullmatch(CURRENCY, value):
        return "currency"
    return (
        re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", value))
        if any(map(str.isdigit, value))
        else ""
    )


def find_list(text: str, behind: int) -> tuple[tuple[str, ...], int] | None:
    """Return the codes listed after a colon or in brackets, and the end of the list."""
    if bullets := _BULLETS.match(text, behind):
        found = tuple(without_wrapping(item) for item in _BULLET.findall(bullets[0]))
        return (found, bullets.end()) if all(map(is_code, found)) else None
    if not _OPENS_LIST.match(text, behind) or not (span := find_value(text, behind, "(")):
        return None
    found = split_list(text[slice(*span)], "(")
    reply_state = len(found) > 1 or any(any(map(str.isalpha, value)) for value in found)
    return (found, span[1]) if reply_state and all(map(is_code, found)) else None
