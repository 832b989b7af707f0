"""What listeners work with."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.ports import Interactions
from bot.services.escalations import EscalationDesk
from bot.services.triage import Engine, Triage
from bot.slack.inbound import Listening
from bot.slack.outbound import Outbound


@dataclass(frozen=True)
class Services:
    """Handed to every listener that names a parameter `services`. `nudge` starts the work that was just kept."""

    engine: Engine
    triage: Triage
    escalations: EscalationDesk
    interactions: Interactions
    outbound: Outbound
    listening: Listening
    nudge: Callable[[], None]
