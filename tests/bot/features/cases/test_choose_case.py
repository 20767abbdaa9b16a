"""Which case a learner gets, from the library and what they have seen."""

import pytest

from bot.base.i18n import Languages
from bot.features.cases.case_replies_view import all_seen
from bot.features.cases.choose_case import AllSeen, AnyUnseen, NotYetRight, OnTopic, choose
from content.figure_bytes import FigureBytes
from content.library import Library, load_library
from content.model import Case
from storage.people import Progress
from tests.storage.samples import ADA
from tests.support.crowd import write_cases

TOPIC = "rheumatology"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Six cases, all on one topic."""
    return load_library(write_cases(tmp_path_factory.mktemp("library") / "cases"))


def again(library: Library, seen: dict[str, int], *right: str) -> str:
    """The id of the case that comes again; those of ``right`` were answered so."""
    known = {(one, question.id) for one in right for question in library.cases[one].questions}
    found = choose(NotYetRight(), library, Progress(seen, frozenset(known)), ADA)
    assert isinstance(found, Case)
    return found.id


def test_what_was_met_longest_ago_comes_again_first(library: Library) -> None:
    """A case that stays hard keeps no other from coming: each has its turn."""
    seen = dict.fromkeys(library.cases, 0)
    turns = []
    for now in range(1, 2 * len(seen) + 1):
        turns.append(again(library, seen))
        seen[turns[-1]] = now
    half = len(seen)
    assert set(turns[:half]) == set(seen)
    assert turns[:half] == turns[half:]


def test_what_is_right_comes_no_more(library: Library) -> None:
    """However long ago it was."""
    first, second, *others = library.cases
    seen = {first: 1, second: 2, **dict.fromkeys(others, 3)}
    assert again(library, seen) == first
    assert again(library, seen, first) == second


def test_a_topic_s_cases_come_again_from_under_it(library: Library) -> None:
    """Where cases on a topic are all seen, one of those comes again; else any other."""
    one, two, *_ = library.cases
    other = library.cases[two].model_copy(update={"topics": ("toxicology",)})
    cases = Library({one: library.cases[one], two: other}, (), {}, {}, FigureBytes())
    progress = Progress({one: 1, two: 2}, frozenset())
    assert choose(NotYetRight("toxicology"), cases, progress, ADA) == other
    assert choose(NotYetRight(), cases, progress, ADA) == library.cases[one]
    right = Progress(progress.seen, frozenset((two, q.id) for q in other.questions))
    assert choose(NotYetRight("toxicology"), cases, right, ADA) == library.cases[one]


@pytest.mark.parametrize("written", [TOPIC, TOPIC.upper(), "-" * 80 + TOPIC])
def test_a_topic_is_offered_again_by_its_own_name(library: Library, written: str) -> None:
    """Whatever a person wrote for it: a button holds no more than 64 bytes."""
    progress = Progress(dict.fromkeys(library.cases, 1))
    found = choose(OnTopic(written), library, progress, ADA)
    assert found == AllSeen(TOPIC, len(library.cases))
    assert choose(AnyUnseen(), library, progress, ADA) == AllSeen(None, len(library.cases))
    call = all_seen(ADA, TOPIC, 6, Languages.load().choose(None, None))
    rows = call.params["reply_markup"]["inline_keyboard"]
    assert rows[0][0]["callback_data"] == f"repeat:{TOPIC}"
