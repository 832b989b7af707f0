"""How an SMTP connection is made private; apart, so that settings are read without a mail client."""

from enum import StrEnum


class Tls(StrEnum):
    """How the connection is made private. `STARTTLS`: after it was opened (port 587); `TLS`: from the start (465)."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
