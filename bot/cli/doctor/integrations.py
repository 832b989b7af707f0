"""Checks of what leaves Slack: e-mail and tickets. Neither is made."""

from bot.cli.doctor.findings import Finding, with_advice
from bot.cli.doctor.known_settings import KnownSettings
from bot.domain.errors import TryLaterError
from bot.outlets import mailer_of

SMTP_SECONDS = 8.0
"""Time limit of connecting, and of each command."""
_MAIL = (
    *("support_email", "email_from", "smtp_host", "smtp_port"),
    *("smtp_user", "smtp_password", "smtp_tls"),
)
_ZENDESK = ("zendesk_subdomain", "zendesk_email", "zendesk_token", "zendesk_url")
_ROLES = {
    "": Finding.fail(
        "Zendesk does not know the account; check ZENDESK_EMAIL and ZENDESK_TOKEN, and that token "
        "access is on in Zendesk's Admin Center"
    ),
    "admin": Finding.ok("logged in as an administrator, who can create tickets and see changes"),
    "agent": Finding.warn(
        "logged in as an agent, who can create tickets; Zendesk shows changes to administrators "
        "only. Set ZENDESK_EMAIL and ZENDESK_TOKEN of one"
    ),
}
_NO_AGENT = Finding.fail(
    "the account is not an agent's, so it cannot create tickets; set ZENDESK_EMAIL and "
    "ZENDESK_TOKEN of an administrator"
)


async def check_mail(given: KnownSettings) -> list[Finding]:
    """Return whether the mail server lets the bot in. No e-mail is sent."""
    given.require(*_MAIL)
    settings = given.settings
    if not settings.support_email:
        return [Finding.ok("off: SUPPORT_EMAIL is empty")]
    mailer = mailer_of(settings, SMTP_SECONDS)
    try:
        await mailer.log_in()
    except TryLaterError as error:
        check = "check SMTP_HOST and SMTP_PORT, and the firewall"
        return [Finding.fail(with_advice(error, check))]
    how = "logged in" if settings.smtp_user else "connected without a log-in"
    return [Finding.ok(f"{how}, encryption: {settings.smtp_tls}; no e-mail was sent")]


async def check_zendesk(given: KnownSettings) -> list[Finding]:
    """Return whether Zendesk knows the account, and what that may do. No ticket is made."""
    given.require(*_ZENDESK)
    settings = given.settings
    if not settings.zendesk_subdomain:
        return [Finding.ok("off: ZENDESK_SUBDOMAIN is empty")]
    from bot.integrations.zendesk.account import role_of_account  # noqa: PLC0415 - few have one
    from bot.integrations.zendesk.api import ZendeskApi  # noqa: PLC0415

    api = ZendeskApi(settings.zendesk_address, settings.zendesk_email, settings.zendesk_token)
    try:
        return [_ROLES.get(await role_of_account(api), _NO_AGENT)]
    except TryLaterError as error:
        check = "check ZENDESK_SUBDOMAIN and the network"
        return [Finding.fail(with_advice(error, check))]
    finally:
        await api.close()
