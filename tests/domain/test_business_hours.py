"""Support's hours, and the ladder of reminders."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.business_hours import Hours, ReminderSchedule
from bot.domain.public_holidays import PublicHolidays

AUCKLAND = ZoneInfo("Pacific/Auckland")
OFFICE = Hours.of("Mon-Fri 09:00-17:30", AUCKLAND)
HOUR = 3_600.0


@cache
def kiwi_holidays() -> PublicHolidays:
    return PublicHolidays.parse(["NZ-AUK"])


def at(text: str, zone: ZoneInfo = AUCKLAND) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=zone).timestamp()


class TestTime:
    @pytest.mark.parametrize(
        ("since", "minutes", "until"),
        [
            ("2026-11-23 10:00", 15, "2026-11-23 10:15"),
            ("2026-11-23 17:15", 15, "2026-11-23 17:30"),
            ("2026-11-23 17:20", 15, "2026-11-24 09:05"),
            ("2026-11-23 17:30", 15, "2026-11-24 09:15"),
            ("2026-11-23 03:00", 15, "2026-11-23 09:15"),
            ("2026-11-27 17:29", 15, "2026-11-30 09:14"),
            ("2026-11-28 12:00", 15, "2026-11-30 09:15"),
            ("2026-11-23 09:00", 2 * 510 + 30, "2026-11-25 09:30"),
        ],
        ids=[
            "at work",
            "to closing time",
            "over the night",
            "at closing time",
            "before work",
            "over the weekend",
            "on Saturday",
            "days",
        ],
    )
    def test_passes_only_while_support_is_at_work(
        self, since: str, minutes: int, until: str
    ) -> None:
        assert OFFICE.after(at(since), minutes * 60) == at(until)

    def test_passes_always_where_no_hours_are_set(self) -> None:
        assert Hours(UTC).after(1_000_000.0, 900.0) == 1_000_900.0

    def test_is_what_really_passes_when_clocks_change(self) -> None:
        # New Zealand put its clocks forward on 27 September 2026 at 02:00
        assert (
            Hours(AUCKLAND).after(at("2026-09-27 01:50"), 1_200) == at("2026-09-27 01:50") + 1_200
        )
        night = Hours.of("Sun 00:00-04:00", AUCKLAND)
        assert night.after(at("2026-09-27 00:00"), 2.5 * HOUR) == at("2026-09-27 03:30")

    @given(st.floats(1.7e9, 1.9e9), st.floats(0, 1e6), st.floats(0, 1e6))
    def test_never_runs_backwards(self, since: float, one: float, more: float) -> None:
        assert since <= OFFICE.after(since, one) <= OFFICE.after(since, one + more)

    @pytest.mark.parametrize(
        ("since", "until"),
        [
            ("2026-07-09 17:20", "2026-07-13 09:05"),
            ("2026-07-10 12:00", "2026-07-13 09:15"),
            ("2026-04-24 17:20", "2026-04-28 09:05"),
            ("2026-12-24 17:20", "2026-12-29 09:05"),
            ("2026-04-02 17:20", "2026-04-07 09:05"),
            ("2026-01-26 10:00", "2026-01-27 09:15"),
        ],
        ids=[
            "Matariki",
            "from within",
            "observed on Monday",
            "Christmas and the Monday after Boxing Day",
            "Easter, in which clocks are put back",
            "Auckland's own day",
        ],
    )
    def test_does_not_pass_on_public_holidays(self, since: str, until: str) -> None:
        office = Hours.of("Mon-Fri 09:00-17:30", AUCKLAND, kiwi_holidays())
        assert office.after(at(since), 15 * 60) == at(until)

    def test_passes_on_the_holidays_of_other_regions(self) -> None:
        wellington = PublicHolidays.parse(["NZ-WGN"])
        office = Hours.of("Mon-Fri 09:00-17:30", AUCKLAND, wellington)
        assert office.after(at("2026-01-26 10:00"), 60) == at("2026-01-26 10:01")
        both = PublicHolidays.parse(["NZ-AUK", "AU-VIC"])
        assert date(2026, 1, 26) in both
        assert date(2026, 11, 3) in both  # Melbourne Cup
        assert date(2026, 11, 4) not in both

    def test_passes_on_all_but_holidays_where_no_hours_are_set(self) -> None:
        always = Hours.of("", AUCKLAND, kiwi_holidays())
        assert always.after(at("2026-04-02 23:50"), 20 * 60) == at("2026-04-04 00:10")
        # the Sunday on which clocks are put back has 25 hours, and Easter Monday none
        assert always.after(at("2026-04-05 00:00"), 25.5 * HOUR) == at("2026-04-07 00:30")

    def test_of_a_day_begins_at_midnight_there(self) -> None:
        assert OFFICE.day_of(at("2026-11-23 00:01")) == at("2026-11-23 00:00")
        assert OFFICE.day_of(at("2026-11-22 23:59")) == at("2026-11-22 00:00")


class TestWriting:
    @pytest.mark.parametrize(
        ("text", "days"),
        [
            ("Mon-Fri 09:00-17:30", {0, 1, 2, 3, 4}),
            ("sat,sun 10:00-00:00", {5, 6}),
            ("Fri-Mon 08:00-12:00", {4, 5, 6, 0}),
            ("Mon-Wed,Sat 08:00-12:00", {0, 1, 2, 5}),
        ],
    )
    def test_names_the_days(self, text: str, days: set[int]) -> None:
        assert Hours.of(text, UTC).days == days

    @pytest.mark.parametrize(
        "text",
        [
            "Mon-Fri",
            "9-5",
            "Mon-Fri 17:00-09:00",
            "Mon 09:00-09:00",
            "Moonday 09:00-10:00",
            "Mon 25:00-26:00",
        ],
    )
    def test_that_cannot_be_read_is_refused(self, text: str) -> None:
        with pytest.raises(ValueError, match=r".+"):
            Hours.of(text, UTC)


class TestTheLadder:
    def test_is_climbed_in_even_steps_and_then_more_slowly(self) -> None:
        ladder = ReminderSchedule(Hours(UTC), 900.0, levels=3)
        waits = [ladder.due(0.0, rung) / 900 for rung in range(1, 13)]
        assert waits == [1, 1, 1, 2, 4, 8, 16, 32, 64, 64, 64, 64]

    def test_without_rungs_reminds_all_the_same(self) -> None:
        assert [
            ReminderSchedule(Hours(UTC), 900.0, levels=0).due(0.0, rung) / 900 for rung in (1, 2)
        ] == [
            1,
            2,
        ]

    def test_is_over_when_the_last_level_is_due_in_business_hours(self) -> None:
        ladder = ReminderSchedule(OFFICE, HOUR, levels=3)
        assert ladder.over(at("2026-07-17 15:30")) == at("2026-07-20 10:00")
        assert ReminderSchedule(OFFICE, HOUR, levels=0).over(at("2026-07-17 15:30")) == at(
            "2026-07-17 16:30"
        )
