"""The page of dependencies: every package with its licence, and none that is not looked at."""

from __future__ import annotations

import re

from tests.licences import PAGE, rows

KNOWN = re.compile(
    r"(?:MIT|BSD|0BSD|Apache|ISC|PSF|Python Software Foundation|Zlib|CC0|MPL|Mozilla Public|LGPL|"
    r"GNU Lesser|[23]-Clause BSD)[^,]*(?:, (?:BSD|Apache|dependency)[^,]*)*"
)


def test_every_package_is_listed_with_the_licence_that_it_names() -> None:
    listed = PAGE.read_text(encoding="utf-8").splitlines()
    assert [row for row in rows().values() if row not in listed] == []


def test_every_licence_is_one_that_allows_what_the_page_says() -> None:
    """The GPL, or a licence that nobody has read yet, needs a line above the table."""
    named = {name: row.split(" | ")[1] for name, row in rows().items()}
    assert {name: words for name, words in named.items() if not KNOWN.fullmatch(words)} == {}


def test_the_one_wheel_with_gpl_code_is_in_the_extra_only() -> None:
    assert rows()["pillow-heif"].endswith("`ocr` |")
    assert "**GPL 2 or later**" in PAGE.read_text(encoding="utf-8")
