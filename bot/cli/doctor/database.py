"""Check of the database, which is neither created nor migrated."""

from bot.cli.doctor.findings import Finding
from bot.cli.doctor.known_settings import KnownSettings
from bot.storage.inspection import DatabaseState, inspect_database
from bot.storage.migrations import newest_revision
from bot.storage.opening_faults import opening_faults


async def check_database(given: KnownSettings) -> list[Finding]:
    """Return whether the database can be written, its revision, and what a start does."""
    given.require("database_url")
    address = given.settings.database_url
    with opening_faults(address):
        state = await inspect_database(address)
    return [_finding("SQLite" if address.startswith("sqlite") else "PostgreSQL", state)]


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
