"""What is known of topics: the specialty that each belongs to, and what else people call it.

A library may have topics that are not known here: such a one stands by itself.
"""

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct

TABLE = Path(__file__).parent / "topics.csv"


class Topic(Struct, frozen=True):
    """A topic as cases name it; ``specialty`` is itself where it is one."""

    slug: str
    specialty: str
    synonyms: tuple[str, ...]


@cache
def known_topics() -> Mapping[str, Topic]:
    """The topics of ``topics.csv``: specialties, and topics of the shipped cases."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        topics = [
            Topic(
                row["topic"],
                row["specialty"] or row["topic"],
                tuple(filter(None, row["synonyms"].split(";"))),
            )
            for row in csv.DictReader(file)
        ]
    return MappingProxyType({topic.slug: topic for topic in topics})


def specialty_of(topic: str) -> str:
    """The specialty of a topic; a topic that is not known is one by itself."""
    known = known_topics().get(topic)
    return known.specialty if known else topic


def synonyms_of(topic: str) -> tuple[str, ...]:
    """What people write for a topic besides its name."""
    known = known_topics().get(topic)
    return known.synonyms if known else ()
