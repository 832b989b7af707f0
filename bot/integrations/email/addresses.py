"""The form of an e-mail address that is accepted: plain ASCII, as not every server takes more."""

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
ADDRESS = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*"
"""A regular expression for the full text (RFC 5321, 4.1.2: dot-string and domain)."""
EXAMPLE = "help@example.com"
