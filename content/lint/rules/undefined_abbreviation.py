"""The rule ``undefined-abbreviation``."""

import re
from collections.abc import Iterator

from content.lint.abbreviations import WELL_KNOWN, abbreviations, explained
from content.lint.rule import Finding, Rule, at
from content.lint.subject import Passage, Subject
from content.phrases import phrase


def find(subject: Subject) -> Iterator[Finding]:
    """The first use of each abbreviation that is spelled out nowhere in the case."""
    passages = [passage for passage in subject.texts if passage is not subject.based_on]
    known = set(WELL_KNOWN).union(*(explained(passage.plain) for passage in passages))
    for passage in passages:
        for short in abbreviations(passage.plain):
            if short not in known and not _is_symbol(short, passage):
                known.add(short)
                message = phrase(
                    "{word} is nowhere spelled out; write “full form ({word})”", word=short
                )
                yield at(passage, message)


def _is_symbol(short: str, passage: Passage) -> bool:
    """Whether it stands in italics, as the symbol of a gene does."""
    return re.search(rf"(?<![*_])[*_]{re.escape(short)}[*_](?![*_])", passage.text) is not None


RULE = Rule(
    name="undefined-abbreviation",
    finds="an abbreviation that is nowhere spelled out, outside a list of well-known ones",
    reason="The same letters mean one thing in one specialty and another in the next; who does not"
    " know them is tested on the abbreviation. Symbols of genes, in italics, are left alone.",
    source="ICMJE Recommendations (spelled out at first mention); AMA Manual of Style, 11th"
    " edition; NBME Item-Writing Guide 2020",
    bad="""
vignette: A 64-year-old woman with MCTD has had hard lumps beneath the skin of both arms for a year.
""",
    good="""
vignette: >-
  A 64-year-old woman with mixed connective tissue disease (MCTD) has had hard lumps beneath the
  skin of both arms for a year.
""",
    find=find,
)
