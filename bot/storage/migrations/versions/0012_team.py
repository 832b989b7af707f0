"""The workspace of every row, first in every key; escalation numbers of each workspace; ticket keys as text.

Programs of before worked for one workspace: all rows are its, also reports that name another one, as a guest of a
shared channel or a colleague of the organisation has made them. Only Slack says which one is installed: rows get none
here: `bot.storage.workspace_rows.adopt_rows` fills it in at the first start.
"""

import sqlalchemy as sa
from alembic import op

from bot.storage.migrations.rebuilding import changing

revision = "0012"
down_revision = "0011"

_WITHOUT_TEAM = (
    "told",
    "votes",
    "escalations",
    "changes",
    "relays",
    "tickets",
    "jobs",
    "cursors",
    "alerts",
)
_KEYS = {
    "told": ["interaction_id", "article_id"],
    "votes": ["interaction_id", "voter"],
    "changes": ["escalation_id", "number"],
    "tickets": ["escalation_id"],
    "cursors": ["name"],
    "alerts": ["cause"],
}
_MOVED = "channel moved from "


def upgrade() -> None:
    """Add the column, then make the keys."""
    for table in _WITHOUT_TEAM:
        op.add_column(table, sa.Column("team", sa.Text(), server_default="", nullable=False))
    _forget_teams()
    _move_channels()
    for index, table in (
        ("interactions_thread", "interactions"),
        ("interactions_author", "interactions"),
        ("told_article", "told"),
        ("jobs_due", "jobs"),
    ):
        op.drop_index(index, table)
    _change_keys()
    _number_escalations()
    _make_indexes()


def _forget_teams() -> None:
    """Of two reports of one message under two workspaces the later one gets another key; its buttons have its token."""
    op.execute(
        "UPDATE interactions SET ts = ts || '-' || id"
        " WHERE id NOT IN (SELECT min(id) FROM interactions GROUP BY channel, ts)"
    )
    op.execute("UPDATE interactions SET team = ''")
    op.execute(
        "INSERT INTO article_versions (team, version, article_id, content, created_at)"
        " SELECT '', version, min(article_id), min(content), min(created_at)"
        " FROM article_versions GROUP BY version"
    )
    op.execute("DELETE FROM article_versions WHERE team <> ''")


def _move_channels() -> None:
    op.create_table(
        "channel_moves",
        sa.Column("team", sa.Text(), primary_key=True),
        sa.Column("old", sa.Text(), primary_key=True),
        sa.Column("new", sa.Text(), nullable=False),
    )
    named = f"FROM cursors WHERE name LIKE '{_MOVED}%'"
    op.execute(
        "INSERT INTO channel_moves (team, old, new)"
        f" SELECT team, substr(name, {len(_MOVED) + 1}), value {named}"
    )
    op.execute(f"DELETE {named}")


def _change_keys() -> None:
    for table, key in _KEYS.items():
        with changing(table) as batch:
            batch.alter_column("team", server_default=None)
            batch.drop_constraint(f"{table}_pkey", type_="primary")
            batch.create_primary_key(f"{table}_pkey", ["team", *key])
            if table == "tickets":
                batch.drop_constraint("tickets_number_key", type_="unique")
                batch.alter_column(
                    "number",
                    new_column_name="key",
                    type_=sa.Text(),
                    postgresql_using="number::text",
                )
    with changing("tickets") as batch:
        batch.create_unique_constraint("tickets_team_key_key", ["team", "key"])
    for table, old in (("relays", ["escalation_id", "ts"]), ("jobs", ["kind", "subject"])):
        with changing(table) as batch:
            batch.alter_column("team", server_default=None)
            batch.drop_constraint(f"{table}_{'_'.join(old)}_key", type_="unique")
            batch.create_unique_constraint(f"{table}_team_{'_'.join(old)}_key", ["team", *old])

    _change_tokens()


def _change_tokens() -> None:
    """In SQLite, revision 0005 has made an index of its own where there was no token."""
    indexes = sa.inspect(op.get_bind()).get_indexes("interactions")
    if any(index["name"] == "interactions_token" for index in indexes):
        op.drop_index("interactions_token", "interactions")
        is_constraint = False
    else:
        is_constraint = True
    with changing("interactions") as batch:
        if is_constraint:
            batch.drop_constraint("interactions_token_key", type_="unique")
        batch.alter_column("token", server_default=None)
        batch.create_unique_constraint("interactions_team_token_key", ["team", "token"])


def _number_escalations() -> None:
    """Each keeps the number that people know it by; the next of a workspace goes on from its greatest."""
    op.add_column("escalations", sa.Column("number", sa.Integer()))
    op.execute("UPDATE escalations SET number = id")
    with changing("escalations") as batch:
        batch.alter_column("team", server_default=None)
        batch.alter_column("number", nullable=False)
        batch.drop_constraint("escalations_interaction_id_key", type_="unique")
        batch.create_unique_constraint("escalations_team_number_key", ["team", "number"])
        batch.create_unique_constraint(
            "escalations_team_interaction_id_key", ["team", "interaction_id"]
        )
    op.create_table(
        "escalation_numbers",
        sa.Column("team", sa.Text(), primary_key=True),
        sa.Column("last", sa.Integer(), nullable=False),
    )
    op.execute(
        "INSERT INTO escalation_numbers (team, last)"
        " SELECT team, max(number) FROM escalations GROUP BY team"
    )


def _make_indexes() -> None:
    waits = sa.text("state = 'waiting'")
    thread = sa.text("coalesce(thread_ts, ts)")
    op.create_index("interactions_thread", "interactions", ["team", "channel", thread])
    op.create_index("interactions_author", "interactions", ["team", "requester", "created_at"])
    op.create_index("told_article", "told", ["team", "article_id"])
    op.create_index("escalations_card", "escalations", ["team", "card_channel", "card_ts"])
    op.create_index(
        "jobs_due", "jobs", ["team", "due_at"], postgresql_where=waits, sqlite_where=waits
    )
