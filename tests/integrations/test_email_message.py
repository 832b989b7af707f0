"""The content of the e-mail to support, which no pasted text can break out of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from email import message_from_bytes
from email.errors import HeaderParseError
from email.message import EmailMessage
from email.policy import SMTP
from html import escape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import escalation_labels
from bot.domain.escalations import Scope, Urgency, XeroStatus
from bot.domain.handover import Handover
from bot.integrations import handover_text, wording
from bot.integrations.email.addresses import ADDRESS
from bot.integrations.email.message import escalation_email, html
from bot.slack.views import ids, support_wording
from tests.integrations.builders import CARD, ERROR, LINK, details, handover
from tests.reading import shows

HEADERS = [
    "Subject",
    "From",
    "To",
    "Date",
    "Message-ID",
    "Auto-Submitted",
    "Reply-To",
    "MIME-Version",
    "Content-Type",
]
SCRAPS = [
    "\r\n",
    "\n\n",
    "\rBcc: x@y.example",
    "\x00",
    "\x85",
    "\u2028",
    "\u202e",
    "\ud800",
    "<b>",
    "</td>",
    "<!--",
    "]]>",
]
TO = "support@clickpos.example"
NASTY = st.lists(st.one_of(st.characters(), st.sampled_from(SCRAPS)), min_size=1, max_size=60).map(
    "".join
)
SOME = settings(max_examples=settings().max_examples // 3)
"""Each has many characters of each kind, and a letter takes 5 ms to write and to parse."""


def arrived(given: Handover) -> EmailMessage:
    """Returns the e-mail as its recipient's program parses it."""
    sent = escalation_email(given, "xero-help@clickpos.example", TO).as_bytes()
    read = message_from_bytes(sent, policy=SMTP)
    assert isinstance(read, EmailMessage)
    return read


def words(read: EmailMessage, kind: str = "plain") -> str:
    part = read.get_body((kind,))
    assert part is not None
    return str(part.get_content())


class Markup(HTMLParser):
    """The tags and the text of a page."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def text_in(part: str, kind: str) -> str:
    return Markup(part).text if kind == "html" else part


def subject(store: str, error: str) -> str:
    """Returns the subject of an urgent ESC-12."""
    urgency = wording.SUBJECT_URGENCIES[Urgency.NOW]
    return wording.SUBJECT.format(name="ESC-12", urgency=urgency, store=store, error=error)


FIELDS = ("error", "store", "organisation", "record", "date", "amount", "tried")


def filled(fields: Mapping[str, str], name: str, title: str) -> Handover:
    """Returns a handover with a text in every field, after an "x", as an empty one has no row."""
    known = details(**{field: f"x{text}" for field, text in fields.items()})
    return replace(
        handover(), details=known, name=name, link=None, replied=(title,), requester=f"x{name}"
    )


def tags_of(fields: Mapping[str, str], name: str, title: str) -> list[str]:
    """Returns the tags of a letter, without those of line breaks."""
    tags = Markup(html(filled(fields, name, title), TO)).tags
    return [tag for tag in tags if tag != "br"]


USUAL_TAGS = tags_of(dict.fromkeys(FIELDS, "x"), "x", "x")


class TestALetter:
    def test_has_the_number_the_shop_and_the_error_in_its_subject(self) -> None:
        read = arrived(handover(error="Payments can only be made against Authorised documents"))
        assert read["Subject"] == subject("Ponsonby", "Payments can only be made against ...")

    def test_has_a_short_subject_however_much_was_pasted(self) -> None:
        found = arrived(handover(error=f"{ERROR} " * 50, store="Ponsonby " * 20))["Subject"]
        assert found == subject("Ponsonby Ponsonby ...", "Payments can only be made ...")

    def test_has_a_subject_in_any_script(self) -> None:
        found = arrived(handover(store="Whangārei ✂", error="決済エラー " * 9))["Subject"]
        assert found.startswith(subject("Whangārei ✂", "決済エラー 決済エラー"))

    @SOME
    @given(error=NASTY, store=NASTY)
    def test_has_the_same_subject_when_it_arrives(self, error: str, store: str) -> None:
        made = handover(error=error, store=store)
        # Python 3.11 can lose a space between two encoded words
        assert str(arrived(made)["Subject"]).replace(" ", "") == handover_text.subject(
            made
        ).replace(" ", "")

    def test_is_the_same_on_every_try(self) -> None:
        first, second = (
            escalation_email(handover(), "xero-help@clickpos.example", "s@clickpos.example")
            for _ in range(2)
        )
        assert first.as_bytes() == second.as_bytes()
        assert first["Message-ID"] == "<t0k3n12.escalation@clickpos.example>"

    def test_has_the_date_of_the_escalation(self) -> None:
        assert arrived(handover())["Date"].datetime.timestamp() == 1_795_301_527.0

    def test_asks_for_no_automatic_replies(self) -> None:
        assert arrived(handover())["Auto-Submitted"] == "auto-generated"

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_contains_everything_that_is_known(self, kind: str) -> None:
        read = words(arrived(handover()), kind)
        text = text_in(read, kind)
        for known in (
            *(
                "ESC-12",
                "Ponsonby Cycles Ltd",
                "INV-20417",
                "2026-11-21",
                "$1,249.00",
                escalation_labels.XERO_STATUSES[XeroStatus.AWAITING_APPROVAL],
                escalation_labels.SCOPES[Scope.SEVERAL],
            ),
            *(
                escalation_labels.URGENCIES[Urgency.NOW],
                ERROR,
                "Pressed Retry twice.",
                "The invoice is not approved yet",
            ),
            *(wording.REQUESTER, "Alice Ng (U0ALICE)"),
            *(escalation_labels.CALLBACK, "021 555 1234", "till.png"),
        ):
            assert known in text
        assert (escape(LINK) if kind == "html" else LINK) in read

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_has_no_rows_for_what_is_not_known(self, kind: str) -> None:
        bare = handover(
            organisation="",
            record="",
            date="",
            amount="",
            xero_status=None,
            scope=None,
            tried="",
            callback="",
            files=(),
        )
        read = words(arrived(bare), kind)
        full = words(arrived(handover()), kind)
        for label in (
            escalation_labels.ORGANISATION,
            escalation_labels.RECORD,
            escalation_labels.DATE,
            escalation_labels.AMOUNT,
            escalation_labels.XERO_STATUS,
            escalation_labels.FAILING,
            escalation_labels.TRIED,
            escalation_labels.CALLBACK,
            escalation_labels.FILES,
        ):
            assert (label in full, label in read) == (True, False)

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_about_a_private_question_has_no_link_to_it(self, kind: str) -> None:
        read = words(arrived(replace(handover(link=None), card=None)), kind)
        assert shows(text_in(read, kind), wording.PRIVATE)
        assert "href" not in read
        assert "https:" not in read

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_says_how_to_answer_and_where_replies_go(self, kind: str) -> None:
        read = words(arrived(handover()), kind)
        text = " ".join(text_in(read, kind).split())
        assert wording.HOW_IN_SLACK in text
        assert CARD in read
        assert shows(text, wording.FOOTER, sender=wording.SENDER, name="ESC-12", recipient=TO)
        assert arrived(handover())["Reply-To"] == TO

    def test_names_the_buttons_as_slack_shows_them(self) -> None:
        manifest = json.loads((Path(__file__).parents[2] / "manifest.json").read_text("utf-8"))
        (shortcut,) = (
            found["name"]
            for found in manifest["features"]["shortcuts"]
            if found["callback_id"] == ids.SHORTCUT_SEND
        )
        for label in (support_wording.BOX_SEND, shortcut):
            assert f'"{label}"' in wording.HOW_IN_SLACK

    @pytest.mark.parametrize("kind", ["plain", "html"])
    def test_says_first_who_asked_in_which_shop(self, kind: str) -> None:
        text = text_in(words(arrived(handover()), kind), kind)
        intro = wording.INTRO.format(requester="Alice Ng (U0ALICE)", store="Ponsonby")
        assert text.index(intro) < text.index(wording.HOW_IN_SLACK) < text.index(ERROR)

    @pytest.mark.parametrize("urgency", list(Urgency))
    def test_shows_each_urgency(self, urgency: Urgency) -> None:
        assert "border-radius:12px" in html(handover(urgency=urgency), TO)

    @SOME
    @given(st.from_regex(ADDRESS, fullmatch=True))
    def test_goes_to_every_address_that_a_setting_takes(self, address: str) -> None:
        made = escalation_email(handover(), address, address)
        assert made["To"].addresses[0].addr_spec == address
        assert made.as_bytes().isascii()

    def test_is_ascii_with_lines_that_every_server_takes(self) -> None:
        sent = escalation_email(
            handover(error="ä" * 5_000 + "x" * 5_000, store="Whangārei ✂"),
            "x@clickpos.example",
            "s@clickpos.example",
        ).as_bytes()
        assert sent.isascii()
        assert max(map(len, sent.split(b"\r\n"))) <= 78

    @pytest.mark.parametrize("wrong", ["nobody", "a@b@c", "a\r\nBcc: x@y.example"])
    def test_goes_to_addresses_only(self, wrong: str) -> None:
        with pytest.raises((ValueError, HeaderParseError)):
            escalation_email(handover(), "xero-help@clickpos.example", wrong)


class TestATypedText:
    @SOME
    @given(error=NASTY, store=NASTY, record=NASTY, tried=NASTY)
    def test_adds_no_header(self, error: str, store: str, record: str, tried: str) -> None:
        read = arrived(handover(error=error, store=store, record=record, tried=tried))
        assert read.keys() == HEADERS
        assert read["To"] == TO
        assert len(list(read.iter_parts())) == 2

    @pytest.mark.parametrize(
        "typed", ["<b>x</b>", '"><i>x', "&lt;x&gt;", "{name} $title", "<!-- x"]
    )
    def test_is_shown_letter_by_letter_in_every_field(self, typed: str) -> None:
        def shown(text: str) -> int:
            fields = ("error", "store", "organisation", "record", "date", "amount", "tried")
            typed_in = details(**dict.fromkeys(fields, text))
            made = replace(handover(), details=typed_in, name=text, link=None, replied=(text,))
            return Markup(html(made, TO)).text.count(text)

        assert shown(typed) == shown("harmless")

    @SOME
    @given(st.fixed_dictionaries(dict.fromkeys(FIELDS, NASTY)), NASTY, NASTY)
    def test_is_text_in_every_field(self, fields: dict[str, str], name: str, title: str) -> None:
        assert tags_of(fields, name, title) == USUAL_TAGS

    def test_cannot_break_out_of_a_link(self) -> None:
        made = Markup(html(handover(link='https://x.example/"><script>alert(1)</script>'), TO))
        assert "script" not in made.tags

    def test_keeps_its_line_breaks_in_quotes(self) -> None:
        read = words(arrived(handover(error="one\r\ntwo\n\nthree")))
        assert "> one\n> two\n>\n> three\n" in read.replace("\r\n", "\n")
