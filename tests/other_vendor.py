"""The shipped articles with the names of another vendor's product."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge_base.loader import SHIPPED
from bot.knowledge_base.shared_texts import NAMES_FILE

PRODUCT = "Acme & Sons Till"
SCREEN = "Acme > *{}*"
LAST_RESORT = "CALL ACME"
PAGE = "https://acme.example/xero"


def other_names() -> dict[str, Any]:
    """The content of another names.yaml: the same keys, with other names of the product's own."""
    names = yaml.safe_load((SHIPPED / NAMES_FILE).read_text(encoding="utf-8"))
    screens = {key: {"shown": SCREEN.format(key.replace("_", " "))} for key in names["pos"]}
    screens["setup_page"] = {"shown": "Acme, setting up Xero", "link": PAGE}
    return {
        **names,
        "product": PRODUCT,
        "also_called": ["acme till"],
        "last_resort": f"the *{LAST_RESORT}* button",
        "pos": screens,
    }


def other_directory(folder: Path) -> Path:
    """Copy the shipped articles into a folder, with the other names; return the directory."""
    copied = shutil.copytree(SHIPPED, folder / "knowledge")
    names = yaml.safe_dump(other_names(), allow_unicode=True)
    (copied / NAMES_FILE).write_text(names, encoding="utf-8")
    return copied
