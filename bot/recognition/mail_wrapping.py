"""Lines of a mail that was pasted in the form in which it was sent: quoted-printable. Pure."""

import quopri

from bot.lazy_regex import lazy_regex

_QUOTE_MARK = lazy_regex(r"\A(?:(?:>|&gt;)[ \t]?)*")
"""What a reply has in front of each line of the mail before it."""
_SENTENCE = lazy_regex(r"[^\s>;] ")
_GOES_ON = lazy_regex(r" ?['\u2019]?\w")


def without_soft_breaks(text: str) -> str:
    r"""Return a text whose lines end with a soft break as one line: "can=\nnot be edited".

    Only sentences are: a line of a program may end with an equals sign too.
    """
    if "=\n" not in text and "=\r" not in text:
        return text
    first, *others = text.split("\n")
    made, before, is_mail = [first], first, False
    for line in others:
        rest = _QUOTE_MARK.sub("", line, count=1)
        goes_on = before.rstrip().endswith("=") and _GOES_ON.match(rest)
        if goes_on and (is_mail or _SENTENCE.search(before)):
            is_mail = True
            made[-1] = made[-1].rstrip().removesuffix("=")
            made.append(rest)
        else:
            made.append(f"\n{line}")
        before = line
    # a mail with soft breaks writes a sign such as an apostrophe as =E2=80=99
    joined = "".join(made)
    return quopri.decodestring(joined.encode()).decode("utf-8", "replace") if is_mail else text
