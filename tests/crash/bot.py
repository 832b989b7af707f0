"""`python -m bot run --mode http` with shorter waits; everything else is as in production."""

from __future__ import annotations

import asyncio

from bot.cli.log_lines import log_to_stderr
from bot.cli.serving import serve
from bot.settings import Settings
from tests.crash import times


def main() -> None:
    settings = Settings()
    log_to_stderr(settings.log_level)
    asyncio.run(serve(settings, socket_mode=False, timings=times.SHORT))


if __name__ == "__main__":
    main()
