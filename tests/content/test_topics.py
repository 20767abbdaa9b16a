"""The table of topics: whatever a word leads to is there."""

import pytest

from bot.base.i18n import Languages
from bot.features.shared.case_names import topic_name
from content.library import Library
from content.topics import known_topics, specialty_of, synonyms_of
from tests.support.library import shipped_library


@pytest.fixture(scope="module")
def shipped() -> Library:
    """The cases that come with the program."""
    return shipped_library()


def test_each_topic_is_a_specialty_or_one_of_the_cases(shipped: Library) -> None:
    """So that a synonym never leads to what nobody has heard of; and its specialty is known."""
    known = known_topics()
    for topic in known.values():
        assert topic.specialty == topic.slug or topic.slug in shipped.topics
        assert known[topic.specialty].specialty == topic.specialty
    assert set(shipped.topics) <= set(known)


def test_a_word_means_one_topic() -> None:
    """Two topics of one synonym would leave it to chance."""
    words = [word.casefold() for one in known_topics().values() for word in one.synonyms]
    assert len(words) == len(set(words))
    assert not set(words) & set(known_topics())


def test_an_unknown_topic_stands_by_itself() -> None:
    """A residency's own."""
    assert specialty_of("space-medicine") == "space-medicine"
    assert synonyms_of("space-medicine") == ()
    assert topic_name("space-medicine", Languages.load().words["en"]) == "Space medicine"


def test_every_known_topic_has_its_name_in_each_language() -> None:
    """Spelled as the field spells it."""
    english, spanish = (Languages.load().words[code] for code in ("en", "es"))
    assert topic_name("neuro-ophthalmology", english) == "Neuro-ophthalmology"
    assert topic_name("cardiology", spanish) == "Cardiología"
    for topic in known_topics():
        assert topic_name(topic, english).casefold().replace("-", " ") == topic.replace("-", " ")
        assert topic_name(topic, spanish) != topic_name(topic, english) or topic == "oncology"
