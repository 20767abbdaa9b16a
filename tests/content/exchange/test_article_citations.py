"""References as journals print them, read into fields."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.citation import cite
from content.exchange.article.citations import read_citation
from content.library import SHIPPED
from content.loader import read_case
from content.markup import visible
from content.model import Reference

CALLEN = {
    "authors": ["Callen JP"],
    "title": "Dermatomyositis",
    "journal": "Lancet",
    "year": 2000,
    "volume": "355",
    "pages": "53-57",
}
LINKED = {"issue": "9197", "doi": "10.1016/S0140-6736(99)05157-0"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Callen JP. Dermatomyositis. Lancet 2000; 355:53–57.", CALLEN),
        ("1. Callen JP. Dermatomyositis. Lancet. 2000;355:53-57", CALLEN),
        ("[1] Callen JP. Dermatomyositis. Lancet, 2000 Jan 1; 355: 53 – 57.", CALLEN),
        ("↵ Callen JP. Dermatomyositis. Lancet 2000; 355:53-57. OpenUrlCrossRefPubMed", CALLEN),
        (
            "Callen JP. Dermatomyositis. Lancet. 2000 Jan 1;355(9197):53-57."
            " doi: 10.1016/S0140-6736(99)05157-0. PMID: 10615903.",
            CALLEN | LINKED | {"pmid": "10615903"},
        ),
        (
            "Callen JP. Dermatomyositis. Lancet 2000; 355(9197):53–57."
            " https://doi.org/10.1016/S0140-6736(99)05157-0",
            CALLEN | LINKED,
        ),
        (
            "Callen JP. Dermatomyositis. Lancet 2000; 355:53-57."
            " https://pubmed.ncbi.nlm.nih.gov/10615903/",
            CALLEN | {"pmid": "10615903"},
        ),
        (
            "van der Berg-Smith A Jr, O’Hara J-P, and de la Cruz MÉ, et al. Is it gout? A review:"
            " part 2. J. Am. Acad. Dermatol. 2001;81(Suppl 2):S44–S47.",
            {
                "authors": ["van der Berg-Smith A Jr", "O’Hara J-P", "de la Cruz MÉ", "et al"],
                "title": "Is it gout? A review: part 2",
                "journal": "J. Am. Acad. Dermatol",
                "year": 2001,
                "volume": "81",
                "issue": "Suppl 2",
                "pages": "S44-S47",
            },
        ),
        (
            "Valenzuela A, Baron M; Canadian Scleroderma Research Group. Calcinosis, 1996-2009."
            " Best Pract Res Clin Rheumatol 2022; 36:101768.",
            {
                "authors": ["Valenzuela A", "Baron M", "Canadian Scleroderma Research Group"],
                "title": "Calcinosis, 1996-2009",
                "journal": "Best Pract Res Clin Rheumatol",
                "year": 2022,
                "volume": "36",
                "article": "101768",
            },
        ),
        (
            "Chhaya S. Multiple skin nodules in a 64-year-old woman. Cleve Clin J Med.",
            {
                "authors": ["Chhaya S"],
                "title": "Multiple skin nodules in a 64-year-old woman",
                "journal": "Cleve Clin J Med",
            },
        ),
        (
            "Khazaeli M, Motaparthi K. Rheumatoid nodule. PathologyOutlines.com. Published May 2,"
            " 2019. Available at: https://pathologyoutlines.com/topic/nodules.html.",
            {
                "authors": ["Khazaeli M", "Motaparthi K"],
                "title": "Rheumatoid nodule",
                "site": "PathologyOutlines.com",
                "year": 2019,
                "url": "https://pathologyoutlines.com/topic/nodules.html",
            },
        ),
    ],
)
def test_a_reference_is_read_into_its_fields(text: str, expected: dict[str, Any]) -> None:
    """AMA's and Vancouver's ways of printing a reference, with what pages and PDFs do to it."""
    found = read_citation(text)
    assert found
    assert found.reference == Reference.model_validate(expected)
    assert found.unread == ()


@pytest.mark.parametrize(
    ("tail", "unread"),
    [
        (" Epub 1999 Dec 3.", ("Epub 1999 Dec 3",)),
        ("; discussion 58.", ("discussion 58",)),
        (" PMCID: PMC123456.", ("PMCID: PMC123456",)),
        (" Accessed June 3, 2020.", ("Accessed June 3, 2020",)),
    ],
)
def test_what_has_no_field_is_told(tail: str, unread: tuple[str, ...]) -> None:
    """Nothing that a reference says is dropped in silence."""
    found = read_citation(f"Callen JP. Dermatomyositis. Lancet 2000; 355:53-57{tail}")
    assert found
    assert (found.reference, found.unread) == (Reference.model_validate(CALLEN), unread)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "...",
        "The authors report no conflicts. They thank the patient.",
        "Smith J. Nodules. In: Jones A, ed. Skin. 3rd ed. Boston, MA: Elsevier; 2010:55-60.",
        "Smith, J. (2000). Nodules of the skin. Lancet, 355, 53-57.",
        "2000;355:53-57.",
        "a. " * 2000,
    ],
)
def test_what_is_no_reference_is_not_read(text: str) -> None:
    """A book, a note, another style: better unread than in the wrong fields."""
    assert read_citation(text) is None


def test_the_shipped_references_are_read_as_they_print() -> None:
    """What `cite` prints of every shipped reference reads as the same fields.

    Not printed, and so not read: a PMID beside a DOI, and what tells an article's number of few
    digits from a page. Chapters of books are not read at all.
    """
    files = [read_case(path) for path in sorted(SHIPPED.glob("*.yaml"))]
    listed = [each for file in files if file.case for each in file.case.references]
    references = [each for each in listed if not (each.site or "").startswith("In: ")]
    for reference in references:
        printed = visible([cite(reference)])
        found = read_citation(printed)
        if found is None or visible([cite(found.reference)]) != printed:
            pytest.fail(f"{printed!r} was read as {found}")


WORDS = st.sampled_from(
    ["calcinosis", "gout", "of", "the", "and", "1996-2009", "TNF-alpha", "skin:", "(a", "B"]
)
TITLES = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: f"Study {' '.join(words)}")
SURNAMES = st.sampled_from(["Callen", "van der Berg", "O'Hara", "Ålund-Smith", "Li", "De la Cruz"])
INITIALS = st.sampled_from(["J", "JP", "A-M", "ABC", "É"])
AUTHORS = st.builds("{} {}".format, SURNAMES, INITIALS)
NUMBERS = st.integers(1, 9999).map(str)


@st.composite
def references(draw: st.DrawFn) -> Reference:
    """References as journals have them: with a year, and a place in a journal."""
    authors = draw(st.lists(AUTHORS, min_size=1, max_size=6))
    if len(authors) < 6 and draw(st.booleans()):
        authors.append("et al")
    place = draw(
        st.fixed_dictionaries(
            {"volume": NUMBERS},
            optional={"issue": NUMBERS | st.sampled_from(["Suppl 2", "Pt 1", "3-4"])},
        )
    )
    pages = {"pages": draw(st.builds("{}-{}".format, NUMBERS, NUMBERS) | NUMBERS)}
    article = {"article": draw(NUMBERS.map("e{}".format))}
    links = st.sampled_from(["", "10.1016/S0140-6736(99)05157-0", "10.1002/1:<1::AID>3.0.CO;2-8"])
    return Reference.model_validate(
        {
            "authors": authors,
            "title": draw(TITLES) + draw(st.sampled_from(["", "?"])),
            "journal": draw(
                st.sampled_from(["Lancet", "N Engl J Med", "Vaccines (Basel)", "JAMA"])
            ),
            "year": draw(st.integers(1900, 2099)),
            **place,
            **draw(st.sampled_from([pages, article, {}])),
            **({"doi": doi} if (doi := draw(links)) else {"pmid": draw(NUMBERS)}),
        }
    )


@given(references())
@settings(max_examples=100)
def test_what_is_cited_reads_back_as_the_reference(reference: Reference) -> None:
    """Printing a reference in AMA style and reading it again changes nothing."""
    found = read_citation(visible([cite(reference)]))
    assert found
    assert (found.reference, found.unread) == (reference, ())


@given(
    st.text(max_size=200)
    | st.lists(st.sampled_from(list("A. ;:()-,1920doi/")), max_size=60).map("".join)
)
@settings(max_examples=100)
def test_any_text_is_a_reference_or_none(text: str) -> None:
    """Never an error; what is read keeps the rules of a case file's references."""
    found = read_citation(text)
    assert found is None or Reference.model_validate(found.reference.model_dump())
