"""Log lines about escalations: one for each stored step, and their ids on all that follow."""

import logging

from bot.domain.escalations import CLOCK, HELPDESK, PAST, Escalation, Step
from bot.log_fields import fields, note

log = logging.getLogger(__name__)

STEP = "%s: %s"


def noted(escalation: Escalation) -> Escalation:
    """Have the log lines that follow in this task belong to an escalation; returns it."""
    note(
        escalation=escalation.name,
        escalation_id=escalation.id,
        interaction=escalation.interaction_id,
    )
    return escalation


def log_step(escalation: Escalation, step: Step) -> None:
    """Log a step that is stored, without who took it: the escalation's history has that."""
    by = step.actor if step.actor in {CLOCK, HELPDESK} else "person"
    log.info(
        STEP,
        escalation.name,
        PAST[step.verb],
        extra=fields(
            escalation=escalation.name,
            step=step.verb.value,
            by=by,
            status=escalation.status.value,
        ),
    )
