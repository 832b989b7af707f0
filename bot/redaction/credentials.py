"""Tokens and passwords behind their name and a sign: in JSON, XML, queries, configurations, sentences. Pure."""

import re
from collections.abc import Iterator

from bot.redaction.randomness import is_guid, looks_made, looks_random
from bot.redaction.spans import Found, Rule, Span, apart
from bot.redaction.token_formats import ACCESS_TOKEN, CLIENT_SECRET, PASSWORD, SLACK_TOKEN

_QUOTE = r"(?:\\{0,7}[\"'`\u2018\u2019\u201c\u201d]|&(?:amp;){0,2}(?:quot|apos|#34|#39);|%22|%27)"
_NAMED = re.compile(
    r"(?P<name>token(?:[ _-]?secret)?|secret(?:[ _-]?key)?|passw(?:or)?[dt]|pass-?(?:phrase|code)|pwd|(?<![a-z])pw"
    r"|(?:api|access|subscription|signing|private|webhooks?)[ _-]?key)"
    rf"(?P<key>{_QUOTE}\]?)?[*_]{{0,2}}"
    rf"(?:(?P<sign>\s{{0,4}}(?:[:=]|%3[AD])(?:=|>|&gt;)?|>|&gt;|[,\s]{{0,8}}{_QUOTE}?value{_QUOTE}?\s{{0,4}}[:=])"
    r"|\s{1,3}(?P<prose>(?:is|was)\b:?)?)"
    rf"[*_]{{0,2}}\s{{0,4}}(?P<quote>{_QUOTE})?",
    re.IGNORECASE,
)
"""A name and its sign: in JSON, a query, a header, XML, a configuration (`key="…" value="…"`), or told in words."""
_QUALIFIED = re.compile(
    r"(?:access|refresh|id|auth|api|session|bearer|verification|request|server|personal|private|deploy)[ _-]?$",
    re.IGNORECASE,
)
_OPENED = re.compile(r"(?:<|&lt;)[\w:.-]{0,50}$")
"""Before a name that is a tag of XML, and not its closing one."""
_OPAQUE = re.compile(r"(?:[A-Za-z0-9._~+/-]|%(?!2[26C]|3[AD]|5[CD]|7D)[0-9A-F]{2})++(?:=|%3D){0,2}")
WORD = re.compile(
    r"(?!\$?[\[{(])(?:(?!\[redacted: )(?:<(?:mailto|tel|https?):[^<>\s]*>"
    r"|[^\s\"'`<>\\&;,|]"
    r"|[&;,](?!(?:amp;){0,2}(?:quot|apos|#34|#39);|lt;/|lt;br)"
    r"(?:amp;)?+(?![\s\"'})\]]|$|[\w.-]{1,40}(?: [\w.-]{1,40}){0,2}\s?[=:])"
    r"|'(?=\w)|<(?![/A-Za-z!@#])|>(?=\w)|\|(?!\w+:)|\\(?![\"'`/\\bfnrtu])))++"
)
"""A password without quotes: to the next space, or to where the next name of a query, a list or a tag begins."""
_EDGE = re.compile(r"(?<!\\)\"\s{0,9}[,:}\]]|[,:{\[]\s{0,9}\"")
"""Where a string of JSON ends, or begins."""
_CLOSED = re.compile(r"\s{0,9}[,:}\]]")
"""Behind the quote that ends a string of JSON, where the string ends with `password=`."""
_PHRASE = re.compile(r"((?: [\w!#$%^*+-]{1,20}){1,5})[.!]?(?=\s*?(?:\n|\Z))")
_CODE = re.compile(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+")
_APP_PASSWORD = re.compile(r"[a-z0-9]{4}((?: [a-z0-9]{4}){3})(?![ ]?\w)")
"""Sixteen letters in groups of four, as Google and Apple make them for mail programs."""
_MASK = re.compile(
    r"[*\u2022\u25cfxX.\u2026_-]+|&lt;.*&gt;"
    r"|(?i:(?:your|insert|enter|put)(?:[_ -][a-z]+){0,4}[_ -](?:secret|token|password|key)s?(?:[_ -](?:here|value))?)"
)
"""Signs instead of a value, or words that ask for one."""
_COMPLAINTS = frozenset(
    """cannot characters empty expired incorrect invalid match maximum minimum missing must required should
    wrong""".split()
)
"""A quotation with one of these is a message about passwords; one without may be a password of several words."""
NO_SECRET = _COMPLAINTS | frozenset(
    """a an and any are at be been blank both can cant changed contains correct do does doesnt either enter false field
    for forgotten format from has have hidden his her how if in input is it length long longer max min my needed
    never new nil no none not null of old on or our please protected redacted removed requires reset same see string
    strong text that the their they this to too true undefined unknown updated value was weak what when where which
    will with you your""".split()
)
"""What stands behind "Password:" and is none."""


def _values(text: str) -> Iterator[Span]:
    at = 0
    while found := _NAMED.search(text, at):
        kind = _kind(found)
        end = _end_of_value(found, kind)
        if end:
            yield found.end(), end, kind
        at = end or found.end("name")


def _kind(found: Found) -> str:
    name = found["name"].lower()
    if name.startswith(("pass", "pw")):
        return PASSWORD
    if "signing" in found.string[max(0, found.start() - 8) : found.end("name")].lower():
        return SLACK_TOKEN
    return CLIENT_SECRET if name.startswith(("secret", "private", "webhook")) else ACCESS_TOKEN


def _end_of_value(found: Found, kind: str) -> int:
    """Where the value ends that begins behind the match; 0: there is none."""
    text, start = found.string, found.end()
    if found["sign"] in (">", "&gt;") and not _OPENED.search(
        text, max(0, found.start() - 60), found.start()
    ):
        return 0
    if found["quote"] and not found["key"] and _CLOSED.match(text, start):
        return 0
    end = _closing(text, start, found["quote"]) if found["quote"] else 0
    quoted = bool(end)
    if not quoted:
        bare = (WORD if kind == PASSWORD else _OPAQUE).match(text, start)
        if not bare:
            return 0
        if "\n" in found[0] and bare[0].endswith(
            ":"
        ):  # the next label of a form, with nothing between
            return 0
        end = start + len(bare[0].rstrip(".,;:)]}*"))
        if kind == PASSWORD and found["sign"]:
            end = _end_of_phrase(text, start, end)
    value = text[start:end]
    if (
        _MASK.fullmatch(value)
        or value.strip(".,!?'").lower() in NO_SECRET
        or value.startswith("[redacted: ")
    ):
        return 0
    is_secret = (
        _is_password(value, found, quoted=quoted)
        if kind == PASSWORD
        else _is_token(value, found, quoted=quoted)
    )
    return end if is_secret else 0


def _end_of_phrase(text: str, start: int, end: int) -> int:
    """Where a password of several words ends, which is the line's end; the same `end` where a sentence goes on."""
    more = _APP_PASSWORD.match(text, start) or (
        _PHRASE.match(text, end) if text[start:end].isalpha() else None
    )
    if not more or not NO_SECRET.isdisjoint(re.findall(r"\w+", more[0].lower())):
        return end
    return more.end(1)


def _is_password(value: str, found: Found, *, quoted: bool) -> bool:
    if found["sign"]:
        return len(value) >= 3 and (
            " " not in value or _COMPLAINTS.isdisjoint(re.findall(r"\w+", value.lower()))
        )
    if not found["prose"] and not found["quote"]:
        return False
    if quoted and value.count(" ") > 1:
        return len(value) >= 12 and NO_SECRET.isdisjoint(re.findall(r"\w+", value.lower()))
    return len(value) >= 4 and (
        value.isdigit() or (len(value) >= 6 and not value.isalpha() and " " not in value)
    )


def _is_token(value: str, found: Found, *, quoted: bool) -> bool:
    """A name such as `access_token` says enough where a sign stands; a bare "token" is said of many things."""
    if len(value) < 8 or re.search(r"\s", value):
        return False
    sign, name = found["sign"], found["name"].lower()
    has_both = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if name == "token" and not _QUALIFIED.search(
        found.string[max(0, found.start() - 14) : found.start()]
    ):
        return (
            looks_random(value)
            if not sign
            else len(value) >= 16 and has_both and not is_guid(value)
        )
    if not sign:
        return len(value) >= 16 and has_both and not is_guid(value)
    if quoted or "=" in sign or "3D" in sign.upper():
        called = found.string.startswith("(", found.end() + len(value))
        return quoted or not (called or _CODE.fullmatch(value))
    return looks_made(value)


def _closing(text: str, start: int, quote: str) -> int:
    """Where the quotation ends that `quote` opens; 0: not in this line, nor in this string of JSON.

    In JSON within JSON a quote wears one stroke, and one that belongs to the value wears three, and so on.
    """
    line = text.find("\n", start)
    limit = line if line >= 0 else len(text)
    mark = quote.lstrip("\\")
    strokes = len(quote) - len(mark)
    mark = {"\u201c": "\u201d", "\u2018": "\u2019"}.get(mark, mark)
    at = text.find(mark, start, limit)
    while at >= 0:
        worn = at - start - len(text[start:at].rstrip("\\"))
        if worn < strokes:
            return 0
        if worn % (2 * strokes + 2) == strokes:
            return 0 if mark != '"' and _EDGE.search(text, start, at) else at - strokes
        at = text.find(mark, at + 1, limit)
    return 0


NAMED = (
    Rule(
        "value behind a name",
        lambda text: apart(_values(text)),
        '{"client_secret": "Zk3Qv8bXw1LmT9sR2", "password": "hunter22"}',
        '{"access_token": null, "password": "Password is required"}',
        ("token", "secret", "pass", "pw", "key"),
    ),
)
