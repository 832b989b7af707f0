"""What listeners work with."""

from dataclasses import dataclass

from bot.domain.ports import Interactions
from bot.services.escalations import Lifecycle, Overview
from bot.services.triage import Engine, Triage
from bot.services.worker import Worker
from bot.slack.inbound import Listening
from bot.slack.outbound import Outbound
from bot.slack.responders import Responders


@dataclass(frozen=True)
class Services:
    """Handed to every listener that names a parameter `services`. `worker` does what was just kept."""

    engine: Engine
    triage: Triage
    lifecycle: Lifecycle
    overview: Overview
    responders: Responders
    interactions: Interactions
    outbound: Outbound
    listening: Listening
    worker: Worker
