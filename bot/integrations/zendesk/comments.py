"""Comments on a ticket: about changes of its escalation, and about messages in Slack. Pure."""

from dataclasses import dataclass

from bot.domain.escalations import WITHOUT_STATUS_CHANGE, Change, Status, Verb
from bot.domain.handover import Handover
from bot.integrations import handover_text, wording


@dataclass(frozen=True)
class SlackMessage:
    """A message in Slack as a ticket shows it, redacted and without markup.

    `id`, `source`, `edited` and `revision`: the relay's; `sender`: a name, may be empty; `files`:
    how many it has.
    """

    id: int
    source: str
    edited: str
    revision: int
    sender: str
    text: str
    files: int = 0
    deleted: bool = False


@dataclass(frozen=True)
class Comment:
    """A comment on a ticket. The store may read it if it is public.

    `mark`: its permanent name in the ticket's audits; `about`: what it is about, the same in a
    restored database, where changes and messages get other numbers; `revision`: which of its
    message it shows, 0 without a message; `status`: the escalation's, if the ticket's is to follow.
    """

    mark: str
    about: str
    text: str
    status: Status | None = None
    reopens: bool = False
    revision: int = 0
    is_public: bool = True


def about_change(
    handover: Handover,
    change: Change,
    status: Status,
    who: str = "",
    message: SlackMessage | None = None,
) -> Comment:
    """Returns the comment about a change. `who`: the name of who made it; `message`: what it is.

    The ticket itself says that the escalation was opened; the comment has what the store is not to
    read.
    """
    mark = f"{handover.token}.{change.number}"
    about = message.source if message else f"{change.verb.value} {change.at}"
    if change.verb is Verb.OPEN and (note := handover_text.for_developers(handover)):
        return Comment(mark, about, note, is_public=False)
    if message and message.deleted:
        text = _deleted(handover, message)
    elif message and (message.text or message.files):
        text = _with_words(wording.MESSAGES[change.verb], handover, message)
    else:
        who = who or wording.SOMEBODY
        text = wording.COMMENTS[change.verb].format(name=handover.name, who=who)
    return Comment(
        mark,
        about,
        text,
        None if change.verb in WITHOUT_STATUS_CHANGE else status,
        reopens=change.verb is Verb.REOPEN,
        revision=message.revision if message else 0,
    )


def about_revision(handover: Handover, message: SlackMessage) -> Comment:
    """Returns the comment about an edit or the deletion of a message that the ticket has."""
    return Comment(
        f"{handover.token}.message-{message.id}.{message.revision}",
        f"{message.source} {'deleted' if message.deleted else message.edited}",
        _deleted(handover, message)
        if message.deleted
        else _with_words(wording.MESSAGE_CHANGED, handover, message),
        revision=message.revision,
    )


def _with_words(intro: str, handover: Handover, message: SlackMessage) -> str:
    lines = [intro.format(name=handover.name, who=message.sender or wording.SOMEBODY)]
    if message.text:
        lines.append(handover_text.quoted(message.text))
    if message.files:
        note = wording.MESSAGE_FILE if message.files == 1 else wording.MESSAGE_FILES
        lines.append(note.format(count=message.files))
    return "\n\n".join(lines)


def _deleted(handover: Handover, message: SlackMessage) -> str:
    who = message.sender or wording.SOMEBODY
    return wording.MESSAGE_DELETED.format(name=handover.name, who=who)
