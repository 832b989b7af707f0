"""Compiled SQL that engines share, as compiling took a fifth of a test's time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from sqlalchemy import Engine
from sqlalchemy.ext.asyncio import AsyncEngine


@contextmanager
def compiled_once(name: str, build: Callable[..., AsyncEngine]) -> Iterator[None]:
    """Let all engines that `build` makes share their statements; `name`: what calls it there."""
    made: list[Engine] = []

    def with_shared_cache(*settings: object) -> AsyncEngine:
        # the first connection of an engine makes its dialect complete
        if made and getattr(made[0].dialect, "server_version_info", None) is None:
            made.clear()
        engine = build(*settings)
        made.append(engine.sync_engine)
        # the cache's keys hold the dialect
        made[-1].dialect = made[-1].pool._dialect = made[0].dialect
        made[-1]._compiled_cache = made[0]._compiled_cache
        del made[1:]
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(name, with_shared_cache)
        yield
