"""The settings as far as they can be read, and the check of all of them."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ModelWrapValidatorHandler, ValidationError, model_validator
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from bot.cli.doctor.findings import Finding, NotCheckedError
from bot.cli.setting_hints import without_effect
from bot.domain.article_text import truncate
from bot.settings import Settings, faults

HIDDEN = "(hidden)"
MAX_FAULT = 200
"""Characters of a fault: the list of a country's regions would fill the screen."""
MIN_SECRET = 6
"""Characters of a value that is looked for; shorter ones are part of other words."""
_MAY_BE_SECRET = re.compile(r"(?<=')[^'\s]{12,}(?=')|(?=[^\s']*\d)[^\s']{12,}")
"""In a fault: a value that is too long for an id, as of a token in the wrong line."""


class _PartialSettings(Settings):
    """Settings of which required ones may be missing."""

    @model_validator(mode="wrap")
    @classmethod
    def _collect_errors(
        cls, data: dict[str, object], handler: ModelWrapValidatorHandler["_PartialSettings"]
    ) -> "_PartialSettings":
        made: _PartialSettings = handler(data)
        return made


@dataclass(frozen=True)
class KnownSettings:
    """The settings; wrong ones have their defaults.

    `faulty`: names of wrong and missing ones. `faults`: a line about each.
    """

    settings: Settings
    faulty: frozenset[str] = frozenset()
    faults: tuple[str, ...] = ()

    def require(self, *names: str) -> None:
        """Raise NotCheckedError if one of these settings is wrong or missing."""
        for name in names:
            if name in self.faulty:
                raise NotCheckedError(f"{name.upper()} is wrong or missing")

    def without_secrets(self, text: str) -> str:
        """Return the text without the value of any secret setting."""
        for secret in self._secrets():
            text = text.replace(secret, HIDDEN)
        return text

    def _secrets(self) -> set[str]:
        secret_fields = [name for name, field in Settings.model_fields.items() if not field.repr]
        values = {str(getattr(self.settings, name)) for name in secret_fields}
        # a URL holds a password, and is replaced by parts as well
        values.add(_password(self.settings.database_url))
        return {
            value
            for value in values
            if len(value) >= MIN_SECRET and not value.startswith("sqlite:")
        }


def _password(url: str) -> str:
    try:
        return str(make_url(url).password or "")
    except ArgumentError:
        return ""


def read_settings(env_file: Path) -> KnownSettings:
    """Return the settings of the environment and a `.env`; faults are collected, never raised."""
    file: Path | None = env_file
    found: list[str] = []
    faulty: set[str] = set()
    try:
        return KnownSettings(Settings(_env_file=file))
    except ValidationError as error:
        found += _faults(error)
        faulty |= _names(error)
    except (UnicodeDecodeError, OSError) as error:
        found.append(f".env: cannot be read ({type(error).__name__}); save it as UTF-8 text")
        file = None
    defaults: dict[str, Any] = {}
    while True:
        try:
            settings = _PartialSettings(_env_file=file, **defaults)
            return KnownSettings(settings, frozenset(faulty), tuple(found))
        except ValidationError as error:
            names = _names(error)
            found += [] if file or faulty else _faults(error)
            faulty |= names
        if names <= defaults.keys():  # nothing is left to replace: no setting can be used
            no_settings = Settings.model_construct()
            return KnownSettings(no_settings, frozenset(Settings.model_fields), tuple(found))
        defaults |= {name: Settings.model_fields[name].default for name in names}


def _faults(error: ValidationError) -> list[str]:
    found = (_MAY_BE_SECRET.sub(HIDDEN, fault) for fault in faults(error))
    return [truncate(fault, MAX_FAULT) for fault in found]


def _names(error: ValidationError) -> set[str]:
    """Return the settings with a fault; a secret and the file that has it go together."""
    named = {str(line["loc"][0]) for line in error.errors() if line["loc"]}
    others = {f"{name}_file" for name in named} | {name.removesuffix("_file") for name in named}
    return (named | others) & Settings.model_fields.keys()


async def check_settings(
    given: KnownSettings, env_file: Path, environment: Mapping[str, str] = os.environ
) -> list[Finding]:
    """Return each fault, each line or name without effect, and how the bot will connect."""
    try:
        hints = without_effect(env_file, environment)
    except (UnicodeDecodeError, OSError):
        hints = []  # among the faults
    found = [
        *(Finding.fail(fault) for fault in given.faults),
        *(Finding.warn(hint) for hint in hints),
    ]
    settings = given.settings
    if not settings.connects and not given.faulty:
        found.append(Finding.fail(_no_tokens(env_file)))
    if not found:
        mode = "Socket Mode" if settings.slack_app_token else "HTTP"
        if settings.slack_app_token and settings.slack_signing_secret:
            mode += ", or with run --mode http over HTTP"
        count = len(settings.model_fields_set)
        found.append(Finding.ok(f"{count} are set; the bot connects over {mode}"))
    return found


def _no_tokens(env_file: Path) -> str:
    there = "found" if env_file.is_file() else "not found"
    return (
        "SLACK_BOT_TOKEN: missing; looked in the environment and in "
        f"{env_file.resolve()} ({there}). Run this in the folder of the bot's .env"
    )
