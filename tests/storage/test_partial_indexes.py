"""Partial indexes on PostgreSQL, whose dialect a bot on SQLite does not import."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Index
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateIndex

import bot.storage.postgresql  # noqa: F401 - sets their conditions
from bot.storage.tables import PARTIAL_INDEXES


@pytest.mark.parametrize("index", PARTIAL_INDEXES, ids=lambda index: str(index.name))
def test_have_their_condition_there(index: Index) -> None:
    assert " WHERE state = " in str(CreateIndex(index).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]


def test_import_nothing_of_it_on_sqlite() -> None:
    """Nor the ORM, until somebody asks for a session; `test_process` looks at all of the bot."""
    code = (
        "import sys, bot.storage.database, bot.storage.jobs;"
        "print([one for one in sys.modules if 'postgresql' in one or 'sqlalchemy.orm' in one]);"
        "from sqlalchemy.ext.asyncio import AsyncSession; AsyncSession.begin;"
        "assert 'sqlalchemy.orm' in sys.modules"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout == "[]\n"
