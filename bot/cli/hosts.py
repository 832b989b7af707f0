"""The servers that the bot connects to, as a firewall needs to know them."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from sqlalchemy import make_url
from yarl import URL

from bot.settings import Settings
from bot.slack.client.downloads import SLACK_DOMAINS, Hosts
from bot.storage.database import DRIVERS


@dataclass(frozen=True)
class Server:
    """A server. `host`: *.name is every host below it. `setting`: what switches it on."""

    host: str
    port: int
    setting: str
    why: str


def servers(settings: Settings) -> list[Server]:
    """Returns all servers that a bot with these settings connects to."""
    return [*_slack(settings), *_database(settings), *_escalations(settings)]


def described(settings: Settings) -> list[str]:
    """Returns a line about each server."""
    return [f"{one.host}:{one.port}  {one.why} ({one.setting})" for one in servers(settings)]


def _slack(settings: Settings) -> Iterator[Server]:
    url = URL(settings.slack_api_url)
    why = "Slack's Web API, Socket Mode and files"
    if Hosts.of(settings.slack_api_url).domains:
        for domain in sorted(SLACK_DOMAINS):
            for host in (domain, f"*.{domain}"):
                yield Server(host, 443, "SLACK_API_URL", why)
    else:
        yield Server(url.host or "", url.port or 0, "SLACK_API_URL", why)


def _database(settings: Settings) -> Iterator[Server]:
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        return
    url = url.set(drivername=DRIVERS["postgresql"])
    # hosts and ports may be among the options, and several
    _, given = url.get_dialect()().create_connect_args(url)
    hosts = str(given.get("host") or "localhost").split(",")
    ports = str(given.get("port") or "").split(",")
    for host, port in zip_longest(hosts, ports, fillvalue=ports[0]):
        if not host.startswith("/"):  # the folder of a socket
            yield Server(host, int(port or 5432), "DATABASE_URL", "the database")


def _escalations(settings: Settings) -> Iterator[Server]:
    if settings.support_email:
        yield Server(settings.smtp_host, settings.smtp_port, "SUPPORT_EMAIL", "e-mail")
    if settings.zendesk_subdomain:
        url = URL(settings.zendesk_address)
        yield Server(url.host or "", url.port or 0, "ZENDESK_SUBDOMAIN", "tickets")
