from __future__ import annotations

import gc
import os
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import settings

# a test names it as its plug-in, which may be after others have imported it
pytest.register_assert_rewrite("slack_sandbox.pytest_plugin")
gc.disable()  # until all tests are collected: it would look at thousands of them again and again

# no time limit for an example, as machines are busy; CI runs the same examples each time
settings.register_profile(
    "calm",
    deadline=None,
    derandomize=bool(os.environ.get("CI")),
    max_examples=int(os.environ.get("EXAMPLES", "40")),
)
settings.load_profile("calm")

FIRST = (
    "test_crash.py",
    "test_process.py",
    "test_stopped_process.py",
    "test_operations.py",
    "test_measure_follow_ups.py",
    "test_measure_unseen.py",
    "test_measure_descriptions.py",
    "test_measure.py",
    "test_other_vendor.py",
    "test_package.py",
    "test_english.py",
    "test_browser.py",
    "test_accessibility.py",
    "test_page_in_browser.py",
    "test_blocks_in_browser.py",
)
"""Files of tests that run before all others, in this order."""
TESTS = Path(__file__).resolve().parent


def pytest_configure(config: pytest.Config) -> None:
    """Import the bot where tests run, and not where they are only shared out: it takes a second."""
    if hasattr(config, "workerinput") or not config.getoption("numprocesses", None):
        config.pluginmanager.import_plugin("tests.fixtures")


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Import the test modules in another order in each process, if all are to be collected.

    In a new clone each then compiles its share of them, and finds the others compiled; in the same
    order, all would compile all of them at the same moment.
    """
    worker = getattr(session.config, "workerinput", None)
    if worker is None or [Path(arg).resolve() for arg in session.config.args] != [TESTS]:
        return
    files = sorted(TESTS.rglob("test_*.py"))
    start = len(files) * int(worker["workerid"].removeprefix("gw")) // worker["workercount"]
    for file in (*files[start:], *files[:start]):
        # collecting reports what cannot be imported
        with suppress(Exception, pytest.skip.Exception):
            import_module(".".join(file.relative_to(TESTS.parent).with_suffix("").parts))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run the longest tests first, so that no process waits for one of them at the end.

    Those that fork the bot are next, in the same process, which has their fork server already. Then
    come modules whose tests share what takes long to make: at the end of the run, where processes
    take tests from each other, two or three of them would make it. Those in a browser are together
    too, so that few processes start one.
    """
    rank = {name: number for number, name in enumerate(FIRST)}
    items.sort(key=lambda item: rank.get(item.path.name, len(FIRST)))


def pytest_collection_finish() -> None:
    """Exclude thousands of collected tests from garbage collection, which would look at them."""
    gc.freeze()
    gc.set_threshold(10_000, 20, 50)  # as in the bot: at Python's own, a twentieth of the time
    gc.enable()
