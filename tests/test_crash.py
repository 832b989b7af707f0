"""A short run of `make crash`: a storm of eight seconds loses and doubles nothing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.crash.report import WITHOUT
from tests.storage.server import programs

ROOT = Path(__file__).resolve().parent.parent
WELL = (
    "crash: replies lost 0 doubled 0, answers stale 0, deletions left over 0, files unread 0, "
    + ", ".join(f"{kind} lost 0 doubled 0" for kind in ("escalations", "e-mails", "reminders"))
    + ", relays to support lost 0 doubled 0, relays to requesters lost 0 doubled 0, "
    "relayed edits stale 0, relayed deletions left over 0, "
    "relayed files lost 0 doubled 0, notices lost 0 doubled 0, "
    "mentions lost 0 doubled 0, private replies lost 0, secrets leaked 0"
)


def test_nothing_is_lost_or_doubled_when_processes_are_killed() -> None:
    environment = os.environ | {"SECONDS": "8"}
    command = [sys.executable, "-m", "tests.crash"]
    run = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False, timeout=300
    )
    printed = run.stdout + run.stderr
    assert printed.splitlines()[-1] == WELL + ("" if programs() else WITHOUT), printed
    assert run.returncode == 0, printed
