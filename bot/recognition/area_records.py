"""What records the articles of an area are about: "the email address of the contact". Pure."""

from bot.domain.knowledge import Area, KnowledgeBase

_RECORDS = {
    Area.CONTACTS: ("contact", "customer", "supplier"),
    Area.INVOICES: ("invoice", "bill"),
    Area.ITEMS: ("item", "product"),
}


def records_of(knowledge: KnowledgeBase, article_id: str) -> tuple[str, ...]:
    """Return the words for the records of an article's area, which a rewording may add."""
    return _RECORDS.get(knowledge.area_of(article_id), ())
