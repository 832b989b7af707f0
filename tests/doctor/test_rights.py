"""What `doctor` says about the rights that the start needs in PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
import pytest
from sqlalchemy import make_url

from tests.doctor.conftest import Clinic
from tests.empty_database import make_tables
from tests.storage.conftest import new_database, postgresql

__all__ = ["postgresql"]


@dataclass(frozen=True)
class Shared:
    """A database of `owner`; `role` may log in."""

    owner: str
    role: str

    @property
    def address(self) -> str:
        return make_url(self.owner).set(username=self.role).render_as_string(False)

    def run(self, statement: str) -> None:
        with psycopg.connect(self.owner, autocommit=True) as server:
            server.execute(statement.encode())

    def tables(self) -> int:
        with psycopg.connect(self.owner) as server:
            found = server.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
            (count,) = found.fetchone() or (0,)
        return int(count)


@pytest.fixture
def shared(postgresql: str) -> Iterator[Shared]:
    owner = new_database(postgresql)
    made = Shared(owner, f"weak_{make_url(owner).database}")
    made.run("REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    made.run(f"CREATE ROLE {made.role} LOGIN")
    yield made
    made.run(f"DROP OWNED BY {made.role}")
    made.run(f"DROP ROLE {made.role}")


async def test_to_make_tables_is_tried_and_nothing_is_left(clinic: Clinic, shared: Shared) -> None:
    found = await clinic.examine(DATABASE_URL=shared.address)
    level, text = found.one("database")
    assert level == "fail"
    assert f"run there: GRANT CREATE ON SCHEMA public TO {shared.role}" in text
    shared.run(f"GRANT CREATE ON SCHEMA public TO {shared.role}")
    found = await clinic.examine(DATABASE_URL=shared.address)
    assert found.one("database") == ("ok", "PostgreSQL, empty: the first start makes its tables")
    assert shared.tables() == 0


async def test_to_change_tables_is_tried_before_an_upgrade_only(
    clinic: Clinic, shared: Shared
) -> None:
    make_tables(shared.owner)
    shared.run(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {shared.role}")
    assert (await clinic.examine(DATABASE_URL=shared.address)).one("database")[0] == "ok"
    shared.run("UPDATE alembic_version SET version_num = '0015'")
    shared.run(f"GRANT CREATE ON SCHEMA public TO {shared.role}")
    before = shared.tables()
    level, text = (await clinic.examine(DATABASE_URL=shared.address)).one("database")
    assert level == "fail"
    assert f"run there: REASSIGN OWNED BY … TO {shared.role}" in text
    assert (await clinic.examine(DATABASE_URL=shared.owner)).one("database")[0] == "warn"
    assert shared.tables() == before
