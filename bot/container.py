"""Dependency wiring: builds every service of one workspace."""

import time
from collections.abc import Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass

from slack_bolt.authorization import AuthorizeResult

from bot.attachments.reader import can_read_pictures
from bot.channel_settings import escalation_channels, listen_policy
from bot.domain.channel_rules import ChannelRules
from bot.domain.jobs import JobKind, needing_texts
from bot.metrics import Metrics
from bot.outlets import mailer_of, outlet_tasks
from bot.recognition.recogniser import Recogniser
from bot.services.attachments import AttachmentReading, Sources
from bot.services.case import CaseLoader
from bot.services.channel_check import ChannelCheck
from bot.services.escalation_lists import EscalationLists
from bot.services.escalations import EscalationService
from bot.services.explaining import Explaining
from bot.services.feedback import Feedback
from bot.services.handover import HandoverLoader
from bot.services.interaction_lookup import InteractionLookup
from bot.services.lateness import Lateness
from bot.services.notices import Notices
from bot.services.openings import Openings
from bot.services.operator_alerts import OperatorAlerts
from bot.services.publishing import EscalationPublisher
from bot.services.relaying import Relaying
from bot.services.reminders import Reminders
from bot.services.reply_state import ReplyStates
from bot.services.reply_updates import ReplyUpdates
from bot.services.retention import Retention
from bot.services.sharing import Sharing
from bot.services.shops import FormShops
from bot.services.triage import Triage
from bot.services.verdict_counts import VerdictCounts
from bot.services.worker import Task, Worker
from bot.settings import Settings
from bot.slack.client.api import SlackApi
from bot.slack.context import ListenerContext
from bot.slack.escalation_poster import SlackEscalationPoster
from bot.slack.relay_poster import SlackRelayPoster
from bot.slack.reply_poster import SlackReplyPoster
from bot.slack.responders import Responders
from bot.slack.views.home import PAGE_SIZE
from bot.stores import Stores
from bot.timings import Timings

RECURRING = (JobKind.DELETE_OLD_TEXTS, JobKind.POLL_TICKETS, JobKind.CHECK_CHANNELS)
"""Kinds of jobs that are enqueued at the start and then reschedule themselves."""


@dataclass(frozen=True)
class _Replying:
    """The services that answer reports."""

    poster: SlackReplyPoster
    states: ReplyStates
    triage: Triage
    explaining: Explaining
    sharing: Sharing
    updates: ReplyUpdates

    def tasks(self) -> Mapping[JobKind, Task]:
        """Return their tasks."""
        return {
            JobKind.POST_REPLY: self.triage.reply,
            JobKind.UPDATE_REPLY: self.triage.revise,
            JobKind.REPLY_PRIVATELY: self.triage.reply_privately,
            JobKind.EXPLAIN_MESSAGE: self.explaining.explain,
            JobKind.SHARE_REPLY: self.sharing.show,
        }


class Container:
    """Builds the services of one workspace.

    `who`: the bot's identity there. `closing`: closes what the services open.
    """

    def __init__(
        self,
        settings: Settings,
        rules: ChannelRules,
        who: AuthorizeResult,
        slack: SlackApi,
        closing: AsyncExitStack,
        timings: Timings,
    ) -> None:
        self._settings = settings
        self._slack = slack
        self._closing = closing
        self._timings = timings
        self._home = who.team_id or "", who.enterprise_id or ""
        self.policy = listen_policy(settings, rules, who, pictures=can_read_pictures())
        self._channels = escalation_channels(settings, rules)

    def build_services(
        self, recogniser: Recogniser, stores: Stores, sources: Sources, metrics: Metrics
    ) -> tuple[ListenerContext, Worker, list[JobKind]]:
        """Return the listener context, the worker, and the recurring kinds of jobs.

        `sources`: fetches files by id, and reads their texts.
        """
        timings, counts = self._timings, VerdictCounts(recogniser, metrics)
        replying = self._replying(recogniser, stores, counts)
        cards = SlackEscalationPoster(self._slack, self._channels)
        channels = ChannelCheck(stores.channels, stores.jobs, cards, self._channels.needed, timings)
        cases = CaseLoader(
            recogniser, stores.escalations, stores.interactions, stores.votes, stores.relays
        )
        responders = Responders(self._slack, self._settings.responders, self._home, time.monotonic)
        relaying = self._relaying(cases, stores, responders)
        handovers = HandoverLoader(cases, cards.link, cards.card_link, cards.name_of)
        outlets = outlet_tasks(self._settings, handovers, stores, self._closing, timings)
        leaving = [kind for kind in (JobKind.SEND_EMAIL, JobKind.SYNC_TICKET) if kind in outlets]
        reading = AttachmentReading(
            recogniser, stores.interactions, replying.poster, sources, counts
        )
        tasks: dict[JobKind, Task] = {
            JobKind.READ_REPORT: reading.read,
            **replying.tasks(),
            JobKind.CHECK_CHANNELS: channels.check,
            JobKind.ALERT_CHANNEL_MOVED: channels.name_moved,
            JobKind.DELETE_OLD_TEXTS: self._retention(stores, leaving).forget,
            JobKind.RELAY_MESSAGE: relaying.copy,
            JobKind.MENTION_CLAIMANT: relaying.mention,
            **self._escalation_tasks(cases, replying.updates, stores, cards),
            **outlets,
        }
        context = self._context(
            recogniser, stores, replying, (channels, relaying, responders), leaving
        )
        worker = Worker(stores.jobs, tasks, timings, metrics=metrics)
        return context, worker, [kind for kind in RECURRING if kind in tasks]

    def _replying(self, recogniser: Recogniser, stores: Stores, counts: VerdictCounts) -> _Replying:
        timings, interactions, private = self._timings, stores.interactions, stores.private_replies
        poster = SlackReplyPoster(self._slack, self.policy.own)
        states = ReplyStates(recogniser, stores.escalations, stores.votes, time.monotonic, timings)
        triage = Triage(
            recogniser, interactions, stores.relays, poster, states, timings, counts=counts
        )
        return _Replying(
            poster,
            states,
            triage,
            Explaining(recogniser, interactions, private, triage, states, poster),
            Sharing(interactions, private, states, poster),
            ReplyUpdates(interactions, states, poster),
        )

    def _context(
        self,
        recogniser: Recogniser,
        stores: Stores,
        replying: _Replying,
        others: tuple[ChannelCheck, Relaying, Responders],
        leaving: Sequence[JobKind],
    ) -> ListenerContext:
        settings, slack, policy = self._settings, self._slack, self.policy
        channels, relaying, responders = others
        return ListenerContext(
            recogniser=recogniser,
            triage=replying.triage,
            lateness=Lateness(self._timings.late_event),
            explaining=replying.explaining,
            sharing=replying.sharing,
            openings=Openings(recogniser, stores.openings),
            reply_states=replying.states,
            feedback=Feedback(recogniser, stores.votes, stores.escalations, replying.states),
            escalation_service=EscalationService(stores.escalations, leaving, policy.shops),
            form_shops=FormShops(policy.shops, stores.escalations),
            escalation_lists=EscalationLists(
                stores.escalations, settings.hours, time.time, PAGE_SIZE
            ),
            relaying=relaying,
            responders=responders,
            lookup=InteractionLookup(stores.interactions),
            messages=slack.messages,
            directory=slack.directory,
            views=slack.views,
            policy=policy,
            token=slack.token,
            channels=channels,
        )

    def _relaying(self, cases: CaseLoader, stores: Stores, responders: Responders) -> Relaying:
        poster = SlackRelayPoster(self._slack, self._channels, responders, self._timings)
        return Relaying(cases, stores.escalations, stores.relays, poster, time.time, self._timings)

    def _retention(self, stores: Stores, leaving: Sequence[JobKind]) -> Retention:
        needs = needing_texts(leaving)
        return Retention(stores.interactions, self._settings.keep_days, needs)

    def _escalation_tasks(
        self,
        cases: CaseLoader,
        updates: ReplyUpdates,
        stores: Stores,
        cards: SlackEscalationPoster,
    ) -> Mapping[JobKind, Task]:
        """Return the tasks that post about escalations and failed jobs in Slack."""
        settings, timings = self._settings, self._timings
        publisher = EscalationPublisher(cases, updates, stores.escalations, cards, timings)
        send_alert = mailer_of(settings).send_alert if settings.support_email else None
        alerts = OperatorAlerts(stores.jobs, cards, send_alert, timings)
        schedule = settings.reminders(timings.claim_minute)
        return {
            JobKind.PUBLISH_ESCALATION: publisher.announce,
            JobKind.ALERT_OPERATORS: alerts.alert,
            JobKind.ALERT_TOKEN_REFUSED: alerts.token_refused,
            JobKind.POST_NOTICES: Notices(
                cases, stores.escalations, cards, schedule.last, timings
            ).post,
            JobKind.REMIND_CLAIM: Reminders(
                cases, stores.escalations, cards, schedule, time.time, timings
            ).remind,
        }
