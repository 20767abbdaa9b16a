"""What an item is called where a format will not do without a name."""

from content.exchange.item import Item
from content.markup import parse, visible

_LONGEST = 60  # characters of a stem that stand for a name


def called(item: Item) -> str:
    """The item's name, or the first words of its stem."""
    words = " ".join(visible(parse(item.stem)).split())
    if item.name or len(words) <= _LONGEST:
        return item.name or words or "Question"
    return f"{words[:_LONGEST].rpartition(' ')[0] or words[:_LONGEST]} …"
