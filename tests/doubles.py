"""Posters that record what they would post in Slack, for tests of the services."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.domain.cases import Case
from bot.domain.escalations import Change, Note, Role
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.relays import Relay
from bot.domain.replies import Posted, ReplyState
from bot.domain.reports import Interaction, Report


@dataclass
class RecordingPoster:
    """All posters of `bot.services.ports`: records the posts; the next calls raise `failures`."""

    up: list[tuple[str, int, bool]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    first_message: str = ""
    helped: bool = False
    responders: frozenset[str] = frozenset({"U2", "U3"})
    digests: Iterator[int] = field(default_factory=count)
    """Returns a new digest each time, so that an update always has something to show."""

    def _put(self, what: str, subject: int, *, again: bool = False) -> str:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.up.append((what, subject, again))
        return f"ts-{len(self.up)}"

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        return self.first_message, ()

    async def has_human_reply(self, report: Report, reported: Collection[str]) -> bool:
        return self.helped

    async def is_alone(self, report: Report) -> bool:
        return not self.helped

    async def is_public(self, channel: str) -> bool:
        return True

    def is_direct(self, channel: str) -> bool:
        return channel.startswith("D")

    def is_person(self, user: str) -> bool:
        return user.startswith("U")

    async def look(self, report: Report, *, begin: bool) -> None:
        self.up.append(("look" if begin else "look away", 0, False))

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        return Posted(self._put("reply", reply_state.interaction.id, again=attempt.may_have_run))

    async def reply_privately(self, reply_state: ReplyState, attempt: Attempt) -> None:
        self._put("reply privately", reply_state.interaction.id, again=attempt.may_have_run)

    async def find_posted(self, interaction: Interaction, attempt: Attempt) -> str | None:
        return None

    async def tell_sharer(self, reply_state: ReplyState) -> None:
        self.up.append(
            (
                "tell sharer",
                reply_state.interaction.id,
                reply_state.interaction.reply_ts is not None,
            )
        )

    async def share(self, reply_state: ReplyState, attempt: Attempt) -> Posted:
        return Posted(self._put("share", reply_state.interaction.id, again=attempt.may_have_run))

    def digest(self, reply_state: ReplyState) -> str:
        return f"digest {next(self.digests)}"

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        self._put("renew ephemeral", reply_state.interaction.id)

    async def renew(self, reply_state: ReplyState) -> None:
        self._put(
            "mark",
            reply_state.escalation.id if reply_state.escalation else reply_state.interaction.id,
        )

    async def remove(self, interaction: Interaction) -> None:
        self._put("remove", interaction.id)

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        ts = self._put("card", case.escalation.id, again=attempt.may_have_run)
        return "C9", case.escalation.card_ts or ts

    async def note(self, case: Case, attempt: Attempt) -> Note:
        ts = self._put("note", case.escalation.id, again=attempt.may_have_run)
        return case.escalation.note or Note("C1", ts, "17.01")

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> None:
        self._put(f"remind {rung}", case.escalation.id, again=attempt.may_have_run)

    async def notice(self, case: Case, change: Change, side: Role, attempt: Attempt) -> None:
        self._put(f"notice {change.verb} {side}", case.escalation.id, again=attempt.may_have_run)

    async def is_responder(self, case: Case, user: str) -> bool:
        return user in self.responders

    async def post_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str]:
        return "C9", self._put(f"{relay.kind} {relay.text}", relay.id, again=attempt.may_have_run)

    async def show_typed(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        self._put(f"show {relay.text}", relay.id, again=attempt.may_have_run)

    async def find_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str] | None:
        return ("C9", "1.1") if attempt.may_have_run else None

    async def update_copy(self, case: Case, relay: Relay) -> None:
        self._put(f"update {relay.text}", relay.id)

    async def remove_copy(self, copy: tuple[str, str]) -> None:
        self._put("remove copy", 0)

    async def mention(self, case: Case, relays: Sequence[Relay], attempt: Attempt) -> None:
        self._put("mention", len(relays), again=attempt.may_have_run)

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        self._put("alert", job.id, again=attempt.may_have_run)

    async def lost_channels(self) -> list[str]:
        return []

    def follow(self, moves: Mapping[str, str]) -> None:
        self._put("follow", len(moves))

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        self._put("token refused", since, again=attempt.may_have_run)
