"""What Crossref and PubMed answer, read into fields."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from content.drafting.looked_up import from_crossref, from_pubmed
from content.model import Reference

CROSSREF: dict[str, Any] = {
    "status": "ok",
    "message": {
        "DOI": "10.1016/s0140-6736(99)05157-0",
        "title": ["Dermatomyositis &amp; <i>skin</i>"],
        "short-container-title": ["The Lancet"],
        "container-title": ["The Lancet"],
        "author": [
            {"given": "Jeffrey P", "family": "Callen", "sequence": "first"},
            {"given": "A.B.", "family": "van der Berg"},
            {"given": "Mei", "family": "Li"},
            {"name": "European Study Group"},
        ],
        "issued": {"date-parts": [[2000, 1]]},
        "volume": "355",
        "issue": "9197",
        "page": "53\u201357",
    },
}
PUBMED: dict[str, Any] = {
    "header": {"type": "esummary", "version": "0.3"},
    "result": {
        "uids": ["10615903"],
        "10615903": {
            "uid": "10615903",
            "pubdate": "2000 Jan 1",
            "source": "Lancet",
            "authors": [
                {"name": "Callen JP", "authtype": "Author", "clusterid": ""},
                {"name": "Li M", "authtype": "Author"},
            ],
            "title": "Dermatomyositis.",
            "volume": "355",
            "issue": "9197",
            "pages": "53-7",
            "articleids": [
                {"idtype": "pubmed", "value": "10615903"},
                {"idtype": "doi", "value": "10.1016/S0140-6736(99)05157-0"},
            ],
        },
    },
}


def test_crossrefs_answer_is_a_reference() -> None:
    """Authors as AMA style has them, no HTML, no dashes but hyphens."""
    assert from_crossref(CROSSREF) == {
        "authors": ["Callen JP", "van der Berg AB", "Li M", "European Study Group"],
        "title": "Dermatomyositis & skin",
        "journal": "The Lancet",
        "year": 2000,
        "volume": "355",
        "issue": "9197",
        "pages": "53-57",
        "doi": "10.1016/s0140-6736(99)05157-0",
    }


def test_pubmeds_answer_is_a_reference() -> None:
    """With its DOI; of another number, or one that is not known, there is none."""
    assert from_pubmed(PUBMED, "10615903") == {
        "authors": ["Callen JP", "Li M"],
        "title": "Dermatomyositis",
        "journal": "Lancet",
        "year": 2000,
        "volume": "355",
        "issue": "9197",
        "pages": "53-7",
        "doi": "10.1016/S0140-6736(99)05157-0",
        "pmid": "10615903",
    }
    assert from_pubmed(PUBMED, "1") is None
    unknown = {"result": {"uids": ["1"], "1": {"uid": "1", "error": "cannot get document summary"}}}
    assert from_pubmed(unknown, "1") is None


def test_a_field_that_makes_no_sense_is_left_out() -> None:
    """The others stay; without a title there is nothing."""
    message = {**CROSSREF["message"], "issued": {"date-parts": [[99999]]}, "volume": "x" * 99}
    found = from_crossref({"message": {**message, "author": None, "page": "e101303"}})
    assert found is not None
    assert not {"year", "volume", "authors", "pages"} & found.keys()
    assert found["article"] == "e101303"
    assert from_crossref({"message": {**message, "title": []}}) is None


leaves = st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.just("10.1000/1")
keys = st.sampled_from([*CROSSREF["message"], "message", "result", "1", "source", "name", "family"])
answers = st.recursive(
    leaves,
    lambda below: st.lists(below, max_size=3) | st.dictionaries(keys, below, max_size=5),
    max_leaves=25,
)


@settings(max_examples=150)
@given(answers, st.dictionaries(keys, answers))
def test_any_answer_gives_legal_fields_or_none(answer: object, work: dict[str, Any]) -> None:
    """Whatever a service, or whoever is in its place, answers."""
    whole = {**CROSSREF["message"], **work}
    known = {**PUBMED["result"]["10615903"], **work}
    for found in (
        from_crossref(answer),
        from_crossref({"message": work}),
        from_crossref({"message": whole}),
        from_pubmed(answer, "1"),
        from_pubmed({"result": {"1": known}}, "1"),
    ):
        if found is not None:
            Reference.model_validate(found)
