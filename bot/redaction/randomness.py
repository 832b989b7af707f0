"""Tests whether a value was generated. Pure; only for values that a name or form points at."""

import re
from itertools import pairwise

_GUID = re.compile(r"\{?[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}?", re.IGNORECASE)
_CHANGES = 0.3
"""Share of neighbouring characters of different kinds: over half in keys, 1/7 in InvoiceNumber."""


def is_guid(value: str) -> bool:
    """Return whether it is a GUID, the id of a record or a tenant."""
    return bool(_GUID.fullmatch(value))


def looks_made(value: str) -> bool:
    """Return whether it has a digit, or at least twenty letters, as no word has."""
    return len(value) >= 8 and (
        any(map(str.isdigit, value)) or bool(re.search(r"[A-Za-z]{20}", value))
    )


def looks_random(value: str) -> bool:
    """Return whether letters and digits are mixed at random, as in keys; False for a GUID."""
    kinds = [
        0 if sign.isdigit() else 1 if sign.islower() else 2 for sign in value if sign.isalnum()
    ]
    if len(kinds) < 16 or is_guid(value) or 0 not in kinds or len(set(kinds)) < 2:
        return False
    changes = sum(one != other for one, other in pairwise(kinds))
    return changes >= _CHANGES * len(kinds)
