"""What `pip install .` installs: a bot that runs in any folder."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import cache_from_source
from itertools import starmap
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from hatchling.builders.plugin.interface import BuilderInterface
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from bot import __version__
from bot.knowledge_base.loader import SHIPPED
from tests.imports import PRINTED, imported, without_imports
from tests.test_cli import with_article

ROOT = Path(__file__).resolve().parent.parent
NAME = f"clickpos_xero_bot-{__version__}"

NAMELESS = """
import pwd, sys
def unknown(uid):
    raise KeyError(uid)
pwd.getpwuid = unknown
sys.argv = ["xero-bot", "run"]
from bot.cli.main import main
try:
    main()
finally:
    import bot.demo.run
    print(*sys.modules)
"""
MODULES = """
import contextlib, io, json, runpy, sys
done = []
for module, *words in json.loads(sys.argv[1]):
    sys.argv[1:] = words
    with (
        contextlib.redirect_stdout(io.StringIO()) as out,
        contextlib.redirect_stderr(io.StringIO()) as err,
    ):
        try:
            runpy.run_module(module, run_name="__main__", alter_sys=True)
            code = 0
        except SystemExit as end:
            code = end.code or 0
    done.append((code, out.getvalue(), err.getvalue()))
print(json.dumps(done))
"""
"""Runs modules as `python -m` does."""
LINES = {
    "version": ["bot", "--version"],
    "check": ["bot", "check", "--knowledge", "."],
    "local Slack": ["slack_sandbox", "--deliver-to", "http://example.com/"],
}
OF_AN_EXTRA = {"PIL", "pypdfium2", "numpy", "cv2", "rapidocr", "onnxruntime"}


def build(builder: type[BuilderInterface[Any, Any]], source: Path, into: Path) -> Path:
    (made,) = builder(str(source)).build(directory=str(into))
    return Path(made)


def files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(WheelBuilder, ROOT, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel as pip unpacks and compiles them, as far as they are compiled here."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202 - we built it
    for file in folder.glob("*/**/*.py"):
        here = ROOT / file.relative_to(folder)
        compiled = Path(cache_from_source(here))
        if compiled.exists():
            shutil.copystat(here, file)  # by its time Python knows what was compiled from it
            copy = Path(cache_from_source(file))
            copy.parent.mkdir(exist_ok=True)
            shutil.copy(compiled, copy)
    return folder


def python(installed: Path, folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(installed),
        "COLUMNS": "100",
        **PRINTED,
    }
    command = [sys.executable, "-P", *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


class Ran(NamedTuple):
    """What a module ended with, and printed."""

    code: int
    stdout: str
    stderr: str


@pytest.fixture(scope="module")
def ran(installed: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Ran]:
    """What modules print, run one after the other in a process, which takes long to start."""
    folder = with_article(tmp_path_factory.mktemp("anywhere") / "articles")
    done = python(installed, folder, "-c", MODULES, json.dumps(list(LINES.values())))
    assert done.returncode == 0, done.stderr
    return dict(zip(LINES, starmap(Ran, json.loads(done.stdout)), strict=True))


class TestTheWheel:
    def test_carries_every_file_of_the_bot_that_is_tracked(self, wheel: Path) -> None:
        listed = subprocess.run(
            ["git", "ls-files", "bot", "slack_sandbox"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        assert {name for name in listed.stdout.splitlines() if (ROOT / name).exists()} <= files(
            wheel
        )

    def test_carries_every_article(self, wheel: Path) -> None:
        articles = {
            f"bot/articles/{path.relative_to(SHIPPED).as_posix()}": path.read_bytes()
            for path in SHIPPED.rglob("*.*")
        }
        assert len(articles) > 100
        with zipfile.ZipFile(wheel) as archive:
            carried = [name for name in archive.namelist() if name.startswith("bot/articles/")]
            assert {name: archive.read(name) for name in carried} == articles

    def test_brings_a_command(self, wheel: Path) -> None:
        with zipfile.ZipFile(wheel) as archive:
            text = archive.read(f"{NAME}.dist-info/entry_points.txt").decode()
        assert "xero-bot = bot.cli.main:main" in text.splitlines()

    def test_is_the_same_from_the_source_archive(self, wheel: Path, tmp_path: Path) -> None:
        source = build(SdistBuilder, ROOT, tmp_path / "sdist")
        with tarfile.open(source) as archive:
            archive.extractall(tmp_path, filter="data")
        assert files(build(WheelBuilder, tmp_path / NAME, tmp_path / "wheel")) == files(wheel)


class TestTheInstalledBot:
    def test_answers_in_an_empty_folder(self, installed: Path, tmp_path: Path) -> None:
        done = python(installed, tmp_path, "-m", "bot", "explain", "Invoice # INV-7 must be unique")
        assert (done.returncode, without_imports(done.stderr)) == (0, "")
        assert "Escalate" in done.stdout
        assert {"bot", "rapidfuzz"} <= imported(done.stderr)
        assert not imported(done.stderr) & {"alembic", "holidays", "jinja2", "sqlalchemy"}
        assert list(tmp_path.iterdir()) == []

    def test_finds_nothing_wrong_with_an_article(self, ran: dict[str, Ran]) -> None:
        """Its own are those that `make test` checks; all of them take seconds."""
        done = ran["check"]
        last_line = done.stdout.splitlines()[-1]
        assert (done.code, last_line.rpartition(": ")[2]) == (0, "0 faults")

    def test_starts_as_a_user_without_name_or_home_and_loads_no_extra(
        self, installed: Path, tmp_path: Path
    ) -> None:
        given = {
            "PYTHONPATH": str(installed),
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": "http://127.0.0.1:9/",
            "ESCALATION_CHANNEL": "C0CARDS",
            "KNOWLEDGE_DIR": str(with_article(tmp_path / "knowledge")),
        }
        command = [sys.executable, "-P", "-c", NAMELESS]
        done = subprocess.run(
            command, cwd=tmp_path, env=given, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "Traceback" in done.stderr) == (2, False)
        assert "SLACK_API_URL: auth.test: ClientConnectorError" in done.stderr
        loaded = set(done.stdout.split())
        assert {"bot.container", "bot.demo.run", "bot.attachments.reader"} <= loaded
        assert loaded & OF_AN_EXTRA == set()

    def test_says_its_version(self, ran: dict[str, Ran]) -> None:
        assert ran["version"] == Ran(0, f"xero-bot {__version__}\n", "")

    def test_brings_the_local_slack_for_any_bot(self, ran: dict[str, Ran]) -> None:
        done = ran["local Slack"]
        assert (done.code, done.stdout) == (2, "")
        last_line = done.stderr.splitlines()[-1]
        assert last_line.startswith("--deliver-to: http://example.com/: not an address")
