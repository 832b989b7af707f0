"""What Slack says of the bot token: health checks ask it, and work that needs the token waits for it."""

import logging
import time
from collections.abc import Callable

from bot.domain.errors import UnauthorisedError
from bot.slack.client.error_codes import ADVICE

log = logging.getLogger(__name__)


class TokenState:
    """Whether Slack takes our token. One for each workspace. `clock` returns seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.good_at: float | None = None
        """When Slack last took it, in seconds since 1970; None: not since the start."""
        self.refused_since: float | None = None
        """Since when Slack has refused it, in seconds since 1970; None: it does not."""
        self.untold_since: float | None = None
        """Since when Slack has refused it, or had, of which the operators have not heard yet."""
        self.code = ""
        """Slack's own word for the refusal; empty: there is none."""

    @property
    def is_good(self) -> bool:
        """Whether Slack took the token when it was last asked."""
        return self.good_at is not None and self.refused_since is None

    async def check(self) -> None:
        """Raise UnauthorisedError while Slack refuses the token."""
        if not self.is_good:
            raise UnauthorisedError(self.code)

    def accept(self) -> None:
        """Slack has taken the token."""
        if self.refused_since is not None:
            log.info("SLACK_BOT_TOKEN: Slack takes it again; what waited for it is done now")
        self.good_at, self.refused_since, self.code = self._clock(), None, ""

    def refuse(self, code: str) -> None:
        """Slack has refused the token, for this reason."""
        if self.refused_since is None:
            log.error(
                "SLACK_BOT_TOKEN: Slack refuses it: %s; %s",
                code,
                ADVICE.get(code, "reinstall the app"),
            )
            self.refused_since = self.untold_since = self._clock()
        self.code = code
