"""Rules for channels: strictly checked, and loaded completely or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.channel_config import channels_file, load, load_if_any
from bot.domain.channel_rules import About, ChannelRule, ChannelRules, Listen, Replies
from bot.domain.errors import ChannelsError, Fault
from bot.domain.shops import Shop
from bot.knowledge_base.lint import check
from tests.test_cli import with_article

EXAMPLE = Path(__file__).resolve().parent.parent / "channels.example.yaml"
NAMES = "one line of up to 80 characters with a letter or a digit"
GOOD = """\
channels:
  C0123ABCD:
    listen: mentions
    about: xero
    replies: private
    bots: [B0123ABCD, B0456]
    escalations: C0456DEF
    greeting: on
    shop: Ponsonby
  G0123:
guests:
  T0123ABCD: never
  E0123: always
shops:
  - Newmarket
  - St. Lukes
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return Path("channels.yaml")


def faults(path: Path, text: str | bytes) -> list[str]:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ChannelsError) as caught:
        load(path)
    assert str(caught.value) == "\n".join(map(str, caught.value.faults))
    return [str(fault) for fault in caught.value.faults]


class TestAGoodFile:
    def test_sets_what_it_names(self, file: Path) -> None:
        file.write_text(GOOD)
        rules = load(file)
        assert rules.of("C0123ABCD") == ChannelRule(
            listen=Listen.MENTIONS, about=About.XERO, replies=Replies.PRIVATE, bots=("B0123ABCD", "B0456"), escalations="C0456DEF", greeting=True, shop="Ponsonby"
        )  # fmt: skip
        assert rules.guests == {"T0123ABCD": Listen.NEVER, "E0123": Listen.ALWAYS}
        assert rules.escalation_channels == {"C0456DEF"}
        assert rules.shops == ("Newmarket", "St. Lukes")
        assert rules.known_shops.find("C0123ABCD", "") == Shop("Ponsonby")
        assert rules.known_shops.find("G0123", "st lukes: it fails") == Shop("St. Lukes")

    def test_leaves_all_else_at_its_default(self, file: Path) -> None:
        file.write_text(GOOD)
        for channel in ("G0123", "C0NOTNAMED"):
            rule = load(file).of(channel)
            assert (rule.listen, rule.about, rule.replies, rule.bots, rule.escalations, rule.greeting) == (
                None, None, Replies.THREAD, (), "", False,
            )  # fmt: skip

    @pytest.mark.parametrize(
        "text", ["", "# nothing yet\n", "---\n", "{}", "channels:\nguests:\n", "channels: {}"]
    )
    def test_may_be_empty(self, file: Path, text: str) -> None:
        file.write_text(text)
        assert load(file) == ChannelRules()

    @pytest.mark.parametrize(("word", "greets"), [("on", True), ("off", False), ("'on'", True)])
    def test_switches_the_greeting_though_yaml_takes_the_words_for_truth(
        self, file: Path, word: str, greets: bool
    ) -> None:
        file.write_text(f"channels:\n  C01A: {{greeting: {word}}}\n")
        assert load(file).of("C01A").greeting is greets

    def test_is_the_example_which_has_every_key(self) -> None:
        rules = load(EXAMPLE)
        assert rules.of("C0123ABCD") == ChannelRule(
            listen=Listen.ALWAYS,
            about=About.XERO,
            bots=("B0123ABCD",),
            escalations="C0456DEF",
            shop="Ponsonby",
        )
        document = yaml.safe_load(EXAMPLE.read_text())
        assert list(document) == list(ChannelRules.model_fields)
        assert list(document["channels"]["C0123ABCD"]) == list(ChannelRule.model_fields)


class TestAFault:
    @pytest.mark.parametrize(
        ("change", "fault"),
        [
            (("listen: mentions", "listen: off"), "3: channels.C0123ABCD.listen: 'off' is not known (allowed: always, mentions, never)"),
            (("listen: mentions", "listen: [always]"), "3: channels.C0123ABCD.listen: this is not known (allowed: always, mentions, never)"),
            (("listen: mentions", "listen:"), "3: channels.C0123ABCD.listen: this is not known (allowed: always, mentions, never)"),
            (("about: xero", "about: sales"), "4: channels.C0123ABCD.about: 'sales' is not known (allowed: xero, anything)"),
            (("about: xero", "about:"), "4: channels.C0123ABCD.about: this is not known (allowed: xero, anything)"),
            (("private", "everybody"), "5: channels.C0123ABCD.replies: 'everybody' is not known (allowed: thread, private)"),
            (("B0456", "Alerts"), "6: channels.C0123ABCD.bots[2]: 'Alerts' is not a bot id (example: B0123ABCD)"),
            (("[B0123ABCD, B0456]", "B0456"), "6: channels.C0123ABCD.bots: not a list (allowed: [one, two])"),
            (("C0456DEF", "'#cards'"), "7: channels.C0123ABCD.escalations: '#cards' is not a channel id (example: C0123ABCD)"),
            (("greeting: on", "greeting: yes"), "8: channels.C0123ABCD.greeting: 'yes' is not known (allowed: on, off)"),
            (("replies:", "reply:"), "5: channels.C0123ABCD.reply: unknown key (allowed: listen, about, replies, bots, escalations, greeting, shop)"),
            (("guests:", "visitors:"), "11: visitors: unknown key (allowed: channels, guests, shops)"),
            (("G0123:", "support:"), "10: channels.support: 'support' is not a channel id (example: C0123ABCD)"),
            (("G0123:", "D0123:"), "10: channels.D0123: 'D0123' is not a channel id (example: C0123ABCD)"),
            (("G0123:", "G0123: always"), "10: channels.G0123: not a list of `key: value` lines"),
            (("E0123:", "acme:"), "13: guests.acme: 'acme' is not a workspace id (example: T0123ABCD)"),
            (("never", "no"), "12: guests.T0123ABCD: 'no' is not known (allowed: always, mentions, never)"),
            (("G0123:", "C0123ABCD:"), "10: C0123ABCD: duplicate key"),
            ((GOOD, "channels: always"), "1: channels: not a list of `key: value` lines"),
            ((GOOD, "- C0123ABCD"), "1: file: the file has `channels:` and `guests:`, each with `key: value` lines below, and `shops:`"),
            (("Ponsonby", "'?'"), f"9: channels.C0123ABCD.shop: '?' is not a shop's name (allowed: {NAMES})"),
            (("Ponsonby", '"a\\nb"'), f"9: channels.C0123ABCD.shop: 'a\\nb' is not a shop's name (allowed: {NAMES})"),
            (("St. Lukes", "x" * 81), f"16: shops[2]: {'x' * 81!r} is not a shop's name (allowed: {NAMES})"),
            (("St. Lukes", "NEWMARKET"), "14: shops: 'NEWMARKET' is the same shop as 'Newmarket' (allowed: each shop once)"),
        ],
    )  # fmt: skip
    def test_is_named_with_line_key_and_what_is_allowed(
        self, file: Path, change: tuple[str, str], fault: str
    ) -> None:
        assert GOOD.count(change[0]) == 1 or change[0] in {"[B0123ABCD, B0456]", "never"}
        assert f"channels.yaml:{fault}" in faults(file, GOOD.replace(*change))

    def test_does_not_hide_another(self, file: Path) -> None:
        text = GOOD.replace("mentions", "off").replace("E0123", "acme").replace("private", "all")
        assert [line.split(":")[1] for line in faults(file, text)] == ["3", "5", "13"]

    @pytest.mark.parametrize(
        ("content", "fault"),
        [
            (b"channels: caf\xe9", "1: file: not UTF-8 text; save it as UTF-8"),
            (b"channels:\n  C01A: [}\n", "2: file: not readable as YAML: "),
            (b"channels: !!timestamp x", "1: file: not readable as YAML: a tag does not fit"),
            (b"channels: !!int ''", "1: file: not readable as YAML: a tag does not fit"),
            (b"a: 1\n---\nb: 2", "2: file: not readable as YAML: "),
            (
                b"&a\nchannels: *a",
                "1: file: nested too deeply, or in itself; channels and guests have one level",
            ),
        ],
    )
    def test_of_the_file_itself_is_named(self, file: Path, content: bytes, fault: str) -> None:
        (line,) = faults(file, content)
        assert line.startswith(f"channels.yaml:{fault}"), line

    def test_is_a_file_that_is_named_and_not_there(self, file: Path) -> None:
        with pytest.raises(
            ChannelsError, match=r"elsewhere\.yaml:1: CHANNELS_FILE: cannot be read: No such file"
        ):
            load_if_any(Path("elsewhere.yaml"))


class TestWithoutAFile:
    def test_nothing_is_set(self, file: Path) -> None:
        assert channels_file(None) is None
        assert load_if_any(None) == ChannelRules()

    def test_the_one_in_the_working_directory_is_read(self, file: Path) -> None:
        file.write_text(GOOD)
        assert channels_file(None) == file
        assert load_if_any(None).of("C0123ABCD").greeting


class TestChecking:
    def test_counts_the_channels(self, file: Path) -> None:
        file.write_text(GOOD)
        found = check(with_article(file.parent / "knowledge"), file)
        assert found.faults == []
        assert found.summary.endswith(" examples, channels.yaml with 2 channels: 0 faults")

    def test_names_its_faults_beside_those_of_the_articles(self, file: Path) -> None:
        file.write_text("visitors:\n")
        found = check(Path("nowhere"), file)
        assert sorted(fault.file for fault in found.faults) == ["channels.yaml", "nowhere"]
        assert found.summary == "2 faults in 2 files"


WORDS = st.sampled_from(
    "channels guests shops C0123ABCD T0123ABCD B0123ABCD listen replies bots escalations greeting shop always never on off 2026-01-01".split()
) | st.text(max_size=8)
DOCUMENTS = st.recursive(
    WORDS
    | st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.dates()
    | st.binary(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
TEXTS = st.text(alphabet="channelsC0123: -[]{}\n&*!?|>'\"#%@,~<") | st.binary()


class TestAnyFile:
    @given(DOCUMENTS.map(lambda document: yaml.dump(document, allow_unicode=True)) | TEXTS)
    def test_is_read_or_refused_with_lines_and_nothing_else(
        self, tmp_path_factory: pytest.TempPathFactory, content: Any
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "channels.yaml"
        path.write_bytes(
            content if isinstance(content, bytes) else content.encode("utf-8", "ignore")
        )
        found: list[Fault] = []
        try:
            assert isinstance(load(path), ChannelRules)
        except ChannelsError as error:
            found = error.faults or [Fault("", 0, "", "")]
        assert all(fault.line >= 1 and fault.key and fault.what for fault in found)
