"""SQL of the first four revisions, from before Alembic, for both databases."""

from alembic import op

_TYPES = {
    "sqlite": {
        "id": "INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT",
        "big": "INTEGER",
        "real": "REAL",
    },
    "postgresql": {
        "id": "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY",
        "big": "BIGINT",
        "real": "DOUBLE PRECISION",
    },
}


def run(step: int, *statements: str) -> None:
    """Run a step's statements and record it for versions before Alembic, to allow a downgrade."""
    types = _TYPES[op.get_bind().dialect.name]
    for statement in statements:
        op.execute(statement.format_map(types))
    op.execute(f"INSERT INTO schema_version (step) VALUES ({step})")  # noqa: S608 - a number of ours
