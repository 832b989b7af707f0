"""Business hours, working time and the schedule of reminders. Pure."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = time(0, 0)
MAX_DAYS = 400
"""Days that are looked through; nothing is due later, even with very few business hours."""
_DAY = "|".join(WEEK)
_DAYS = rf"(?:{_DAY})(?:-(?:{_DAY}))?"


@dataclass(frozen=True)
class Hours:
    """The same hours on some days of the week, in one time zone.

    An `end` of 00:00 is the end of the day.
    """

    zone: tzinfo
    days: frozenset[int] = frozenset(range(7))
    """Monday is 0."""
    start: time = MIDNIGHT
    end: time = MIDNIGHT
    holidays: Container[date] = frozenset()
    """Days without business hours, on any day of the week."""

    @classmethod
    def of(cls, text: str, zone: tzinfo, holidays: Container[date] = frozenset()) -> "Hours":
        """Return the hours in a text such as `Mon-Fri 09:00-17:30` or `Sat,Sun 10:00-00:00`.

        An empty text means always.

        Raises:
            ValueError: the text has another form; the error's says what is wrong.
        """
        if not text:
            return cls(zone, holidays=holidays)
        found = re.fullmatch(
            rf"({_DAYS}(?:,{_DAYS})*) (\d\d:\d\d)-(\d\d:\d\d)", text.strip(), re.IGNORECASE
        )
        if not found:
            raise ValueError(_why_no_hours(text))
        start, end = _time_of_day(found[2]), _time_of_day(found[3])
        if end <= start and end != MIDNIGHT:
            raise ValueError(f"{found[3]} is not later than {found[2]}")
        return cls(zone, frozenset(_weekdays(found[1].lower())), start, end, holidays)

    def after(self, since: float, seconds: float) -> float:
        """Return when `seconds` of working time have passed since `since` (Unix time).

        Across a change of daylight saving time, the seconds that really pass count.
        """
        left = seconds
        first = day = datetime.fromtimestamp(since, self.zone).date()
        while (day - first).days < MAX_DAYS:
            if day.weekday() in self.days and day not in self.holidays:
                opens = datetime.combine(day, self.start, self.zone).timestamp()
                last = day + timedelta(days=1) if self.end == MIDNIGHT else day
                closes = datetime.combine(last, self.end, self.zone).timestamp()
                begins = max(opens, since)
                if begins + left <= closes:
                    return begins + left
                left -= max(0.0, closes - begins)
            day += timedelta(days=1)
        return max(since, datetime.combine(day, MIDNIGHT, self.zone).timestamp())

    def day_of(self, moment: float) -> float:
        """Return the beginning of the day that `moment` is in; both are Unix times."""
        day = datetime.fromtimestamp(moment, self.zone).date()
        return datetime.combine(day, MIDNIGHT, self.zone).timestamp()


def _why_no_hours(text: str) -> str:
    days, _, hours = text.strip().partition(" ")
    if not re.fullmatch(rf"{_DAYS}(?:,{_DAYS})*", days, re.IGNORECASE):
        return f"{days!r} are not days of the week"
    return f"{hours!r} are not the hours of a day" if hours else "there are no hours"


def _time_of_day(text: str) -> time:
    try:
        return time.fromisoformat(text)
    except ValueError:
        raise ValueError(f"{text} is not a time of day") from None


def _weekdays(days: str) -> Iterator[int]:
    for part in days.split(","):
        first, _, last = part.partition("-")
        day, end = WEEK.index(first), WEEK.index(last or first)
        while day != end:
            yield day
            day = (day + 1) % 7
        yield end


MAX_DOUBLINGS = 6
"""Doublings of the wait after the last level; the longest wait is 64 times the first."""


@dataclass(frozen=True)
class ReminderSchedule:
    """When each level is reminded of an unclaimed escalation.

    Each level is reminded once, `wait_seconds` of business hours apart. After the last level, that
    level is reminded again with exponential back-off.
    """

    hours: Hours
    wait_seconds: float
    levels: int = 1

    @property
    def last(self) -> int:
        """The number, from 1, of the first reminder to the last level."""
        return max(1, self.levels)

    def over(self, opened: float) -> float:
        """Return when the last level is due, if each reminder is sent in time; Unix times."""
        for number in range(1, self.last + 1):
            opened = self.due(opened, number)
        return opened

    def due(self, since: float, number: int) -> float:
        """Return when reminder `number` (from 1) is due.

        `since` is when the one before it was sent, or when the escalation was opened (Unix time).
        """
        doublings = min(MAX_DOUBLINGS, max(0, number - self.last))
        return self.hours.after(since, self.wait_seconds * 2**doublings)
