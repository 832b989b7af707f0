"""Shops: who asks, where a shop and not only a person is known. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

MAX_NAME = 80
"""Characters of a name that an operator writes down."""
_MAX_HEAD = 200
"""Characters at the start of a text in which a name is searched: longer than any name."""
_APOSTROPHES = re.compile("['\u2018\u2019`\u00b4]")
_BETWEEN_WORDS = re.compile(r"[\W_]+")
_END_OF_NAME = re.compile(r":|\n|\s[-|>]+\s|\s?[\u2013\u2014]|[\])]|\Z")
"""What ends a name at the start of a text: "Newmarket: …", "Newmarket - …", "[Newmarket] …" or the
end of the line.

A comma or a full stop does not: "Newmarket, Albany and Takapuna have it too" is a sentence.
"""


@dataclass(frozen=True)
class Shop:
    """A shop by its name, one line of text."""

    name: str

    @property
    def key(self) -> str:
        """The name without case, accents and punctuation: two shops of one key are the same."""
        letters = unicodedata.normalize("NFKD", self.name.replace("&", " and ")).casefold()
        plain = "".join(letter for letter in letters if not unicodedata.combining(letter))
        return _BETWEEN_WORDS.sub(" ", _APOSTROPHES.sub("", plain)).strip()


@dataclass(frozen=True)
class KnownShops:
    """The shops that an operator has named. `by_channel`: by the id of their channel."""

    by_channel: Mapping[str, Shop] = field(default_factory=dict)
    _by_key: Mapping[str, Shop] = field(default_factory=dict)

    @classmethod
    def of(cls, by_channel: Mapping[str, str], names: Iterable[str] = ()) -> KnownShops:
        """Returns the shops of channels, and others without a channel."""
        channels = {channel: Shop(name) for channel, name in by_channel.items()}
        shops = (*map(Shop, names), *channels.values())
        return cls(channels, {shop.key: shop for shop in reversed(shops)})

    def find(self, channel: str, text: str) -> Shop | None:
        """Returns the shop of a report: that of its channel, else the one that its text begins with."""
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
        """Returns the shop that a person names, in the operator's spelling; None of a blank name."""
        shop = Shop(" ".join(name.split()))
        return self._by_key.get(shop.key, shop) if shop.name else None
