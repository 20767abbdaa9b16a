"""References as they print, and the numbers that cite them."""

from typing import Any

import pytest

from content.citation import cite, cite_briefly, cited, numbers_listed, uncited
from content.markup import to_html, visible
from content.model import Reference
from tests.content import samples
from tests.content.html_reader import read_html
from tests.support.library import shipped_library


def reference(**known: Any) -> Reference:
    return Reference.model_validate({"title": "Dermatomyositis", "journal": "Lancet"} | known)


@pytest.mark.parametrize(
    ("known", "printed"),
    [
        ({}, "Dermatomyositis. Lancet."),
        (
            {"authors": ["Callen JP"], "year": 2000, "volume": "355", "issue": "9197"}
            | {"pages": "53-57"},
            "Callen JP. Dermatomyositis. Lancet. 2000;355(9197):53-57.",
        ),
        ({"year": 2000, "volume": "355", "pages": "53"}, "Dermatomyositis. Lancet. 2000;355:53."),
        ({"year": 2022, "article": "101768"}, "Dermatomyositis. Lancet. 2022:101768."),
        ({"year": 2022}, "Dermatomyositis. Lancet. 2022."),
        ({"volume": "3", "pages": "e7"}, "Dermatomyositis. Lancet. 3:e7."),
        ({"pages": "1-2"}, "Dermatomyositis. Lancet. 1-2."),
        ({"year": 2000, "issue": "4"}, "Dermatomyositis. Lancet. 2000;(4)."),
        ({"title": "Is it gout?"}, "Is it gout? Lancet."),
        ({"title": "A title."}, "A title. Lancet."),
        (
            {"title": None, "authors": ["Callen JP"], "year": 2000, "pmid": "1"},
            "Callen JP. Lancet. 2000. PMID 1",
        ),
        ({"journal": "Clin. Med."}, "Dermatomyositis. Clin. Med."),
        ({"journal": "Clin. Med.", "year": 2001}, "Dermatomyositis. Clin. Med. 2001."),
        (
            {"journal": None, "site": "Site.org", "year": 2020, "url": "https://site.org/a"},
            "Dermatomyositis. Site.org. 2020. https://site.org/a",
        ),
        ({"pmid": "10615903"}, "Dermatomyositis. Lancet. PMID 10615903"),
        (
            {"pmid": "1", "doi": "10.1000/182", "url": "https://x.org"},
            "Dermatomyositis. Lancet. doi:10.1000/182",
        ),
    ],
)
def test_a_reference_prints_in_ama_style(known: dict[str, Any], printed: str) -> None:
    """What is known is printed in AMA's order, and what is not known leaves no gap."""
    assert visible([cite(reference(**known))]) == printed


@pytest.mark.parametrize(
    ("authors", "printed"),
    [
        (["A B"], "A B."),
        (["A B", "C D"], "A B, C D."),
        (list("ABCDEF"), "A, B, C, D, E, F."),
        (list("ABCDEFG"), "A, B, C, et al."),
        (["A", "B", "et al"], "A, B, et al."),
        (["A", "et al."], "A, et al."),
        ([*"ABCDEFG", "et al"], "A, B, C, et al."),
    ],
)
def test_six_authors_are_named_and_of_more_three(authors: list[str], printed: str) -> None:
    """The AMA rule for authors; a list that says et al itself is left as open as it is."""
    assert visible([cite(reference(authors=authors))]).startswith(f"{printed} Dermato")


@pytest.mark.parametrize(
    ("known", "href"),
    [
        (
            {"doi": "10.1002/1529-0131(200010)43:10<2368::AID-ANR26>3.0.CO;2-8"},
            "https://doi.org/10.1002/1529-0131(200010)43:10%3C2368::AID-ANR26%3E3.0.CO;2-8",
        ),
        ({"doi": '10.1000/a"b&c#d?e%f'}, "https://doi.org/10.1000/a%22b%26c%23d%3Fe%25f"),
        ({"pmid": "10615903"}, "https://pubmed.ncbi.nlm.nih.gov/10615903/"),
        ({"url": "https://site.org/a?b=1&c"}, "https://site.org/a?b=1&c"),
        ({}, None),
    ],
)
def test_a_reference_links_to_its_work(known: dict[str, str], href: str | None) -> None:
    """A DOI is encoded into an address that resolves it; its text is the DOI as it is."""
    printed = cite(reference(**known))
    assert [run.href for run in printed if run.href] == ([href] if href else [])
    text, _ = read_html(to_html([printed]))
    assert known.get("doi", "") in text


def test_the_source_is_in_italics() -> None:
    """AMA sets a journal's name in italics."""
    assert to_html([cite(reference(year=2000))]) == "Dermatomyositis. <i>Lancet</i>. 2000."


@pytest.mark.parametrize(
    ("known", "printed", "href"),
    [
        (
            {"authors": ["Callen JP", "Wortmann RL"], "year": 2000, "doi": "10.1000/182"}
            | {"pmid": "1"},
            "Callen JP, Lancet 2000",
            "https://doi.org/10.1000/182",
        ),
        ({"authors": ["Callen JP"], "pmid": "1", "url": "https://x.org"}, "Callen JP, Lancet", 1),
        (
            {"journal": None, "site": "Site.org", "year": 2020, "url": "https://site.org/a"},
            "Dermatomyositis, Site.org 2020",
            "https://site.org/a",
        ),
        ({"title": None, "authors": ["et al"], "year": 2000, "pmid": "1"}, "Lancet 2000", 1),
        ({"year": 2000}, "Dermatomyositis, Lancet 2000", None),
    ],
)
def test_a_reference_in_brief_is_its_own_link(
    known: dict[str, Any], printed: str, href: str | int | None
) -> None:
    """First author, else title; journal or site; year. The link is DOI, else PubMed, else URL."""
    (run,) = cite_briefly(reference(**known))
    assert run.text == printed
    assert run.href == (f"https://pubmed.ncbi.nlm.nih.gov/{href}/" if href == 1 else href)


@pytest.mark.parametrize(
    ("title", "printed"),
    [
        ("Gout", "Gout, Lancet"),
        ("A" * 40, f"{'A' * 40}, Lancet"),
        ("A" * 41, f"{'A' * 39}…, Lancet"),
        ("脳" * 60, f"{'脳' * 39}…, Lancet"),
        (f"Management of gout in the {'A' * 30}", "Management of gout…, Lancet"),
        (
            "Surgery for the otosclerotic ear: an audit",
            "Surgery for the otosclerotic ear…, Lancet",
        ),
    ],
)
def test_a_title_in_brief_is_cut_at_a_word(title: str, printed: str) -> None:
    """One that can stand at an end; a title of one long word is cut within it."""
    assert visible([cite_briefly(reference(title=title))]) == printed


def test_a_source_in_brief_is_cut_too() -> None:
    """A chapter's is its editors and its book."""
    book = "In: Manguin S, Dev V, eds. Towards Malaria Elimination. IntechOpen"
    (run,) = cite_briefly(reference(authors=["Asih PBS"], journal=book, year=2018))
    assert run.text == "Asih PBS, In: Manguin S, Dev V, eds. Towards… 2018"


def test_each_reference_of_the_library_takes_a_line_in_brief() -> None:
    """Whatever its author left out."""
    for case in shipped_library().cases.values():
        for one in case.references:
            (run,) = cite_briefly(one)
            assert 10 <= len(run.text) <= 75, run.text


def test_before_the_last_question_what_its_whys_cite_is_listed() -> None:
    """Under the numbers of the whole list, which follows the last question; none twice."""
    choices = [{"text": "Fat", "why": "[3] [2,3] [9]"}, {"text": "Tin", "correct": "true"}]
    first = samples.question_data(id="first", choices=choices)
    works = [{"title": f"Work {n}", "journal": "Lancet"} for n in range(4)]
    case = samples.case(questions=[first, samples.question_data()], references=works)
    assert numbers_listed(case, 0) == (2, 3)
    assert numbers_listed(case, 1) == (1, 2, 3, 4)
    assert numbers_listed(samples.case(), 0) == ()


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("none", []),
        ("a [1] b [2,5] c [3-4]", [1, 2, 5, 3, 4]),
        ("[1, 3\u20135, 9]", [1, 3, 4, 5, 9]),
        ("[7] and again [7]", [7, 7]),
        ("[10-8]", [10, 8]),
        ("[1](https://x.org) [a] [1.5] [] [1 2] [2024] [-1]", []),
        ("[ 2 ]", [2]),
    ],
)
def test_citations_are_numbers_in_square_brackets(text: str, numbers: list[int]) -> None:
    """Lists and ranges count; links, decimals, years and words do not."""
    assert cited(text) == numbers


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("It is gout [1].", "It is gout."),
        ("It is [2,5] gout [3-4], says one [12].", "It is gout, says one."),
        ("Not [a number], nor [1](https://example.org).",) * 2,
    ],
)
def test_numbers_go_where_no_references_stand(text: str, left: str) -> None:
    """With the space before them; what is no citation stays."""
    assert uncited(text) == left
