"""Dockerfile, compose.yaml and the systemd unit: what they promise, and the settings they name."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import DEFAULT_PREFIX, Settings
from bot.timings import Timings

ROOT = Path(__file__).resolve().parent.parent
SETTINGS = {name.upper() for name in Settings.model_fields}
PYTHONS_OWN = {"PATH", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED"}


@dataclass
class Part:
    base: str
    steps: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def parts() -> dict[str, Part]:
    """Returns the parts of the Dockerfile by name, each with its instructions' words."""
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    made: dict[str, Part] = {}
    for line in text.splitlines():
        kind, _, words = line.partition(" ") if not line.startswith("#") else ("", "", "")
        if found := re.fullmatch(r"FROM (\S+) AS (\S+)", line):
            made[found[2]] = Part(found[1])
        elif kind.strip() and made:
            list(made.values())[-1].steps[kind].append(re.sub(r"\s+", " ", words).strip())
    return made


def all_steps(name: str, kind: str) -> list[str]:
    """Returns the instructions of a kind in a part and the parts that it is made from."""
    known = parts()
    part = known[name]
    below = all_steps(part.base, kind) if part.base in known else []
    return below + part.steps[kind]


def compose() -> Any:
    return yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))


def unit() -> dict[str, list[str]]:
    """Returns the values of each key of the systemd unit; keys may be repeated."""
    lines = (ROOT / "deploy/xero-bot.service").read_text(encoding="utf-8").splitlines()
    made: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines:
        if "=" in line and not line.startswith("#"):
            key, _, value = line.partition("=")
            made[key].append(value)
    return made


@pytest.mark.parametrize("target", ["slim", "ocr"])
class TestTheImage:
    def test_runs_as_a_numeric_user_who_is_not_root(self, target: str) -> None:
        assert [re.fullmatch(r"[1-9]\d*:[1-9]\d*", user) for user in all_steps(target, "USER")][-1:]
        assert "root" not in parts()[target].steps["USER"]

    def test_needs_no_shell(self, target: str) -> None:
        (start,), (words,) = all_steps(target, "ENTRYPOINT"), all_steps(target, "CMD")
        assert json.loads(start)[0] == "python"
        assert json.loads(words) == ["run"]
        (check,) = all_steps(target, "HEALTHCHECK")
        assert json.loads(check[check.index("[") :]) == [*json.loads(start), "health"]

    @pytest.mark.parametrize("filled_in", ["", "HOST=127.0.0.1\nHEALTH_PORT=3001\n"])
    def test_listens_to_all_and_checks_its_health_unless_set_otherwise(
        self, target: str, filled_in: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As `--env-file .env` does: it passes the empty values too."""
        example = (ROOT / ".env.example").read_text(encoding="utf-8") + filled_in
        passed = dict(re.findall(r"^([A-Z_]+)=(.*)$", example, re.MULTILINE))
        for name, value in (environment_of(target) | passed).items():
            if name not in PYTHONS_OWN:
                monkeypatch.setenv(name, value)
        made = Settings(_env_file=None)
        assert made.port == 3000
        expected = ("127.0.0.1", 3001) if filled_in else ("0.0.0.0", 3000)  # noqa: S104
        assert (made.host, made.health_port) == expected

    def test_sets_only_defaults_of_settings(self, target: str) -> None:
        given = environment_of(target).keys() - PYTHONS_OWN
        assert given - {f"{DEFAULT_PREFIX}{name}" for name in SETTINGS} == set()

    def test_keeps_its_database_in_the_volume(self, target: str) -> None:
        assert all_steps(target, "VOLUME") == all_steps(target, "WORKDIR") == ["/data"]
        assert str(Settings.model_fields["database_url"].default).startswith("sqlite:///xero")
        assert f"{DEFAULT_PREFIX}DATABASE_URL" not in environment_of(target)

    def test_copies_the_program_and_packages_with_hashes_but_no_installer(
        self, target: str
    ) -> None:
        copied = all_steps(target, "COPY")
        assert all(step.startswith("--from=") for step in copied)
        packages = re.findall(r"--from=(packages\S*)", " ".join(copied))[0]
        for step in all_steps(packages, "RUN"):
            assert "--without-pip" in step or {
                "--require-hashes",
                "--only-binary=:all:",
            } <= set(json.loads(step))
        assert any("rm -rf /usr/local/bin/pip*" in step for step in all_steps(target, "RUN"))


def environment_of(target: str) -> dict[str, str]:
    words = [word for step in all_steps(target, "ENV") for word in shlex.split(step)]
    return dict(word.split("=", 1) for word in words)


class TestWhatTheImageIsMadeOf:
    def test_is_what_the_default_target_says(self) -> None:
        assert list(parts())[-1] == "slim"

    def test_has_one_base_with_a_version(self) -> None:
        text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
        assert re.findall(r"^ARG PYTHON=(\S+)$", text, re.MULTILINE)[0].startswith("python:3.11-")
        assert {part.base for part in parts().values()} - parts().keys() == {"${PYTHON}"}

    def test_is_let_in_and_nothing_else(self) -> None:
        lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
        rules = [line for line in lines if not line.startswith("#")]
        copied = {
            step.split()[0]
            for part in parts().values()
            for step in part.steps["COPY"]
            if not step.startswith("--from")
        }
        assert rules[0] == "*"
        assert {rule[1:] for rule in rules if rule.startswith("!")} == copied
        assert [name for name in copied if not (ROOT / name).exists()] == []


class TestCompose:
    def test_names_versions_of_images_and_none_that_is_latest(self) -> None:
        images = [service["image"] for service in compose()["services"].values()]
        assert all(re.search(r":(?!latest)\S+$", image) for image in images)
        (release,) = re.findall(r"postgres:(\d+)", " ".join(images))
        assert int(release) >= 15

    @pytest.mark.parametrize("name", ["bot", "database"])
    def test_confines_each_container(self, name: str) -> None:
        service = compose()["services"][name]
        assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", service["user"])
        assert service["read_only"] is True
        assert service["cap_drop"] == ["ALL"]
        assert service["security_opt"] == ["no-new-privileges:true"]
        assert {"mem_limit", "cpus", "pids_limit", "tmpfs"} <= service.keys()
        assert service["restart"] == "unless-stopped"
        assert "ports" not in service

    def test_builds_a_target_of_the_dockerfile_as_its_user(self) -> None:
        service = compose()["services"]["bot"]
        assert service["build"]["target"] in parts()
        assert all_steps(service["build"]["target"], "USER") == [service["user"]]

    def test_waits_for_a_healthy_database_and_for_the_end_of_a_stop(self) -> None:
        service, database = compose()["services"]["bot"], compose()["services"]["database"]
        assert service["depends_on"]["database"]["condition"] == "service_healthy"
        assert database["healthcheck"]["test"][0] == "CMD"
        assert int(service["stop_grace_period"].removesuffix("s")) > Timings.stop_process

    def test_sets_only_what_is_a_setting(self) -> None:
        assert compose()["services"]["bot"]["environment"].keys() - SETTINGS == set()

    def test_passes_each_secret_as_a_file(self) -> None:
        made = compose()
        for service in made["services"].values():
            files = {
                f"/run/secrets/{name}" for name in service["secrets"] if name in made["secrets"]
            }
            given = service["environment"]
            assert {value for name, value in given.items() if name.endswith("_FILE")} == files
            secret = re.compile("TOKEN|SECRET|PASSWORD|DATABASE_URL")
            assert [name for name in given if secret.search(name) and "_FILE" not in name] == []

    def test_is_what_the_page_runs_commands_in(self) -> None:
        page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
        database = compose()["services"]["database"]["environment"]
        (block,) = re.findall(r"^```sh compose\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
        lines = [line for line in block.replace("\\\n", "").splitlines() if "pg_" in line]
        assert [re.findall(r"pg_\w+", line) for line in lines] == [["pg_dump"], ["pg_restore"]]
        for line in lines:
            assert f"--username={database['POSTGRES_USER']} " in line
            assert re.search(rf"[ =]{database['POSTGRES_DB']} [<>] hourly.dump$", line)
        commands = re.findall(r"docker compose (?:exec|run|stop|start)(?: -\S+)* (\w+)", page)
        assert set(commands) == compose()["services"].keys()


SYSTEMCTL = """#!/bin/sh
[ "$*" = "cat xero-bot.service" ] && cat "$UNIT"
"""
SYSTEMD_RUN = """#!/bin/sh
printf '%s\\n' "$@"
cat
"""


def as_xero_bot(folder: Path, unit: Path) -> subprocess.CompletedProcess[str]:
    """Run the script with programs that print what they get in place of systemd's."""
    for name, text in (("systemctl", SYSTEMCTL), ("systemd-run", SYSTEMD_RUN)):
        (folder / name).write_text(text)
        (folder / name).chmod(0o755)
    return subprocess.run(
        [ROOT / "deploy/as-xero-bot", "python", "-m", "bot", "doctor", "--json", "a b"],
        env={"PATH": f"{folder}:{os.environ['PATH']}", "UNIT": str(unit)},
        input="from the shell",
        capture_output=True,
        check=False,
        text=True,
    )


class TestTheUnit:
    def test_runs_commands_as_the_service_runs(self, tmp_path: Path) -> None:
        done = as_xero_bot(tmp_path, ROOT / "deploy/xero-bot.service")
        options, _, command = done.stdout.partition("\n--\n")
        words = ["/usr/bin/env", "python", "-m", "bot", "doctor", "--json", "a b"]
        assert command.splitlines() == [*words, "from the shell"]
        (name,) = re.findall("^--unit=(.+)$", options, re.MULTILINE)
        given = re.findall(r"^--property=(\w+)=(.*)$", options, re.MULTILINE)
        about_rights = {"User", "DynamicUser", "StateDirectory", "StateDirectoryMode", "UMask"}
        about_settings = {"WorkingDirectory", "EnvironmentFile", "LoadCredential", "Environment"}
        expected = [
            (key, value.replace("%d", f"/run/credentials/{name}").replace("%S", "/var/lib"))
            for key, values in unit().items()
            for value in values
            if key in about_rights | about_settings
        ]
        assert sorted(given) == sorted(expected)
        assert {key for key, _ in given} == about_rights | about_settings

    def test_runs_no_command_as_root_where_it_is_not_installed(self, tmp_path: Path) -> None:
        done = as_xero_bot(tmp_path, tmp_path / "nowhere")
        assert (done.returncode, done.stdout) == (1, "")
        assert "the unit xero-bot.service is not installed" in done.stderr

    def test_confines_the_service(self) -> None:
        made = unit()
        for key in (
            "DynamicUser",
            "NoNewPrivileges",
            "PrivateDevices",
            "PrivateTmp",
            "ProtectHome",
            "MemoryDenyWriteExecute",
            "RestrictNamespaces",
        ):
            assert made[key] == ["yes"], key
        assert made["ProtectSystem"] == ["strict"]
        assert made["UMask"] == ["0077"]
        assert made["CapabilityBoundingSet"] == [""]
        assert "@resources" not in " ".join(made["SystemCallFilter"])

    def test_leaves_as_much_memory_for_pictures_as_compose(self) -> None:
        text = (ROOT / "deploy/xero-bot.service").read_text(encoding="utf-8")
        page = (ROOT / "docs/operations.md").read_text(encoding="utf-8")
        (most,) = re.findall(
            r"ocr, then with mem_limit: (\d+)m", (ROOT / "compose.yaml").read_text(encoding="utf-8")
        )
        assert f"# {most}M with requirements-ocr.txt" in text
        assert f"`MemoryMax={most}M`" in page
        assert unit()["OOMPolicy"] == ["continue"]
        assert unit()["MemoryMax"] == [compose()["services"]["bot"]["mem_limit"].upper()]

    def test_sets_only_what_is_a_setting_and_each_secret_from_a_file(self) -> None:
        given = dict(line.split("=", 1) for line in unit()["Environment"])
        assert given.keys() - SETTINGS == {"PYTHONDONTWRITEBYTECODE"}
        loaded = {f"%d/{line.split(':')[0]}" for line in unit()["LoadCredential"]}
        assert {value for name, value in given.items() if name.endswith("_FILE")} == loaded

    def test_waits_for_the_end_of_a_stop_and_does_not_repeat_a_wrong_setting(self) -> None:
        made = unit()
        assert int(made["TimeoutStopSec"][0].removesuffix("s")) > Timings.stop_process
        assert made["RestartPreventExitStatus"] == ["2"]
