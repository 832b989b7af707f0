"""A short run of `make crash`: a storm of eight seconds loses and doubles nothing."""

from __future__ import annotations

import signal

import pytest

from tests.crash.__main__ import main
from tests.crash.report import WITHOUT
from tests.storage.server import programs

WELL = (
    "crash: replies lost 0 doubled 0, answers stale 0, deletions left over 0, files unread 0, "
    + ", ".join(f"{kind} lost 0 doubled 0" for kind in ("escalations", "e-mails", "reminders"))
    + ", relays to support lost 0 doubled 0, relays to requesters lost 0 doubled 0, "
    "relayed edits stale 0, relayed deletions left over 0, "
    "relayed files lost 0 doubled 0, notices lost 0 doubled 0, "
    "mentions lost 0 doubled 0, private replies lost 0, secrets leaked 0, openings lost 0 doubled 0, recovered lost 0 doubled 0"
)


# what a storm leaves behind is no fault of a test's
@pytest.mark.filterwarnings("default")
def test_nothing_is_lost_or_doubled_when_processes_are_killed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SECONDS", "8")
    at_the_end = signal.getsignal(signal.SIGTERM)
    try:
        # in this process, as another one and its fork server would import everything again
        with pytest.raises(SystemExit) as end:
            main()
    finally:
        signal.signal(signal.SIGTERM, at_the_end)
    printed = capsys.readouterr().out
    assert printed.splitlines()[-1] == WELL + ("" if programs() else WITHOUT), printed
    assert end.value.code == 0, printed
