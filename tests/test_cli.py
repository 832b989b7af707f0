"""The commands of the command line."""

from __future__ import annotations

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest
from typer.testing import CliRunner

from bot.attachments.pdf_worker import MAX_PAGES
from bot.cli.branches import OTHERWISE
from bot.cli.main import app, main
from bot.domain.article_text import plain_text
from bot.knowledge_base.loader import SHIPPED
from bot.knowledge_base.schemas import SCHEMAS
from bot.slack.views import wording
from tests.attachments import pdfs
from tests.attachments.ocr import needs_ocr
from tests.empty_database import lay
from tests.shipped import ARTICLES, some_of
from tests.test_article_form import FILE, GOOD

ROOT = Path(__file__).resolve().parent.parent
NOT_FOUND = "Xero: Invoice could not be found"


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def bot(*words: str, given: str | bytes = "", cwd: Path = ROOT, **environment: str) -> Done:
    """Run the command line in this process, which saves a second in each of fifty calls."""
    clean = {"PATH": os.environ["PATH"], "COLUMNS": "100"}
    with chdir(cwd), mock.patch.dict(os.environ, clean | environment, clear=True):
        done = CliRunner().invoke(app, words, input=given)
    if done.exception and not isinstance(done.exception, SystemExit):
        raise done.exception
    return Done(done.exit_code, done.stdout, done.stderr)


def process(*words: str, cwd: Path, **environment: str) -> Done:
    """Run it as a separate process."""
    clean = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    command = [sys.executable, "-m", "bot", *words]
    done = subprocess.run(
        command, capture_output=True, cwd=cwd, env=clean | environment, check=False, text=True
    )
    return Done(done.returncode, done.stdout, done.stderr)


def in_an_ascii_terminal(*words: str, cwd: Path) -> bytes:
    """Run `python -m bot` where standard output has that encoding; returns what it prints."""
    printed = io.BytesIO()
    terminal = io.TextIOWrapper(printed, encoding="ascii", write_through=True)
    with (
        chdir(cwd),
        mock.patch.object(sys, "argv", ["bot", *words]),
        mock.patch.object(sys, "stdout", terminal),
        mock.patch.object(sys, "stderr", terminal),
        pytest.raises(SystemExit),
    ):
        main()
    return printed.getvalue()


def with_article(folder: Path, text: str = GOOD) -> Path:
    """Returns a new folder of articles, with one."""
    path = folder / FILE
    path.parent.mkdir(parents=True)
    path.write_text(text, encoding="utf-8")
    return folder


class TestExplain:
    def test_prints_the_reply(self, tmp_path: Path) -> None:
        done = bot("explain", NOT_FOUND, cwd=tmp_path)
        assert done.returncode == 0
        assert wording.REASON in done.stdout
        assert wording.ESCALATE in done.stdout

    def test_reads_standard_input(self, tmp_path: Path) -> None:
        assert (
            json.loads(bot("explain", "--json", "-", given=NOT_FOUND, cwd=tmp_path).stdout)[
                "verdict"
            ]
            == "answer"
        )

    def test_prints_json_of_a_fixed_shape(self, tmp_path: Path) -> None:
        answer = json.loads(
            bot("explain", "--json", "Invoice # INV-7 must be unique", cwd=tmp_path).stdout
        )
        assert list(answer) == ["verdict", "articles", "suggestions"]
        article = ARTICLES["invoice-number-not-unique"]
        look, values = article.look, {"number": ["INV-7"]}
        assert look is not None
        shown = {
            "cause": article.usual.id,
            "look": {"where": plain_text(look.where, values), "at": plain_text(look.at, values)},
            "reason": plain_text(article.usual.reason, values),
            "action": [
                {"do": plain_text(step.do, values), "risk": step.risk and plain_text(step.risk, {})}
                for step in article.usual.action
            ],
            "causes": [cause.id for cause in article.causes],
        }
        assert answer["articles"] == [
            {
                "id": "invoice-number-not-unique",
                "message": "Invoice # {number} must be unique",
                "score": 100.0,
                "quote": "Invoice # INV-7 must be unique",
                "captures": {"number": "INV-7"},
                **shown,
            }
        ]

    def test_names_the_cause_that_the_message_tells(self, tmp_path: Path) -> None:
        text = "Xero Account Disconnected"
        (found,) = json.loads(bot("explain", "--json", text, cwd=tmp_path).stdout)["articles"]
        cause = ARTICLES["no-valid-access-token"].cause("removed")
        assert cause is not None
        assert (found["cause"], found["reason"]) == ("removed", plain_text(cause.reason, {}))
        assert found["cause"] != ARTICLES["no-valid-access-token"].usual.id

    def test_prints_what_the_buttons_open_as_a_terminal_has_none(self, tmp_path: Path) -> None:
        text = "Payments can only be made against Authorised invoices.\nXero Account Disconnected"
        printed = bot("explain", text, cwd=tmp_path).stdout
        shown = " ".join(printed.replace("│", " ").split())
        assert OTHERWISE in shown
        for article_id in ("payments-only-against-authorised", "no-valid-access-token"):
            for cause in ARTICLES[article_id].causes:
                assert plain_text(cause.check or "", {}) in shown
                for step in (*cause.action, *(s for p in cause.procedures for s in p.steps)):
                    assert plain_text(step.do, {}) in shown
        assert shown.count(plain_text(ARTICLES["no-valid-access-token"].title, {})) == 1

    def test_prints_nothing_below_an_answer_that_shows_all_there_is(self, tmp_path: Path) -> None:
        only = next(a for a in ARTICLES.values() if len(a.causes) == 1 and not a.usual.procedures)
        printed = bot("explain", only.examples.match[0].text, cwd=tmp_path).stdout
        assert printed.rstrip().endswith("╯")

    def test_lists_the_values_of_an_error_that_came_several_times(self, tmp_path: Path) -> None:
        text = "Invoice # INV-7 must be unique\nInvoice # INV-8 must be unique"
        (article,) = json.loads(bot("explain", "--json", text, cwd=tmp_path).stdout)["articles"]
        assert article["captures"] == {"number": "INV-7"}
        assert article["all_captures"] == [{"number": "INV-7"}, {"number": "INV-8"}]

    def test_names_each_of_the_values_in_the_steps(self, tmp_path: Path) -> None:
        printed = bot("explain", "Invoice # INV-71 / 72 / 73 must be unique", cwd=tmp_path).stdout
        assert "search for each of INV-71, INV-72 and INV-73," in " ".join(
            printed.replace("│", " ").split()
        )

    def test_says_to_wait_as_long_as_the_answer_in_the_paste_says(self, tmp_path: Path) -> None:
        pasted = "HTTP/1.1 429\nRetry-After: 41\nX-Rate-Limit-Problem: minute"
        printed = bot("explain", pasted, cwd=tmp_path).stdout
        assert "Wait 41 seconds" in printed
        assert "first to be refused" not in printed

    def test_suggests_only_where_somebody_asks(self, tmp_path: Path) -> None:
        text = "our invoice waits as a draft in xero, its payment too"
        asked = json.loads(bot("explain", "--json", text, cwd=tmp_path).stdout)
        heard = json.loads(bot("explain", "--json", "--door", "channel", text, cwd=tmp_path).stdout)
        assert asked["verdict"] == "suggest"
        assert "payments-only-against-authorised" in [s["id"] for s in asked["suggestions"]]
        assert heard == {"verdict": "abstain", "articles": [], "suggestions": []}

    def test_answers_a_message_alone_in_a_channel_about_xero(self, tmp_path: Path) -> None:
        for about, verdict in (("xero", "answer"), ("anything", "abstain")):
            options = ("--json", "--door", "channel", "--about", about)
            done = bot("explain", *options, "Too many requests", cwd=tmp_path)
            assert json.loads(done.stdout)["verdict"] == verdict
        line = json.dumps({"id": 1, "text": "Too many requests"})
        many = ("--door", "channel", "--about", "xero", "--batch", "-")
        assert json.loads(bot("explain", *many, given=line, cwd=tmp_path).stdout)["articles"]

    def test_says_when_it_would_stay_silent(self, tmp_path: Path) -> None:
        assert "Silence" in bot("explain", "--door", "channel", "good morning", cwd=tmp_path).stdout

    def test_wants_a_text_or_a_batch(self, tmp_path: Path) -> None:
        for words in (
            [],
            ["text", "--batch", "file"],
            ["text", "--file", "a.log"],
            ["--batch", "-", "--file", "a.log"],
            ["-", "--file", "a"],
        ):
            done = bot("explain", *words, cwd=tmp_path)
            assert done.returncode == 2, words
            assert "needs exactly one source" in done.stderr, words


class TestExplainAFile:
    def test_prints_the_reply(self, tmp_path: Path) -> None:
        (tmp_path / "sync.log").write_text(NOT_FOUND, encoding="utf-16")
        done = bot("explain", "--file", "sync.log", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (0, "")
        assert "Escalate" in done.stdout

    def test_prints_json_with_the_file_in_front(self, tmp_path: Path) -> None:
        (tmp_path / "sync.log").write_text(NOT_FOUND)
        answer = json.loads(bot("explain", "--json", "--file", "sync.log", cwd=tmp_path).stdout)
        assert list(answer) == ["file", "verdict", "articles", "suggestions"]
        assert answer["file"] == {"name": "sync.log", "outcome": "read"}
        assert [article["id"] for article in answer["articles"]] == ["invoice-not-found"]

    def test_reads_a_pdf(self, tmp_path: Path) -> None:
        (tmp_path / "sync.pdf").write_bytes(pdfs.pdf("Sync log", NOT_FOUND))
        answer = json.loads(bot("explain", "--json", "--file", "sync.pdf", cwd=tmp_path).stdout)
        assert answer["file"] == {"name": "sync.pdf", "outcome": "read"}
        assert [article["id"] for article in answer["articles"]] == ["invoice-not-found"]

    def test_of_a_long_pdf_says_which_pages_were_read(self, tmp_path: Path) -> None:
        (tmp_path / "sync.pdf").write_bytes(pdfs.pdf(*["All quiet"] * MAX_PAGES, NOT_FOUND))
        done = bot("explain", "--file", "sync.pdf", cwd=tmp_path)
        assert done.stdout.startswith("sync.pdf is long: its first and last pages were read.\n")

    def test_says_why(self, tmp_path: Path) -> None:
        (tmp_path / "sync.log").write_text(NOT_FOUND)
        assert (
            "found    xero invoice not found"
            in bot("explain", "--why", "--file", "sync.log", cwd=tmp_path).stdout
        )

    def test_of_a_long_file_reads_the_first_and_last_part_and_says_so(self, tmp_path: Path) -> None:
        lines = ["nothing to do"] * 100_000
        lines[50_000] = "Xero: Account could not be found"
        (tmp_path / "sync.log").write_text("\n".join([*lines, NOT_FOUND]))
        done = bot("explain", "--door", "channel", "--file", "sync.log", cwd=tmp_path)
        assert done.stdout.startswith("sync.log is long: its first and last 256 kB were read.\n")
        answer = json.loads(bot("explain", "--json", "--file", "sync.log", cwd=tmp_path).stdout)
        assert answer["file"]["outcome"] == "partly"
        assert [article["id"] for article in answer["articles"]] == ["invoice-not-found"]

    @pytest.mark.parametrize(
        ("name", "holds", "printed"),
        [
            ("nowhere.log", None, "nowhere.log cannot be read (No such file or directory).\n"),
            (".", None, ". cannot be read (Is a directory).\n"),
            ("a.zip", b"PK", "a.zip has a type that is not read (allowed: text files"),
            ("a.docx", b"PK", "a.docx has a type that is not read (allowed: text files"),
            ("a.pdf", pdfs.scan(), "a.pdf has no text; it may be a scan."),
            ("a.pdf", pdfs.locked(), "a.pdf is damaged, needs a password, or is not what"),
            ("a.log", b"", "a.log has no legible text."),
            ("a.log", bytes(99), "a.log is damaged, or is not what its name says."),
        ],
    )
    def test_that_is_not_read_is_answered_with_a_sentence(
        self, tmp_path: Path, name: str, holds: bytes | None, printed: str
    ) -> None:
        if holds is not None:
            (tmp_path / name).write_bytes(holds)
        for options in ([], ["--json"]):
            done = bot("explain", *options, "--file", name, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, "")
            assert done.stderr.startswith(printed)

    def test_reads_a_batch_of_pdfs(self, tmp_path: Path) -> None:
        (tmp_path / "sync.pdf").write_bytes(pdfs.pdf(NOT_FOUND))
        (tmp_path / "scan.pdf").write_bytes(pdfs.scan())
        lines = [{"id": name, "file": name} for name in ("sync.pdf", "scan.pdf")]
        done = bot("explain", "--batch", "-", given="\n".join(map(json.dumps, lines)), cwd=tmp_path)
        first, second = map(json.loads, done.stdout.splitlines())
        assert first["articles"][0]["id"] == "invoice-not-found"
        assert second["error"].startswith("line 2: scan.pdf has no text; it may be a scan.")

    @needs_ocr
    def test_reads_a_batch_of_pictures_and_texts(self, tmp_path: Path) -> None:
        from tests.attachments import drawing  # noqa: PLC0415 - needs the extra

        (tmp_path / "screen.png").write_bytes(drawing.png(drawing.small()))
        lines: list[dict[str, str | int]] = [
            {"id": "screen", "file": "screen.png"},
            {"id": "text", "text": NOT_FOUND},
            {"id": "bad", "file": "nowhere.png"},
            {"id": 1, "file": 1},
        ]
        lines += [{"id": "both", "text": "x", "file": "y"}]
        done = bot("explain", "--batch", "-", given="\n".join(map(json.dumps, lines)), cwd=tmp_path)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert answers[0]["articles"][0]["id"] == "invoice-number-not-unique"
        assert list(answers[0]) == ["id", "file", "verdict", "articles", "suggestions"]
        assert "file" not in answers[1]
        assert [answer["error"] for answer in answers[2:]] == [
            "line 3: nowhere.png cannot be read (No such file or directory).",
            "line 4: file is not a string",
            "line 5: text and file exclude each other",
        ]
        assert done.returncode == 1


class TestABatch:
    def test_is_answered_line_by_line_in_order(self, tmp_path: Path) -> None:
        lines = [
            {"id": "a", "text": NOT_FOUND},
            {"id": 7, "text": "hello"},
            {"id": "c", "text": ""},
        ]
        (tmp_path / "in.jsonl").write_text("\n".join(json.dumps(line) for line in lines))
        done = bot("explain", "--batch", "in.jsonl", cwd=tmp_path)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert [answer["id"] for answer in answers] == ["a", 7, "c"]
        assert [answer["verdict"] for answer in answers] == ["answer", "abstain", "abstain"]
        assert (done.returncode, done.stderr) == (0, "")

    def test_names_a_bad_line_and_answers_the_others(self, tmp_path: Path) -> None:
        bad = [
            b"not json",
            b"[1]",
            b'{"text": "x"}',
            b'{"id": 5}',
            b'{"id": 6, "text": 6}',
            b"\xff\xfe",
            b"",
        ]
        good = json.dumps({"id": "z", "text": NOT_FOUND}).encode()
        done = bot("explain", "--batch", "-", given=b"\n".join([*bad, good]), cwd=tmp_path)
        answers = [json.loads(line) for line in done.stdout.splitlines()]
        assert [sorted(answer) == ["error", "id"] for answer in answers] == [True] * 6 + [False]
        assert [answer["id"] for answer in answers] == [None, None, None, 5, 6, None, "z"]
        assert answers[3]["error"] == "line 4: text is missing or not a string"
        assert done.returncode == 1

    def test_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        done = bot("explain", "--batch", "nowhere.jsonl", cwd=tmp_path)
        assert (done.returncode, done.stderr) == (
            2,
            "--batch: nowhere.jsonl cannot be read (No such file or directory)\n",
        )


@pytest.fixture
def some(tmp_path: Path) -> Path:
    """A folder with the shipped articles of one area, which know of no others."""
    articles = (str(path.relative_to(SHIPPED)) for path in SHIPPED.glob("accounts/*.yaml"))
    return some_of(tmp_path / "some", *articles)


class TestCheck:
    def test_of_all_shipped_articles_is_part_of_make_test(self) -> None:
        step = r"^test: .*\n(\t.*\n)*\t\$\(BIN\)/python -m bot check$"
        assert re.search(step, (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)

    def test_of_articles_in_order_finds_nothing(self, some: Path, tmp_path: Path) -> None:
        done = bot("check", "--knowledge", str(some), cwd=tmp_path)
        assert done.stdout.endswith(": 0 faults\n"), done.stdout
        assert done.returncode == 0

    def test_prints_a_line_a_fault_and_exits_1(self, tmp_path: Path) -> None:
        (tmp_path / "invoices").mkdir()
        (tmp_path / "invoices" / "a.yaml").write_text("id: a\n")
        done = bot("check", "--knowledge", str(tmp_path), cwd=tmp_path)
        assert done.returncode == 1
        assert "invoices/a.yaml:1: title: missing; it is required\n" in done.stdout

    def test_prints_the_first_notices_of_each_kind_or_all(self, some: Path, tmp_path: Path) -> None:
        check = ("check", "--knowledge", str(some))
        first, every = (bot(*check, *more, cwd=tmp_path).stdout for more in ([], ["--all"]))
        assert "Longest first views (medians: " in first
        assert "Hardest to read" in first
        left = [int(number) for number in re.findall(r"… and (\d+) more; --all", first)]
        assert left
        assert "; --all" not in every
        assert len(every.splitlines()) == len(first.splitlines()) + sum(left) - len(left)

    def test_finds_a_first_view_that_is_too_long_for_a_phone(self, tmp_path: Path) -> None:
        steps = "\n".join(["      - " + " ".join(["word"] * 24) + "."] * 3)
        text = GOOD.replace("      - Send the sales summary.", steps)
        folder = with_article(tmp_path / "knowledge", text)
        done = bot("check", "--knowledge", str(folder), cwd=tmp_path)
        assert done.returncode == 1
        line = text.partition("  - id: ")[0].count("\n") + 1
        assert f"{FILE}:{line}: causes[1]: the first view has " in done.stdout

    def test_writes_the_schemas_of_all_files(self, tmp_path: Path) -> None:
        folder = with_article(tmp_path / "knowledge")
        for name in SCHEMAS:
            (folder / name).write_text("{}", encoding="utf-8")
        done = bot("check", "--knowledge", str(folder), cwd=tmp_path)
        assert [
            name for name in SCHEMAS if f"{name}:1: file: is out of date" not in done.stdout
        ] == []
        assert (
            bot("check", "--write-schema", "--knowledge", str(folder), cwd=tmp_path).returncode == 0
        )
        assert [n for n in SCHEMAS if (folder / n).read_bytes() != (SHIPPED / n).read_bytes()] == []

    def test_reads_the_folder_of_the_settings(self, tmp_path: Path) -> None:
        done = bot("check", cwd=tmp_path, KNOWLEDGE_DIR=str(tmp_path / "nowhere"))
        assert done.returncode == 1
        assert "set KNOWLEDGE_DIR to the directory of the articles" in done.stdout


class TestRun:
    def test_names_all_wrong_settings_at_once_and_exits_2(self, tmp_path: Path) -> None:
        (tmp_path / ".env").write_text(
            "SLACK_BOT_TOKEN=hunter2-token\nPORT=99999\nSUPPORT_CHANNELS=general\n"
        )
        done = process("run", cwd=tmp_path, LOG_LEVEL="LOUD")
        assert done.returncode == 2
        for name in ("SLACK_BOT_TOKEN", "PORT", "SUPPORT_CHANNELS", "LOG_LEVEL"):
            assert f"{name}: " in done.stderr
        assert "hunter2" not in done.stderr

    def test_says_what_a_connection_still_needs(self, tmp_path: Path) -> None:
        done = bot("run", cwd=tmp_path, SLACK_BOT_TOKEN="xoxb-1")
        assert done.returncode == 2
        assert (
            "SLACK_APP_TOKEN: missing; required for Socket Mode; or set SLACK_SIGNING_SECRET for HTTP"
            in done.stderr
        )
        assert (
            "ESCALATION_CHANNEL: missing; required, so that escalations reach somebody"
            in done.stderr
        )

    def test_stops_at_a_broken_knowledge_base(self, tmp_path: Path) -> None:
        (tmp_path / "invoices").mkdir()
        (tmp_path / "invoices" / "a.yaml").write_text("id: a\n")
        done = bot("run", "--try-out", cwd=tmp_path, KNOWLEDGE_DIR=str(tmp_path))
        assert done.returncode == 2
        assert "invoices/a.yaml:1: title: missing" in done.stderr


class TestExport:
    def test_says_what_it_needs(self, tmp_path: Path) -> None:
        refused = [
            (["--person", "alice"], "--person: alice is not the id of a person (allowed: such as"),
            (["--channel", "#xero"], "--channel: #xero is not the id of a channel"),
            (["--channel", "C1", "--thread", "x"], "--thread: x is not the id of a thread"),
            ([], "Give either --person, or --channel"),
            (["--person", "U1", "--channel", "C1"], "Give either --person, or --channel"),
            (["--person", "U1", "--thread", "1.0"], "Give either --person, or --channel"),
        ]
        for words, why in refused:
            done = bot("export", *words, cwd=tmp_path)
            assert (done.returncode, done.stdout) == (2, ""), words
            assert done.stderr.startswith(why), words

    def test_prints_a_row_a_line(self, tmp_path: Path) -> None:
        lay(tmp_path / "xero-bot.sqlite3")
        with sqlite3.connect(tmp_path / "xero-bot.sqlite3") as database:
            database.execute(
                "INSERT INTO interactions (token, team, channel, ts, requester, text, door, private, created_at)"
                " VALUES ('token', 'T1', 'C1', '17.01', 'U1', 'the till\nin Māngere', 'ask', FALSE, 0)"
            )
            database.execute(
                "INSERT INTO jobs (team, kind, subject, state, attempts, unsure, due_at, created_at)"
                " VALUES ('T1', 'delete_old_texts', 0, 'waiting', 0, FALSE, 0, 0)"
            )
        database.close()
        asked_for = (
            ["--person", "U1"],
            ["--channel", "C1"],
            ["--channel", "C1", "--thread", "17.01"],
        )
        answers = [bot("export", *words, cwd=tmp_path).stdout for words in asked_for]
        answers.append(in_an_ascii_terminal("export", *asked_for[0], cwd=tmp_path).decode())
        for printed in answers:
            (row,) = map(json.loads, printed.splitlines())
            assert (row["table"], row["team"]) == ("interactions", "T1")
            assert (row["requester"], row["text"]) == ("U1", "the till\nin Māngere")
        done = bot("export", "--person", "U404", cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")


class TestJobsAndFeedback:
    @pytest.mark.parametrize(
        "words", [["jobs"], ["jobs", "--retry"], ["feedback"], ["export", "--person", "U1"]]
    )
    def test_make_no_database_where_there_is_none(self, tmp_path: Path, words: list[str]) -> None:
        done = bot(*words, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (2, "")
        assert done.stderr.startswith(
            f"DATABASE_URL: there is no database at {tmp_path}/xero-bot.sqlite3; run this in"
        )
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("content", [b"", b"a letter"])
    def test_leave_another_file_alone(self, tmp_path: Path, content: bytes) -> None:
        file = tmp_path / "xero-bot.sqlite3"
        file.write_bytes(content)
        done = bot("feedback", cwd=tmp_path)
        assert done.returncode == 2
        assert done.stderr.startswith(f"DATABASE_URL: {file} is not a SQLite database; ")
        assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [
            (file.name, content)
        ]


def test_hosts_ends_with_exit_code_2_where_the_database_has_no_address(tmp_path: Path) -> None:
    done = bot("hosts", cwd=tmp_path, DATABASE_URL="postgresql://u:hunter2@h:abc/d")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("DATABASE_URL: the port is not a number")
