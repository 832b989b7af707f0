"""Detectors of PINs, one-time codes, seeds, recovery codes and security answers. Pure."""

import re
from collections.abc import Iterator

from bot.redaction.credentials import NO_SECRET
from bot.redaction.spans import BegunBy, Detector, Found, Span, group_finder
from bot.redaction.token_formats import PASSWORD

_PIN = (
    r"(?<![A-Za-z])(?:PIN|passcode)(?:[ ]?(?:code|number|no\.?))?(?:[ ](?:for|of|on|to)[ ][\w' ]{1,40}?)?"
    r"[ ]?(?:[:=]|is)[ ]?([0-9]{4,8})(?![\w.,/:-]*[0-9])"
)
_DIGITS = r"([0-9]{4,8}|[0-9]{3}[ -][0-9]{3})(?![\w.,/:-]*[0-9])"
_PURPOSE = r"(?:verification|security|log-?in|sign-?in|confirmation|one[ -]?time|2fa|mfa|otp|authenti\w{1,8})"
_PURPOSES = "verification security log sign confirmation one 2fa mfa otp authenti".split()
_ONE_TIME = rf"{_PURPOSE}[ ](?:passcode|code|pin|password)[^\w\[]{{0,3}}(?:is[ ]|was[ ])?{_DIGITS}"
_BEFORE = (
    rf"(?<![\w.,/:-])(?:G-)?{_DIGITS}[ ]is[ ](?:your|the|my|our)[ ](?:\w{{1,20}}[ ]){{0,2}}?"
    rf"(?:{_PURPOSE}[ ](?:passcode|code|pin|password)|(?:otp|passcode|pin)(?![\w-]|[ ]pad))"
)
_TO_SIGN_IN = (
    rf"(?:use|enter|type|code)[ ]{_DIGITS}[ ](?:to[ ](?:log|sign)[ -]?in"
    rf"|as[ ]your[ ]{_PURPOSE}[ ](?:code|pin))(?!\w)"
)
_SEED = (
    r"(?:set-?up|authenticat\w{1,6}|2fa|mfa|t?otp|manual(?:[ ]entry)?)[ _-]?(?:secret[ _-]?)?(?:key|seed|secret|code)"
    r"[^\w\[\n]{0,5}(?:(?:is|was)[ ])?([A-Za-z2-7]{4}(?:[ -][A-Za-z2-7]{4}){3,15}|[A-Z2-7]{16,64})(?![\w-])"
)
_RECOVERY = re.compile(
    r"(?:backup|recovery|scratch|emergency)[ _-]codes?(?![a-z])[^\n:]{0,30}(?:[:\n]|[ ]is[ ])",
    re.IGNORECASE,
)
_CODE = re.compile(
    r"[\s,;*-]{0,6}(?:[0-9]{1,2}[.)][ ]{1,3})?"
    r"([a-z0-9]{4,6}(?:-[a-z0-9]{4,6}){1,3}|[a-z0-9]{8,12})(?![\w-])",
    re.IGNORECASE,
)
_MAX_CODES = 20
_ANSWER = (
    r"(?:security|secret)[ ]question[^\n]{0,120}?(?:\r?\n[ ]{0,3}(?:answer|a)|[ ,;(]answer)[ ]?(?:[:=-]|is|was)[ ]?"
    r"([^\s\[][^\n,;\[\])]{1,60})"
)


def _begun(regex: str, *words: str) -> BegunBy:
    return BegunBy(re.compile(regex, re.IGNORECASE), *words)


def _recovery_codes(text: str) -> Iterator[Span]:
    """Yield the codes of a list: all of one form, with digits among them."""
    for name in _RECOVERY.finditer(text):
        codes: list[Found] = []
        at = name.end()
        while len(codes) < _MAX_CODES and (code := _CODE.match(text, at)):
            if codes and _form(code) != _form(codes[0]):
                break
            codes.append(code)
            at = code.end()
        if any(map(_with_digits, codes)):
            yield from ((*code.span(1), PASSWORD) for code in codes)


def _form(code: Found) -> list[int]:
    return [len(part) for part in code[1].split("-")]


def _answer(found: Found) -> int:
    return found.end(1) if found[1].split()[0].lower() not in NO_SECRET else 0


def _with_digits(found: Found) -> int:
    return found.end(1) if any(map(str.isdigit, found[1])) else 0


SIGN_IN_CODES = (
    Detector(
        "one-time code",
        group_finder(_begun(_ONE_TIME, *_PURPOSES), PASSWORD),
        "Your verification code: 448190",
        "error code 448190, verification code of 3 letters",
        (" code", " passcode", " pin", " password"),
    ),
    Detector(
        "one-time code before its name",
        group_finder(_begun(_BEFORE, "g-", *"0123456789"), PASSWORD),
        "448190 is your Xero verification code",
        "4000 is your sales code, 4100 is the PIN pad account",
        (" is your", " is the", " is my", " is our"),
    ),
    Detector(
        "one-time code before its use",
        group_finder(_begun(_TO_SIGN_IN, "use", "enter", "type", "code"), PASSWORD),
        "Enter 448190 to log in",
        "we use 4000 as your sales code, 4821 to log in",
        (" to log", " to sign", " as your"),
    ),
    Detector(
        "PIN",
        group_finder(_begun(_PIN, "pin", "passcode"), PASSWORD),
        "PIN: 90415",
        "PIN pad 90415 does not respond",
        ("pin", "passcode"),
    ),
    Detector(
        "seed of an authenticator",
        group_finder(
            _begun(_SEED, *"setup set-up authenticat 2fa mfa totp otp manual".split()),
            PASSWORD,
            _with_digits,
        ),
        "the setup key is JBSW Y3DP EHPK 3PXP",
        "the setup key must have been sent, setup code 4100",
        ("setup", "set-up", "authent", "2fa", "mfa", "otp", "manual"),
    ),
    Detector(
        "recovery codes",
        _recovery_codes,
        "Backup codes:\n1. x7k2m-9qw4z\n2. 48217734",
        "recovery code: not accepted by till 4",
        ("backup", "recovery", "scratch", "emergency"),
    ),
    Detector(
        "answer to a security question",
        group_finder(re.compile(_ANSWER, re.IGNORECASE), PASSWORD, _answer),
        "Security question: first pet? Answer: Fluff",
        "Security question: first pet? Answer: not set",
        ("question",),
    ),
)
