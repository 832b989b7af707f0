"""What an operator sets. Declared here; read from the environment only by the command line."""

import re
from pathlib import Path
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    ModelWrapValidatorHandler,
    ValidationError,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.knowledge import SHIPPED


def _looks_like(pattern: str, allowed: str) -> AfterValidator:
    def check(value: str) -> str:
        if value and not re.fullmatch(pattern, value):
            raise PydanticCustomError("form", "{allowed}", {"allowed": allowed})
        return value

    return AfterValidator(check)


def _each_looks_like(pattern: str, allowed: str) -> AfterValidator:
    def check(values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            if not re.fullmatch(pattern, value):
                raise PydanticCustomError("form", "{allowed}", {"allowed": f"{value!r} does not fit; {allowed}"})
        return values

    return AfterValidator(check)


def _listed(value: object) -> object:
    return tuple(part for part in re.split(r"[,\s]+", value) if part) if isinstance(value, str) else value


_CHANNEL = r"[CGD][A-Z0-9]{2,}"
Listed = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]


class Settings(BaseSettings):
    """Every setting, in the order of `.env.example`."""

    model_config = SettingsConfigDict(extra="ignore", env_ignore_empty=True, frozen=True, hide_input_in_errors=True)

    slack_bot_token: Annotated[str, _looks_like(r"xoxb-\S+", "a bot token begins with xoxb-")] = Field(
        default="", repr=False, description="Bot token, from OAuth & Permissions"
    )
    slack_app_token: Annotated[str, _looks_like(r"xapp-\S+", "an app-level token begins with xapp-")] = Field(
        default="", repr=False, description="App-level token with connections:write; set it for Socket Mode"
    )
    slack_signing_secret: Annotated[
        str, _looks_like(r"\S{16,}", "a signing secret has 16 characters or more and no spaces")
    ] = Field(default="", repr=False, description="Signing secret, from Basic Information; set it for HTTP")
    support_channels: Annotated[Listed, _each_looks_like(_CHANNEL, "channel ids look like C0123ABCD, with commas")] = (
        Field(default=(), description="Ids of the channels to listen in; empty: every channel the bot is in")
    )
    escalation_channel: Annotated[str, _looks_like(_CHANNEL, "a channel id looks like C0123ABCD")] = Field(
        default="", description="Id of the channel that gets a card for each escalation"
    )
    escalation_mention: Annotated[
        Listed,
        _each_looks_like(r"[USW][A-Z0-9]{2,}|here", "allowed are ids of users (U…), of user groups (S…) and here"),
    ] = Field(default=(), description="Whom a card mentions: ids of users or user groups, or here")
    trusted_bots: Annotated[Listed, _each_looks_like(r"B[A-Z0-9]{2,}", "bot ids look like B0123ABCD, with commas")] = (
        Field(default=(), description="Ids of bots whose posts are read like a person's, such as workflow forms")
    )
    database_url: Annotated[
        str,
        _looks_like(
            r"(sqlite|postgres(ql)?)://.+", "allowed are sqlite:///file and postgresql://user:password@host/database"
        ),
    ] = Field(default="sqlite:///xero-bot.sqlite3", repr=False, description="Where replies and escalations are kept")
    knowledge_dir: Path = Field(default=SHIPPED, description="Folder of the articles")
    host: str = Field(default="127.0.0.1", description="Address to listen on over HTTP; 0.0.0.0 for every network")
    port: int = Field(default=3000, ge=1, le=65535, description="Port to listen on over HTTP")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(default="INFO", description="How much is logged")
    slack_api_url: Annotated[str, _looks_like(r"https?://\S+/", "an address that ends in /")] = Field(
        default="https://slack.com/api/", description="Slack's Web API; another address only for a local workspace"
    )

    @property
    def connects(self) -> bool:
        """Whether there is anything to connect to Slack with."""
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_signing_secret)

    @model_validator(mode="wrap")
    @classmethod
    def _whole(cls, data: dict[str, object], handler: ModelWrapValidatorHandler["Settings"]) -> "Settings":
        """What is malformed and what is missing, all at once."""
        found: list[InitErrorDetails] = []
        made = None
        try:
            made = handler(data)
        except ValidationError as error:
            for line in error.errors(include_url=False):
                kind = PydanticCustomError("malformed", "{what}", {"what": line["msg"]})
                found.append(InitErrorDetails(type=kind, loc=line["loc"], input=""))
        found += [
            InitErrorDetails(type=PydanticCustomError("missing", "missing; {why}", {"why": why}), loc=(name,), input="")
            for name, why in _lacking(data).items()
        ]
        if found or made is None:
            raise ValidationError.from_exception_data("Settings", found, hide_input=True)
        return made


def _lacking(given: dict[str, object]) -> dict[str, str]:
    """What a connection to Slack still needs, once anything of it is set."""
    bot, app, secret = (given.get(f"slack_{name}") for name in ("bot_token", "app_token", "signing_secret"))
    if not (bot or app or secret):
        return {}
    lacking = {
        "slack_bot_token": not bot and "every connection to Slack needs it",
        "slack_app_token": not (app or secret) and "needed for Socket Mode; or set SLACK_SIGNING_SECRET for HTTP",
        "escalation_channel": not given.get("escalation_channel") and "escalations must reach somebody",
    }
    return {name: why for name, why in lacking.items() if why}


def faults(error: ValidationError) -> list[str]:
    """One line per wrong setting: its name in the environment, what is wrong, what is allowed. Never its value."""
    lines = []
    for details in error.errors(include_url=False, include_input=False, include_context=False):
        name = "_".join(map(str, details["loc"])).upper() or "SETTINGS"
        lines.append(f"{name}: {details['msg']}")
    return lines
