"""Visible text of an HTML page, by the standard library's `html.parser`.

Considered: selectolax, lxml and html5lib (compiled or slow dependencies for markup that is thrown
away), inscriptis (needs lxml, and lays out tables with spaces).
"""

from html.parser import HTMLParser

from bot.domain.html_references import bound_references

_HIDDEN = frozenset({"script", "style", "template", "svg"})
"""Elements whose text is not shown: a script may contain every message."""
_INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark nobr q s samp"
    " small span strike strong sub sup time tt u var wbr".split()
)
"""Elements that do not end their line; all others do."""
_CDATA = "<![CDATA["


def visible_text(page: str) -> str:
    """Return the visible text, a line for each paragraph, table cell and line break.

    An unclosed tag, comment or script hides the rest of the page, as in a browser.
    """
    parser = _TextParser()
    # `close` is not called: older patch releases of Python look for the end of each unclosed tag
    # again, in quadratic time (27 s for 40,000 characters in 3.11.7). `feed` leaves only such a
    # tag unread; the line break completes a reference or a "<" at the end of the text.
    parser.feed(bound_references(page) + "\n")
    lines = map(str.strip, "".join(parser.pieces).splitlines())
    return "\n".join(filter(None, lines))


class _TextParser(HTMLParser):
    """Collects visible text and line breaks in `pieces`."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden_by = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        if not self._hidden_by and tag in _HIDDEN:
            self._hidden_by = tag
        self._end_line(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._hidden_by:
            self._hidden_by = ""
        self._end_line(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden_by:
            self.pieces.append(data)

    def parse_html_declaration(self, i: int) -> int:
        """Reads `<!...>` at `i`. Returns the position behind it, -1 if it does not end.

        CDATA is text, as in XHTML: pages that have it are XML responses. Other sections are
        skipped: parsers of several releases differ in them, and some raise AssertionError.
        """
        if not self.rawdata.startswith("<![", i):
            return super().parse_html_declaration(i)
        if not self.rawdata.startswith(_CDATA, i):
            return self.parse_bogus_comment(i)
        end = self.rawdata.find("]]>", i)
        if end < 0:
            return -1
        self.handle_data(self.rawdata[i + len(_CDATA) : end])
        return end + len("]]>")

    def _end_line(self, tag: str) -> None:
        if tag not in _INLINE:
            self.pieces.append("\n")
