"""What the processes of `forked.py` are forked from: the bot's modules and articles."""

from __future__ import annotations

import gc

import bot.cli.serving
import bot.demo.run
import bot.redaction.detectors
import bot.server
import bot.storage.migrations.upgrading
import bot.storage.postgresql
import tests.forked
from bot.domain.reports import Trigger
from tests.articles_once import keep_articles, shipped_recogniser

__all__ = ["bot", "tests"]  # imported for the processes

keep_articles(setattr)
shipped_recogniser().intent("Widgets halted", addressed=True)  # compiles the phrases of all rules
# builds the index of what to suggest, which takes half a second in each process that needs it
shipped_recogniser().verdict("an order is missing in Xero", Trigger.ADDRESSED)
gc.collect()
gc.freeze()  # objects that are only read stay shared
