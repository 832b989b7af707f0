"""What is wrong with a database that cannot be opened: a sentence each, with what to do.

The start, all commands and `doctor` say the same.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from bot.storage.sqlite_faults import fault_of_file


@contextmanager
def opening_faults(address: str) -> Iterator[None]:
    """Turn faults of the database at `address` into sentences without a password.

    Raises:
        DatabaseAwayError: a later attempt may work.
        UserError: none will, until somebody changes something.
    """
    try:
        yield
    except (SQLAlchemyError, OSError, ValueError, TypeError) as error:
        url = make_url(address)
        if url.get_backend_name() == "sqlite":
            raise fault_of_file(url, error) from None
        from bot.storage.postgresql_faults import fault_of_server  # noqa: PLC0415 - SQLite needs none

        raise fault_of_server(url, error) from None
