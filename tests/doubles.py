"""Posters that record what they would post in Slack, for tests of the services."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count

from bot.domain.cases import Case
from bot.domain.escalations import Change, Note, Role
from bot.domain.jobs import Attempt, FailedJob
from bot.domain.relays import Relay
from bot.domain.replies import AnswersAfter, Posted, PrivateNotice, ReplyState
from bot.domain.reports import Interaction, Report
from bot.domain.uploads import Upload, UploadOutcome


@dataclass
class RecordingPoster:
    """All posters of `bot.services.ports`: records the posts; the next calls raise `failures`."""

    up: list[tuple[str, int, bool]] = field(default_factory=list)
    failures: list[Exception | None] = field(default_factory=list)
    first_message: str = ""
    helped: bool = False
    is_in_channel: bool | None = True
    responders: frozenset[str] = frozenset({"U2", "U3"})
    is_external: bool = False
    """Whether another company reads the requester's conversation."""
    outcomes: dict[str, UploadOutcome] = field(default_factory=dict)
    """What becomes of files, by id; the others are copied."""
    digests: Iterator[int] = field(default_factory=count)
    """Returns a new digest each time, so that an update always has something to show."""

    def put(self, what: str, subject: int, *, again: bool = False) -> str:
        failure = self.failures.pop(0) if self.failures else None
        if failure:
            raise failure
        self.up.append((what, subject, again))
        return f"ts-{len(self.up)}"

    async def question(self, report: Report) -> tuple[str, tuple[str, ...]]:
        return self.first_message, ()

    async def has_human_reply(self, report: Report, reported: Collection[str]) -> bool:
        return self.helped

    async def answers_after(self, report: Report) -> AnswersAfter:
        return AnswersAfter(self.helped)

    async def is_alone(self, report: Report) -> bool:
        return not self.helped

    async def is_public(self, channel: str) -> bool:
        return True

    async def is_member(self, channel: str) -> bool | None:
        return self.is_in_channel

    def is_direct(self, channel: str) -> bool:
        return channel.startswith("D")

    def is_person(self, user: str) -> bool:
        return user.startswith("U")

    async def look(self, report: Report, *, begin: bool) -> None:
        self.up.append(("look" if begin else "look away", 0, False))

    async def reply(self, reply_state: ReplyState, attempt: Attempt) -> Posted | None:
        return Posted(self.put("reply", reply_state.interaction.id, again=attempt.may_have_run))

    async def reply_privately(self, reply_state: ReplyState, attempt: Attempt) -> None:
        self.put("reply privately", reply_state.interaction.id, again=attempt.may_have_run)

    async def notify(
        self, interaction: Interaction, notice: PrivateNotice, attempt: Attempt
    ) -> None:
        self.put(f"notify {notice}", interaction.id, again=attempt.may_have_run)

    async def link_reply(
        self, interaction: Interaction, answered: Interaction, attempt: Attempt
    ) -> None:
        self.put("link reply", answered.id, again=attempt.may_have_run)

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
        return Posted(self.put("share", reply_state.interaction.id, again=attempt.may_have_run))

    def digest(self, reply_state: ReplyState) -> str:
        return f"digest {next(self.digests)}"

    async def renew_ephemeral(self, reply_state: ReplyState) -> None:
        self.put("renew ephemeral", reply_state.interaction.id)

    async def renew(self, reply_state: ReplyState) -> None:
        self.put(
            "mark",
            reply_state.escalation.id if reply_state.escalation else reply_state.interaction.id,
        )

    async def remove(self, interaction: Interaction) -> None:
        self.put("remove", interaction.id)

    async def card(self, case: Case, attempt: Attempt) -> tuple[str, str]:
        ts = self.put("card", case.escalation.id, again=attempt.may_have_run)
        return "C9", case.escalation.card_ts or ts

    async def note(self, case: Case, attempt: Attempt) -> Note:
        ts = self.put("note", case.escalation.id, again=attempt.may_have_run)
        return case.escalation.note or Note("C1", ts, "17.01")

    async def remind(self, case: Case, since: Change, rung: int, attempt: Attempt) -> bool:
        self.put(f"remind {rung}", case.escalation.id, again=attempt.may_have_run)
        return True

    async def notice(self, case: Case, change: Change, side: Role, attempt: Attempt) -> None:
        self.put(f"notice {change.verb} {side}", case.escalation.id, again=attempt.may_have_run)

    @property
    def files(self) -> RecordingFiles:
        return RecordingFiles(self)

    async def is_responder(self, case: Case, user: str) -> bool:
        return user in self.responders

    async def post_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str]:
        return "C9", self.put(f"{relay.kind} {relay.text}", relay.id, again=attempt.may_have_run)

    async def show_typed(self, case: Case, relay: Relay, attempt: Attempt) -> None:
        self.put(f"show {relay.text}", relay.id, again=attempt.may_have_run)

    async def find_copy(self, case: Case, relay: Relay, attempt: Attempt) -> tuple[str, str] | None:
        return ("C9", "1.1") if attempt.may_have_run else None

    async def find_earlier_copy(self, case: Case, relay: Relay) -> tuple[str, str] | None:
        return None

    async def update_copy(self, case: Case, relay: Relay) -> None:
        self.put(f"update {relay.text}", relay.id)

    async def remove_copy(self, copy: tuple[str, str]) -> None:
        self.put("remove copy", 0)

    async def mention(self, case: Case, relays: Sequence[Relay], attempt: Attempt) -> None:
        self.put("mention", len(relays), again=attempt.may_have_run)

    async def alert(self, job: FailedJob, attempt: Attempt) -> None:
        self.put("alert", job.id, again=attempt.may_have_run)

    async def lost_channels(self) -> list[str]:
        return []

    def follow(self, moves: Mapping[str, str]) -> None:
        self.put("follow", len(moves))

    async def token_refused(self, since: int, attempt: Attempt) -> None:
        self.put("token refused", since, again=attempt.may_have_run)


@dataclass
class RecordingFiles:
    """What copies files, see `RecordingPoster.outcomes`; the copy of F1 is F1-copy."""

    poster: RecordingPoster

    async def reaches_others(self, case: Case) -> bool:
        return self.poster.is_external

    async def upload(self, case: Case, relay: Relay, file: str, attempt: Attempt) -> Upload:
        self.poster.put(f"upload {file}", relay.id, again=attempt.may_have_run)
        outcome = self.poster.outcomes.get(file, UploadOutcome.COPIED)
        copied = f"{file}-copy" if outcome is UploadOutcome.COPIED else ""
        return Upload(file, outcome, copied)

    async def remove(self, uploads: Sequence[Upload]) -> None:
        for upload in uploads:
            self.poster.put(f"remove {upload.copy}", 0)

    async def tell_sender(self, case: Case, relay: Relay) -> None:
        self.poster.put("tell sender", relay.id)
