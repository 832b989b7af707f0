"""Grammar of the values in messages: where a value ends, what encloses it, and lists. Pure."""

import re

MAX_VALUE_CHARACTERS = 150
"""Characters of a value that are kept; names and codes are shorter."""
_PAIRS = {
    "'": "'",
    '"': '"',
    "\u2018": "\u2019",
    "\u201c": "\u201d",
    "`": "`",
    "\u00ab": "\u00bb",
    "(": ")",
    "[": "]",
}
_BRACKETS = "(["
_CLOSERS = {closer: opener for opener, closer in _PAIRS.items()}
_QUOTES = "'\"`\u2018\u2019\u201c\u201d\u00ab\u00bb\u2032\u2033\u201a\u201e"
_CURRENCY = (
    "(?:AED|ARS|AUD|BDT|BRL|CAD|CHF|CLP|CNY|COP|CZK|DKK|EGP|EUR|FJD|GBP|HKD|HUF|IDR|ILS|INR|JPY|KES|KRW|LKR|MAD|MXN"
    "|MYR|NGN|NOK|NZD|PEN|PGK|PHP|PKR|PLN|RON|SAR|SBD|SEK|SGD|THB|TND|TOP|TRY|TWD|UAH|USD|UYU|VND|VUV|WST|XPF|ZAR)"
)
_SYMBOL = "[$\u20ac\u00a3\u00a5\u20b9]"
_MONEY = rf"(?:{_CURRENCY}\s?|[A-Z]{{0,3}}{_SYMBOL}\s?)"
_THOUSANDS = "[ \u00a0\u2009\u202f'\u2019]"
_FIGURE = rf"(?:\d{{1,3}}(?:{_THOUSANDS}\d{{3}})+[.,]\d\d(?!\d)|\d+(?:[.,]\d+)*|\.\d+)"
_MINUS_BEHIND = r"(?:(?<=[.,]\d\d)|(?<=[.,]\d{4}))[-\u2212]"
_SIDE = r"\s?(?:[CD]R|[cd]r|Cr|Dr(?!\.?\s[A-Z]))\b"
"""Credit or debit, but not the title in "Dr Smith"."""
_AMOUNT = re.compile(
    rf"[-+\u2212]?{_MONEY}?[-+\u2212]?{_FIGURE}(?:{_MINUS_BEHIND})?"
    rf"(?:\s?%|\s?{_SYMBOL}(?!\d))?(?: {_CURRENCY}\b)?(?:{_SIDE})?"
)
_NEGATIVE = re.compile(
    rf"\({_MONEY}?(?:\d(?:[\d.,]|{_THOUSANDS}\d)*[.,]|\.)\d{{2,4}}(?: {_CURRENCY})?\)"
)
"""A negative amount in accounting notation: in brackets."""
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_TIME = r"(?:(?:T|,? )\d\d?:\d\d(?::\d\d)?(?:\.\d+)?(?: ?(?:[ap]m\b|[ap]\.m\.))?(?:Z|[+-]\d\d:?\d\d\b)?)?"
_DAY = r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? )?"
_DATE = re.compile(
    rf"{_DAY}(?:\d\d?(?:st|nd|rd|th)?[ -]{_MONTH}[ -,]*\d{{2,4}}|{_MONTH} \d\d?(?:st|nd|rd|th)?,? \d{{4}}"
    rf"|\d{{1,4}}([-/.])\d\d?\1\d{{1,4}}){_TIME}",
    re.IGNORECASE,
)
_CENTS = re.compile(r"[.,]\d\d$")
_DATE_APART = re.compile(r"\d\d? ?[/.-] ?\d\d? ?[/.-] ?\d{2,4}")
_ENDED = re.compile(r"$|[\s\"'<>;|!?)\]}*`_\\\u2019\u201d\u00bb\u2014]|[.,:](?!\d)")
_TOKEN = re.compile(
    r"""(?: (?<=\w)\([^\s()]{1,20}\) | (?<=\w)\[[^\s\[\]]{1,20}\]
    | [^\s"<>{}|;!?\\`*,.:'\u2018\u2019\u201c\u201d\u00ab\u00bb()\[\]\u2014]
    | (?<=[^\W_])\.(?=[^\W_])(?!(?<=\d\.)[A-Z][a-z])
    | (?<=\d)[,:](?=\d)
    | (?<=[^\W\d_])['\u2019](?=[^\W\d_]) )+""",
    re.VERBOSE,
)
"""A word of a value: dots, commas, colons inside only; a capital after a dot is a new sentence."""
_LEAD_IN = re.compile(r"(?:[\"'\])]{1,2}(?=[^\S\n]*[:=]))?[^\S\n]*(?:[:=#][^\S\n]*)*")
"""The sign before a value: a colon, behind the closing quote of a key in JSON."""
_NEXT_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")
_BEFORE = re.compile(r"(?:[:;,=]\s*|\.(?!\d)\s*)+")
_SEPARATOR = re.compile(
    r"""\s+[/&+]\s+ | \s*[,;]\s+(?:(?:and|or)\s+)? | \s+(?:and|or)\s+ | ;(?=\w) | ,(?=[^\W\d_]+[-_/#]?\d)
    | (?<=['"\u2019\u201d])\s*[,/;]\s*(?=['"\u2018\u201c])""",
    re.VERBOSE,
)
_LIST_GOES_ON = re.compile(r"\s*(?:,\s*(?:(?:and|or)\s)?|/|;|&|\b(?:and|or)\b)\s*['\"(]?")
_OPENS_LIST = re.compile(r"\.?\s?[:(]")
_BULLET = re.compile(r"\n[ \t>]*(?:[-*\u2022\u00b7]|\d\d?[.)])[ \t]+([^\s]+)(?=[ \t]*(?:\n|$))")
_BULLETS = re.compile(rf"\.?[ \t]*:[ \t]*(?:{_BULLET.pattern}[ \t]*)+")
_CODE = re.compile(rf"[#\w][\w#./-]*|{_CURRENCY}")
_SHORT_FORM = re.compile(r"(\D*[^\W\d]\D*)(\d+)")


def without_wrapping(raw: str, marks: str = "") -> str:
    """Return a value without enclosing quotes and brackets, and without the signs around it.

    `marks` are the quotes and brackets that its message has before the variable part.
    """
    value = " ".join(raw.split())
    own = [mark for mark in marks if mark in _BRACKETS]
    sign = [mark for mark in marks if mark in "#-/"]
    before = None
    while value and value != before:
        before = value
        value = value.strip("*` ").rstrip(",;: ")
        value = _BEFORE.sub("", value, count=1) if _BEFORE.match(value) else value
        while sign and value.startswith(sign[0]):
            value, sign = value[1:].lstrip(), sign[1:]
        if _is_enclosed(value) and not (
            value[0] in _BRACKETS and value[0] not in own and _NEGATIVE.fullmatch(value)
        ):
            own = own[1:] if value[0] in own else own
            value = value[1:-1]
        else:
            value = _balanced(value)
    return value[:MAX_VALUE_CHARACTERS]


def _is_enclosed(value: str) -> bool:
    """Whether the first character of a value is a quote or bracket that its last one closes."""
    if len(value) < 2 or _PAIRS.get(value[0]) != value[-1]:
        return False
    if value[0] not in _BRACKETS:
        return True
    depth = 0
    for index, mark in enumerate(value):
        depth += (mark == value[0]) - (mark == value[-1])
        if depth == 0:
            return index == len(value) - 1
    return False


def _balanced(value: str) -> str:
    """Return the value without an unpaired quote or bracket at its edges."""
    if value[:1] and value[0] in _QUOTES:
        value = value[1:]
    if value[-1:] and value[-1] in _QUOTES:
        value = value[:-1]
    for opener, closer in ("()", "[]"):
        if value.endswith(closer) and value.count(closer) > value.count(opener):
            value = value[:-1]
        if value.startswith(opener) and value.count(opener) > value.count(closer):
            value = value[1:]
    return value


def split_list(raw: str, marks: str = "") -> tuple[str, ...]:
    """Return the values in a variable part: one, or the entries of a list of codes or amounts."""
    one = without_wrapping(raw, marks)
    split = _SEPARATOR.split(raw.strip())
    parts = [without_wrapping(part, marks) for part in split]
    apart = all(map(is_code, parts)) or all(
        part[:1] in _QUOTES and _is_enclosed(part) for part in split
    )
    if len(parts) < 2 or not apart or _DATE_APART.fullmatch(one) or _AMOUNT.fullmatch(one):
        return (one,) if one else ()
    return tuple(dict.fromkeys(_restore_prefix(parts[0], part) for part in parts))


def is_code(part: str) -> bool:
    """Whether a value is a number, a code or an amount."""
    digits = any(map(str.isdigit, part))
    return bool(
        _AMOUNT.fullmatch(part)
        or (_CODE.fullmatch(part) and (digits or re.fullmatch(_CURRENCY, part)))
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
    line_ends = line.find("\n", start)
    if line_ends == start and (below := _value_on_next_line(line)):
        return behind + below[0], behind + below[1]
    line = line if line_ends < 0 else line[:line_ends]
    end = _end(line, start, marks, named=":" in line[:start] or "=" in line[:start])
    if end is None or (line.startswith("...", end) and not _CENTS.search(line[start:end])):
        # cut off in the middle, unless the cents are there
        return None
    return behind + start, behind + _end_of_list(line, start, end, marks)


def _value_on_next_line(text: str) -> tuple[int, int] | None:
    """Return the span of an amount or a date that is alone on the next line of wrapped text."""
    begun = _NEXT_LINE.match(text)
    start = begun.end() if begun else 0
    rest = text[start:].partition("\n")[0]
    found = _DATE.match(rest) or _AMOUNT.match(rest)
    return (
        (start, start + found.end())
        if begun and found and not rest[found.end() :].strip(". ")
        else None
    )


def _end(line: str, start: int, marks: str, *, named: bool) -> int | None:
    """Return the end of the value that begins at `start`. `named`: a colon comes before it."""
    opener = line[start : start + 1]
    if opener in _PAIRS and opener:
        if closed := _end_of_enclosed(line, start, marks):
            return closed
        return _end(line, start + 1, marks, named=named) if start + 1 < len(line) else None
    for shape in (_DATE, _AMOUNT):
        if (found := shape.match(line, start)) and _ENDED.match(line, found.end()):
            return found.end()
    return _end_of_words(line, start, named=named)


def _end_of_enclosed(line: str, start: int, marks: str) -> int | None:
    """Return the end of a value in quotes or brackets, including them."""
    opener = line[start]
    if opener in _BRACKETS:
        depth = 0
        for index in range(start, len(line)):
            depth += (line[index] == opener) - (line[index] == _PAIRS[opener])
            if depth == 0:
                inside = line[start + 1 : index].strip()
                return (
                    index + 1
                    if opener in marks or _end(inside, 0, "", named=False) == len(inside)
                    else None
                )
        return None
    quoted = re.compile(
        rf"({opener}+)[^\n]{{1,{MAX_VALUE_CHARACTERS}}}?{_PAIRS[opener]}{{1,2}}(?!\w)"
    ).match(line, start)
    return quoted.end() if quoted else None


def _end_of_words(line: str, start: int, *, named: bool) -> int | None:
    """Return the end of a code, number or name without quotes; names may have several words."""
    first = _TOKEN.match(line, start)
    if first is None or not _may_begin(first[0], named=named):
        return None
    end, last = first.end(), first[0]
    is_name = (
        last[:1].isalpha()
        and not any(map(str.isdigit, last))
        and not (last.isupper() and len(last) > 1)
    )
    while line[end : end + 1] == " " and (more := _TOKEN.match(line, end + 1)):
        counts = more[0][0].isdigit() and last.isalpha() and last.isupper()
        if not counts and not (is_name and (_is_capital(more[0]) or more[0] in {"&", "+"})):
            break
        end, last = more.end(), more[0]
    return start + len(line[start:end].rstrip("-/_=&~^+ ")) or None


def _may_begin(token: str, *, named: bool) -> bool:
    return named or any(map(str.isdigit, token)) or _is_capital(token)


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
    if re.fullmatch(_CURRENCY, value):
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


def past_closers(text: str, start: int, end: int) -> int:
    """Return `end`, moved past the quotes and brackets that close what was opened since `start`."""
    while end < len(text) and (opener := _CLOSERS.get(text[end])):
        inside, closer = text[start:end], text[end]
        if opener == closer:
            opened = len(re.findall(rf"(?<!\w){opener}(?=\S)", inside))
            closed = len(re.findall(rf"(?<=\S){closer}(?!\w)", inside))
        else:
            opened, closed = inside.count(opener), inside.count(closer)
        if opened <= closed:
            break
        end += 1
    return end
