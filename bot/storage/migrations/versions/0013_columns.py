"""Columns in place of joined texts: the reply that is linked to, with an index; lists as JSON; plain names."""

import json

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.rebuilding import changing

revision = "0013"
down_revision = "0012"

_LINK = ("linked_reply_channel", "linked_reply_ts", "linked_reply_thread")
_RENAMED = {
    "asks_about": "quoted_message_ts",
    "attached": "attachment_text",
    "reads": "file_results",
    "omitted": "suppressed_articles",
}


def upgrade() -> None:
    """Split what was joined by spaces, then change the tables."""
    for table, column in (
        ("interactions", "files"),
        ("interactions", "omitted"),
        ("escalations", "omitted"),
    ):
        _list_as_json(table, column)
    for name in _LINK:
        op.add_column("interactions", sa.Column(name, sa.Text()))
    _split_links()
    op.drop_index("interactions_thread", "interactions")
    with changing("interactions") as batch:
        for old, new in _RENAMED.items():
            batch.alter_column(old, new_column_name=new)
        batch.drop_column("earlier")
    with changing("interactions") as batch:
        for name in ("files", "suppressed_articles"):
            batch.alter_column(name, server_default=sa.text("'[]'"))
    with changing("escalations") as batch:
        batch.alter_column("omitted", new_column_name="suppressed_articles")
    op.drop_index("told_article", "told")
    op.rename_table("told", "reply_articles")
    op.create_index("reply_articles_article", "reply_articles", ["team", "article_id"])
    thread = sa.text("coalesce(thread_ts, ts)")
    op.create_index("interactions_thread", "interactions", ["team", "channel", thread])
    op.create_index("interactions_linked", "interactions", ["team", *_LINK[:2]])


def _list_as_json(table: str, column: str) -> None:
    rows = sa.table(table, sa.column("id", sa.BigInteger), sa.column(column, sa.Text))
    joined = rows.c[column]
    bind = op.get_bind()
    for (value,) in bind.execute(sa.select(joined).where(joined.is_not(None)).distinct()).all():
        listed = {column: json.dumps(value.split())}
        bind.execute(sa.update(rows).where(joined == value).values(listed))


def _split_links() -> None:
    columns = [sa.column(name, sa.Text) for name in ("earlier", *_LINK)]
    rows, bind = sa.table("interactions", *columns), op.get_bind()
    found = sa.select(rows.c.earlier).where(rows.c.earlier.is_not(None)).distinct()
    for (value,) in bind.execute(found).all():
        link = dict(zip(_LINK, value.split(), strict=True))
        bind.execute(sa.update(rows).where(rows.c.earlier == value).values(link))
