"""What listeners work with."""

from dataclasses import dataclass

from bot.domain.ports import Interactions
from bot.services.channel_check import ChannelCheck
from bot.services.engine import Engine
from bot.services.escalations import Lifecycle, Overview
from bot.services.feedback import Feedback
from bot.services.sharing import Sharing
from bot.services.tellings import Tellings
from bot.services.triage import Triage
from bot.services.worker import Worker
from bot.slack.listening import Listening
from bot.slack.outbound import Outbound
from bot.slack.responders import Responders
from bot.slack.token_state import TokenState


@dataclass(frozen=True)
class Services:
    """Handed to every listener that names a parameter `services`. `worker` does what was just kept."""

    engine: Engine
    triage: Triage
    sharing: Sharing
    tellings: Tellings
    feedback: Feedback
    lifecycle: Lifecycle
    overview: Overview
    responders: Responders
    interactions: Interactions
    outbound: Outbound
    listening: Listening
    worker: Worker
    token: TokenState
    channels: ChannelCheck
