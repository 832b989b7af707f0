"""`python -m bot run --mode http` that stops within 1.2 seconds, whatever hangs."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from bot.cli.log_lines import log_to_stderr
from bot.cli.serving import serve
from bot.settings import Settings
from tests.crash.times import SHORT

SOON = replace(
    SHORT,
    late=0.1,
    first_look=0.05,
    stop_notice=0.1,
    stop_requests=0.2,
    stop_jobs=0.4,
    stop_leases=0.2,
    stop_process=1.2,
)


def main() -> None:
    settings = Settings()
    log_to_stderr(settings.log_level)
    asyncio.run(serve(settings, socket_mode=False, timings=SOON))


if __name__ == "__main__":
    main()
