"""Keys, tokens and passwords in a text, known by their form or by the name before them. Pure."""

import re
from base64 import b64decode
from collections.abc import Iterator

from bot.domain.spans import ESCAPE, Found, Span, apart, search

JWT, ACCESS_TOKEN, SLACK_TOKEN = "JWT", "access token", "Slack token"
CLIENT_SECRET, PASSWORD = "client secret", "password"
"""Kinds, as a reader is told them."""

_BEGIN = rf"(?:(?<![A-Za-z0-9_%])|{ESCAPE})"
_BREAK = r"(?:\s|\\[nr])*+"
_FORMS = (
    ("eyJ", JWT, re.compile(rf"{_BEGIN}(eyJ[A-Za-z0-9_-]{{8,1000}}+(?:\.[A-Za-z0-9_-]*+){{1,6}}+)")),
    (
        "x",
        SLACK_TOKEN,
        re.compile(
            rf"{_BEGIN}((?:xox[a-z][.-]|xapp-)(?=[A-Za-z-]{{0,40}}[0-9])"
            r"(?:[A-Za-z0-9_+/=-]|%[0-9A-F]{2}){6,}+)"
        ),
    ),
    (
        "hooks.slack",
        SLACK_TOKEN,
        re.compile(r"hooks\.slack\.com\\?/(?:services|workflows|triggers)\\?/(\w++(?:\\?/\w++)*+)"),
    ),
    # Of systems that stand beside Xero in a shop: Stripe, Shopify, GitHub.
    (
        "_",
        ACCESS_TOKEN,
        re.compile(
            rf"{_BEGIN}((?:[sr]k_(?:live|test)_|whsec_|shp(?:at|ca|pa|ss)_|gh[pousr]_|github_pat_)[A-Za-z0-9_]{{16,}}+)"
        ),
    ),
    # What a private app of Xero signs with. A key that is cut off has no end; its lines are long and have no spaces.
    (
        "PRIVATE KEY",
        CLIENT_SECRET,
        re.compile(
            rf"(-----BEGIN [A-Z ]{{0,20}}PRIVATE KEY-----(?:{_BREAK}(?:[A-Za-z0-9+/=]|\\/){{20,}}+)*+"
            rf"(?:{_BREAK}(?:[A-Za-z0-9+/=]|\\/)*+{_BREAK}-----END [A-Z ]{{0,20}}PRIVATE KEY-----)?)"
        ),
    ),
)


def of_known_form(text: str) -> Iterator[Span]:
    """Tokens that say themselves what they are."""
    return apart(span for needle, kind, pattern in _FORMS if needle in text for span in search(pattern, text, kind))


_IN_URL = re.compile(
    r":(?:\\?/){2}(?:<mailto:)?[^\s/:\"<>|\\]{0,200}:(?![0-9]{1,5}(?:[/?#\s]|$))"
    r"([^\s/\"<>|\\]{1,200}(?=@(?:\w|\[[0-9a-f:]))|[^\s@\"<>|\\]{1,200}(?=@(?:\w|\[[0-9a-f:])))"
)
"""The second way is for a stroke in a password, which does not belong there. A port is no password."""
_FOR_CURL = re.compile(r"\s(?:-u|--user)[ =][\"']?[^\s:\"'@/\\]{1,200}:((?:(?!\[redacted: )[^\s\"'\\]){8,400})")


def in_addresses(text: str) -> Iterator[Span]:
    """Passwords in `scheme://user:password@host`, and in curl's `-u user:password`."""
    return apart(
        span
        for needle, pattern in (("/", _IN_URL), (" -", _FOR_CURL))
        if needle in text
        for span in search(pattern, text, PASSWORD)
    )


_QUOTE = r"(?:\\{0,7}[\"'`\u2018\u2019\u201c\u201d]|&(?:amp;){0,2}(?:quot|apos|#34|#39);|%22|%27)"
_NAMED = re.compile(
    r"(?P<name>token(?:[ _-]?secret)?|secret(?:[ _-]?key)?|passw(?:or)?d|pass-?(?:phrase|code)|pwd|(?<![a-z])pw"
    r"|(?:api|access|subscription|signing|private|webhooks?)[ _-]?key)"
    rf"(?P<key>{_QUOTE}\]?)?[*_]{{0,2}}"
    rf"(?:(?P<sign>\s{{0,4}}(?:[:=]|%3[AD])(?:=|>|&gt;)?|>|&gt;|[,\s]{{0,8}}{_QUOTE}?value{_QUOTE}?\s{{0,4}}[:=])"
    r"|\s{1,3}(?P<prose>(?:is|was)\b:?)?)"
    rf"[*_]{{0,2}}\s{{0,4}}(?P<quote>{_QUOTE})?",
    re.IGNORECASE,
)
"""A name and its sign: in JSON, a query, a header, XML, a configuration (`key="…" value="…"`), or told in words."""
_QUALIFIED = re.compile(r"(?:access|refresh|id|auth|api|session|bearer|verification|request)[ _-]?$", re.IGNORECASE)
_OPENED = re.compile(r"(?:<|&lt;)[\w:.-]{0,50}$")
"""Before a name that is a tag of XML, and not its closing one."""
_OPAQUE = re.compile(r"(?:[A-Za-z0-9._~+/-]|%(?!2[26C]|3[AD]|5[CD]|7D)[0-9A-F]{2})++(?:=|%3D){0,2}")
_WORD = re.compile(
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
_GUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_CODE = re.compile(r"[A-Za-z_]+(?:\.[A-Za-z_]+)+")
_MASK = re.compile(r"[*\u2022\u25cfxX.\u2026_-]+|&lt;.*&gt;")
_COMPLAINTS = frozenset(
    """cannot characters empty expired incorrect invalid match maximum minimum missing must required should
    wrong""".split()
)
"""A quotation with one of these is a message about passwords; one without may be a password of several words."""
_NO_SECRET = _COMPLAINTS | frozenset(
    """a an and any are at be been blank can cant changed contains correct do does doesnt enter false field for
    forgotten format from has have hidden his her how if in input is it length long longer max min my needed never new
    nil no none not null of old on or our please protected redacted removed requires reset same see string strong text
    that the their they this to too true undefined unknown updated value was weak what when where which will with you
    your""".split()
)
"""What stands behind "Password:" and is none."""
_BEARER = re.compile(r"\bBearer(?:\s{1,3}|%20|\+|[:=]\s?)[\"']?([A-Za-z0-9._~+/-]++={0,2})", re.IGNORECASE)
_BASIC = re.compile(r"\bBasic(?:\s{1,3}|%20)([A-Za-z0-9+/]{12,}+={0,2})", re.IGNORECASE)


def named(text: str) -> Iterator[Span]:
    """What stands behind a name such as `client_secret`, or a scheme of HTTP such as `Bearer`."""
    lower = text.lower()
    spans: list[Span] = []
    if any(name in lower for name in ("token", "secret", "pass", "pw", "key")):
        spans.extend(_values(text))
    if "bearer" in lower:
        spans.extend(search(_BEARER, text, ACCESS_TOKEN, _end_of_bearer))
    if "basic" in lower:
        spans.extend(search(_BASIC, text, CLIENT_SECRET, _end_of_basic))
    return apart(spans)


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
    if found["sign"] in (">", "&gt;") and not _OPENED.search(text, max(0, found.start() - 60), found.start()):
        return 0
    if found["quote"] and not found["key"] and _CLOSED.match(text, start):
        return 0
    end = _closing(text, start, found["quote"]) if found["quote"] else 0
    quoted = bool(end)
    if not quoted:
        bare = (_WORD if kind == PASSWORD else _OPAQUE).match(text, start)
        if not bare:
            return 0
        end = start + len(bare[0].rstrip(".,;:)]}*"))
    value = text[start:end]
    if _MASK.fullmatch(value) or value.strip(".,!?'").lower() in _NO_SECRET or value.startswith("[redacted: "):
        return 0
    is_secret = _is_password(value, found) if kind == PASSWORD else _is_token(value, found, quoted=quoted)
    return end if is_secret else 0


def _is_password(value: str, found: Found) -> bool:
    if found["sign"]:
        return len(value) >= 3 and (" " not in value or _COMPLAINTS.isdisjoint(re.findall(r"\w+", value.lower())))
    if not found["prose"] and not found["quote"]:
        return False
    return len(value) >= 4 and (value.isdigit() or (len(value) >= 6 and not value.isalpha() and " " not in value))


def _is_token(value: str, found: Found, *, quoted: bool) -> bool:
    """A name such as `access_token` says enough where a sign stands; a bare "token" is said of many things."""
    if len(value) < 8 or re.search(r"\s", value):
        return False
    sign, name = found["sign"], found["name"].lower()
    has_both = any(map(str.isdigit, value)) and any(map(str.isalpha, value))
    if name == "token" and not _QUALIFIED.search(found.string[max(0, found.start() - 14) : found.start()]):
        return bool(sign) and len(value) >= 16 and has_both and not _GUID.fullmatch(value)
    if not sign:
        return len(value) >= 16 and has_both and not _GUID.fullmatch(value)
    if quoted or "=" in sign or "3D" in sign.upper():
        called = found.string.startswith("(", found.end() + len(value))
        return quoted or not (called or _CODE.fullmatch(value))
    return _looks_made(value)


def _looks_made(value: str) -> bool:
    """No word of a language has a digit, or twenty letters."""
    return len(value) >= 8 and (any(map(str.isdigit, value)) or bool(re.search(r"[A-Za-z]{20}", value)))


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


def _end_of_bearer(found: Found) -> int:
    value = found[1].rstrip(".")
    return found.start(1) + len(value) if _looks_made(value) else 0


def _end_of_basic(found: Found) -> int:
    """What HTTP's oldest scheme carries is a name and a password with a colon between, as base64."""
    try:
        pair = b64decode(found[1][: len(found[1]) // 4 * 4]).decode("ascii")
    except ValueError:
        return 0
    return found.end(1) if ":" in pair and pair.isprintable() else 0
