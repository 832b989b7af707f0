"""Made-up secrets, put together at run time so that no repository scanner reports them."""

import base64
import json
import random
import re
import string
import unicodedata
from pathlib import Path
from typing import NamedTuple

import yaml

UPPER_NUMBERS = string.ascii_uppercase + string.digits
LETTERS_NUMBERS = string.ascii_letters + string.digits
HEX = "0123456789abcdef"
ALPHABETS = {
    "a": LETTERS_NUMBERS,
    "b": LETTERS_NUMBERS + "+/",
    "u": LETTERS_NUMBERS + "-_",
    "l": string.ascii_lowercase + string.digits,
    "U": UPPER_NUMBERS,
    "B": string.ascii_uppercase + "234567",
    "h": HEX,
    "d": string.digits,
}
"""What {a:40} is made of in the files of pastes."""


class Secret(NamedTuple):
    """A paste: the kind of its secret, the text, and the parts that must not be left of it."""

    kind: str
    text: str
    hidden: tuple[str, ...]


def secret(kind: str, form: str, *values: str) -> Secret:
    """Return the paste that `form` makes with `values`, all of which must be gone."""
    return Secret(kind, form.format(*values), values)


def fake(length: int, seed: int, alphabet: str = LETTERS_NUMBERS) -> str:
    """Return `length` letters that look random, the same ones each time."""
    return "".join(random.Random(seed).choices(alphabet, k=length))  # noqa: S311 - nothing here is to be kept secret


def wrapped(value: str, width: int, between: str = "\n") -> str:
    """Return `value` broken after every `width` characters, as terminals and e-mails break it."""
    return between.join(value[start : start + width] for start in range(0, len(value), width))


def marked(name: str) -> tuple[Secret, ...]:
    """Return the pastes of a file: `kind` and `text`, with what must be gone between ⟦ and ⟧."""
    entries = yaml.load(
        (Path(__file__).parent / name).read_text(encoding="utf-8"), yaml.CSafeLoader
    )
    return tuple(_marked(Path(name).stem, entry["kind"], entry["text"]) for entry in entries)


def harmless(name: str) -> tuple[str, ...]:
    """Return the texts of a file."""
    return tuple(
        yaml.load((Path(__file__).parent / name).read_text(encoding="utf-8"), yaml.CSafeLoader)
    )


def _marked(lot: str, kind: str, form: str) -> Secret:
    dice = random.Random(kind)  # noqa: S311 - nothing here is to be kept secret
    text = re.sub(r"\{([a-zA-Z])(?::([0-9]+))?\}", lambda found: _filled(found, dice), form)
    hidden = tuple(re.findall("⟦(.*?)⟧", text, re.DOTALL))
    return Secret(f"{lot}, {kind}", re.sub("[⟦⟧]", "", text), hidden)


def _filled(found: re.Match[str], dice: random.Random) -> str:
    """Return letters and digits, both if there is room for them, or the digits of a GUID."""
    if found[1] == "g":
        digits = "".join(dice.choices(HEX, k=32))
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
    length = int(found[2])
    while True:
        value = "".join(dice.choices(ALPHABETS[found[1]], k=length))
        if (
            length < 8
            or found[1] == "d"
            or (re.search("[0-9]", value) and re.search("[A-Za-z]", value))
        ):
            return value


def encoded(data: object) -> str:
    """Return `data` as the parts of a JWT are encoded."""
    return (
        base64.urlsafe_b64encode(json.dumps(data, separators=(",", ":")).encode())
        .decode()
        .rstrip("=")
    )


def jwt(length: int = 743, seed: int = 1) -> str:
    """Return an unsigned token of about `length` characters in the form of a JWT."""
    head = encoded({"alg": "RS256", "kid": fake(20, seed, HEX), "typ": "JWT"})
    body = encoded(
        {
            "nbf": 1700000000,
            "iss": "https://identity.example.com",
            "scope": ["accounting.transactions"],
        }
    )
    return f"{head}.{body}.{fake(max(43, length - len(head) - len(body) - 2), seed)}"


def pem(name: str = "RSA PRIVATE KEY", lines: int = 6, seed: int = 1) -> tuple[str, ...]:
    """Return the lines of a key file, its first and last line among them."""
    middle = [fake(64, seed * 100 + number) for number in range(lines)]
    return (f"-----BEGIN {name}-----", *middle, f"-----END {name}-----")


SLACK_BOT = f"xoxb-{fake(12, 2, string.digits)}-{fake(13, 3, string.digits)}-{fake(24, 4)}"
SLACK_APP = f"xapp-1-A{fake(10, 5, UPPER_NUMBERS)}-{fake(13, 6, string.digits)}-{fake(64, 7, HEX)}"
CLIENT_SECRET = fake(48, 8, LETTERS_NUMBERS + "-_")
REFRESH = fake(43, 9, LETTERS_NUMBERS + "-_")
HEXKEY = fake(64, 10, HEX)
BASE64 = base64.b64encode(fake(90, 11).encode()).decode()
AWS_ID = "AK" + "IA" + fake(16, 12, UPPER_NUMBERS)
AWS_SECRET = fake(40, 13, LETTERS_NUMBERS + "/+")
GOOGLE_KEY = "AI" + "za" + fake(35, 14)
GOOGLE_SECRET = "GOC" + "SPX-" + fake(28, 15)
GITLAB = "gl" + "pat-" + fake(20, 16)
GITHUB = "gh" + "p_" + fake(36, 17)
GITHUB_FINE = "github" + "_pat_" + fake(22, 18) + "_" + fake(59, 19)
SENDGRID = "S" + "G." + fake(22, 20) + "." + fake(43, 21)
SQUARE = "EAAA" + "E" + fake(59, 22)
SQUARE_SECRET = "sq0" + "csp-" + fake(43, 23)
STRIPE = "sk" + "_live_" + fake(24, 24)
STRIPE_RESTRICTED = "rk" + "_live_" + fake(24, 25)
STRIPE_HOOK = "wh" + "sec_" + fake(32, 26)
OPENAI = "sk-" + "proj-" + fake(48, 27)
ANTHROPIC = "sk-" + "ant-api03-" + fake(80, 28)
SHOPIFY = "shp" + "at_" + fake(32, 29, HEX)
TWILIO = "S" + "K" + fake(32, 30, HEX)
MAILGUN = "key-" + fake(32, 31, HEX)
NPM = "npm" + "_" + fake(36, 32)
PYPI = "pypi-" + "AgEIcHlwaS5vcmc" + fake(70, 33)
DIGITALOCEAN = "dop" + "_v1_" + fake(64, 34, HEX)
MAILCHIMP = fake(32, 35, HEX) + "-us14"
TELEGRAM = fake(10, 36, "123456789") + ":AA" + fake(33, 37)
SLACK_HOOK = f"T{fake(8, 38, UPPER_NUMBERS)}/B{fake(8, 39, UPPER_NUMBERS)}/{fake(24, 40)}"
AZURE_KEY = base64.b64encode(fake(64, 41).encode()).decode()


def normal(text: str) -> str:
    """Return `text` without marks, spaces and punctuation, to find a secret that was cut up."""
    unfolded = unicodedata.normalize("NFKC", re.sub(r"\[redacted: [\w -]{1,20}\]", "\0", text))
    return re.sub(r"[^\w\0]|_", "", unfolded)


def left_of(hidden: str, text: str) -> list[str]:
    """Return the parts of `hidden`, five characters long, that are still in `text`."""
    wanted, shown = normal(hidden), normal(text)
    if wanted.isdigit():
        shown = re.sub(r"[^\d\0]", "", shown)
    return [part for at in range(max(1, len(wanted) - 4)) if (part := wanted[at : at + 5]) in shown]
