"""The ids, tokens and secrets of a workspace and its app, random for each."""

from __future__ import annotations

import secrets
from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """The ids, tokens and secrets of one workspace and the app installed in it."""

    team_id: str
    team_domain: str
    app_id: str
    bot_id: str
    bot_user_id: str
    bot_name: str
    bot_token: str
    app_token: str
    signing_secret: str
    verification_token: str


def new_id(letter: str) -> str:
    """An id shaped like Slack's, such as U0A1B2C3D4E."""
    return letter + secrets.token_hex(5).upper()


def new_identity() -> Identity:
    """A workspace with an installed app, its secrets random."""
    number, secret = secrets.randbelow(10**12), secrets.token_hex
    return Identity(
        team_id=new_id("T"),
        team_domain="sandbox",
        app_id=new_id("A"),
        bot_id=new_id("B"),
        bot_user_id=new_id("U"),
        bot_name="bot",
        bot_token=f"xoxb-{number:012}-{number:012}-{secret(12)}",
        app_token=f"xapp-1-{number:012}-{secret(32)}",
        signing_secret=secret(16),
        verification_token=secret(12),
    )
