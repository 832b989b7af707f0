"""SQL functions that each database writes in its own way: the time, and fields of JSON."""

from sqlalchemy import Double, Text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

SQLITE_CLOCK = "seconds_since_1970"
"""The SQL function that `bot.storage.sqlite` registers; tests set its clock."""


class now(FunctionElement[float]):  # noqa: N801 - reads as SQL's now()
    """Seconds since 1970 by the database's clock, which all instances share."""

    type = Double()
    inherit_cache = True


class json_field(FunctionElement[str]):  # noqa: N801 - reads as SQL's functions do
    """A field of a JSON object in a text column. Arguments: the column and the field's name."""

    type = Text()
    inherit_cache = True


@compiles(json_field, "postgresql")
def _field_postgresql(element: json_field, compiler: SQLCompiler, **options: object) -> str:
    column, name = element.clauses
    return f"({compiler.process(column, **options)}::json ->> {compiler.process(name, **options)})"


@compiles(json_field, "sqlite")
def _field_sqlite(element: json_field, compiler: SQLCompiler, **options: object) -> str:
    column, name = element.clauses
    return f"json_extract({compiler.process(column, **options)}, '$.' || {compiler.process(name, **options)})"


@compiles(now, "postgresql")
def _now_postgresql(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return "extract(epoch from clock_timestamp())::double precision"


@compiles(now, "sqlite")
def _now_sqlite(_element: now, _compiler: SQLCompiler, **_options: object) -> str:
    return f"{SQLITE_CLOCK}()"
