"""The paths of the health checks, and the header that says which bot answers."""

import hmac

ALIVE = "/healthz"
READY = "/readyz"
MARK = "x-xero-bot"
"""Header of every response of the bot's listeners."""


def mark_of(token: str) -> str:
    """Return 16 hexadecimal digits that differ between bot tokens, and tell nothing about one."""
    return hmac.digest(token.encode(), b"listener", "sha256")[:8].hex()
