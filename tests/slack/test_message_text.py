"""The text of a message, in every form in which Slack sends it."""

from __future__ import annotations

import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.recognition.text import MAX_CHARACTERS, Tokens, strip_markup
from bot.slack.incoming.filters import ListenPolicy, report_of_message
from bot.slack.incoming.message_text import MAX_ATTACHMENTS, extract_text, files_in
from bot.slack.incoming.messages import parse_message
from slack_sandbox import rich_text, typed

Json = dict[str, Any]
ERROR = "Invoice could not be found."
OWN = frozenset({"U0BOT", "B0BOT"})


def words(text: str, **more: Any) -> Json:
    return {"type": "text", "text": text, **more}


def section(*parts: Json) -> Json:
    return {"type": "rich_text_section", "elements": list(parts)}


def rich(*parts: Json) -> Json:
    return {"type": "rich_text", "block_id": "2p9z", "elements": list(parts)}


def listed(*lines: Any, indent: int = 0, style: str = "bullet") -> Json:
    entries = [section(words(line)) if isinstance(line, str) else line for line in lines]
    return {
        "type": "rich_text_list",
        "style": style,
        "indent": indent,
        "border": 0,
        "elements": entries,
    }


def typed_by_a_person(*parts: Json, text: str = "what a phone shows") -> Json:
    return {
        "type": "message",
        "user": "U0ALICE",
        "text": text,
        "ts": "1.1",
        "blocks": [rich(*parts)],
    }


def posted_by_an_app(text: str = "", *blocks: Json, **more: Any) -> Json:
    return {
        "subtype": "bot_message",
        "bot_id": "B0FORM",
        "text": text,
        "blocks": list(blocks),
        **more,
    }


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": False}


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}


def forwarded(text: str, comment: str = "", **more: Any) -> Json:
    """Returns a forwarded message in the form of slack-web's share_without_message.json."""
    share = {
        "from_url": "https://kauri.slack.com/archives/C043KSKGJUB/p1665615886364019",
        "ts": "1665615886.364019",
        "author_id": "U0BOB",
        "channel_id": "C043KSKGJUB",
        "is_msg_unfurl": True,
        "is_share": True,
        "message_blocks": [
            {"team": "T1", "channel": "C0", "message": {"blocks": [rich(section(words(text)))]}}
        ],
        "fallback": f"[October 12th, 2022 4:04 PM] bob: {text}",
        "text": text,
        "author_name": "bob",
        "mrkdwn_in": ["text"],
        "footer": "Posted in #testing-slack-app",
        **more,
    }
    return {"type": "message", "user": "U0ALICE", "text": comment, "attachments": [share]}


class TestWhatAPersonTyped:
    def test_is_read_from_its_blocks_with_a_line_for_each_entry_of_a_list(self) -> None:
        message = typed_by_a_person(
            section(words("since noon:\n")),
            listed("first sale", "second sale", style="ordered"),
            listed(
                section(words("refund of "), words("the second", style={"bold": True})), indent=1
            ),
            section(words("\nplease help")),
        )
        assert extract_text(message).split("\n") == ["since noon:", "first sale", "second sale", "refund of the second", "", "please help"]  # fmt: skip

    def test_keeps_code_as_it_was_pasted(self) -> None:
        code = '{\n  "Message": "<b>&amp;lt;</b>",\n\n    "Type": 1 }'
        message = typed_by_a_person(
            {"type": "rich_text_preformatted", "border": 0, "elements": [words(code)]}
        )
        assert extract_text(message) == code

    def test_holds_quotes_and_lists_within_lists(self) -> None:
        quote = {"type": "rich_text_quote", "elements": [words("Xero says\n" + ERROR)]}
        message = typed_by_a_person(quote, listed(listed("deeper"), "and on"))
        assert extract_text(message).split("\n") == ["Xero says", ERROR, "deeper", "and on"]

    @pytest.mark.parametrize(
        ("part", "shown"),
        [
            (
                {"type": "link", "url": "https://go.xero.com/x?a=1&b=2", "text": "the sale"},
                "the sale",
            ),
            (
                {"type": "link", "url": "https://go.xero.com/x?a=1&b=2"},
                "https://go.xero.com/x?a=1&b=2",
            ),
            ({"type": "user", "user_id": "U0BOT"}, "<@U0BOT>"),
            ({"type": "channel", "channel_id": "C0123"}, "<#C0123>"),
            ({"type": "usergroup", "usergroup_id": "S0123"}, "<!subteam^S0123>"),
            ({"type": "broadcast", "range": "here"}, "<!here>"),
            ({"type": "emoji", "name": "fire", "unicode": "1f525"}, ":fire:"),
            (
                {
                    "type": "date",
                    "timestamp": 1720710212,
                    "format": "{date}",
                    "fallback": "11 July",
                },
                "11 July",
            ),
            ({"type": "date", "timestamp": 1720710212, "format": "{date}"}, "2024-07-11"),
            ({"type": "color", "value": "#F405B3"}, "#F405B3"),
            ({"type": "team", "team_id": "T1"}, ""),
            ({"type": "yet to come", "text": "new words"}, "new words"),
        ],
    )
    def test_names_what_is_within_a_line(self, part: Json, shown: str) -> None:
        assert (
            extract_text(typed_by_a_person(section(words("a "), part, words(" z"))))
            == f"a {shown} z"
        )

    def test_is_its_text_where_there_are_no_blocks_or_they_say_nothing(self) -> None:
        assert extract_text({"text": ERROR}) == ERROR
        assert extract_text({"text": ERROR, "blocks": None}) == ERROR
        assert extract_text(typed_by_a_person(section(words(" ")), text=ERROR)) == ERROR

    def test_is_not_repeated_by_its_text(self) -> None:
        assert (
            extract_text(typed_by_a_person(section(words("1 & 2 < 3")), text="*1* &amp; 2 &lt; 3"))
            == "1 & 2 < 3"
        )

    @pytest.mark.parametrize(
        ("text", "shown"),
        [
            ("<@U0BOT> hi <@U0BOB|bob>", "<@U0BOT> hi <@U0BOB>"),
            ("see <https://x.nz/?a=1&amp;b=2|sale &gt; 2> or <https://x.nz/?a=1&amp;b=2>", "see sale > 2 or https://x.nz/?a=1&b=2"),
            ("<mailto:a@b.nz|a@b.nz> <tel:0211|> in <#C0123|help> <!here|here>", "a@b.nz 0211 in <#C0123> <!here>"),
            ("due <!date^1720710212^{date}|11 July>", "due 11 July"),
            ("&lt;Message&gt; &amp;lt;b&amp;gt; &quot;", "<Message> &lt;b&gt; &quot;"),
        ],
    )  # fmt: skip
    def test_loses_slacks_markup_and_its_three_entities_once(self, text: str, shown: str) -> None:
        assert extract_text({"text": text}) == shown

    @pytest.mark.parametrize("paste", ["<Message>Invoice could not be found</Message>", "&lt;Message&gt;Invoice could not be found&lt;/Message&gt;"])  # fmt: skip
    def test_reads_the_same_words_whether_pasted_as_xml_or_escaped_and_in_either_form(
        self, paste: str
    ) -> None:
        for message in ({"text": typed(paste)}, {"text": "", "blocks": [rich_text(paste, "b")]}):
            assert extract_text(message) == paste
            assert Tokens.of(strip_markup(extract_text(message))).stems == [
                "invoice",
                "could",
                "not",
                "be",
                "found",
            ]

    @given(st.text(alphabet=string.printable + "<>&@|é"))
    def test_is_the_same_in_both_forms(self, paste: str) -> None:
        in_text, in_blocks = (
            extract_text({"text": typed(paste)}),
            extract_text({"text": "", "blocks": [rich_text(paste, "b")]}),
        )
        assert "".join(in_text.replace("```", "").split()) == "".join(in_blocks.split())


class TestWhatAnAppPosted:
    def test_is_all_that_its_blocks_show_and_no_button(self) -> None:
        message = posted_by_an_app(
            "",
            {"type": "header", "text": plain("Sync &amp; send failed")},
            {
                "type": "section",
                "text": mrkdwn("*Store*\nNewmarket"),
                "fields": [mrkdwn("*Error*\n" + ERROR), plain("Sale 204")],
                "accessory": {"type": "button", "text": plain("Retry"), "action_id": "r"},
            },
            {"type": "divider"},
            {"type": "context", "elements": [{"type": "image", "alt_text": "till 2", "image_url": "x"}, mrkdwn("today")]},
            {"type": "actions", "elements": [{"type": "button", "text": plain("Approve")}]},
            {"type": "input", "label": plain("Your name"), "element": {"type": "plain_text_input"}},
            {"type": "image", "title": plain("Screenshot"), "alt_text": "the till", "image_url": "x"},
            {"type": "markdown", "text": "**bold** &lt;kept"},
            rich(section(words("by hand"))),
        )  # fmt: skip
        assert extract_text(message).split("\n") == [
            "Sync & send failed", "*Store*", "Newmarket", "*Error*", ERROR, "Sale 204", "till 2", "today",
            "Screenshot", "the till", "**bold** &lt;kept", "by hand",
        ]  # fmt: skip

    def test_has_a_line_for_each_row_of_a_table(self) -> None:
        rows = [
            [{"type": "raw_text", "text": "Sale"}, {"type": "raw_text", "text": "Error"}],
            [
                {"type": "rich_text", "elements": [section(words("204"))]},
                {"type": "raw_text", "text": ERROR},
            ],
        ]
        assert (
            extract_text(posted_by_an_app("", {"type": "table", "rows": rows}))
            == f"Sale | Error\n204 | {ERROR}"
        )

    def test_is_read_in_kinds_of_blocks_yet_to_come(self) -> None:
        block = {
            "type": "hologram",
            "title": plain("Look"),
            "elements": [{"type": "beam", "text": mrkdwn(ERROR)}],
        }
        assert extract_text(posted_by_an_app("", block)) == f"Look\n{ERROR}"

    @pytest.mark.parametrize(
        "text",
        ["", "*Sync failed*: Invoice could not be found", "This message contains interactive elements.", "[no preview available]"],
    )  # fmt: skip
    def test_is_not_repeated_by_its_text(self, text: str) -> None:
        blocks = [
            {"type": "header", "text": plain("Sync failed")},
            {"type": "section", "text": mrkdwn(ERROR)},
        ]
        assert extract_text(posted_by_an_app(text, *blocks)) == f"Sync failed\n{ERROR}"

    def test_is_joined_by_what_its_text_adds(self) -> None:
        block = {"type": "section", "text": mrkdwn("Sync failed")}
        assert (
            extract_text(posted_by_an_app(f"Sync failed\n{ERROR}", block))
            == f"Sync failed\n{ERROR}"
        )

    def test_is_what_its_attachments_show(self) -> None:
        attachment = {
            "pretext": "New alert",
            "title": "Sync",
            "text": "failed &gt; 3 times",
            "fields": [
                {"title": "Error", "value": ERROR, "short": False},
                {"value": "only a value"},
                None,
            ],
            "fallback": "not shown",
            "footer": "not said",
            "blocks": [{"type": "section", "text": mrkdwn("Sale 204")}],
        }
        message = posted_by_an_app(
            "New alert", attachments=[attachment, {"fallback": "plain fallback"}]
        )
        assert extract_text(message).split("\n") == [
            "New alert", "Sync", "failed > 3 times", f"Error: {ERROR}", "only a value", "Sale 204", "plain fallback",
        ]  # fmt: skip

    def test_of_an_incoming_webhook_is_its_text(self) -> None:
        assert (
            extract_text(
                {"subtype": "bot_message", "bot_id": "B0FORM", "username": "Alerts", "text": ERROR}
            )
            == ERROR
        )


class TestALinksPreview:
    @pytest.mark.parametrize(
        "sign",
        [{"from_url": "https://x.nz"}, {"service_name": "Xero Central"}, {"is_app_unfurl": True}, {"is_msg_unfurl": True}],
    )  # fmt: skip
    @pytest.mark.parametrize("by", [{"user": "U0ALICE"}, {"bot_id": "B0FORM"}])
    def test_says_nothing(self, sign: Json, by: Json) -> None:
        preview = {"title": "Known errors", "text": ERROR, "fallback": ERROR, **sign}
        assert (
            extract_text({**by, "text": "have a look", "attachments": [preview]}) == "have a look"
        )

    def test_on_a_persons_message_says_nothing_even_without_a_sign(self) -> None:
        assert (
            extract_text({"user": "U0ALICE", "text": "look", "attachments": [{"text": ERROR}]})
            == "look"
        )


class TestAForwardedMessage:
    def test_follows_the_comment(self) -> None:
        assert extract_text(forwarded(ERROR, "anyone?")) == f"anyone?\n{ERROR}"
        assert extract_text(forwarded(ERROR, is_msg_unfurl=None)) == ERROR

    @pytest.mark.parametrize(
        "blocks", [None, [], "odd", [{"message": None}], [{"message": {"blocks": []}}]]
    )
    def test_without_blocks_is_its_text_or_else_its_fallback(self, blocks: Any) -> None:
        assert extract_text(forwarded("a &lt; b", message_blocks=blocks)) == "a < b"
        assert extract_text(forwarded("", message_blocks=blocks, fallback=ERROR)) == ERROR

    @pytest.mark.parametrize("ours", [{"author_id": "U0BOT"}, {"bot_id": "B0BOT"}])
    def test_of_ours_says_nothing(self, ours: Json) -> None:
        assert extract_text(forwarded(ERROR, "thanks!", **ours), OWN) == "thanks!"
        inside = forwarded(
            "",
            attachments=forwarded(ERROR, **ours)["attachments"],
            message_blocks=None,
            fallback="",
        )
        assert extract_text(inside, OWN) == ""

    def test_is_read_where_the_bots_ids_are_unknown(self) -> None:
        assert extract_text(forwarded(ERROR, author_id=""), frozenset({""})) == ERROR

    def test_that_was_an_apps_brings_its_attachments(self) -> None:
        alert = {"title": "Sync failed", "fields": [{"title": "Error", "value": ERROR}]}
        assert (
            extract_text(forwarded("alert:", attachments=[alert]))
            == f"alert:\nSync failed\nError: {ERROR}"
        )

    def test_is_followed_through_three_forwards_and_no_more(self) -> None:
        message = forwarded("depth 5")
        for depth in (4, 3, 2, 1):
            message = forwarded(f"depth {depth}", attachments=message["attachments"])
        assert extract_text(message) == "depth 1\ndepth 2\ndepth 3"


class TestTheFilesOfAMessage:
    def test_are_given_in_order_each_once_with_forwarded_ones(self) -> None:
        inner = {"is_share": True, "files": [{"id": "F3"}, {"id": "F1"}]}
        message = {
            "files": [{"id": "F2", "mode": "snippet"}, {"id": "F1"}, {"id": "F2"}],
            "attachments": [
                {
                    "is_share": True,
                    "files": [{"id": "F4", "file_access": "check_file_info"}],
                    "attachments": [inner],
                },
                {"is_share": True, "message_blocks": [{"message": {"files": [{"id": "F5"}]}}]},
                {"from_url": "https://x.nz", "files": [{"id": "F9"}]},
            ],
        }
        assert [file.id for file in files_in(message)] == ["F2", "F1", "F4", "F3", "F5"]

    @pytest.mark.parametrize(
        "files", [None, "F1", [None], [{"id": 7}], [{"id": None}], {"id": "F1"}]
    )
    def test_are_none_where_none_can_be_made_out(self, files: Any) -> None:
        assert files_in({"files": files}) == ()


class TestTheReportOfAMessage:
    POLICY = ListenPolicy(
        team="T1", bot_user="U0BOT", bot_id="B0BOT", trusted_bots=frozenset({"B0FORM"})
    )
    MESSAGE_IN_CHANNEL = {"type": "message", "channel": "C0SHOP", "ts": "1.1"}  # noqa: RUF012

    def report(self, message: Json) -> str | None:
        report = report_of_message(parse_message(message | self.MESSAGE_IN_CHANNEL), self.POLICY)
        return report.text if report else None

    def test_has_what_was_forwarded_and_no_mention_of_the_bot(self) -> None:
        mention = [rich(section({"type": "user", "user_id": "U0BOT"}, words(" this one:")))]
        message = forwarded(ERROR, "<@U0BOT> this one:") | {"blocks": mention}
        assert self.report(message) == f"  this one:\n{ERROR}"

    def test_has_a_trusted_apps_blocks_without_what_a_database_refuses(self) -> None:
        block = {"type": "section", "text": mrkdwn(f"{ERROR}\x00\ud800")}
        assert self.report(posted_by_an_app("", block)) == ERROR

    def test_is_none_for_our_own_answer_forwarded_without_a_word(self) -> None:
        assert self.report(forwarded(ERROR, author_id="U0BOT")) is None


KEYS = st.sampled_from(
    "type text blocks elements attachments is_share message_blocks message fields title value files id rows fallback "
    "bot_id author_id user_id url name timestamp range title alt_text accessory from_url".split()
)
TYPES = st.sampled_from(
    "rich_text rich_text_list section context table header link user emoji date mrkdwn text".split()
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text()
    | TYPES
    | st.just("x" * 30_000)
)
ANYTHING = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=5) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=40,
)


class TestAnyPayload:
    @given(ANYTHING, ANYTHING, ANYTHING)
    def test_has_a_bounded_text_and_files_whatever_it_or_a_part_of_it_is(
        self, text: Any, blocks: Any, attachments: Any
    ) -> None:
        for more in ({}, {"bot_id": "B0FORM"}):
            message = {
                "text": text,
                "blocks": blocks,
                "attachments": attachments,
                "files": blocks,
                **more,
            }
            found = extract_text(message, OWN)
            assert isinstance(found, str)
            assert len(found) <= MAX_CHARACTERS
            assert all(isinstance(file.id, str) for file in files_in(message))
        assert isinstance(extract_text(text), str)
        assert isinstance(files_in(text), tuple)

    @pytest.mark.parametrize("key", ["elements", "text", "accessory", "attachments"])
    def test_may_be_nested_a_thousand_deep(self, key: str) -> None:
        deep: Any = words("deep")
        for _ in range(1_000):
            deep = {"type": "rich_text_list", "is_share": True, key: [deep]}
        message = {
            "bot_id": "B0FORM",
            "text": ERROR,
            "blocks": [deep, {**deep, "type": "rich_text"}],
            "attachments": [deep],
        }
        assert extract_text(message) == ERROR
        assert files_in(message) == ()

    def test_is_cut_where_nothing_longer_is_read(self) -> None:
        long = "wordy " * 20_000
        for message in (
            {"text": long},
            {"text": "&amp;" * 100_000},
            typed_by_a_person(*[section(words(long))] * 50),
            posted_by_an_app(
                long,
                *[{"type": "section", "text": mrkdwn(long)}] * 50,
                attachments=[{"text": long}] * 50,
            ),
            forwarded(long, long),
        ):
            assert len(extract_text(message)) in {MAX_CHARACTERS, MAX_CHARACTERS - 1}

    def test_of_many_attachments_is_read_up_to_slacks_own_limit(self) -> None:
        attachments = [{"text": f"number {number}"} for number in range(MAX_ATTACHMENTS + 50)]
        assert (
            len(extract_text(posted_by_an_app(attachments=attachments)).split("\n"))
            == MAX_ATTACHMENTS
        )
