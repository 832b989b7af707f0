"""Public holidays of countries and their regions, from the library `holidays`. Pure.

The library is imported only where a region is set: its data takes a fifth of a second to load.
"""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from holidays import HolidayBase


@dataclass(frozen=True)
class PublicHolidays(Container[date]):
    """The public holidays of several regions, with the substitute days for those at weekends."""

    calendars: tuple[HolidayBase, ...]

    @classmethod
    def parse(cls, regions: Iterable[str]) -> PublicHolidays:
        """Returns the holidays of countries such as `NZ` and of regions such as `NZ-AUK`.

        Raises:
            ValueError: a region is unknown; the text lists what is allowed.
        """
        return cls(tuple(map(_calendar, regions)))

    def __contains__(self, day: object) -> bool:
        return any(day in calendar for calendar in self.calendars)


def _calendar(region: str) -> HolidayBase:
    from holidays import (  # noqa: PLC0415 - slow, see the module's docstring
        country_holidays,
        list_supported_countries,
    )

    country, dash, part = region.upper().partition("-")
    if country not in list_supported_countries():
        raise ValueError(
            f"{region!r} is not a known country (allowed: two letters such as NZ, AU or GB)"
        )
    if not dash:
        return country_holidays(country)
    codes = {code.upper(): code for code in country_holidays(country).subdivisions}
    if part not in codes:
        known = ", ".join((country, *(f"{country}-{code}" for code in codes.values())))
        raise ValueError(f"{region!r} is not a known region (allowed: {known})")
    return country_holidays(country, subdiv=codes[part])
