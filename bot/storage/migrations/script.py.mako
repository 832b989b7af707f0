"""${message}."""

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """Add to what is there: an older program may run beside this one, or again after it."""
    ${upgrades if upgrades else "pass"}
