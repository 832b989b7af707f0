"""Where support's answers reach the requester of an escalation."""

from bot.domain.cases import Case
from bot.slack.client.directory import Directory


async def requester_conversation(case: Case, directory: Directory) -> tuple[str, str | None]:
    """Return channel and thread of the requester's note, else of the report.

    The note comes first: sharing a private reply later must not make answers public.
    """
    if case.escalation.note is not None:
        return case.escalation.note.channel, case.escalation.note.thread
    return case.interaction.conversation or (
        await directory.open_dm(case.escalation.requester),
        None,
    )
