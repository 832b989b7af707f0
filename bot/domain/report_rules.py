"""Rules about reports: which must be read first, and which get no reply."""

from bot.domain.reports import Report, Trigger
from bot.domain.verdicts import Abstain, Judgement


def is_unread(report: Report) -> bool:
    """Whether a job must read it first: it has files, or is empty and asks about its thread."""
    return bool(report.files) or (not report.text.strip() and report.thread_ts is not None)


def is_silence(judgement: Judgement, report: Report) -> bool:
    """Whether it gets no reply: nobody asked, and there is no confident answer."""
    return report.trigger is Trigger.HEARD and isinstance(judgement.verdict, Abstain)
