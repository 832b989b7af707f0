from __future__ import annotations

import pytest

from bot.demo.seed import LOGGED, SAMPLES, UNKNOWN, samples
from bot.domain.reports import Trigger
from bot.domain.verdicts import Abstain, Answer
from slack_sandbox.page import Sample
from tests.shipped import RECOGNISER

OFFERED = samples(RECOGNISER.knowledge)
TEXTS = [sample for sample in OFFERED if sample.file is None and sample != UNKNOWN]


class TestASample:
    @pytest.mark.parametrize("sample", TEXTS, ids=lambda sample: sample.label)
    def test_is_answered_in_a_channel_unless_silence_is_right(self, sample: Sample) -> None:
        verdict = RECOGNISER.verdict(sample.text, Trigger.HEARD)
        assert isinstance(verdict, Abstain if sample.must_be_silent else Answer)

    def test_that_is_a_log_is_longer_than_a_message_and_holds_one_error(self) -> None:
        (log,) = [
            sample.file
            for sample in OFFERED
            if sample.file and sample.file.mimetype == "text/plain"
        ]
        text = log.content.decode()
        verdict = RECOGNISER.verdict(text, Trigger.HEARD)
        assert len(text) > 4_000
        assert isinstance(verdict, Answer)
        assert [match.article_id for match in verdict.matches] == [LOGGED]

    def test_is_of_an_article_that_is_there(self) -> None:
        assert {*SAMPLES, LOGGED} <= set(RECOGNISER.knowledge)
