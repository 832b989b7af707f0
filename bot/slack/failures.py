"""Sentences for people whose request has failed; internal failures are logged."""

import logging

from bot.domain.errors import GaveUpError, TryLaterError, UnauthorisedError, UserError
from bot.services.fault_log import log_fault
from bot.slack.views import wording

log = logging.getLogger(__name__)


def sentence_for(error: Exception, what: str) -> str:
    """Return the sentence for the person. `what`: what failed, for the log, such as click."""
    match error:
        case UserError():
            return str(error)
        case TryLaterError() | GaveUpError():
            log.warning("%s failed: %s", what, error.reason)
            unreachable = isinstance(error, UnauthorisedError)
            return wording.SLACK_UNREACHABLE if unreachable else wording.SLACK_FAILED
        case _:
            return wording.OUR_FAULT.format(reference=log_fault(error, what))
