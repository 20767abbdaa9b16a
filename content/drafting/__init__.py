"""Cases while they are written: read from what authors have, looked over, named, written down.

A ``DraftCase`` is the mapping that a case file is, with anything left out. Nothing here raises for
what an author sent, and no word of it is lost: what finds no place stands under ``rest``.
"""

from content.drafting.draft_case import REST, DraftCase, shaped
from content.drafting.findings import DraftFinding, findings
from content.drafting.in_document import picture_in
from content.drafting.placing import PARTS, PlacingError, placed, said_of_choices
from content.drafting.plain_words import plain_sentence, whole_sentence
from content.drafting.reading import Note, Reading, asks_for_key, read_file, read_text
from content.drafting.reference_text import ReferenceReading, parse_reference
from content.drafting.reworded import reworded
from content.drafting.writing import from_case, new_id, shown_case, to_case, to_yaml, unsigned

__all__ = [
    "PARTS",
    "REST",
    "DraftCase",
    "DraftFinding",
    "Note",
    "PlacingError",
    "Reading",
    "ReferenceReading",
    "asks_for_key",
    "findings",
    "from_case",
    "new_id",
    "parse_reference",
    "picture_in",
    "placed",
    "plain_sentence",
    "read_file",
    "read_text",
    "reworded",
    "said_of_choices",
    "shaped",
    "shown_case",
    "to_case",
    "to_yaml",
    "unsigned",
    "whole_sentence",
]
