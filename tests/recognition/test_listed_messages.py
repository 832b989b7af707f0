"""Every message that was ever listed is still answered when somebody asks about it."""

from __future__ import annotations

import io
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.domain.reports import Trigger
from bot.domain.verdicts import article_ids
from tests.recognition.pasted import with_values
from tests.shipped import ARTICLES, RECOGNISER

ROOT = Path(__file__).resolve().parent.parent.parent
FIRST_LIST = "0ffc0f3"
"""The commit whose 179 articles listed 354 messages, before any were merged."""


def listed() -> Iterator[tuple[str, str]]:
    """Id of the article and text of each message of the first list."""
    command = ["git", "archive", "--format=tar", FIRST_LIST, "knowledge"]
    archive = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        pytest.skip(f"this clone does not reach back to {FIRST_LIST}")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        for file in files:
            content = files.extractfile(file)
            if content is not None and file.name.endswith(".yaml"):
                article = yaml.load(content.read(), yaml.CSafeLoader)
                for message in article["messages"]:
                    yield article["id"], message


def test_are_answered_with_the_article_that_holds_them_now_or_its_neighbour() -> None:
    messages = list(listed())
    assert len(messages) == 354
    missed = []
    for article_id, message in messages:
        paste = with_values(message)
        found = article_ids(RECOGNISER.verdict(paste, Trigger.ADDRESSED))
        holder = ARTICLES[ARTICLES.current(article_id)]
        # with a value, a message of a neighbour may fit better: "per minute"
        if not {holder.id, *holder.related}.intersection(found):
            missed.append((article_id, paste, found))
    assert missed == []
