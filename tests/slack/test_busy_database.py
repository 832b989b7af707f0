"""A database that another program keeps locked for a while."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bot.slack.views import wording
from tests.locked import locked
from tests.shipped import AUTHORISED_TITLE
from tests.slack_harness import AUTHORISED, QUICK, office, words_of


class TestACommandWhileTheDatabaseIsLocked:
    async def test_is_acknowledged_in_time_and_answered_later(self, tmp_path: Path) -> None:
        async with office(tmp_path, timings=replace(QUICK, ack=0.1)) as shop:
            async with locked(tmp_path / "bot.sqlite3"):
                at_once = await shop.ws.command(shop.alice, shop.support, "/xero-error", AUTHORISED)
                assert at_once is not None
                assert at_once.text == wording.ONE_MOMENT
            await shop.whisper_to(shop.alice, AUTHORISED_TITLE)
            answers = [m for m in shop.ws.ephemerals(shop.alice) if AUTHORISED_TITLE in words_of(m)]
            assert len(answers) == 1
