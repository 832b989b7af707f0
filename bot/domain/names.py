"""Names that all texts share: the product, its screens, Xero's menus, roles (names.yaml)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, model_validator

from bot.domain.article_fields import Key, Strict, Text, Url

if TYPE_CHECKING:
    from bot.domain.causes import Procedure

_BETWEEN_WORDS = re.compile(r"[\s_-]+")
_NAME = re.compile(r"\{(product|(?:pos|xero)\.[a-z][a-z0-9_]*)\}")
_PRODUCT = "{product}"


class Role(StrEnum):
    """Who may do what an action says."""

    SHOP = "shop"
    APPROVER = "approver"
    BOOKKEEPER = "bookkeeper"
    ADVISER = "adviser"
    SUBSCRIBER = "subscriber"
    STANDARD_OR_ADVISER = "standard_or_adviser"
    PRODUCT = "clickpos"
    """The vendor of the product: nobody in the shop can do it."""


class Basis(StrEnum):
    """Where a cause's reason and action come from."""

    PRODUCT = "clickpos"
    """The product's own help page."""
    XERO = "xero"
    VENDORS = "vendors"
    """Help pages of other vendors."""
    OWN = "own"
    """No page says so."""


class Name(Strict):
    """A screen or a menu. `shown`: in sentences; `variants`: in other layouts; `page`: as the
    product's help page names it; `link`: opens it.
    """

    shown: Text = Field(description="In sentences: today's name, *bold* as on the screen")
    variants: list[Text] = Field(default=[], description="Its names in other layouts")
    page: Text | None = Field(default=None, description="As the product's help page names it")
    link: Url | None = Field(default=None, description="The page that opens it")

    @property
    def others(self) -> tuple[str, ...]:
        """Its other names; two that differ in bold only are one."""
        found = filter(None, (*self.variants, self.page))
        return tuple({name.replace("*", ""): name for name in found}.values())


class Menu(Strict):
    """A menu that an article names, what other layouts of Xero call it, and what opens it."""

    shown: Text
    others: tuple[Text, ...]
    link: Url | None = None


class Names(Strict):
    """The names of names.yaml. Its own texts may hold `{product}`."""

    product: Annotated[Text, Field(max_length=40)] = Field(
        description="The product's name; {product} in every text"
    )
    also_called: list[Text] = Field(
        default=[], description="Other spellings of its name, by which a paste is known to be its"
    )
    last_resort: Text = Field(description="What is left if nothing helps: completes “use …”")
    read_first: Text = Field(description="What to do before asking, in one or two sentences")
    pos: dict[Key, Name] = Field(
        default={}, description="Screens of the product: {pos.<key>} in a text shows one"
    )
    xero: dict[Key, Name] = Field(
        default={}, description="Menus of Xero: {xero.<key>} in a text shows one"
    )
    who: dict[Role, Text] = Field(description="The words for each role")
    basis: dict[Basis, Text] = Field(description="The words for each kind of source")

    @model_validator(mode="before")
    @classmethod
    def _fill_product(cls, given: Any) -> Any:
        product = given.get("product") if isinstance(given, dict) else None
        return _replaced(given, product) if isinstance(product, str) else given

    @model_validator(mode="after")
    def _has_all_roles(self) -> "Names":
        for key, kind, texts in (("who", Role, self.who), ("basis", Basis, self.basis)):
            if missing := [one.value for one in kind if one not in texts]:
                raise ValueError(f"{key}: {', '.join(missing)} missing; each needs its words")
        return self

    @cached_property
    def _all(self) -> Mapping[str, Name]:
        spaces: dict[Literal["pos", "xero"], dict[str, Name]] = {"pos": self.pos, "xero": self.xero}
        return {f"{s}.{key}": one for s, names in spaces.items() for key, one in names.items()}

    @cached_property
    def spoken(self) -> re.Pattern[str]:
        """Finds the product's names as people write them: "click pos", "CLICKPOS", "click-pos"."""
        names = dict.fromkeys(map(_as_written, (self.product, *self.also_called)))
        longest_first = sorted(names, key=len, reverse=True)
        letter = r"[^\W\d_]"
        return re.compile(rf"(?<!{letter})(?:{'|'.join(longest_first)})(?!{letter})", re.IGNORECASE)

    def filled(self, text: str) -> str:
        """Return a text with its names in place of `{product}`, `{pos.x}` and `{xero.x}`.

        Raises:
            ValueError: names.yaml lacks a name.
        """
        return _NAME.sub(lambda found: self._shown(found[1]), text) if "{" in text else text

    def named(self, key: str) -> Name:
        """Return the name of a key such as `xero.invoices`.

        Raises:
            ValueError: names.yaml lacks it.
        """
        if key not in self._all:
            raise ValueError(f"names.yaml has no {key} (allowed: {', '.join(sorted(self._all))})")
        return self._all[key]

    def with_menus(self, given: dict[str, Any]) -> dict[str, Any]:
        """Return a file's content with the menus that its texts name.

        Raises:
            ValueError: it has menus of its own.
        """
        if "menus" in given:
            raise ValueError("menus comes from names.yaml (allowed: the names there)")
        return {**given, "menus": self._menus(given)}

    def _menus(self, given: dict[str, Any]) -> list[Menu]:
        """Return the menus that the texts of a file name: with other names or a link."""
        keys = dict.fromkeys(_NAME.findall(repr(given)))  # faster than a walk through its texts
        used = [self._all[key] for key in keys if key in self._all]
        return [
            Menu(shown=one.shown, others=one.others, link=one.link)
            for one in used
            if one.others or one.link
        ]

    def _shown(self, key: str) -> str:
        return self.product if key == "product" else self.named(key).shown


@dataclass(frozen=True)
class SharedTexts:
    """What articles share: the context in which their files are validated."""

    names: Names
    procedures: Mapping[str, "Procedure"] = field(default_factory=dict)


def _as_written(name: str) -> str:
    """Return an expression for a name, its words apart or together."""
    words = [word for word in _BETWEEN_WORDS.split(name) if word] or [name]
    return r"[\s_-]{0,3}".join(map(re.escape, words))


def _replaced(given: Any, product: str) -> Any:
    match given:
        case str():
            return given.replace(_PRODUCT, product)
        case dict():
            return {key: _replaced(value, product) for key, value in given.items()}
        case list():
            return [_replaced(value, product) for value in given]
        case _:
            return given
