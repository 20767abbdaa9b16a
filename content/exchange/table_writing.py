"""Items as a table's cells: the columns that ``table`` reads."""

import csv
import io
from collections.abc import Sequence

from content.exchange.csv_columns import NUMBERED
from content.exchange.csv_key import written_key
from content.exchange.item import Item


def columns(items: Sequence[Item]) -> list[str]:
    """The header under which these items are written."""
    most = max((len(item.choices) for item in items), default=2)
    numbered = [f"{kind} {n}" for n in range(1, most + 1) for kind in NUMBERED]
    rest = ("feedback", "multiple", "shuffle", "tags", "category")
    return ["name", "stem", "correct", *numbered, *rest]


def cells(item: Item) -> dict[str, str]:
    """An item's cells by their columns; there is none for pictures."""
    tags = io.StringIO(newline="")
    csv.writer(tags, delimiter=";", lineterminator="").writerow(item.tags)
    right = frozenset(n for n, choice in enumerate(item.choices, start=1) if choice.correct)
    texts = {n: choice.text for n, choice in enumerate(item.choices, start=1)}
    written = {
        "name": item.name,
        "stem": item.stem,
        "correct": written_key(right, texts),
        "feedback": item.feedback,
        "multiple": str(item.multiple).lower(),
        "shuffle": str(item.shuffle).lower(),
        "tags": tags.getvalue(),
        "category": item.category,
    }
    for n, choice in enumerate(item.choices, start=1):
        written |= {f"choice {n}": choice.text, f"feedback {n}": choice.feedback}
    return written
