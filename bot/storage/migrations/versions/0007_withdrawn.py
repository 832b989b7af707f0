"""Withdrawn escalations, which were kept as resolved ones: the last step in their history tells them apart."""

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Reminders and answers to the shop are in the history too, and are no steps."""
    op.execute(
        """UPDATE escalations SET status = 'withdrawn' WHERE status = 'resolved' AND 'withdraw' = (
            SELECT verb FROM changes WHERE changes.escalation_id = escalations.id AND verb NOT IN ('remind', 'relay')
            ORDER BY number DESC LIMIT 1)"""
    )
