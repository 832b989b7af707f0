"""Where support's answers reach the requester of an escalation."""

from bot.domain.cases import Case
from bot.domain.errors import TryLaterError
from bot.slack.client.directory import Directory


async def requester_conversation(case: Case, directory: Directory) -> tuple[str, str | None]:
    """Return channel and thread of the requester's note, else of the report.

    The note comes first: sharing a private reply later must not make answers public. A note that is
    a direct message begins a thread, as only what is written in a thread reaches support.
    """
    if note := case.escalation.note:
        return note.channel, note.thread or note.ts
    return case.interaction.conversation or (
        await directory.open_dm(case.escalation.requester),
        None,
    )


async def answers_conversation(case: Case, directory: Directory) -> tuple[str, str | None]:
    """Return the conversation for what follows the note.

    Raises:
        TryLaterError: its thread begins with a note that is not posted, or not stored yet.
    """
    if case.escalation.note is None and case.interaction.conversation is None:
        raise TryLaterError("the requester's note is not posted yet")
    return await requester_conversation(case, directory)
