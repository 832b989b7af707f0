"""Shops, and the names under which reports mention them. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAX_NAME = 80
"""Characters of a name in `channels.yaml`."""
_MAX_HEAD = 200
"""Characters at the start of a text in which a name is searched: longer than any name."""
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_END_OF_NAME = re.compile(r":|\n|\s[-|>]+\s|\s?[\u2013\u2014]|[\])]|\Z")
"""The end of a name at the start of a text: "Newmarket: …", "Newmarket - …", "[Newmarket] …" or the
end of the line.

A comma or a full stop does not: "Newmarket, Albany and Takapuna have it too" is a sentence.
"""


@dataclass(frozen=True)
class Shop:
    """A shop by its name, one line of text."""

    name: str

    @property
    def key(self) -> str:
        """The name without case, accents and punctuation; shops with the same key are the same."""
        letters = unicodedata.normalize("NFKD", self.name.replace("&", " and ")).casefold()
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


@dataclass(frozen=True)
class KnownShops:
    """The shops that an operator has configured. `by_channel`: by channel id."""

    by_channel: Mapping[str, Shop] = field(default_factory=dict)
    _by_key: Mapping[str, Shop] = field(default_factory=dict)

    @classmethod
    def of(cls, by_channel: Mapping[str, str], names: Iterable[str] = ()) -> KnownShops:
        """Returns the shops in `by_channel` (names by channel id) and other shops by name."""
        channels = {channel: Shop(name) for channel, name in by_channel.items()}
        shops = (*map(Shop, names), *channels.values())
        return cls(channels, {shop.key: shop for shop in reversed(shops)})

    def find(self, channel: str, text: str) -> Shop | None:
        """Returns the shop of the channel, else the one whose name the text begins with."""
        return self.by_channel.get(channel) or self.at_start(text)

    def at_start(self, text: str) -> Shop | None:
        """Returns the shop with the longest name at the start of a text such as "Newmarket: …"."""
        if not self._by_key:
            return None
        head = text.lstrip()[:_MAX_HEAD]
        names = (Shop(head[: end.start()]).key for end in _END_OF_NAME.finditer(head))
        found = [self._by_key[name] for name in names if name in self._by_key]
        return found[-1] if found else None

    def written(self, name: str) -> Shop | None:
        """Returns the shop of that name, in the configured spelling; None if the name is blank."""
        shop = Shop(" ".join(name.split()))
        return self._by_key.get(shop.key, shop) if shop.name else None
