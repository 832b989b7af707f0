"""Settings of the bot. Only the command line reads them from the environment."""

from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, ModelWrapValidatorHandler, ValidationError, model_validator
from pydantic_core import InitErrorDetails, PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from bot.domain.business_hours import Hours, ReminderSchedule
from bot.domain.public_holidays import PublicHolidays
from bot.integrations.email.tls import Tls
from bot.knowledge_base.loader import SHIPPED
from bot.setting_faults import in_words, missing, read_from
from bot.setting_types import (
    AppToken,
    BotIds,
    BotToken,
    ChannelId,
    ChannelIds,
    DatabaseUrl,
    EmailAddress,
    HoursText,
    Mentions,
    Regions,
    SecretFile,
    SigningSecret,
    Subdomain,
    UrlWithoutSlash,
    UrlWithSlash,
    UserIds,
    ZendeskToken,
    ZoneName,
    with_files_read,
)

SLACK_API_URL = "https://slack.com/api/"
ENCODING = "utf-8-sig"
"""Encoding of `.env`: UTF-8, with or without the byte order mark that editors on Windows write.

The mark would otherwise become part of the first setting's name.
"""
DEFAULT_PREFIX = "XERO_BOT_DEFAULT_"
"""In an image's environment: before the name of a setting, what it is where it is empty."""


class Settings(BaseSettings):
    """Every setting, in the order of `.env.example`."""

    model_config = SettingsConfigDict(
        extra="ignore",
        env_ignore_empty=True,
        frozen=True,
        hide_input_in_errors=True,
        env_file_encoding=ENCODING,
    )

    slack_bot_token: BotToken = Field(
        default="", repr=False, description="Bot token, from OAuth & Permissions"
    )
    slack_bot_token_file: SecretFile = Field(
        default=None, description="File that contains the bot token"
    )
    slack_app_token: AppToken = Field(
        default="",
        repr=False,
        description="App-level token with connections:write; set it for Socket Mode",
    )
    slack_app_token_file: SecretFile = Field(
        default=None, description="File that contains the app-level token"
    )
    slack_signing_secret: SigningSecret = Field(
        default="",
        repr=False,
        description="Signing secret, from Basic Information; set it for HTTP",
    )
    slack_signing_secret_file: SecretFile = Field(
        default=None, description="File that contains the signing secret"
    )
    support_channels: ChannelIds = Field(
        default=(),
        description="Ids of the channels to listen in; empty: every channel the bot is in",
    )
    channels_file: Path | None = Field(
        default=None,
        description="File with the settings of single channels; empty: channels.yaml, if it exists",
    )
    escalation_channel: ChannelId = Field(
        default="", description="Id of the channel that gets a card for each escalation"
    )
    escalation_mention: Mentions = Field(
        default=(), description="Whom a card mentions: ids of users or user groups, or here"
    )
    responders: UserIds = Field(
        default=(), description="Who may claim and resolve; empty: who is in the channel"
    )
    claim_within: int = Field(
        default=15, ge=1, le=10_080, description="Minutes without a claim until a reminder"
    )
    escalation_ladder: Mentions = Field(
        default=(),
        description="Whom reminders mention, one after the other: ids of users or user groups",
    )
    business_hours: HoursText = Field(
        default="",
        description="When reminders are sent, such as Mon-Fri 09:00-17:30; empty: at all hours",
    )
    time_zone: ZoneName = Field(
        default="UTC",
        description="Of the business hours and of the Home tab's today, such as Pacific/Auckland",
    )
    holidays: Regions = Field(
        default=(),
        description="Whose public holidays are no business days: countries or parts, such as NZ-AUK",
    )
    operators_channel: ChannelId = Field(
        default="",
        description="Id of the channel for alerts about failed jobs; empty: the escalation channel",
    )
    trusted_bots: BotIds = Field(
        default=(),
        description="Ids of bots whose posts are read like a person's, such as workflow forms",
    )
    catch_up_hours: int = Field(
        default=4,
        ge=0,
        le=24,
        description="Hours before a start in which missed messages are looked for; 0: none",
    )
    database_url: DatabaseUrl = Field(
        default="sqlite:///xero-bot.sqlite3",
        repr=False,
        description="Where replies and escalations are stored",
    )
    database_url_file: SecretFile = Field(
        default=None, description="File that contains DATABASE_URL"
    )
    keep_days: int = Field(
        default=90, ge=1, le=3_650, description="Days after which kept texts are deleted"
    )
    support_email: EmailAddress = Field(
        default="",
        description="Who gets an e-mail for each escalation and refused alert; empty: nobody",
    )
    email_from: EmailAddress = Field(default="", description="The e-mail's sender")
    smtp_host: str = Field(default="", description="Server that takes the e-mail")
    smtp_port: int = Field(default=587, ge=1, le=65535, description="Its port")
    smtp_user: str = Field(default="", description="User name there; empty: no log-in")
    smtp_password: str = Field(default="", repr=False, description="Password there")
    smtp_password_file: SecretFile = Field(
        default=None, description="File that contains the password"
    )
    smtp_tls: Tls = Field(default=Tls.STARTTLS, description="Encryption: starttls, tls or none")
    zendesk_subdomain: Subdomain = Field(
        default="", description="Gets a ticket for each escalation; empty: no tickets"
    )
    zendesk_email: EmailAddress = Field(default="", description="An administrator's address there")
    zendesk_token: ZendeskToken = Field(default="", repr=False, description="API token there")
    zendesk_token_file: SecretFile = Field(
        default=None, description="File that contains the API token"
    )
    zendesk_url: UrlWithoutSlash = Field(
        default="", description="Zendesk's address; only for a local test server"
    )
    knowledge_dir: Path = Field(default=SHIPPED, description="Folder of the articles")
    host: str = Field(
        default="127.0.0.1", description="Address to listen on over HTTP; 0.0.0.0 for every network"
    )
    port: int = Field(default=3000, ge=1, le=65535, description="Port to listen on over HTTP")
    health_port: int | None = Field(
        default=None,
        ge=1,
        le=65535,
        description="Port for /healthz and /readyz in Socket Mode; empty: none",
    )
    metrics_host: str = Field(
        default="127.0.0.1", description="Address of the metrics; they have no log-in"
    )
    metrics_port: int | None = Field(
        default=None, ge=1, le=65535, description="Port for Prometheus's /metrics; empty: none"
    )
    sandbox_host: str = Field(
        default="127.0.0.1",
        description="Address of the try-out's page; anything else can be reached from outside",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        default="INFO", description="How much is logged"
    )
    log_format: Literal["text", "json"] = Field(
        default="text", description="Form of log lines: for people, or a JSON object each"
    )
    slack_api_url: UrlWithSlash = Field(
        default=SLACK_API_URL,
        description="Slack's Web API; another address only for a local workspace",
    )

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003 - given by its name
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Returns where settings come from; what is set in an earlier one counts."""
        defaults = EnvSettingsSource(settings_cls, env_prefix=DEFAULT_PREFIX)
        return init_settings, env_settings, dotenv_settings, defaults

    @property
    def zendesk_address(self) -> str:
        """The base address of Zendesk's API, without a slash at the end."""
        return self.zendesk_url or f"https://{self.zendesk_subdomain}.zendesk.com"

    @property
    def hours(self) -> Hours:
        """The business hours of support."""
        days_off = PublicHolidays.parse(self.holidays)
        return Hours.of(self.business_hours, ZoneInfo(self.time_zone), days_off)

    def reminders(self, minute: float) -> ReminderSchedule:
        """When each level is reminded; `minute`: the seconds of one minute of CLAIM_WITHIN."""
        return ReminderSchedule(self.hours, self.claim_within * minute, len(self.escalation_ladder))

    @property
    def connects(self) -> bool:
        """Whether a token or secret for a connection to Slack is set."""
        return bool(self.slack_bot_token or self.slack_app_token or self.slack_signing_secret)

    @model_validator(mode="before")
    @classmethod
    def _read_files(cls, data: dict[str, object]) -> dict[str, object]:
        return with_files_read(data, SECRETS)

    @model_validator(mode="wrap")
    @classmethod
    def _collect_errors(
        cls, data: dict[str, object], handler: ModelWrapValidatorHandler["Settings"]
    ) -> "Settings":
        """Returns the settings.

        Raises:
            ValidationError: lists all malformed and all missing settings at once.
        """
        found: list[InitErrorDetails] = []
        made = None
        try:
            made = handler(data)
        except ValidationError as error:
            for line in error.errors(include_url=False):
                what = in_words(line, cls.model_fields) + read_from(line["loc"], data)
                kind = PydanticCustomError("malformed", "{what}", {"what": what})
                found.append(InitErrorDetails(type=kind, loc=line["loc"], input=""))
        found += [
            InitErrorDetails(
                type=PydanticCustomError("missing", "missing; {why}", {"why": why}),
                loc=(name,),
                input="",
            )
            for name, why in missing(data, SECRETS).items()
        ]
        if found or made is None:
            raise ValidationError.from_exception_data("Settings", found, hide_input=True)
        return made


SECRETS = tuple(name for name, field in Settings.model_fields.items() if not field.repr)
"""Names of the settings that are, or contain, a secret; each may also be read from a file."""


def faults(error: ValidationError) -> list[str]:
    """Returns one line per wrong setting: its name, what is wrong, what is allowed; no value."""
    lines = []
    for details in error.errors(include_url=False, include_input=False, include_context=False):
        name = "_".join(map(str, details["loc"])).upper() or "SETTINGS"
        lines.append(f"{name}: {details['msg']}")
    return lines
