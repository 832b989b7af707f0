"""Python's search for garbage, which finds none while a program is loaded."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collections() -> Iterator[None]:
    """Let Python look for no garbage meanwhile: looks would take a tenth of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
