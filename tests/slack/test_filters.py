"""What a payload is for the bot: a report, an edit, a deletion, or nothing."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.reports import Report, Trigger
from bot.slack.incoming import filters
from bot.slack.incoming.filters import Deletion, Edit, ListenPolicy
from bot.slack.incoming.messages import (
    MessageChanged,
    MessageDeleted,
    parse_message_change,
    parse_message_event,
)

US = ListenPolicy("U0BOT", "B0BOT", team="T1")
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=12)
    | st.sampled_from(["C1", "1.0", "U0BOT"])
)
KEYS = (
    "subtype",
    "channel",
    "channel_type",
    "ts",
    "thread_ts",
    "user",
    "bot_id",
    "text",
    "blocks",
    "attachments",
    "files",
    "edited",
    "user_team",
    "source_team",
    "team",
    "type",
)
JUNK = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=2)
    ),
    max_leaves=4,
)
MESSAGES = st.dictionaries(st.sampled_from(KEYS), JUNK)
SUBTYPES = st.sampled_from([None, "message_changed", "message_deleted", "tombstone"]) | JUNK
EVENTS = st.builds(
    lambda event, now, before, subtype: {**event, "message": now, "previous_message": before, "subtype": subtype},
    MESSAGES, MESSAGES | JUNK, MESSAGES | JUNK, SUBTYPES,
)  # fmt: skip


def report_of(event: dict[str, Any]) -> Report | None:
    return filters.report_of_message(parse_message_event({"event": event}), US)


def edit_of(event: dict[str, Any]) -> Edit | None:
    change = parse_message_change({"event": event})
    return filters.edit_of(change, US) if isinstance(change, MessageChanged) else None


def deletion_of(event: dict[str, Any]) -> Deletion | None:
    change = parse_message_change({"event": event})
    return filters.deletion_of(change, US) if isinstance(change, MessageDeleted) else None


class TestJunk:
    @given(EVENTS)
    def test_never_raises_an_exception(self, event: dict[str, Any]) -> None:
        report = report_of(event)
        assert report is None or (
            type(report.channel) is str and type(report.key) is str and type(report.text) is str
        )
        edit = edit_of(event)
        assert edit is None or isinstance(edit.report, Report)
        gone = deletion_of(event)
        assert gone is None or (type(gone.channel) is str and type(gone.ts) is str)


def changed(now: dict[str, Any], before: dict[str, Any] | None, **event: Any) -> dict[str, Any]:
    given = {
        "type": "message",
        "subtype": "message_changed",
        "channel": "C1",
        "channel_type": "channel",
        "ts": "9.0",
    }
    message = {"type": "message", "user": "U1", "ts": "1.000001", **now}
    return {
        **given,
        "message": message,
        "previous_message": before and {**message, **before},
        "event_ts": "9.0",
        **event,
    }


def edit(now: dict[str, Any], before: dict[str, Any] | None) -> Edit | None:
    return edit_of(changed(now, before))


class TestAnEdit:
    def test_has_the_new_text(self) -> None:
        made = edit(
            {"text": "Invoice could not be found", "edited": {"user": "U1", "ts": "8.0"}},
            {"text": "hello"},
        )
        assert made is not None
        assert (made.report.key, made.report.text, made.report.edited) == (
            "1.000001",
            "Invoice could not be found",
            "8.0",
        )
        assert made.is_for_us

    @pytest.mark.parametrize(
        ("now", "before"),
        [
            ({"text": "an  Error"}, {"text": "AN error"}),
            ({"text": "see <https://a.example|this>", "attachments": [{"from_url": "https://a.example", "text": "Invoice could not be found"}]}, {"text": "see <https://a.example|this>"}),
            ({"text": "an error", "reply_count": 2, "thread_ts": "1.000001"}, {"text": "an error", "thread_ts": "1.000001"}),
            ({"text": "an error", "user": "U0BOT"}, {"text": "another", "user": "U0BOT"}),
        ],
        ids=["case and spaces", "a link's preview", "replies in its thread", "our own message"],
    )  # fmt: skip
    def test_that_changes_no_words_is_ignored(
        self, now: dict[str, Any], before: dict[str, Any]
    ) -> None:
        assert edit(now, before) is None

    def test_counts_though_slack_does_not_send_the_old_text(self) -> None:
        assert edit({"text": "an error"}, None) is not None

    def test_of_the_files_alone_counts(self) -> None:
        assert (
            edit(
                {"text": "x", "files": [{"id": "F1"}]},
                {"text": "x", "files": [{"id": "F1"}, {"id": "F2"}]},
            )
            is not None
        )

    def test_that_removes_all_text_is_still_an_edit(self) -> None:
        made = edit({"text": ""}, {"text": "Invoice could not be found"})
        assert made is not None
        assert not made.is_for_us

    def test_that_adds_a_mention_asks_the_bot(self) -> None:
        made = edit({"text": "<@U0BOT> an error"}, {"text": "an error"})
        assert made is not None
        assert made.report.trigger is Trigger.ADDRESSED


class TestADeletion:
    GONE: ClassVar[dict[str, Any]] = {
        "subtype": "message_deleted",
        "channel": "C1",
        "deleted_ts": "100.0",
    }

    def test_is_of_a_message_without_replies(self) -> None:
        assert deletion_of(self.GONE | {"event_ts": "160.5"}) == Deletion(
            "C1", "100.0", may_come=True
        )

    def test_is_of_one_with_replies_that_leaves_a_tombstone(self) -> None:
        stone = {
            "subtype": "tombstone",
            "text": "This message was deleted.",
            "user": "USLACKBOT",
            "hidden": True,
        }
        gone = deletion_of(changed(stone, {"subtype": None}))
        assert gone == Deletion("C1", "1.000001", may_come=True)

    def test_of_an_old_message_does_not_wait_for_that_message(self) -> None:
        gone = deletion_of(self.GONE | {"event_ts": "99999.0"})
        assert gone == Deletion("C1", "100.0", may_come=False)

    def test_of_our_own_message_is_ignored(self) -> None:
        assert deletion_of(self.GONE | {"previous_message": {"user": US.bot_user}}) is None

    def test_is_not_an_edit(self) -> None:
        assert deletion_of(changed({"text": "a"}, {"text": "b"})) is None


class TestAMention:
    def test_in_a_forwarded_message_does_not_ask_the_bot(self) -> None:
        share = {"is_share": True, "text": "<@U0BOT> Invoice could not be found", "author_id": "U2"}
        event = {
            "type": "message",
            "channel": "C1",
            "ts": "1.0",
            "user": "U1",
            "text": "fyi",
            "attachments": [share],
        }
        report = report_of(event)
        assert report is not None
        assert report.trigger is Trigger.HEARD
        assert "Invoice could not be found" in report.text
