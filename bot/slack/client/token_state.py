"""State of the bot token, for health checks and for work that needs the token."""

import logging
import time
from collections.abc import Callable

from bot.domain.errors import UnauthorisedError
from bot.slack.client.error_codes import ADVICE

log = logging.getLogger(__name__)


class TokenState:
    """Whether Slack accepts the bot token of one workspace. `clock`: seconds since 1970."""

    def __init__(self, clock: Callable[[], float] = time.time) -> None:
        self._clock = clock
        self.good_at: float | None = None
        """When Slack last accepted it, in seconds since 1970; None: not since the start."""
        self.refused_since: float | None = None
        """When Slack began to refuse it, in seconds since 1970; None: it is not refused."""
        self.unreported_since: float | None = None
        """Start of a refusal, past or present, that the operators were not alerted to yet."""
        self.code = ""
        """Slack's error code of the refusal; empty: there is none."""

    @property
    def is_good(self) -> bool:
        """Whether Slack accepted the token in the last call."""
        return self.good_at is not None and self.refused_since is None

    async def check(self) -> None:
        """Raise UnauthorisedError while Slack refuses the token."""
        if not self.is_good:
            raise UnauthorisedError(self.code)

    def accept(self) -> None:
        """Record that Slack has accepted the token."""
        if self.refused_since is not None:
            log.info("SLACK_BOT_TOKEN: accepted by Slack again; jobs that waited for it run now")
        self.good_at, self.refused_since, self.code = self._clock(), None, ""

    def refuse(self, code: str) -> None:
        """Record that Slack has refused the token with this error code."""
        if self.refused_since is None:
            log.error(
                "SLACK_BOT_TOKEN: refused by Slack: %s; %s",
                code,
                ADVICE.get(code, "reinstall the app"),
            )
            self.refused_since = self.unreported_since = self._clock()
        self.code = code
