"""What records the articles of an area are about: "the email address of the contact". Pure."""

from bot.domain.knowledge import Area, KnowledgeBase

_RECORDS = {
    Area.CONTACTS: ("contact", "customer", "supplier", "vendor", "client"),
    Area.INVOICES: ("invoice", "bill"),
    Area.ITEMS: ("item", "product"),
}
_ALIKE = frozenset({Area.CONTACTS, Area.ITEMS})
"""Areas whose records Xero has one kind of: a program may call its contacts customers."""


def records_of(knowledge: KnowledgeBase, article_id: str) -> tuple[str, ...]:
    """Return the words for the records of an article's area, which a rewording may add."""
    return _RECORDS.get(knowledge.area_of(article_id), ())


def are_alike(knowledge: KnowledgeBase, article_id: str) -> bool:
    """Whether the words for the records of an article's area mean the same."""
    return knowledge.area_of(article_id) in _ALIKE
