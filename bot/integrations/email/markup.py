"""The letter's HTML, in small pieces. Everything given is text; this is the only place that makes markup of it.

Tables and inline styles, because Outlook for Windows lays mail out with Word; the style sheet in the head only adds
what phones and dark mode need, and nothing depends on it.
"""

from collections.abc import Iterable
from html import escape
from string import Template

from bot.domain.escalations import Urgency

_FONT = "font-family:'Segoe UI',-apple-system,BlinkMacSystemFont,Roboto,Helvetica,Arial,sans-serif"
_MONO = "font-family:Consolas,Menlo,'Liberation Mono','Courier New',monospace"
_PILLS = {
    Urgency.NOW: ("#fde8e8", "#9b1c1c"),
    Urgency.TODAY: ("#fdf1d3", "#7a4a06"),
    Urgency.WEEK: ("#e3f1e7", "#1d5b35"),
}
"""Background and text; both at least 4.5 : 1 apart in light and dark (WCAG 2.1, 1.4.3)."""

_PAGE = Template("""\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="supported-color-schemes" content="light dark">
<title>$title</title>
<style>
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (max-width: 480px) {
  .pad { padding-left: 20px !important; padding-right: 20px !important; }
  .label, .value { display: block !important; width: auto !important; }
  .label { padding-bottom: 0 !important; border-bottom: 0 !important; }
  .value { padding-top: 0 !important; }
}
@media (prefers-color-scheme: dark) {
  .page { background: #14181c !important; }
  .card { background: #1e242a !important; border-color: #39424b !important; border-top-color: #2a9cc4 !important; }
  .text { color: #eef1f4 !important; }
  .muted { color: #a9b4be !important; }
  .line { border-color: #39424b !important; }
  .quote { background: #14181c !important; color: #eef1f4 !important; }
}
</style>
</head>
<body class="page" style="margin:0;padding:0;background:#eef1f4;-webkit-text-size-adjust:100%">
<table role="presentation" class="page" width="100%" cellpadding="0" cellspacing="0" style="background:#eef1f4">
<tr><td align="center" style="padding:24px 12px">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" class="card" width="100%" cellpadding="0" cellspacing="0" style="max-width:600px;\
background:#ffffff;border:1px solid #d5dbe1;border-top:4px solid #0f6a8b;border-radius:6px;text-align:left">
$rows
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr>
</table>
</body>
</html>
""")


def page(title: str, rows: Iterable[str]) -> str:
    """The whole letter: rows of one card."""
    return _PAGE.substitute(title=escape(title), rows="\n".join(rows))


def heading(name: str, headline: str, urgency: Urgency, said: str, intro: str) -> str:
    """Which one, who, how urgent."""
    ground, ink = _PILLS[urgency]
    pill = f"background:{ground};color:{ink};padding:4px 12px;border-radius:12px;font-size:14px;font-weight:600;{_FONT}"
    title = f"margin:0 0 12px;color:#1c2329;font-size:24px;line-height:1.25;font-weight:600;{_FONT}"
    return _row(
        f'<p class="muted" style="margin:0 0 4px;color:#5b6670;font-size:14px;{_FONT}">{escape(name)}</p>'
        f'<h1 class="text" style="{title}">{escape(headline)}</h1>'
        '<table role="presentation" cellpadding="0" cellspacing="0"><tr>'
        f'<td bgcolor="{ground}" style="{pill}">{escape(said)}</td></tr></table>'
        f'<p class="text" style="margin:16px 0 0;color:#1c2329;font-size:16px;line-height:1.5;{_FONT}">'
        f"{escape(intro)}</p>",
        above=28,
    )


def button(text: str, address: str) -> str:
    """A link that looks like a button, also where only tables have a background."""
    style = f"color:#ffffff;font-size:16px;font-weight:600;text-decoration:none;{_FONT}"
    return _row(
        '<table role="presentation" cellpadding="0" cellspacing="0"><tr>'
        '<td bgcolor="#0f6a8b" style="background:#0f6a8b;border-radius:4px;padding:12px 20px">'
        f'<a href="{escape(address)}" style="{style}">{escape(text)}</a></td></tr></table>'
    )


def paragraph(text: str, *, muted: bool = False) -> str:
    """A few words of our own."""
    look, colour, size = ("muted", "#5b6670", 13) if muted else ("text", "#1c2329", 16)
    style = f"margin:0;color:{colour};font-size:{size}px;line-height:1.5;{_FONT}"
    return _row(f'<p class="{look}" style="{style}">{escape(text)}</p>', below=24 if muted else 4)


def facts(title: str, rows: Iterable[tuple[str, str]]) -> str:
    """Label and value, a line each; on a phone below each other."""
    line = f"border-bottom:1px solid #e3e8ec;font-size:15px;line-height:1.4;{_FONT}"
    label_style, value_style = (
        f"padding:8px 12px 8px 0;color:#5b6670;{line}",
        f"padding:8px 0;color:#1c2329;{line}",
    )
    cells = "".join(
        f'<tr><td class="label muted line" width="42%" valign="top" style="{label_style}">{escape(label)}</td>'
        f'<td class="value text line" valign="top" style="{value_style}">{escape(value)}</td></tr>'
        for label, value in rows
    )
    table = f'<table width="100%" cellpadding="0" cellspacing="0" style="border-collapse:collapse">{cells}</table>'
    return _row(_title(title) + table)


def quote(title: str, text: str, *, code: bool = False) -> str:
    """What somebody typed, line by line as it was; `code`: what a program typed."""
    font = f"font-size:14px;{_MONO}" if code else f"font-size:15px;{_FONT}"
    lines = escape(text).replace("\n", "<br>")
    return _row(
        _title(title)
        + '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr>'
        '<td class="quote" bgcolor="#f3f5f7" style="background:#f3f5f7;border-left:4px solid #0f6a8b;color:#1c2329;'
        f'padding:12px 16px;line-height:1.5;word-break:break-word;{font}">{lines}</td></tr></table>'
    )


def listing(title: str, entries: Iterable[str]) -> str:
    """Several short things."""
    made = "".join(f'<li style="margin:0 0 4px">{escape(entry)}</li>' for entry in entries)
    style = f"margin:0;padding:0 0 0 20px;color:#1c2329;font-size:15px;line-height:1.5;{_FONT}"
    return _row(f'{_title(title)}<ul class="text" style="{style}">{made}</ul>')


def rule() -> str:
    """A line across."""
    style = "border-top:1px solid #e3e8ec;font-size:0;line-height:0"
    return _row(f'<div class="line" style="{style}">&nbsp;</div>', below=0)


def _title(text: str) -> str:
    style = f"margin:0 0 8px;color:#1c2329;font-size:16px;line-height:1.3;font-weight:600;{_FONT}"
    return f'<h2 class="text" style="{style}">{escape(text)}</h2>'


def _row(inner: str, *, above: int = 20, below: int = 4) -> str:
    return f'<tr><td class="pad" style="padding:{above}px 32px {below}px">{inner}</td></tr>'
