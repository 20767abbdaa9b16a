"""What a learner prefers, page by page; and that cases come accordingly."""

import pytest

from bot.features.cases.choose_case import AnyUnseen, NoneAsPreferred, choose
from bot.features.cases.send_case import next_case, send_case
from bot.features.preferences.preferences_view import ON_A_PAGE
from bot.features.preferences.set_preferences import change, show
from bot.features.shared.preferences import NO_PREFERENCES, Preferences
from bot.services import Services
from content.figure_bytes import FigureBytes
from storage.case_mark_facts import PreferencesSet
from storage.outcome import Outcome, OwedCall
from storage.people import Progress
from tests.bot.features.cases.test_open_case import ada, answer_case, posted
from tests.storage.samples import ADA
from tests.support.library import shipped_library
from tests.support.served_chats import button_rows, said
from tests.support.services import commit


async def changed(services: Services, wish: str) -> OwedCall:
    """The page after a press."""
    outcome = await commit(services, await change(services, await ada(services), wish, 7))
    (call,) = outcome.owed
    assert call.method == "editMessageText"
    return call


async def kept(services: Services) -> Preferences:
    """What is on record."""
    return Preferences.from_json(await services.store.people.preferences(ADA))


def labels(call: OwedCall) -> list[str]:
    """The buttons of a page."""
    return [button["text"] for row in button_rows(call) for button in row]


async def test_at_first_everything_comes(services: Services) -> None:
    """The page says so."""
    (call,) = (await show(services, await ada(services))).owed
    assert "Level: any\n\nTopics wanted: all\n\nTopics left out: none" in said(call)
    assert labels(call) == [
        "✓ Any level",
        "Students",
        "Residents",
        "Fellows",
        "Topics",
        "✓ Ask how sure I am",
        "Language",
    ]


async def test_a_level_is_chosen_and_left_again(services: Services) -> None:
    """One, or any."""
    page = await changed(services, "level:fellow")
    assert "Level: Fellows" in said(page)
    assert "✓ Fellows" in labels(page)
    assert await kept(services) == Preferences("fellow")
    await changed(services, "level:")
    assert await kept(services) == NO_PREFERENCES


async def test_a_topic_turns_from_wanted_to_left_out_and_back(services: Services) -> None:
    """At each press."""
    assert labels(await changed(services, "topics:0")) == ["Rheumatology", "← Back"]
    for mark, wanted, unwanted in (
        ("✓ ", {"rheumatology"}, set()),
        ("✗ ", set(), {"rheumatology"}),
        ("", set(), set()),
    ):
        page = await changed(services, "topic:0:rheumatology")
        assert labels(page)[0] == f"{mark}Rheumatology"
        assert await kept(services) == Preferences(None, frozenset(wanted), frozenset(unwanted))
    assert "Topics wanted: all" in said(await changed(services, "main"))


async def test_the_question_how_sure_they_are_can_be_left_out(services: Services) -> None:
    """At a press, and asked again at the next; it is asked of whoever said nothing."""
    assert (await kept(services)).confidence
    for asked in (False, True):
        page = await changed(services, "sure")
        assert ("✓ Ask how sure I am" in labels(page)) is asked
        assert ("I do not ask how sure you are." in said(page)) is not asked
        assert (await kept(services)).confidence is asked


async def test_many_topics_have_pages(services: Services) -> None:
    """The shipped library's fit on one; names of twice as many are turned over."""
    services.library = shipped_library()
    many = {f"topic-{n:02}" for n in range(2 * ON_A_PAGE)}
    wanted = Preferences(wanted=frozenset(many))
    await commit(services, Outcome((PreferencesSet(ADA, wanted.to_json()),)))
    first = await changed(services, "topics:0")
    assert labels(first)[-2:] == ["»", "← Back"]
    last = await changed(services, "topics:99")
    assert labels(last)[-2:] == ["«", "← Back"]
    assert "Topics wanted: 60 topics" in said(await changed(services, "main"))


@pytest.mark.parametrize(
    "wish", ["", "level:professor", "topics:", "topics:x", "topic:0:space", "topic:rheumatology"]
)
async def test_what_no_button_says_changes_nothing(services: Services, wish: str) -> None:
    """People can send anything."""
    outcome = await change(services, await ada(services), wish, 7)
    assert outcome.toast is not None
    assert outcome.owed == ()


async def test_cases_come_as_preferred(services: Services) -> None:
    """Where none is left that fits, the person hears it, and others are a press away."""
    await commit(services, Outcome((PreferencesSet(ADA, Preferences("student").to_json()),)))
    (call,) = (await next_case(services, await ada(services))).owed
    assert said(call).startswith("You have seen every case that fits your preferences.")
    assert labels(call) == ["Any other case", "Preferences", "Another topic"]
    assert posted(await send_case(services, await ada(services), AnyUnseen()))
    for case_id in services.library.cases:
        await answer_case(services, case_id)
    (call,) = (await next_case(services, await ada(services))).owed
    assert said(call).startswith("You have seen every case.")


def test_topics_and_level_admit() -> None:
    """One wanted topic is enough, one unwanted too much."""
    library = shipped_library()

    def fitting(preferences: Preferences) -> set[str]:
        return {case.id for case in library.cases.values() if preferences.admit(case)}

    def about(*topics: str) -> set[str]:
        return {case.id for case in library.cases.values() if {*topics} & {*case.topics}}

    hearts = fitting(Preferences(wanted=frozenset({"cardiology", "audiology"})))
    assert hearts == about("cardiology", "audiology")
    assert hearts > {"lyme-carditis", "audiogram-otosclerosis"}
    out = frozenset({"infectious-diseases", "audiology"})
    fewer = fitting(Preferences(wanted=frozenset({"cardiology"}), unwanted=out))
    assert fewer == about("cardiology") - about(*out)
    assert "lyme-carditis" not in fewer
    students = fitting(Preferences("student"))
    assert {library.cases[case_id].level for case_id in students} == {"student"}
    none = Preferences("student", frozenset({"alchemy"}))
    assert choose(AnyUnseen(none), library, Progress(), ADA) == NoneAsPreferred()


def test_a_case_in_one_s_language_comes_first() -> None:
    """Whatever country's form of it; else any."""
    library = shipped_library()
    spanish = library.cases["lyme-carditis"].model_copy(update={"language": "es-MX"})
    cases = type(library)({**library.cases, spanish.id: spanish}, (), {}, {}, FigureBytes())
    for person_id in range(1, 9):
        assert choose(AnyUnseen(), cases, Progress(), person_id, "es") == spanish
        assert choose(AnyUnseen(), cases, Progress(), person_id, "en") != spanish
    seen = Progress({spanish.id: 1}, answered=frozenset())
    assert choose(AnyUnseen(), cases, seen, ADA, "es") != spanish
