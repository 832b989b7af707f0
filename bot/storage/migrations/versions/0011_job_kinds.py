"""Plain names of the kinds of jobs, for those that are waiting, under way or done."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"

RENAMED = {
    "read": "read_report",
    "reply": "post_reply",
    "revise": "update_reply",
    "share": "share_reply",
    "announce": "publish_escalation",
    "remind": "remind_claim",
    "relay": "relay_answer",
    "mail": "send_email",
    "ticket": "sync_ticket",
    "poll": "poll_tickets",
    "alert": "alert_operators",
    "token": "alert_token_refused",
    "channels": "check_channels",
    "moved": "alert_channel_moved",
    "forget": "delete_old_texts",
}


def upgrade() -> None:
    """Rename in place: who works on a job knows it by its id and its lease, and can finish it."""
    jobs = sa.table("jobs", sa.column("kind", sa.Text))
    for old, new in RENAMED.items():
        op.execute(jobs.update().where(jobs.c.kind == old).values(kind=new))
