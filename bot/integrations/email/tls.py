"""Encryption of an SMTP connection; its own module, so that settings import no mail client."""

from enum import StrEnum


class Tls(StrEnum):
    """When encryption begins. `STARTTLS`: once connected (port 587); `TLS`: at once (port 465)."""

    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"
