"""References as authors paste them."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from content.citation import cite
from content.drafting import parse_reference
from content.library import SHIPPED
from content.loader import read_case
from content.markup import visible
from content.model import Reference

LANCET = "10.1016/S0140-6736(99)05157-0"


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        (LANCET, {"doi": LANCET}),
        (f"doi:{LANCET}", {"doi": LANCET}),
        (f"DOI: {LANCET}.", {"doi": LANCET}),
        (f"https://doi.org/{LANCET}", {"doi": LANCET}),
        (f"dx.doi.org/{LANCET}", {"doi": LANCET}),
        ("https://doi.org/10.1016%2FS0140-6736(99)05157-0", {"doi": LANCET}),
        ("https://www.nejm.org/doi/full/10.1056/NEJMoa2034577", {"doi": "10.1056/NEJMoa2034577"}),
        ("https://x.org/content/10.1136/bmj.n71.full?a=b", {"doi": "10.1136/bmj.n71.full"}),
        ("PMID: 10615903", {"pmid": "10615903"}),
        ("PubMed ID 10615903.", {"pmid": "10615903"}),
        ("https://pubmed.ncbi.nlm.nih.gov/10615903/", {"pmid": "10615903"}),
        ("https://www.ncbi.nlm.nih.gov/pubmed/10615903", {"pmid": "10615903"}),
        ("10615903", {"pmid": "10615903"}),
        ("https://www.who.int/news", {"url": "https://www.who.int/news", "site": "who.int"}),
        ("www.who.int", {"url": "https://www.who.int", "site": "who.int"}),
    ],
)
def test_numbers_and_links_are_known(text: str, fields: dict[str, str]) -> None:
    """A DOI, a PubMed number or a link by itself; what it does not tell is said."""
    reading = parse_reference(text)
    assert reading.fields == fields
    assert reading.uncertain


FIELDS = {
    "authors": ["Callen JP", "van der Berg A"],
    "title": "Dermatomyositis in adults",
    "journal": "Lancet",
    "year": 2000,
    "volume": "355",
    "issue": "9197",
    "pages": "53-57",
}


@pytest.mark.parametrize(
    "text",
    [
        "Callen JP, van der Berg A. Dermatomyositis in adults. Lancet. 2000;355(9197):53-57.",
        "1. Callen JP, van der Berg A. Dermatomyositis in adults. Lancet 2000; 355(9197):53–57",
        "Callen JP, van der Berg A. Dermatomyositis in adults. Lancet. 2000 Jan 1;355(9197):53-57.",
        "Callen, J. P., & van der Berg, A. (2000). Dermatomyositis in adults. Lancet, 355(9197),"
        " 53–57.",
        "Callen, J.P. and van der Berg, A. (2000, January). Dermatomyositis in adults. *Lancet*,"
        " 355(9197), pp. 53-57",
    ],
)
def test_citations_of_every_manner_are_read_into_fields(text: str) -> None:
    """AMA, Vancouver, NLM and APA give the same fields, and a DOI behind them goes along."""
    reading = parse_reference(text)
    assert reading.fields == FIELDS
    assert reading.uncertain == ()
    assert parse_reference(f"{text} doi:{LANCET}").fields == {**FIELDS, "doi": LANCET}


def test_what_cannot_be_read_is_kept_and_told() -> None:
    """A book stays whole, and no field is guessed."""
    text = "Harrison's Principles of Internal Medicine, 20th ed. New York, NY: McGraw-Hill"
    reading = parse_reference(text)
    assert reading.fields == {"title": text}
    assert "could not be read" in str(reading.uncertain[0])
    assert parse_reference(" \n").fields == {}


def test_shipped_references_come_back_from_their_print() -> None:
    """What AMA style prints of a journal's article is read into the same numbers."""
    read = total = 0
    for path in sorted(SHIPPED.glob("*.yaml")):
        case = read_case(path).case
        assert case is not None
        for reference in case.references:
            fields = parse_reference(visible([cite(reference)])).fields
            total += bool(reference.doi)
            read += bool(reference.doi) and fields.get("doi") == reference.doi
    assert read == total > 100


pieces = st.sampled_from(
    [
        *("10.1000/182", "doi:", "https://", "PMID: 12", "(2000). ", "Roe R", ", ", "et al. ", "&"),
        *("%", "2000;", "355(2):", "53-57", "[1] ", "…", "http://[", "\u202e", "\x00", "\ud800"),
        *("é", "水 "),
    ]
)


@settings(max_examples=400)
@example("https://[::1")
@example("(2000). a, 1")
@example("\xad")  # a hyphen that nobody sees
@given(st.one_of(st.text(max_size=200), st.lists(pieces, max_size=12).map("".join)))
def test_any_text_gives_fields_that_a_reference_may_hold(text: str) -> None:
    """Nothing raises, and what was read into fields is legal, but for what is missing."""
    fields = dict(parse_reference(text).fields)
    if not fields:
        return
    fields.setdefault("title", "T")
    if "site" not in fields:
        fields.setdefault("journal", "J")
    try:
        Reference.model_validate(fields)
    except ValidationError as error:
        pytest.fail(f"{text!r} gave {fields}: {error}")


@pytest.mark.parametrize("piece", ["A, B., ", "(2000). ", "10.1000/", "a. ", "1(1)", "((((", "-, "])
def test_a_long_text_takes_a_moment(piece: str) -> None:
    """Whatever is pasted, and however much of it."""
    begun = time.monotonic()
    parse_reference(piece * 20_000)
    assert time.monotonic() - begun < 5
