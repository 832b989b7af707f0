"""Regular expressions that are compiled when they are first used."""

import re
from typing import Any, cast


class _LazyRegex:
    """Compiles itself at its first use, and keeps the methods that are used."""

    def __init__(self, regex: str, flags: re.RegexFlag) -> None:
        self._regex = regex
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        found = getattr(re.compile(self._regex, self._flags), name)
        # the next time it is found before this method is asked
        self.__dict__[name] = found
        return found


def lazy_regex(regex: str, flags: re.RegexFlag = re.NOFLAG) -> re.Pattern[str]:
    """Return what has the methods of `re.compile(regex, flags)`, and compiles at the first call.

    To compile all that the recogniser looks for took a fifteenth of a start. Only `re`'s own
    functions do not take it.
    """
    return cast("re.Pattern[str]", _LazyRegex(regex, flags))
