"""The stores of one workspace, together."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.domain.jobs import JobKind
from bot.storage.channel_moves import ChannelStore
from bot.storage.escalations import EscalationStore
from bot.storage.event_cursor import EventCursor
from bot.storage.followed_messages import FollowedMessages
from bot.storage.interactions import InteractionStore
from bot.storage.jobs import JobStore
from bot.storage.openings import OpeningStore
from bot.storage.private_replies import PrivateReplyStore
from bot.storage.relays import RelayStore
from bot.storage.tickets import TicketStore
from bot.storage.votes import VoteStore

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncEngine


class Stores:
    """The stores of one workspace. `outlets`: see `RelayStore`."""

    def __init__(self, database: "AsyncEngine", team: str, outlets: Sequence[JobKind] = ()) -> None:
        self.team = team
        self.database = database
        self.interactions = InteractionStore(database, team)
        self.private_replies = PrivateReplyStore(database, team)
        self.escalations = EscalationStore(database, team)
        self.relays = RelayStore(database, team, outlets)
        self.jobs = JobStore(database, team)
        self.tickets = TicketStore(database, team)
        self.votes = VoteStore(database, team)
        self.openings = OpeningStore(database, team)
        self.channels = ChannelStore(database, team)
        self.event_cursor = EventCursor(database, team)
        self.followed = FollowedMessages(database, team)
