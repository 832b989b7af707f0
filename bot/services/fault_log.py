"""Logging of bugs and database failures, without the texts of exceptions."""

import logging
from secrets import token_hex

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import GaveUpError, TryLaterError

log = logging.getLogger(__name__)

DATABASE_FAILURES = (OperationalError, InterfaceError, PoolTimeoutError)
"""Errors of a database that is away, locked, full or too slow; any other is a bug of ours."""


def log_fault(error: BaseException, where: str) -> str:
    """Log the type of an exception and where it was raised, never its text, which may be pasted.

    Returns the reference that a person can quote, eight hexadecimal digits.
    """
    reference = token_hex(4)
    if isinstance(error, DATABASE_FAILURES):
        cause = type(getattr(error, "orig", None) or error).__name__
        log.warning("database: %s in %s; reference %s", cause, where, reference)
        return reference
    reason = (
        error.reason if isinstance(error, TryLaterError | GaveUpError) else type(error).__name__
    )
    frames = []
    trace = error.__traceback__
    while trace:
        frames.append(f"{trace.tb_frame.f_code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    log.error("fault %s in %s: %s at %s", reference, where, reason, " > ".join(frames))
    return reference
