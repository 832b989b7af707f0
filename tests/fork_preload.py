"""What the processes of `forked.py` are forked from: the bot's modules and articles."""

from __future__ import annotations

import gc

import bot.cli.serving
import bot.demo.run
import bot.server
import tests.forked
from bot.knowledge_base.loader import SHIPPED
from bot.recognition.recogniser import Recogniser
from tests.articles_once import keep_articles

__all__ = ["bot", "tests"]  # imported for the processes

read = keep_articles(setattr)
Recogniser(read(SHIPPED))
gc.collect()
gc.freeze()  # objects that are only read stay shared
