"""Command that deletes one person's words from the database."""

from bot.cli.console import out
from bot.domain.jobs import JobKind, needing_texts
from bot.settings import Settings

STAYS = (
    "Ids, times, channels, articles and states stay: they say who did what, and keep a message "
    "from being answered twice. Slack, e-mails, tickets and backups are not changed."
)


async def forget_person(settings: Settings, person: str, *, yes: bool) -> bool:
    """Delete a person's words, or without `yes` print what would be deleted.

    Returns whether some were left, as they are needed.

    Raises:
        UserError: there is no database, or it cannot be opened.
    """
    from bot.databases import existing_database  # noqa: PLC0415 - a faster start
    from bot.storage.forgetting import forget_words, words_of  # noqa: PLC0415

    outlets = {
        JobKind.SEND_EMAIL: settings.support_email,
        JobKind.SYNC_TICKET: settings.zendesk_subdomain,
    }
    needed_by = needing_texts(kind for kind, address in outlets.items() if address)
    async with existing_database(settings) as database:
        found = await words_of(database, person, needed_by)
        if yes:
            await forget_words(database, person, needed_by)
    verb = "deleted" if yes else "to delete"
    for table in found:
        if table.rows == table.needed:
            continue
        rows = _rows(table.rows - table.needed)
        out.print(f"{table.table}: {rows} {verb}", soft_wrap=True)
    needed = sum(table.needed for table in found)
    if needed:
        out.print(
            f"Not yet: {_rows(needed)}, until the escalation is closed and no job waits; "
            "run this again then.",
            soft_wrap=True,
        )
    out.print(STAYS if found else f"There are no words of {person}.", soft_wrap=True)
    if found and not yes:
        out.print("Nothing was deleted. Run it with --yes to delete.", soft_wrap=True)
    return yes and bool(needed)


def _rows(count: int) -> str:
    return f"{count} row{'' if count == 1 else 's'}"
