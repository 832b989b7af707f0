"""Detectors of secrets in headers, cookies, URLs and connection strings. Pure."""

import re
from base64 import b64decode
from collections.abc import Iterator

from bot.redaction.randomness import looks_made, looks_random
from bot.redaction.spans import BegunBy, Detector, Found, Span, group_finder, merge_overlapping
from bot.redaction.token_formats import ACCESS_TOKEN, CLIENT_SECRET, PASSWORD

_QUOTED = r"(?:\\{0,3}[\"'`]|&quot;)?"
_VALUE = r"([A-Za-z0-9._~+/%-]{8,}+(?:=|%3D){0,2})"


def _made(found: Found) -> int:
    value = found[1].rstrip(".")
    return found.start(1) + len(value) if looks_made(value) else 0


def _random(found: Found) -> int:
    return found.end(1) if looks_random(found[1]) else 0


def _session(found: Found) -> int:
    """Return the end of a session id, which may have few digits but, unlike a till's, no dashes."""
    made = len(found[1]) >= 16 and found[1].isalnum() and len(re.findall("[A-Za-z]", found[1])) >= 8
    return found.end(1) if looks_random(found[1]) or (made and looks_made(found[1])) else 0


def _pair(found: Found) -> int:
    """Return the end of base64 that holds a name and a password, separated by a colon."""
    try:
        pair = b64decode(found[1][: len(found[1]) // 4 * 4]).decode("ascii")
    except ValueError:
        return 0
    return found.end(1) if ":" in pair and pair.isprintable() else 0


def _begun(regex: str, *words: str) -> BegunBy:
    return BegunBy(re.compile(regex, re.IGNORECASE), *words)


_COOKIE_LINE = re.compile(rf"cookie{_QUOTED}\s{{0,3}}:([^\n]*+)", re.IGNORECASE)
_COOKIE = re.compile(r"=([^\s;,=\"'\\]{8,}+)")


def _cookies(text: str) -> Iterator[Span]:
    for line in _COOKIE_LINE.finditer(text):
        for cookie in _COOKIE.finditer(text, line.start(1), line.end(1)):
            if any(map(str.isdigit, cookie[1])):
                yield cookie.start(1), cookie.end(1), ACCESS_TOKEN


_IN_URL = re.compile(
    r":(?:\\?/){2}(?:<mailto:)?[^\s/:\"<>|\\]{0,200}:(?![0-9]{1,5}(?:[/?#\s]|$))"
    r"([^\s/\"<>|\\]{1,200}(?=@(?:\w|\[[0-9a-f:]))|[^\s@\"<>|\\]{1,200}(?=@(?:\w|\[[0-9a-f:])))"
)
"""The second alternative allows an unescaped slash in the password. A port is no password."""
_FOR_CURL = re.compile(
    r"\s(?:-u|--user)[ =][\"']?[^\s:\"'@/\\]{1,200}:((?:(?!\[redacted: )[^\s\"'\\]){8,400})"
)

IN_ADDRESSES = (
    Detector(
        "password in an address",
        group_finder(_IN_URL, PASSWORD),
        "postgres://till:hunter22@db.example/pos",
        "http://localhost:8080/a@b",
        ("/",),
    ),
    Detector(
        "password of curl",
        group_finder(_FOR_CURL, PASSWORD),
        "curl -u till:hunter2222 https://x.example",
        "docker run -u 1000:1000 till",
        (" -",),
    ),
    Detector(
        "password of a command",
        group_finder(
            BegunBy(
                r"(?:(?:mysql|mariadb)[\w-]{0,10}[^\n]{0,80}?\s-p|(?:sshpass|docker login)[^\n]{0,80}?\s-p ?"
                r"|net use[^\n]{0,120}?(?:/user:\S{1,60}\s|\s(?=\S{5,99}\s/user:)))([^\s\"'=\\/\[-][^\s\"'\\]{4,99})",
                *("mysql", "mariadb", "sshpass", "docker", "net use"),
            ),
            PASSWORD,
        ),
        "mysqldump -u root -phunter22 pos",
        "mysql -p -h localhost, docker run -p 8080:80 till",
        ("mysql", "mariadb", "sshpass", "docker", "net use"),
    ),
    Detector(
        "token before the host",
        group_finder(r":(?:\\?/){2}([A-Za-z0-9_.~%-]{20,200}+)(?=@\w)", ACCESS_TOKEN, _random),
        "https://Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE@git.example/pos",
        "https://git.example/the-account-of-a-whole-shop",
        ("//", "/\\/"),
    ),
    Detector(
        "parameter of an address",
        group_finder(
            r"(?:[?&#;]|%26|%3F)(?:code|sig|signature|key|auth|sid|session|jwt|hmac|assertion|ticket|x-amz-[a-z-]{1,20})"
            rf"(?:=|%3D){_VALUE}".replace("8,", "16,"),
            ACCESS_TOKEN,
            _random,
        ),
        "https://x.example/cb?state=1&code=Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "https://x.example/accounts?code=200&key=accounts-receivable",
        ("=", "%3d"),
    ),
    Detector(
        "path that signs in",
        group_finder(
            _begun(
                r"(?<=\w)\\?/(?:magic|log-?in|sign-?in|auth|reset|password|invit\w{1,6}|verif\w{1,8}|confirm\w{0,6}"
                rf"|activat\w{{1,3}})(?:-[a-z]{{1,12}})?\\?/{_VALUE}".replace("8,}+", "20,}+"),
                *("/", "\\"),
            ),
            ACCESS_TOKEN,
            _random,
        ),
        "https://x.example/magic-login/Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "https://x.example/login/how-to-connect-in-2-minutes, x.example/login/45e4708e-d862-4111-ab3a-dd8cd03913e1",
        ("://", ":\\/\\/"),
    ),
)
SCHEMES = (
    Detector(
        "Bearer",
        group_finder(
            re.compile(
                r"\bBearer(?:\s{1,3}|%20|\+|[:=]\s?)[\"']?([A-Za-z0-9._~+/-]++={0,2})",
                re.IGNORECASE,
            ),
            ACCESS_TOKEN,
            _made,
        ),
        "Bearer Zk3Qv8bXw1Lm",
        'Bearer error="insufficient_scope"',
        ("bearer",),
    ),
    Detector(
        "Basic",
        group_finder(
            re.compile(r"\bBasic(?:\s{1,3}|%20)([A-Za-z0-9+/]{12,}+={0,2})", re.IGNORECASE),
            CLIENT_SECRET,
            _pair,
        ),
        "Basic dGlsbDpodW50ZXIyMg==",
        "Basic authentication failed",
        ("basic",),
    ),
)
_OAUTH = (
    r"code[_-]?verifier|client[_-]?assertion|device[_-]?code|auth"
    r"(?:ori[sz]ation)?[ _-]?code|saml(?:request|response)"
)
_SESSION = (
    r"jsessionid|phpsessid|session[ _-]?id|connect\.sid|laravel_session|(?:csrf|xsrf)[ _-]?token"
)

_SIGNS_IN = r"sess|sid|auth|token|csrf|xsrf|jwt|ticket"

IN_HEADERS = (
    Detector(
        "cookie of a HAR file",
        group_finder(
            _begun(
                rf"name{_QUOTED}\s{{0,3}}:\s{{0,3}}{_QUOTED}[\w.-]{{0,40}}(?:{_SIGNS_IN})[\w.-]{{0,30}}{_QUOTED}"
                rf"\s{{0,9}},\s{{0,9}}{_QUOTED}value{_QUOTED}\s{{0,3}}:\s{{0,3}}{_QUOTED}{_VALUE}",
                "name",
            ),
            ACCESS_TOKEN,
            _session,
        ),
        '{"name":"ASP.NET_SessionId","value":"uh4p1w1g4rs8vhotjuv55iml"}',
        '{"name":"session","value":"till4-20240502"}, {"name":"InvoiceNumber","value":"INV-00412345"}',
        ("value",),
    ),
    Detector(
        "setting that signs in",
        group_finder(
            re.compile(
                rf"(?<![a-z])refresh{_QUOTED}\s{{0,3}}[:=]\s{{0,3}}{_QUOTED}{_VALUE}",
                re.IGNORECASE,
            ),
            ACCESS_TOKEN,
            _random,
        ),
        "XERO_REFRESH: Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "refresh: 2024-05-02T10:11:12Z, refresh=AuthenticationUnsuccessful",
        ("refresh",),
    ),
    Detector(
        "password of a database user",
        group_finder(
            _begun(
                r"(?:(?:(?-i:IDENTIFIED)|(?:create|alter|grant)\s[^;]{1,200}?identified)\s{1,3}(?:with\s{1,3}['\"]?\w{1,40}['\"]?\s{1,3})?(?:by|as)\s{1,3}(?:password\s{1,3})?"
                r"|password\s{0,3}(?:\(\s{0,3}|=\s{0,3}N))['\"]([^'\"\n]{3,100})['\"]",
                *"identified create alter grant password".split(),
            ),
            PASSWORD,
        ),
        "CREATE USER 'pos'@'%' IDENTIFIED BY 'hunter22'",
        "an invoice is identified by 'Id' or by its number",
        ("identified", "password"),
    ),
    Detector(
        "value of OAuth",
        group_finder(
            _begun(
                rf"(?:{_OAUTH}){_QUOTED}\s{{0,3}}(?:[:=]|%3D|is\s)\s{{0,3}}{_QUOTED}{_VALUE}",
                *"code client device auth saml".split(),
            ),
            ACCESS_TOKEN,
            _random,
        ),
        "code_verifier=Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "code_verifier=missing-from-request-2",
        (
            "verifier",
            "assertion",
            "device",
            "saml",
            "auth_code",
            "auth code",
            "authcode",
            "ation code",
            "ation_code",
        ),
    ),
    Detector(
        "session id",
        group_finder(
            _begun(
                rf"(?:{_SESSION}){_QUOTED}\s{{0,3}}(?:[:=]|%3D)\s{{0,3}}{_QUOTED}{_VALUE}",
                *"jsessionid phpsessid session connect.sid laravel_session csrf xsrf".split(),
            ),
            ACCESS_TOKEN,
            _session,
        ),
        "PHPSESSID=ga2sxssjgfsmmy7img74e6jvgg",
        "session id: 45e4708e-d862-4111-ab3a-dd8cd03913e1, session_id=TILL4-20240502-0001-0077",
        ("sess", "connect.sid", "csrf", "xsrf"),
    ),
    Detector(
        "answer of Digest",
        group_finder(
            re.compile(
                r"\bDigest\b[^\n]{0,400}?\bresponse=\\{0,3}[\"']?([0-9a-f]{32,64})(?!\w)",
                re.IGNORECASE,
            ),
            ACCESS_TOKEN,
        ),
        'Digest username="pos", response="0f9e8d7c6b5a49382716f5e4d3c2b1a0"',
        'Digest realm="till", response="none"',
        ("digest",),
    ),
    Detector(
        "Authorization",
        group_finder(
            re.compile(
                rf"authorization{_QUOTED}\s{{0,3}}[:=]\s{{0,3}}{_QUOTED}(?:[A-Za-z][A-Za-z0-9-]{{1,20}}\s{{1,3}})?{_VALUE}",
                re.IGNORECASE,
            ),
            ACCESS_TOKEN,
            _random,
        ),
        "Authorization: token Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE",
        "Authorization: AuthenticationUnsuccessful",
        ("authorization",),
    ),
    Detector(
        "cookie",
        lambda text: merge_overlapping(_cookies(text)),
        "Cookie: theme=dark; sid=Zk3Qv8bXw1LmT9sR2",
        "Cookie: theme=darkest-of-all",
        ("cookie",),
    ),
    Detector(
        "key or signature",
        group_finder(
            _begun(
                rf"(?:key|signature|(?<![a-z])sig){_QUOTED}\s{{0,3}}[:=]\s{{0,3}}{_QUOTED}"
                r"(?:base64:)?([A-Za-z0-9_+/-]{20,}+(?:=|%3D){0,2})",
                *("key", "sig"),
            ),
            ACCESS_TOKEN,
            _random,
        ),
        "AccountName=pos;AccountKey=Zk3Qv8bXw1LmT9sR2cPdY5uHn4JgF0aE==;",
        "PrimaryKey: PK_InvoiceLines_Account2",
        ("key", "sig"),
    ),
)
