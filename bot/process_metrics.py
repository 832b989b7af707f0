"""Prometheus's usual metrics of a process, where only the processes are in /proc."""

import time

from prometheus_client import ProcessCollector

from bot.timings import seconds_since_boot


class ThisProcess(ProcessCollector):
    """Collects CPU time, memory and open files of this process.

    The library shows none of them if it cannot read the time of the boot in /proc/stat, which the
    option ProcSubset=pid of systemd hides.
    """

    def _boot_time(self) -> float:
        return time.time() - seconds_since_boot()
