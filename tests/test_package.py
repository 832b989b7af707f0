"""What `pip install .` installs: a bot that runs in any folder."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from bot import __version__
from bot.knowledge_base.loader import SHIPPED
from tests.imports import PRINTED, imported, without_imports
from tests.test_article_form import FILE, GOOD

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
OF_AN_EXTRA = {"PIL", "pypdfium2", "numpy", "cv2", "rapidocr", "onnxruntime"}


def build(source: Path, kind: str, into: Path) -> Path:
    command = [
        sys.executable,
        "-m",
        "hatchling",
        "build",
        "--target",
        kind,
        "--directory",
        str(into),
    ]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (made,) = into.iterdir()
    return made


def files(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, "wheel", tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the wheel as pip unpacks them."""
    folder = tmp_path_factory.mktemp("site-packages")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)  # noqa: S202 - we built it
    return folder


def bot(
    installed: Path, folder: Path, *words: str, module: str = "bot"
) -> subprocess.CompletedProcess[str]:
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(installed),
        "COLUMNS": "100",
        **PRINTED,
    }
    command = [sys.executable, "-P", "-m", module, *words]
    return subprocess.run(
        command, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


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
        source = build(ROOT, "sdist", tmp_path / "sdist")
        with tarfile.open(source) as archive:
            archive.extractall(tmp_path, filter="data")
        assert files(build(tmp_path / NAME, "wheel", tmp_path / "wheel")) == files(wheel)


class TestTheInstalledBot:
    def test_answers_in_an_empty_folder(self, installed: Path, tmp_path: Path) -> None:
        done = bot(installed, tmp_path, "explain", "Invoice # INV-7 must be unique")
        assert (done.returncode, without_imports(done.stderr)) == (0, "")
        assert "Escalate" in done.stdout
        assert {"bot", "rapidfuzz"} <= imported(done.stderr)
        assert not imported(done.stderr) & {"alembic", "holidays", "jinja2", "sqlalchemy"}
        assert list(tmp_path.iterdir()) == []

    def test_finds_nothing_wrong_with_an_article(self, installed: Path, tmp_path: Path) -> None:
        """Its own are those that `make test` checks; all of them take seconds."""
        article = tmp_path / FILE
        article.parent.mkdir()
        article.write_text(GOOD, encoding="utf-8")
        done = bot(installed, tmp_path, "check", "--knowledge", ".")
        assert (done.returncode, done.stdout.splitlines()[-1].rpartition(": ")[2]) == (
            0,
            "0 faults",
        )

    def test_starts_as_a_user_without_name_or_home_and_loads_no_extra(
        self, installed: Path, tmp_path: Path
    ) -> None:
        given = {
            "PYTHONPATH": str(installed),
            "SLACK_BOT_TOKEN": "xoxb-1",
            "SLACK_APP_TOKEN": "xapp-1",
            "SLACK_API_URL": "http://127.0.0.1:9/",
            "ESCALATION_CHANNEL": "C0CARDS",
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

    def test_says_its_version(self, installed: Path, tmp_path: Path) -> None:
        assert bot(installed, tmp_path, "--version").stdout == f"xero-bot {__version__}\n"

    def test_brings_the_local_slack_for_any_bot(self, installed: Path, tmp_path: Path) -> None:
        done = bot(
            installed, tmp_path, "--deliver-to", "http://example.com/", module="slack_sandbox"
        )
        assert (done.returncode, done.stdout) == (2, "")
        last_line = done.stderr.splitlines()[-1]
        assert last_line.startswith("--deliver-to: http://example.com/: not an address")
