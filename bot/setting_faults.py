"""Sentences about settings that are wrong or missing."""

from collections.abc import Mapping

from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

_NUMBER = frozenset(
    {"greater_than_equal", "less_than_equal", "int_parsing", "int_parsing_size", "int_from_float"}
)
"""pydantic's types of errors about a number."""
_REQUIRED_WITH = {
    "email_from": ("support_email", "required with SUPPORT_EMAIL (the sender)"),
    "smtp_host": ("support_email", "required with SUPPORT_EMAIL (the mail server)"),
    "zendesk_email": (
        "zendesk_subdomain",
        "required with ZENDESK_SUBDOMAIN (the agent that creates tickets)",
    ),
    "zendesk_token": ("zendesk_subdomain", "required with ZENDESK_SUBDOMAIN (the API token)"),
}
"""Required settings, each with the setting that requires it and the reason."""


def in_words(details: ErrorDetails, fields: Mapping[str, FieldInfo]) -> str:
    """Returns what is wrong with a setting, and what is allowed; without its value."""
    if details["type"] in _NUMBER:
        bounds = fields[str(details["loc"][0])].metadata
        (least,) = (one.ge for one in bounds if hasattr(one, "ge"))
        (most,) = (one.le for one in bounds if hasattr(one, "le"))
        return f"not such a number (allowed: whole numbers from {least} to {most})"
    if details["type"] in {"literal_error", "enum"}:
        allowed = details["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        return f"not one of them (allowed: {allowed})"
    return details["msg"]


def read_from(loc: tuple[int | str, ...], given: dict[str, object]) -> str:
    """Returns which file a wrong setting was read from; empty if from none."""
    name = f"{loc[0]}_file" if loc else ""
    return f"; read from {name.upper()}, {given[name]}" if given.get(name) else ""


def missing(given: dict[str, object], secrets: tuple[str, ...]) -> dict[str, str]:
    """Returns why settings are required, by the names of those that are not set.

    `secrets`: names of the settings that may be in a file of their own.
    """
    # a file that cannot be read has an error of its own
    given = given | {name: True for name in secrets if given.get(f"{name}_file")}
    bot, app, secret = (
        given.get(f"slack_{name}") for name in ("bot_token", "app_token", "signing_secret")
    )
    wanted = {
        name: given.get(needs) and not given.get(name) and why
        for name, (needs, why) in _REQUIRED_WITH.items()
    }
    if not (bot or app or secret):
        return {name: str(why) for name, why in wanted.items() if why}
    wanted |= {
        "slack_bot_token": not bot and "required for every connection to Slack",
        "slack_app_token": not (app or secret)
        and "required for Socket Mode; or set SLACK_SIGNING_SECRET for HTTP",
        "escalation_channel": not given.get("escalation_channel")
        and "required, so that escalations reach somebody",
    }
    return {name: str(why) for name, why in wanted.items() if why}
