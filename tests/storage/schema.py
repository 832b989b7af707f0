"""The tables of a database as its catalog describes them, without the order of columns."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Connection, MetaData, PrimaryKeyConstraint, UniqueConstraint, text

from bot.storage.migrations.rebuilding import KEY_NAMES

_POSTGRESQL = {
    "column": """
        SELECT c.relname, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull, a.attidentity, a.attgenerated,
          used.collname, pg_get_expr(d.adbin, d.adrelid), col_description(c.oid, a.attnum)
        FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
          LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
          LEFT JOIN pg_collation used ON used.oid = a.attcollation
        WHERE c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
          AND c.relnamespace = 'public'::regnamespace""",
    "constraint": """
        SELECT conrelid::regclass::text, conname, contype, convalidated, condeferrable, condeferred,
          pg_get_constraintdef(oid)
        FROM pg_constraint WHERE connamespace = 'public'::regnamespace""",
    "index": "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "sequence": """
        SELECT sequencename, data_type::text, start_value, min_value, max_value, increment_by, cycle, cache_size,
          last_value
        FROM pg_sequences WHERE schemaname = 'public'""",
    "table": """
        SELECT relname, relkind, relpersistence, reloptions::text, obj_description(oid) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace""",
    "trigger": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal",
}


def schema_of(connection: Connection) -> list[tuple[Any, ...]]:
    """Returns a line for each column, key, index and so on, in a fixed order.

    The order of columns is left out, as programs name the columns that they use.
    """
    if connection.dialect.name == "postgresql":
        lines = [
            (kind, *row)
            for kind, query in _POSTGRESQL.items()
            for row in connection.execute(text(query)).all()
        ]
    else:
        lines = _sqlite(connection)
    return sorted(lines, key=str)


def _sqlite(connection: Connection) -> list[tuple[Any, ...]]:
    made = connection.execute(text("SELECT type, name, tbl_name, sql FROM sqlite_schema")).all()
    lines: list[tuple[Any, ...]] = []
    for kind, name, table, sql in made:
        if kind == "table":
            lines += [("words", table, *_words(sql)), *_sqlite_table(connection, table)]
        elif sql:
            lines.append((kind, name, table, re.sub(r"\s+", " ", sql).replace('"', "")))
    return [*lines, *_key_names(connection)]


def _words(sql: str) -> list[str]:
    """Every word of a statement once: also what no PRAGMA says, such as AUTOINCREMENT and CHECK."""
    named = re.sub(r"CONSTRAINT \w+", "", sql)  # see `_key_names`
    return sorted({*re.findall(r"'[^']*'|\w+", named)})


def _sqlite_table(connection: Connection, table: str) -> list[tuple[Any, ...]]:
    def pragma(name: str, of: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {name}('{of}')")]

    lines: list[tuple[Any, ...]] = [
        ("column", table, *row[1:]) for row in pragma("table_xinfo", table)
    ]
    lines += [("foreign key", table, *row[2:]) for row in pragma("foreign_key_list", table)]
    lines += [("table", *row) for row in pragma("table_list", table)]
    for _, index, unique, origin, partial in pragma("index_list", table):
        columns = [row[2:] for row in pragma("index_xinfo", index) if row[1] >= 0 or row[5]]
        name = index if origin == "c" else ""
        lines.append(("index", table, name, unique, origin, partial, *columns))
    return lines


def _key_names(connection: Connection) -> list[tuple[Any, ...]]:
    """The names by which revisions find keys; SQLite's own have none."""
    tables = MetaData(naming_convention=KEY_NAMES)
    tables.reflect(connection)
    return [
        ("key", table.name, key.name, *sorted(column.name for column in key.columns))
        for table in tables.sorted_tables
        for key in table.constraints
        if isinstance(key, PrimaryKeyConstraint | UniqueConstraint)
    ]
