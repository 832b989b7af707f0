"""Check of the database, which is neither created nor migrated."""

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.doctor.findings import Finding
from bot.cli.doctor.known_settings import KnownSettings
from bot.storage.inspection import DatabaseState, inspect_database
from bot.storage.migrations import newest_revision

_ADVICE = {
    "sqlite": "check that its folder exists, and that file and folder can be written by this user",
    "postgresql": "check that the server runs, and address, user, password and rights",
}


async def check_database(given: KnownSettings) -> list[Finding]:
    """Return whether the database can be written, its revision, and what a start does."""
    given.require("database_url")
    address = given.settings.database_url
    try:
        is_sqlite = make_url(address).get_backend_name() == "sqlite"
        state = await inspect_database(address)
    except (SQLAlchemyError, OSError, ValueError, KeyError, TypeError) as error:
        advice = _ADVICE["sqlite" if address.startswith("sqlite") else "postgresql"]
        return [Finding.fail(f"DATABASE_URL: cannot be used ({type(error).__name__}); {advice}")]
    return [_finding("SQLite" if is_sqlite else "PostgreSQL", state)]


def _finding(kind: str, state: DatabaseState) -> Finding:
    newest = newest_revision()
    if state.empty:
        return Finding.ok(f"{kind}, empty: the first start makes its tables")
    if state.is_old:
        return Finding.warn(
            f"{kind}, revision {state.revision or 'none'}: the next start upgrades it to {newest}; "
            "make a backup before that (docs/operations.md)"
        )
    if state.missing:
        return Finding.fail(
            f"{kind}, revision {state.revision}: lacks {', '.join(state.missing[:3])}; put a backup "
            "back, or start a newer version of the bot"
        )
    if (state.revision or "") > newest:
        return Finding.warn(
            f"{kind}, revision {state.revision}, of a newer version of the bot; this one works with "
            "it, but upgrade soon"
        )
    return Finding.ok(f"{kind}, can be written, revision {state.revision} (the newest)")
