"""Detectors of secrets after their name: in JSON, XML, queries, configuration and prose. Pure."""

import re
from collections.abc import Iterator

from bot.redaction.randomness import is_guid, looks_made, looks_random
from bot.redaction.spans import BegunBy, Detector, Found, Span, merge_overlapping
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
"""A name and its sign: in JSON, a query, a header, XML, a configuration or prose."""
_WITH_NAME = BegunBy(
    _NAMED,
    *"token secret pass pw api access subscription signing private webhook".split(),
)
_QUALIFIED = re.compile(
    r"(?:(?<![a-z])|(?-i:(?<=[a-z])(?=[A-Z])))"
    r"(?:access|refresh|id|o?auth|api|session|bearer|verification|request|server|personal|private|deploy)[ _-]?$",
    re.IGNORECASE,
)
"""What makes a "token" a secret: a word, also in camelCase, but not the "id" in "invalid"."""
_OPENED = re.compile(r"(?:<|&lt;)[\w:.-]{0,50}$")
"""The text before a name that is an opening tag of XML."""
_OPAQUE = re.compile(r"(?:[A-Za-z0-9._~+/-]|%(?!2[26C]|3[AD]|5[CD]|7D)[0-9A-F]{2})++(?:=|%3D){0,2}")
WORD = re.compile(
    r"(?!\$?[\[{(])(?:(?!\[redacted: )(?:<(?:mailto|tel|https?):[^<>\s]*>"
    r"|[^\s\"'`<>\\&;,|]"
    r"|[&;,](?!(?:amp;){0,2}(?:quot|apos|#34|#39);|lt;/|lt;br)"
    r"(?:amp;)?+(?![\s\"'})\]]|$|[\w.-]{1,40}(?: [\w.-]{1,40}){0,2}\s?[=:])"
    r"|'(?=\w)|<(?![/A-Za-z!@#])|>(?=\w)|\|(?!\w+:)|\\(?![\"'`/\\bfnrtu])))++"
)
"""A password without quotes: up to a space, a tag, or the next name of a query or list."""
_EDGE = re.compile(r"(?<!\\)\"\s{0,9}[,:}\]]|[,:{\[]\s{0,9}\"")
"""The end or the beginning of a JSON string."""
_CLOSED = re.compile(r"\s{0,9}[,:}\]]")
"""After the closing quote of a JSON string that ends with `password=`."""
_PHRASE = re.compile(r"((?: [\w!#$%^*+-]{1,20}){1,5})[.!]?(?=\s*?(?:\n|\Z))")
_CODE = re.compile(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+")
_APP_PASSWORD = re.compile(r"[a-z0-9]{4}((?: [a-z0-9]{4}){3})(?![ ]?\w)")
"""An app password of Google or Apple: sixteen letters in groups of four."""
_MASK = re.compile(
    r"[*\u2022\u25cfxX.\u2026_-]+|&lt;.*&gt;"
    r"|(?i:(?:your|insert|enter|put)(?:[_ -][a-z]+){0,4}[_ -](?:secret|token|password|key)s?(?:[_ -](?:here|value))?)"
)
"""A placeholder: signs instead of a value, or words that ask for one."""
_COMPLAINTS = frozenset(
    """cannot characters empty expired incorrect invalid match maximum minimum missing must required should
    wrong""".split()
)
"""Words of messages about passwords; a quotation without them may be a password."""
NO_SECRET = _COMPLAINTS | frozenset(
    """a an and any are at be been blank both can cant changed contains correct do does doesnt either enter false field
    for forgotten format from has have hidden his her how if in input is it length long longer max min my needed
    never new nil no none not null of old on or our please protected redacted removed requires reset same see string
    strong text that the their they this to too true undefined unknown updated value was weak what when where which
    will with you your""".split()
)
"""Words after "Password:" that are no password."""


def _values(text: str) -> Iterator[Span]:
    search, at = _WITH_NAME.searching(text), 0
    while found := search(text, at):
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
    """Return the end of the value that begins after the match; 0 if there is none."""
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
    """Return the end of a password of several words; `end` if the words go on as a sentence."""
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
    """Whether a value is a token; after a "token" that is not qualified, it must look random."""
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
    """Return the end of the quotation that `quote` opens; 0 if the line or JSON string ends first.

    In JSON within JSON a quote has one backslash, and a quote of the value has three, and so on.
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
    Detector(
        "value behind a name",
        lambda text: merge_overlapping(_values(text)),
        '{"client_secret": "Zk3Qv8bXw1LmT9sR2", "password": "hunter22"}',
        '{"access_token": null, "password": "Password is required"}',
        ("token", "secret", "pass", "pw", "key"),
    ),
)
