"""Draws docs/reply.svg from the program: `make pictures`. A test holds the picture current."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI

from bot.domain.reports import Door
from bot.explain import Explainer
from bot.knowledge import SHIPPED, load

PICTURE = Path(__file__).resolve().parent.parent / "docs" / "reply.svg"
PASTE = "Ponsonby can't send Saturday's takings:\nPayments can only be made against Authorised invoices."


def reply() -> str:
    """The reply to `PASTE` as an SVG."""
    console = Console(record=True, width=92, file=io.StringIO(), force_terminal=True, color_system="truecolor")
    console.print(f"[bold]#support[/bold]  Hana\n{PASTE}\n")
    console.print(Explainer(load(SHIPPED), Door.CHANNEL).drawn(PASTE))
    drawn = console.export_svg(title="Slack", theme=DIMMED_MONOKAI, unique_id="reply")
    # rich's template fetches a font from another site; a picture in a README should ask nobody
    return re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL).replace("Fira Code", "ui-monospace")


if __name__ == "__main__":
    PICTURE.parent.mkdir(exist_ok=True)
    PICTURE.write_text(reply(), encoding="utf-8")
