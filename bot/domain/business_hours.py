"""When support is at work, and how time passes for somebody who waits for it. Pure."""

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

WEEK = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MIDNIGHT = time(0, 0)
MAX_DAYS = 400
"""Nothing is due later than that, however few the hours."""
_DAY = "|".join(WEEK)
_DAYS = rf"(?:{_DAY})(?:-(?:{_DAY}))?"


@dataclass(frozen=True)
class Hours:
    """The same hours on some days of the week, by the clock of one time zone. `end` of 00:00 is the day's end."""

    zone: tzinfo
    days: frozenset[int] = frozenset(range(7))
    """Monday is 0."""
    start: time = MIDNIGHT
    end: time = MIDNIGHT
    holidays: Container[date] = frozenset()
    """Days on which nobody works, whatever day of the week they are."""

    @classmethod
    def of(cls, text: str, zone: tzinfo, holidays: Container[date] = frozenset()) -> "Hours":
        """Hours such as `Mon-Fri 09:00-17:30` or `Sat,Sun 10:00-00:00`; an empty text: always.

        Raises:
            ValueError: they cannot be read.
        """
        if not text:
            return cls(zone, holidays=holidays)
        found = re.fullmatch(
            rf"({_DAYS}(?:,{_DAYS})*) (\d\d:\d\d)-(\d\d:\d\d)", text.strip(), re.IGNORECASE
        )
        if not found:
            raise ValueError(text)
        start, end = (time.fromisoformat(found[group]) for group in (2, 3))
        if end <= start and end != MIDNIGHT:
            raise ValueError(text)
        return cls(zone, frozenset(_named(found[1].lower())), start, end, holidays)

    def after(self, since: float, seconds: float) -> float:
        """The moment at which `seconds` of working time have passed since `since`; both in seconds since 1970.

        Clocks that are put forward or back count as the time that really passes.
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
        """The beginning of the day that a moment is in; both in seconds since 1970."""
        day = datetime.fromtimestamp(moment, self.zone).date()
        return datetime.combine(day, MIDNIGHT, self.zone).timestamp()


def _named(days: str) -> Iterator[int]:
    for part in days.split(","):
        first, _, last = part.partition("-")
        day, end = WEEK.index(first), WEEK.index(last or first)
        while day != end:
            yield day
            day = (day + 1) % 7
        yield end


MAX_DOUBLINGS = 6


@dataclass(frozen=True)
class ReminderSchedule:
    """Who is reminded when nobody claims: each of `rungs` once, `wait_seconds` of support's hours apart.

    Above the ladder the last rung is reminded again, each time after twice the time of the time before.
    """

    hours: Hours
    wait_seconds: float
    rungs: int = 1

    def due(self, since: float, rung: int) -> float:
        """When reminder number `rung` is due, if the one before (or the call for help) was at `since`."""
        doublings = min(MAX_DOUBLINGS, max(0, rung - max(1, self.rungs)))
        return self.hours.after(since, self.wait_seconds * 2**doublings)
