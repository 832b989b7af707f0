"""What lies around the program agrees with the program."""

from __future__ import annotations

import json
import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from packaging.version import Version

from bot import __version__
from bot.cli.explain import Explainer
from bot.domain.reports import Hearing, Trigger
from bot.knowledge_base.loader import SHIPPED
from bot.knowledge_base.schemas import ARTICLE_SCHEMA, SCHEMAS
from bot.knowledge_base.shared_texts import SHARED_FILES
from bot.settings import Settings
from tests.pictures import NAMES
from tests.shipped import ARTICLES

ROOT = Path(__file__).resolve().parent.parent
DOCUMENTS = (
    "README.md",
    "CONTRIBUTING.md",
    *(f"docs/{p.name}" for p in (ROOT / "docs").glob("*.md")),
)


class TestTheExampleEnvironment:
    def test_has_every_setting_in_order_with_its_default(self) -> None:
        lines = re.findall(r"^([A-Z_]+)=(.*)$", (ROOT / ".env.example").read_text(), re.MULTILINE)
        assert [name for name, _ in lines] == [name.upper() for name in Settings.model_fields]
        assert Settings(_env_file=ROOT / ".env.example") == Settings(_env_file=None)

    def test_is_explained_in_the_settings_page(self) -> None:
        page = document("docs/settings.md")
        assert [
            name.upper() for name in Settings.model_fields if f"`{name.upper()}`" not in page
        ] == []


class TestTheKnowledge:
    @pytest.mark.parametrize("name", SCHEMAS)
    def test_schema_is_the_models(self, name: str) -> None:
        assert (SHIPPED / name).read_text(encoding="utf-8") == SCHEMAS[name]()

    def test_schema_takes_every_article_and_each_points_to_it(self) -> None:
        schema = json.loads(SCHEMAS[ARTICLE_SCHEMA]())
        validator = jsonschema.Draft202012Validator(schema)
        for path in SHIPPED.glob("*/*.yaml"):
            article = shipped_file(path, f"../{ARTICLE_SCHEMA}")
            if "causes" not in article:
                continue  # of the old form, which loads, but is not to be written any more
            validator.validate(article)

    @pytest.mark.parametrize("name", sorted(SHARED_FILES))
    def test_schema_takes_what_articles_share_and_each_points_to_it(self, name: str) -> None:
        schema = Path(name).with_suffix(".schema.json").name
        content = shipped_file(SHIPPED / name, schema)
        jsonschema.Draft202012Validator(json.loads(SCHEMAS[schema]())).validate(content)

    @pytest.mark.parametrize("name", SCHEMAS)
    def test_schema_has_a_sentence_for_each_key(self, name: str) -> None:
        schema = json.loads(SCHEMAS[name]())
        parts = {name: schema, **schema.get("$defs", {})}
        bare = [
            f"{part}.{key}"
            for part, definition in parts.items()
            for key, about in definition.get("properties", {}).items()
            if not about.get("description", "")
        ]
        assert bare == []


def shipped_file(path: Path, schema: str) -> Any:
    """Return a file's content as JSON has it; its first line points to the schema."""
    text = path.read_text(encoding="utf-8")
    assert text.startswith(f"# yaml-language-server: $schema={schema}\n"), path.name
    return json.loads(json.dumps(yaml.load(text, yaml.CSafeLoader), default=str))


class TestTheRepository:
    def test_names_no_package_index(self) -> None:
        tracked = subprocess.run(
            ["git", "ls-files"],  # noqa: S607
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        hosts = re.compile("|".join(("pythonhosted", r"pypi\.org", r"npmjs\.org", r"deb\.debian")))
        mine = Path(__file__).name
        named = [
            f
            for f in tracked.stdout.splitlines()
            if not f.endswith(mine) and hosts.search(_text(ROOT / f))
        ]
        assert named == []

    def test_locks_hold_every_dependency_with_a_hash(self) -> None:
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        locked = (ROOT / "requirements.txt").read_text()
        names = [re.split(r"[\[>=<]", dependency)[0] for dependency in project["dependencies"]]
        assert [
            name for name in names if not re.search(rf"^{name}(\[.*\])?==", locked, re.MULTILINE)
        ] == []
        assert len(re.findall(r"^[a-z].*==", locked, re.MULTILINE)) <= locked.count(
            "--hash=sha256:"
        )

    def test_has_a_version_of_its_own_until_it_is_released(self) -> None:
        headings = re.findall(r"^## (\S+)", document("CHANGELOG.md"), re.MULTILINE)
        version = Version(__version__)
        if headings[0] == "Unreleased":
            assert version.is_devrelease
            assert version > Version(headings[1])
        else:
            assert str(version) == headings[0]


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="ignore") if path.is_file() else ""


class TestTheDocuments:
    def test_show_the_pictures_that_make_pictures_takes(self) -> None:
        shown = set(re.findall(r"pictures/(\w+)\.png", "".join(map(document, DOCUMENTS))))
        assert shown == set(NAMES)
        assert {file.stem for file in (ROOT / "docs/pictures").iterdir()} == set(NAMES)

    def test_name_only_files_that_exist(self) -> None:
        for name in DOCUMENTS:
            folder = (ROOT / name).parent
            for link in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document(name)):
                assert (folder / link).exists(), f"{name}: {link}"
            for path in re.findall(
                r"`((?:bot|tests|slack_sandbox|knowledge)/[\w./-]+)`", document(name)
            ):
                assert (ROOT / path).exists(), f"{name}: {path}"

    def test_name_only_targets_of_the_makefile(self) -> None:
        makefile = document("Makefile")
        for target in set(re.findall(r"`make ([\w-]+)", "".join(map(document, DOCUMENTS)))):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), target

    def test_keep_the_readme_short(self) -> None:
        assert len(document("README.md").splitlines()) < 200

    def test_quote_the_json_that_the_program_prints(self) -> None:
        (text, printed) = re.findall(r'explain --json "(.+?)"\n(\{.+?\})\n', document("README.md"))[
            0
        ]
        explainer = Explainer(ARTICLES, Hearing(Trigger.ADDRESSED))
        assert printed == explainer.as_json(text)

    def test_quote_the_reasons_that_the_program_prints(self) -> None:
        (text, printed) = re.findall(
            r'explain --why --door channel "(.+?)"\n(.+?)```',
            document("docs/recognition.md"),
            re.DOTALL,
        )[0]
        explainer = Explainer(ARTICLES, Hearing(Trigger.HEARD))
        assert printed.split() == f"{explainer.render(text)} {explainer.why(text)}".split()

    def test_list_the_floors_that_import_linter_holds(self) -> None:
        contracts = tomllib.loads(document("pyproject.toml"))["tool"]["importlinter"]["contracts"]
        held = [re.split(r" [|:] ", layer) for layer in contracts[0]["layers"]]
        table = document("docs/architecture.md").split("| Floor |")[1].split("\n\n")[0]
        listed = [re.findall(r"`(\w+)`", line.split("|")[1]) for line in table.splitlines()[2:]]
        assert listed == held


def document(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


class TestTheTests:
    def test_patch_no_constant(self) -> None:
        """Waits are passed in (`bot/timings.py`)."""
        patched = re.compile(r"setattr\(\s*[\w.\"]+(?:,\s*\"|\.)[A-Z][A-Z_]{3,}\"|__defaults__")
        tests = [path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__)]
        assert [path.name for path in tests if patched.search(path.read_text())] == []
