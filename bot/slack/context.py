"""The services that listeners work with."""

from dataclasses import dataclass

from bot.recognition.recogniser import Recogniser
from bot.services.channel_check import ChannelCheck
from bot.services.escalation_lists import EscalationLists
from bot.services.escalations import EscalationService
from bot.services.explaining import Explaining
from bot.services.feedback import Feedback
from bot.services.interaction_lookup import InteractionLookup
from bot.services.lateness import Lateness
from bot.services.openings import Openings
from bot.services.relaying import Relaying
from bot.services.reply_state import ReplyStates
from bot.services.sharing import Sharing
from bot.services.shops import FormShops
from bot.services.triage import Triage
from bot.slack.client.directory import Directory
from bot.slack.client.messages import Messages
from bot.slack.client.token_state import TokenState
from bot.slack.client.views import Views
from bot.slack.incoming.filters import ListenPolicy
from bot.slack.responders import Responders


@dataclass(frozen=True)
class ListenerContext:
    """What every listener gets."""

    recogniser: Recogniser
    triage: Triage
    lateness: Lateness
    explaining: Explaining
    sharing: Sharing
    openings: Openings
    reply_states: ReplyStates
    feedback: Feedback
    escalation_service: EscalationService
    relaying: Relaying
    form_shops: FormShops
    escalation_lists: EscalationLists
    responders: Responders
    lookup: InteractionLookup
    messages: Messages
    directory: Directory
    views: Views
    policy: ListenPolicy
    token: TokenState
    channels: ChannelCheck
