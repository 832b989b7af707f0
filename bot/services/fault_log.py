"""Faults of ours and failures of the database, logged without the words they may carry."""

import logging
from secrets import token_hex

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from bot.domain.errors import GaveUpError, TryLaterError

log = logging.getLogger(__name__)

DATABASE_FAILURES = (OperationalError, InterfaceError, PoolTimeoutError)
"""What a database raises that is away, locked, full or too slow; other errors of it come from a statement of ours."""


def log_fault(error: BaseException, where: str) -> str:
    """Log what kind of fault it is and where it rose, never its text: that may hold what somebody pasted.

    Gives the reference by which a person can name it.
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
