"""Which installation of the app a payload is for."""

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from bot.slack.incoming.payloads import Payload


class Installation(NamedTuple):
    """A workspace that has installed the app, or with an empty `team` an organisation that has."""

    team: str
    enterprise: str = ""


def installations_of(payload: Payload) -> list[Installation]:
    """The installations that a payload may be for, the likeliest first; it may name none.

    An event is for `authorizations[0]` or its context. Its outer `team_id` and the `team` of what
    is inside are not asked: in Slack Connect these are the channel's owner and the author (docs:
    Slack Connect, Events API). A form is for the workspace that its view names, a click for that of
    the message, no matter who presses (bolt-python pull request 734, java-slack-sdk issue 1041).
    """
    named = _of_event(payload) if payload.get("type") == "event_callback" else _of_click(payload)
    return [one for one in dict.fromkeys(named) if one.team or one.enterprise]


def _of_event(payload: Payload) -> Iterator[Installation]:
    for authorization in payload.get("authorizations") or ():
        yield _installation(authorization)
        return
    yield Installation(
        str(payload.get("context_team_id") or ""), str(payload.get("context_enterprise_id") or "")
    )


def _of_click(payload: Payload) -> Iterator[Installation]:
    view, message = payload.get("view") or {}, payload.get("message") or {}
    enterprise = id_in(payload, "enterprise")
    for team in (
        view.get("app_installed_team_id"),
        id_in(payload, "team"),
        message.get("team"),
    ):
        if team:
            yield Installation(str(team))
    if str(payload.get("is_enterprise_install")).lower() == "true" or not id_in(payload, "team"):
        yield Installation("", enterprise)


def _installation(authorization: Mapping[str, Any]) -> Installation:
    return Installation(
        str(authorization.get("team_id") or ""), str(authorization.get("enterprise_id") or "")
    )


def id_in(payload: Payload, what: str) -> str:
    """The id of a team, enterprise or user: `{"team": {"id": …}}` or `{"team_id": …}`."""
    named = payload.get(what)
    found = named.get("id") if isinstance(named, Mapping) else payload.get(f"{what}_id")
    return str(found or "")
