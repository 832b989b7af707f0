"""Types of settings, each with the form of its values and what a wrong one's error says."""

import re
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BeforeValidator
from pydantic_core import PydanticCustomError
from pydantic_settings import NoDecode

from bot.domain.business_hours import Hours
from bot.domain.public_holidays import PublicHolidays
from bot.integrations.email.addresses import ADDRESS, EXAMPLE


def _looks_like(pattern: str, allowed: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise PydanticCustomError("form", "{allowed}", {"allowed": allowed})
        return value

    return AfterValidator(check)


def _is_unquoted(value: str) -> str:
    if value and (value[0] in _QUOTES or value[-1] in _QUOTES):
        raise PydanticCustomError("quoted", "has quotes around it (allowed: the value alone)")
    return value


def _is_unspaced(value: str) -> str:
    if re.search(r"\s", value):
        raise PydanticCustomError(
            "spaced", "has spaces in it (allowed: the value alone, on one line)"
        )
    return value


def _each_looks_like(pattern: str, allowed: str) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not re.fullmatch(pattern, value):
                raise PydanticCustomError(
                    "form", "{allowed}", {"allowed": f"{value!r} does not fit; {allowed}"}
                )
        return values

    return AfterValidator(check)


def _listed(value: object) -> object:
    return (
        tuple(part for part in re.split(r"[,\s]+", value) if part)
        if isinstance(value, str)
        else value
    )


def _comma_separated(value: object) -> object:
    """Returns the parts between commas; the names of some regions contain spaces."""
    if not isinstance(value, str):
        return value
    return tuple(filter(None, map(str.strip, value.split(","))))


def _ends_in_slash(value: str) -> str:
    return value if value.endswith("/") else f"{value}/"


def _is_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ValueError, OSError, KeyError):
        raise PydanticCustomError(
            "form", "not a time zone; allowed are names such as Pacific/Auckland"
        ) from None
    return value


def _is_hours(value: str) -> str:
    try:
        Hours.of(value, UTC)
    except ValueError as error:
        allowed = "allowed: days and the hours of one day, such as Mon-Fri 09:00-17:30"
        what = f"{error} ({allowed})"
        raise PydanticCustomError("form", "{what}", {"what": what}) from None
    return value


def _are_known_regions(values: tuple[str, ...]) -> tuple[str, ...]:
    try:
        PublicHolidays.parse(values)
    except ValueError as error:
        raise PydanticCustomError("form", "{what}", {"what": str(error)}) from None
    return values


def _is_database_url(value: str) -> str:
    """Returns the address; the error is without it, as it has a password."""
    if value and (wrong := _fault_of_database_url(value)):
        allowed = "allowed are sqlite:///file and postgresql://user:password@host/database"
        raise PydanticCustomError("form", "{what}", {"what": f"{wrong}{allowed}"})
    return value


def _fault_of_database_url(value: str) -> str:
    """Returns what is wrong; empty if SQLAlchemy, which is not imported here, can read it."""
    if file := re.fullmatch(r"sqlite://(/?)([^?]*).*", value):
        named = file[1] and file[2] not in {"", ":memory:"}
        return "" if named else "names no file; needs three slashes, four for a full path; "
    found = _POSTGRESQL.fullmatch(value)
    if not found:
        return "cannot be read; "
    if "@" in found["host"]:
        return "an @ in the password is written %40; "
    port = found["port"] or "5432"
    if not (port.isascii() and port.isdecimal() and 1 <= int(port) <= 65_535):
        return "the port is not a number from 1 to 65535; "
    return ""


@dataclass(frozen=True)
class _Unread:
    """Why the secret is not known that a file was to contain; in place of its path."""

    why: str


def _is_read(value: object) -> object:
    if isinstance(value, _Unread):
        raise PydanticCustomError("file", "{why}", {"why": value.why})
    return value


def with_files_read(given: dict[str, object], secrets: tuple[str, ...]) -> dict[str, object]:
    """Returns the settings with the content of each `<secret>_file`, without spaces at its end.

    A file that cannot be used becomes the error of its own setting.
    """
    made = dict(given)
    for name in secrets:
        path = given.get(f"{name}_file")
        if not path:
            continue
        found = (
            _Unread(f"{name.upper()} is set too (allowed: one of them)")
            if given.get(name)
            else _content(Path(str(path)), _LINE_ENDS if name in PASSWORDS else None)
        )
        made[f"{name}_file" if isinstance(found, _Unread) else name] = found
    return made


def _content(path: Path, without: str | None) -> str | _Unread:
    try:
        content = path.read_text(encoding="utf-8-sig").rstrip(without)
    except UnicodeDecodeError:
        return _Unread(f"{path} is not UTF-8 text")
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else "not a path"
        return _Unread(f"{path} cannot be read ({why})")
    return content or _Unread(f"{path} is empty")


PASSWORDS = frozenset({"smtp_password"})
"""Secrets that may contain spaces and quotes."""
_LINE_ENDS = "\r\n"
_QUOTES = ("'", '"')
_UNQUOTED = AfterValidator(_is_unquoted)
_Token = Annotated[str, _UNQUOTED, AfterValidator(_is_unspaced)]
_POSTGRESQL = re.compile(
    r"postgres(ql)?://([^:/]*(:[^@]*)?@)?(?P<host>\[[^/?]+\]|[^/:?]*)(:(?P<port>[^/?]*))?([/?].*)?"
)
"""An address as SQLAlchemy reads it: a password ends at the first @, and may hold anything else."""
_CHANNEL = r"[CGD][A-Z0-9]{2,}"
_USER = r"[USW][A-Z0-9]{2,}"
_CommaList = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]

SecretFile = Annotated[Path | None, BeforeValidator(_is_read)]
BotToken = Annotated[_Token, _looks_like(r"xoxb-\S+", "a bot token begins with xoxb-")]
AppToken = Annotated[_Token, _looks_like(r"xapp-\S+", "an app-level token begins with xapp-")]
ZendeskToken = _Token
SigningSecret = Annotated[
    _Token, _looks_like(r"\S{16,}", "a signing secret has 16 characters or more and no spaces")
]
ChannelId = Annotated[str, _looks_like(_CHANNEL, "a channel id looks like C0123ABCD")]
ChannelIds = Annotated[
    _CommaList, _each_looks_like(_CHANNEL, "channel ids look like C0123ABCD, with commas")
]
BotIds = Annotated[
    _CommaList, _each_looks_like(r"B[A-Z0-9]{2,}", "bot ids look like B0123ABCD, with commas")
]
UserIds = Annotated[
    _CommaList, _each_looks_like(_USER, "allowed are ids of users (U…) and of user groups (S…)")
]
Mentions = Annotated[
    _CommaList,
    _each_looks_like(
        rf"{_USER}|here", "allowed are ids of users (U…), of user groups (S…) and here"
    ),
]
HoursText = Annotated[str, AfterValidator(_is_hours)]
ZoneName = Annotated[str, AfterValidator(_is_zone)]
Regions = Annotated[
    tuple[str, ...],
    NoDecode,
    BeforeValidator(_comma_separated),
    AfterValidator(_are_known_regions),
]
DatabaseUrl = Annotated[
    str,
    _UNQUOTED,
    AfterValidator(_is_database_url),
]
EmailAddress = Annotated[str, _looks_like(ADDRESS, f"an address looks like {EXAMPLE}")]
Subdomain = Annotated[str, _looks_like(r"[a-z0-9][a-z0-9-]*", "the part before .zendesk.com")]
UrlWithoutSlash = Annotated[
    str, _looks_like(r"https?://\S+[^/]", "an address that does not end in /")
]
UrlWithSlash = Annotated[
    str,
    _looks_like(r"https?://\S+", "an address such as https://slack.com/api/"),
    AfterValidator(_ends_in_slash),
]
