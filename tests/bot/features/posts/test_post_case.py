"""A case before a chat: which one, in which layout and order, for how long; and what is kept."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.posts.post_case import matching, next_case, post_case, put_question
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.question_buttons import QuestionRef
from bot.services import Services
from content.library import load_library
from storage.case_facts import CasePosted, FigureKept, SnapshotTaken
from storage.outcome import Outcome
from storage.question_facts import QuestionPut
from tests.content.samples import question_data, write_case
from tests.storage.samples import GROUP
from tests.support.library import shipped_library
from tests.support.served_chats import ANONYMOUS, BUTTONS, POLLS, join
from tests.support.services import commit, only_case

TOPIC = 77


def put_by(outcome: Outcome) -> QuestionPut:
    """The one question that was put."""
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, QuestionPut))
    return fact


@pytest.mark.parametrize(
    ("topics", "levels", "found"),
    [
        ((), (), "heart-r heart-s skin-r"),
        (("cardiology",), (), "heart-r heart-s"),
        ((), ("student",), "heart-s"),
        (("cardiology", "dermatology"), ("resident",), "heart-r skin-r"),
        (("cardiology",), ("student", "resident"), "heart-r heart-s"),
        (("nephrology",), (), ""),
        (("dermatology",), ("student",), ""),
    ],
)
def test_a_chat_gets_cases_on_its_topics_and_of_its_levels(
    services: Services,
    tmp_path: Path,
    topics: tuple[str, ...],
    levels: tuple[str, ...],
    found: str,
) -> None:
    """On any of the topics, and of any of the levels; all where it names none."""
    for name, topic in (("heart-r", "cardiology"), ("heart-s", "cardiology"), ("skin-r", None)):
        level = "student" if name.endswith("s") else "resident"
        on = [topic] if topic else ["oncology", "dermatology"]
        write_case(tmp_path / f"{name}.yaml", id=name, topics=on, level=level)
    services.library = load_library(tmp_path)
    settings = ChatSettings(topics=frozenset(topics), levels=frozenset(levels))
    names = [case.id for case in matching(services, settings) if not case.id.startswith("made")]
    assert " ".join(sorted(names)) == found


async def test_the_next_case_is_one_of_those_asked_for(services: Services) -> None:
    """Whatever the chat chose, where it is asked for by name; of none there is none."""
    served = await join(services, replace(POLLS, levels=frozenset({"student"})))
    assert await next_case(services, served) is None
    case = services.library.cases["made-2"]
    assert await next_case(services, served, [case]) == case
    assert await next_case(services, served, []) is None


@pytest.mark.parametrize(
    ("language", "expected"),
    [("es", "spanish"), ("fr", "french"), ("en", "english")],
)
async def test_a_new_case_in_the_chat_s_language_comes_before_others(
    services: Services, tmp_path: Path, language: str, expected: str
) -> None:
    """In whatever country's form; once it was posted, the others come."""
    for name, written in (("english", {}), ("french", {"language": "fr"}), ("other", {})):
        write_case(tmp_path / f"{name}.yaml", id=name, **written)
    write_case(tmp_path / "spanish.yaml", id="spanish", language="es-PE")
    services.library = load_library(tmp_path)
    served = await join(services, replace(POLLS, language=language))
    met = []
    for _ in services.library.cases:
        case = await next_case(services, served)
        assert case is not None
        met.append(case.id)
        await commit(services, await post_case(services, served, case))
    assert met[0] in ({"english", "other"} if expected == "english" else {expected})
    assert sorted(met) == sorted(services.library.cases)


async def test_a_post_is_on_record_with_all_that_it_shows(services: Services) -> None:
    """Its snapshot, its figures' bytes where they are not kept yet, its time, and its topic."""
    services.library = shipped_library()
    case = services.library.cases["calcinosis-cutis"]
    served = await join(services, replace(POLLS, thread_id=TOPIC))
    outcome = await post_case(services, served, case, due_at=7)
    snapshot = services.library.snapshot(case)
    assert SnapshotTaken(snapshot.digest, snapshot.to_json(), services.clock.now()) in outcome.facts
    kept = [fact.sha256 for fact in outcome.facts if isinstance(fact, FigureKept)]
    assert kept == list(snapshot.figures)
    (posted,) = (fact for fact in outcome.facts if isinstance(fact, CasePosted))
    assert (posted.chat_id, posted.person_id, posted.case_id) == (GROUP, None, case.id)
    assert (posted.snapshot, posted.posted_at) == (snapshot.digest, services.clock.now())
    assert (posted.thread_id, posted.due_at) == (TOPIC, 7)
    await commit(services, outcome)
    again = await post_case(services, served, case)
    assert not any(isinstance(fact, FigureKept) for fact in again.facts)


@pytest.mark.parametrize(("due_at", "broadcast"), [(None, False), (7, True)])
async def test_what_a_schedule_wants_waits_for_what_people_want(
    services: Services, due_at: int | None, broadcast: bool
) -> None:
    """A case that somebody asked for goes out before those."""
    served, case = await join(services), services.library.cases["made-0"]
    outcome = await post_case(services, served, case, due_at=due_at)
    assert {call.broadcast for call in outcome.owed} == {broadcast}


@pytest.mark.parametrize("open_for", [300, 86_400])
async def test_a_question_is_open_for_as_long_as_the_chat_chose(
    services: Services, open_for: int
) -> None:
    """Seconds, from the moment in which it is put."""
    served = await join(services, replace(POLLS, open_for=open_for))
    put = put_by(await post_case(services, served, services.library.cases["made-0"]))
    assert put.put_at == services.clock.now()
    assert put.closes_at - put.put_at == open_for * 1000


@pytest.mark.parametrize(
    ("kind", "settings", "several", "layout"),
    [
        ("supergroup", POLLS, False, Layout.POLL),
        ("supergroup", BUTTONS, False, Layout.BUTTONS),
        ("supergroup", BUTTONS, True, Layout.BUTTONS),
        ("supergroup", ANONYMOUS, False, Layout.POLL),
        ("channel", BUTTONS, False, Layout.BUTTONS),
        ("channel", BUTTONS, True, Layout.BUTTONS),
        ("channel", POLLS, False, Layout.ANONYMOUS),
    ],
)
async def test_the_layout_is_one_that_the_chat_allows(
    services: Services,
    tmp_path: Path,
    kind: str,
    settings: ChatSettings,
    several: bool,
    layout: Layout,
) -> None:
    """Polls show who voted in groups, and in channels they cannot; buttons stand anywhere."""
    choices = [
        {"text": "Fat", "correct": "true"},
        {"text": "Calcium", "correct": str(several).lower()},
        {"text": "Urate"},
    ]
    case = only_case(services, tmp_path / "one", questions=[question_data(choices=choices)])
    put = put_by(await post_case(services, await join(services, settings, kind=kind), case))
    assert put.layout == layout


async def test_buttons_stand_in_an_order_of_the_post_s_own(
    services: Services, tmp_path: Path
) -> None:
    """The same however often it is worked out; that of the file where the author keeps to it."""
    choices = [{"text": f"Choice {n}", "correct": str(n == 0).lower()} for n in range(10)]
    mixed = only_case(services, tmp_path / "a", questions=[question_data(choices=choices)])
    kept = only_case(
        services, tmp_path / "b", questions=[question_data(choices=choices, shuffle="false")]
    )
    served = await join(services, BUTTONS)
    orders = set()
    for case, layout in ((mixed, BUTTONS), (kept, BUTTONS), (mixed, POLLS)):
        served = await join(services, layout)
        snapshot = services.library.snapshot(case)
        for post_id in range(1, 6):
            put = [
                put_by(
                    put_question(served, snapshot, QuestionRef(post_id, 0), now=0, broadcast=False)
                )
                for _ in range(2)
            ]
            assert put[0].choice_order == put[1].choice_order
            assert sorted(put[0].choice_order) == [*range(10)]
            if case is mixed and layout is BUTTONS:
                orders.add(put[0].choice_order)
            else:
                assert put[0].choice_order == tuple(range(10))
    assert len(orders) == 5
