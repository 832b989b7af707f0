"""What the processes of `forked.py` are forked from: the bot's modules and articles."""

from __future__ import annotations

import gc

from bot.collection import without_collections

__all__ = ["bot", "tests"]  # imported for the processes

with without_collections():
    import bot.cli.serving
    import bot.demo.run
    import bot.redaction.detectors
    import bot.server
    import bot.storage.migrations.upgrading
    import bot.storage.postgresql
    import tests.forked
    from bot.domain.reports import Trigger
    from tests.articles_once import keep_articles, shipped_recogniser

    keep_articles(setattr)
    # compiles the phrases of all rules
    shipped_recogniser().intent("Widgets halted", addressed=True)
    # builds the index of what to suggest, half a second in each process that needs it
    shipped_recogniser().verdict("an order is missing in Xero", Trigger.ADDRESSED)
    gc.freeze()  # objects that are only read stay shared
