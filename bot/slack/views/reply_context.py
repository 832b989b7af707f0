"""The context of a reply: what it shows besides the verdict."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.attachments import FileText
from bot.domain.escalations import Escalation
from bot.domain.names import Names
from bot.domain.replies import ReplyState
from bot.domain.reports import Opening, Trigger, Visibility
from bot.slack.views import wording


@dataclass(frozen=True)
class ReplyContext:
    """What a reply shows besides the verdict.

    `token`: of its interaction; empty for a reply outside Slack. `private`: only the requester sees
    it. `sharing`: progress of sharing it in the channel. `intro`: who shared it, or that it is
    late. `opening`: the article and cause that somebody opened. `unhelpful`: somebody says that it
    did not help.
    `picked`: its article was chosen under "Did you mean". `edited`: nobody asked for it, and its
    message was edited. `earlier`: the permalink of an earlier reply with the same answer.
    """

    names: Names
    token: str = ""
    private: bool = False
    sharing: str = ""
    intro: str = ""
    escalation: Escalation | None = None
    opening: Opening | None = None
    unhelpful: bool = False
    picked: bool = False
    edited: bool = False
    earlier: str = ""
    reads: tuple[FileText, ...] = ()

    @classmethod
    def of(cls, reply_state: ReplyState, link: Callable[[str, str, str], str]) -> "ReplyContext":
        """Return the context of the interaction's current state; `link` returns a permalink."""
        interaction = reply_state.interaction
        return cls(
            names=reply_state.names,
            token=interaction.token,
            private=interaction.visibility is Visibility.EPHEMERAL,
            intro=_intro(reply_state),
            escalation=reply_state.escalation,
            opening=interaction.opening,
            picked=interaction.article_id is not None,
            unhelpful=reply_state.unhelpful,
            edited=interaction.report.trigger is Trigger.HEARD and interaction.revision > 0,
            earlier=link(*interaction.linked_reply) if interaction.linked_reply else "",
            reads=interaction.file_results,
        )


def _intro(reply_state: ReplyState) -> str:
    if reply_state.interaction.visibility is Visibility.SHARED:
        return shared_by(reply_state)
    return wording.LATE if reply_state.interaction.report.late else ""


def shared_by(reply_state: ReplyState) -> str:
    """Return the line that says who shared a private reply, or asked for it."""
    report = reply_state.interaction.report
    return (wording.SHARED_BY if report.message_ts else wording.SHARED_ASKED).format(
        user=report.user
    )
