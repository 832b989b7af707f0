"""The page that Prometheus reads: what this process counted, and what waits in the database."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product

from prometheus_client.core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    Metric,
)
from prometheus_client.exposition import choose_encoder
from prometheus_client.registry import Collector
from sqlalchemy.pool import QueuePool
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from bot import __version__
from bot.app import Bot
from bot.domain.business_hours import ReminderSchedule
from bot.domain.escalation_history import waiting_since
from bot.domain.escalations import Status
from bot.domain.jobs import JobKind
from bot.metrics import AttemptResult, Histogram, RequestOutcome
from bot.process_metrics import ThisProcess
from bot.slack.bolt_requests import KINDS, OTHER
from bot.storage.backlog import Backlog
from bot.timings import seconds_since_boot

PATH = "/metrics"
PREFIX = "xero_bot_"
LEVELS = ("warning", "error")
"""Levels of the counted log lines."""

Values = Iterable[tuple[tuple[str, ...], float]]
"""Numbers, each behind the values of its labels."""


def metrics_page(bot: Bot, schedule: ReminderSchedule) -> Starlette:
    """Return the ASGI application that serves the page.

    `schedule`: when each level is reminded of an unclaimed escalation.
    """
    process = ThisProcess(registry=None)

    async def page(request: Request) -> Response:
        backlog = await bot.backlog.latest()
        shown = [*_counts(bot), *_state(bot), *_waiting(backlog, bot.backlog.kinds, schedule)]
        encode, media_type = choose_encoder(request.headers.get("accept", ""))
        body = encode(_Page([*shown, *process.collect()]))
        return Response(body, headers={"content-type": media_type})

    return Starlette(routes=[Route(PATH, page)])


class _Page(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _counts(bot: Bot) -> Iterator[Metric]:
    """Yield what was counted since the start.

    Failures begin at zero: Prometheus does not see the first increase of a new series.
    """
    counts = bot.metrics
    requests = dict.fromkeys(product(sorted({*KINDS, OTHER}), RequestOutcome), 0) | counts.requests
    kinds = (kind.value for kind in bot.backlog.kinds)
    attempts = dict.fromkeys(product(kinds, AttemptResult), 0) | counts.attempts
    lines = dict.fromkeys(LEVELS, 0) | counts.log_lines
    yield _counter("requests", "Requests of Slack", ("kind", "outcome"), requests.items())
    yield _histogram(
        "request_seconds", "Time until Slack has its answer", "kind", counts.request_seconds
    )
    yield _counter("verdicts", "Judged reports", ("door", "verdict"), counts.verdicts.items())
    answers = (((area,), number) for area, number in counts.answers.items())
    yield _counter("answers", "Answers by the area of their article", ("area",), answers)
    yield _counter("slack_calls", "Calls to Slack", ("method", "result"), counts.calls.items())
    yield _counter("job_attempts", "Attempts at jobs", ("kind", "result"), attempts.items())
    yield _histogram("ocr_seconds", "Time of a picture", "", {"": counts.ocr_seconds})
    by_level = (((level,), number) for level, number in lines.items())
    yield _counter("log_lines", "Lines of the log", ("level",), by_level)


def _state(bot: Bot) -> Iterator[Metric]:
    """Yield what is now, without the database."""
    yield _gauge("info", "The version that runs", ("version",), [((__version__,), 1)])
    is_refused = bot.client.token_state.refused_since is not None
    yield _single("token_accepted", "Whether Slack accepts the bot token", not is_refused)
    connected = bot.metrics.sockets.values()
    if bot.metrics.has_sockets:
        yield _single("socket_connections", "Socket Mode's open connections", len(connected))
        yield _counter(
            "socket_reconnects",
            "Connections lost or renewed",
            (),
            [((), bot.metrics.reconnects)],
        )
        if connected:
            age = seconds_since_boot() - min(connected)
            yield _single("socket_age_seconds", "Age of the oldest open connection", age)
    pool = bot.stores.database.pool
    if isinstance(pool, QueuePool):
        uses = [(("in_use",), pool.checkedout()), (("idle",), pool.checkedin())]
        yield _gauge("database_connections", "Connections to the database", ("state",), uses)


def _waiting(
    backlog: Backlog | None, kinds: Sequence[JobKind], schedule: ReminderSchedule
) -> Iterator[Metric]:
    """Yield what waits in the database; only that it does not answer, if it does not."""
    yield _single("database_up", "Whether the database can be written", backlog is not None)
    if backlog is None:
        return
    known = frozenset(JobKind)
    jobs: Counter[tuple[str, str]] = Counter()
    for (kind, state), number in backlog.jobs.items():
        jobs[kind if kind in known else OTHER, state.value] += number
    yield _gauge("jobs", "Jobs that are not done", ("kind", "state"), jobs.items())
    retried = {(kind.value,): backlog.retried.get(kind, 0) for kind in kinds}
    yield _gauge("jobs_retried", "Jobs whose last attempt has failed", ("kind",), retried.items())
    # a job of a kind that is switched off, or that only a newer version knows, waits for others
    due = max((backlog.overdue.get(kind, 0.0) for kind in kinds), default=0.0)
    yield _single("oldest_due_job_seconds", "For how long the oldest due job has been due", due)
    by_status = [((status.value,), backlog.escalations.get(status, 0)) for status in Status]
    yield _gauge("escalations", "Escalations", ("status",), by_status)
    waits = (waiting_since(history) for history in backlog.unclaimed)
    since = [change.at for change in waits if change is not None]
    oldest = max((backlog.now - at for at in since), default=0.0)
    yield _single("oldest_unclaimed_seconds", "For how long the oldest waits for a claim", oldest)
    over = sum(backlog.now >= schedule.over(at) for at in since)
    yield _single("escalations_over_ladder", "Unclaimed after the time of every level", over)
    yield _single("oldest_unseen_seconds", "For how long the oldest has no card", backlog.unseen)


def _counter(name: str, what: str, labels: Sequence[str], values: Values) -> Metric:
    family = CounterMetricFamily(PREFIX + name, what, labels=labels)
    for key, number in sorted(values):
        family.add_metric(key, number)
    return family


def _gauge(name: str, what: str, labels: Sequence[str], values: Values) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, what, labels=labels)
    for key, number in sorted(values):
        family.add_metric(key, number)
    return family


def _single(name: str, what: str, value: float) -> Metric:
    return GaugeMetricFamily(PREFIX + name, what, value=float(value))


def _histogram(name: str, what: str, label: str, times: Mapping[str, Histogram]) -> Metric:
    """Return the family of histograms by a label's value; without a label, of the only one."""
    family = HistogramMetricFamily(PREFIX + name, what, labels=[label] if label else [])
    for key, histogram in sorted(times.items()):
        total, buckets = 0, []
        for bound, number in zip((*histogram.bounds, "+Inf"), histogram.counts, strict=True):
            total += number
            buckets.append((str(bound), float(total)))
        family.add_metric([key] if label else [], buckets, histogram.seconds)
    return family
