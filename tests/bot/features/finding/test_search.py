"""What a person's words mean among cases and topics."""

import pytest

from bot.base.i18n import Languages
from bot.features.finding.search import (
    NoMatch,
    OneCase,
    OneTopic,
    SeveralMatches,
    search,
    topic_called,
)
from content.codes import case_code
from content.library import Library
from tests.support.library import shipped_library

ENGLISH, SPANISH = (Languages.load().words[code] for code in ("en", "es"))
GOUT = "gout-crystals"


@pytest.fixture(scope="module")
def library() -> Library:
    """The cases that come with the program."""
    return shipped_library()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Cardiology", "cardiology"),
        ("ECG", "electrocardiography"),
        ("ekg ", "electrocardiography"),
        ("rheum", "rheumatology"),
        ("heart", "cardiology"),
        ("Neuro-Ophthalmology", "neuro-ophthalmology"),
        ("infectious", "infectious-diseases"),
        ("Cardiología", "cardiology"),
        ("cardiologia", "cardiology"),
        ("toxico", "toxicology"),
    ],
)
def test_a_topic_by_name_synonym_or_beginning(library: Library, text: str, topic: str) -> None:
    """In the person's language too, with or without accents."""
    assert search(text, library, frozenset(), SPANISH) == OneTopic(topic)


def test_a_case_by_code_id_or_title(library: Library) -> None:
    """And by the words of its title, as far as they are typed."""
    gout = library.cases[GOUT]
    for text in (case_code(GOUT), GOUT.upper(), "drop of fluid", "MICROSCOPE, hot kn"):
        assert search(text, library, frozenset(), ENGLISH) == OneCase(gout)


def test_several_come_together(library: Library) -> None:
    """Topics and cases; of a specialty that no case names, its topics."""
    assert search("neuro", library, frozenset(), ENGLISH) == SeveralMatches(
        ("neuro-ophthalmology", "neurology", "neurosurgery"), ()
    )
    surgery = search("surgery", library, frozenset(), ENGLISH)
    assert surgery == SeveralMatches(
        ("cardiac-surgery", "gastrointestinal-surgery", "neurosurgery"), ()
    )
    pain = search("pain", library, frozenset(), ENGLISH)
    assert isinstance(pain, SeveralMatches)
    assert len(pain.cases) > 1


@pytest.mark.parametrize("text", ["cardiolgy", "kardiology", "cardiologgy"])
def test_a_slip_of_the_finger_is_asked_about(library: Library, text: str) -> None:
    """It is not taken for granted; what is most alike comes first."""
    found = search(text, library, frozenset(), ENGLISH)
    assert isinstance(found, SeveralMatches)
    assert found.near
    assert found.topics[0] == "cardiology"


def test_a_title_is_found_in_spite_of_a_slip(library: Library) -> None:
    """Each of its words may have one."""
    vivax = library.cases["vivax-fever-curve"]
    found = search("shakng chils", library, frozenset(), ENGLISH)
    assert found == SeveralMatches((), (vivax,), near=True)


@pytest.mark.parametrize("text", ["gout", "urate", "calcinosis", "pericarditis", "hit-platelet"])
def test_a_diagnosis_finds_nothing_before_the_answer(library: Library, text: str) -> None:
    """It would give the answer away."""
    assert search(text, library, frozenset(), ENGLISH) == NoMatch()


@pytest.mark.parametrize("text", ["gout", "birefringent"])
def test_what_was_answered_is_found_by_its_text(library: Library, text: str) -> None:
    """By id, choices and explanation."""
    found = search(text, library, frozenset({GOUT}), ENGLISH)
    assert found == OneCase(library.cases[GOUT])


@pytest.mark.parametrize("text", ["x", "", "🫀", "what is the dose of penicillamine", "y" * 5000])
def test_what_means_nothing_finds_nothing(library: Library, text: str) -> None:
    """One letter begins too much; a question is no name."""
    assert search(text, library, frozenset(library.cases), ENGLISH) == NoMatch()


def test_a_topic_by_its_whole_name_alone(library: Library) -> None:
    """For places where there is no room for several."""
    assert topic_called("heart", library, ENGLISH) == "cardiology"
    assert topic_called("Neuro ophthalmology", library, ENGLISH) == "neuro-ophthalmology"
    for text in ("neuro", "surgery", "space"):
        assert topic_called(text, library, ENGLISH) is None
