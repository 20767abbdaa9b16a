"""An exam until it is handed in: what is in view, what stands, and what is locked."""

import json

import pytest
from msgspec.structs import replace

from bot.base.i18n import ENGLISH, Languages
from bot.base.time_units import DAY_MS
from bot.features.cases.choose_case import Named
from bot.features.cases.explained_question import explained_question
from bot.features.cases.open_case import go_on
from bot.features.cases.send_case import next_case, send_case
from bot.features.daily.send_daily import send_daily
from bot.features.practice.send_review import next_review
from bot.features.practice.welcome_back import review_of
from bot.features.privacy.own_data import my_data
from bot.features.shared.question_buttons import QuestionRef
from bot.features.sittings import set_up
from bot.features.sittings.exam_view import ExamQuestion, overview
from bot.features.sittings.plan import Mode, time_for
from bot.features.sittings.sitting_buttons import SittingVerb
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.services import Services
from bot.telegram.batches import Arrival
from storage.chat_facts import DailySet
from storage.facts import PersonForgotten, PersonMet
from storage.outcome import Outcome
from storage.settlements import Sent
from tests.storage.samples import ADA, BEN, NOW, answered
from tests.support.served_chats import later
from tests.support.services import commit
from tests.support.sittings import SCREEN, begin, current, items, labels, press, said, visit


async def test_it_begins_with_its_first_question(services: Services) -> None:
    """In a time of its own; the page that offered it goes, so that it is not pressed again."""
    gone, first = (await begin(services)).owed
    assert (gone.method, gone.params["message_ids"]) == ("deleteMessages", [SCREEN])
    assert "Question 1 of 10 · 15 minutes left" in said(first)
    sitting = await current(services)
    assert (sitting.mode, sitting.state, sitting.deadline) == ("exam", "open", NOW + time_for(10))
    kept = await items(services, sitting)
    assert [item.position for item in kept] == [0, 1] * 5
    assert len({item.choice_order for item in kept}) > 1


async def test_a_second_one_does_not_begin(services: Services) -> None:
    """The one that is open is found again instead."""
    await begin(services)
    sitting = await current(services)
    (told,) = (await begin(services, Mode.STUDY)).owed
    assert "You have an exam open: 0 of 10 answered, 15 minutes left." in said(told)
    assert (await current(services)).id == sitting.id


async def test_an_answer_can_be_changed(services: Services) -> None:
    """It is marked on its button, and is in no count."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 2)
    outcome = await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    assert outcome.owed[0].method == "editMessageReplyMarkup"
    assert sum(label.startswith("● ") for label in labels(outcome)) == 1
    assert (await items(services, sitting))[0].draft == (1,)
    assert (await services.store.people.progress(ADA)).answered == frozenset()


async def test_nothing_is_seen_open_or_explained_before_the_end(services: Services) -> None:
    """Its cases are as new as before, and no button leads to a why."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    progress = await services.store.people.progress(ADA)
    assert (progress.seen, progress.given) == ({}, {})
    ref = QuestionRef((await items(services, sitting))[0].post_id, 0)
    assert await explained_question(services, ADA, ref) is None
    assert (await press(services, sitting, SittingVerb.WHY, 0)).toast is not None
    await press(services, sitting, SittingVerb.HAND_IN)
    assert await explained_question(services, ADA, ref) is not None
    assert await explained_question(services, BEN, ref) is None


async def test_another_question_takes_the_place_of_the_first(services: Services) -> None:
    """What showed the first is deleted: the messages known, and the one that was pressed."""
    await begin(services)
    sitting = await current(services)
    row = (await services.store.outbox.waiting(0))[-1]
    await services.store.outbox.settle([Sent(row.id, 77, shows=(77,))])
    shown, gone = (await press(services, sitting, SittingVerb.GO, 1)).owed
    assert "Question 2 of 10" in said(shown)
    assert gone.params["message_ids"] == [77, SCREEN]
    again = await press(services, sitting, SittingVerb.GO, 1)
    assert (again.owed, again.toast is not None) == ((), True)


async def test_opening_what_comes_after_locks_what_came_before(services: Services) -> None:
    """Within a case, since a reveal may give it away; other cases stay open."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    await press(services, sitting, SittingVerb.GO, 1)
    late = await press(services, sitting, SittingVerb.CHOOSE, 0, 2)
    assert late.toast is not None
    assert "Locked" in late.toast.text
    back = await press(services, sitting, SittingVerb.GO, 0)
    assert "Locked, since you have opened what comes after it. Your answer: Choice 1" in said(
        back.owed[0]
    )
    assert labels(back) == ["Mark for later", "Next →", "Overview and hand in"]
    await press(services, sitting, SittingVerb.GO, 2)
    kept = await items(services, sitting)
    assert [item.locked for item in kept[:4]] == [True, False, False, False]
    assert kept[0].draft == (1,)


async def test_all_questions_at_a_glance(services: Services) -> None:
    """What is answered, and what is marked for later; a mark is taken back as it was made."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 2, 1)
    assert "⚑ Marked" in labels(await press(services, sitting, SittingVerb.MARK, 3))
    await press(services, sitting, SittingVerb.MARK, 4)
    await press(services, sitting, SittingVerb.MARK, 4)
    outcome = await press(services, sitting, SittingVerb.OVERVIEW, 3)
    assert "1 of 10 answered" in said(outcome.owed[0])
    assert labels(outcome)[:5] == ["1 ○", "2 ○", "3 ●", "4 ○ ⚑", "5 ○"]
    assert "Question 4 of 10" in said((await press(services, sitting, SittingVerb.GO, 3)).owed[0])


async def test_a_press_that_means_nothing_here(services: Services) -> None:
    """A question or a choice that is not there, a session's button: kindly nothing."""
    await begin(services)
    sitting = await current(services)
    for verb, place, choice in (
        (SittingVerb.GO, 99, 0),
        (SittingVerb.CHOOSE, 0, 9),
        (SittingVerb.PAUSE, 0, 0),
    ):
        outcome = await press(services, sitting, verb, place, choice)
        assert outcome.toast is not None
        assert "no longer works" in outcome.toast.text
        assert outcome.owed == ()


async def test_nobody_presses_in_another_s_exam(services: Services) -> None:
    """It says so, and changes nothing."""
    await begin(services)
    sitting = await current(services)
    for verb in SittingVerb:
        outcome = await press(services, sitting, verb, 0, 1, person_id=BEN)
        assert outcome.toast is not None
        assert outcome.toast.text == "That is not yours. /practice begins your own."
        assert outcome.owed == ()
    assert (await items(services, sitting))[0].draft is None


async def test_a_press_after_the_deadline_hands_in(services: Services) -> None:
    """What was pressed no longer counts; what waited in a backlog may have come in time."""
    await begin(services)
    sitting = await current(services)
    later(services, time_for(10))
    services.arrival = Arrival(services.clock.now(), fresh=False)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    services.arrival = Arrival(services.clock.now(), fresh=True)
    outcome = await press(services, sitting, SittingVerb.CHOOSE, 2, 1)
    assert "Time is up, and the exam is handed in: 1 of 10 questions right." in said(
        outcome.owed[0]
    )
    assert (await items(services, sitting))[2].answer is None


@pytest.mark.parametrize("late", [False, True])
async def test_it_is_found_again_where_it_was(services: Services, *, late: bool) -> None:
    """By the command; unless its time is up, when its results come."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.GO, 4)
    later(services, time_for(10) if late else 60_000)
    outcome = await set_up.practice(services, await visit(services), "")
    if late:
        assert "Time is up" in said(outcome.owed[0])
        return
    assert "0 of 10 answered, 14 minutes left" in said(outcome.owed[0])
    assert "Question 5 of 10" in said((await press(services, sitting, SittingVerb.RESUME)).owed[0])


async def test_one_that_is_left_off_counts_nowhere(services: Services) -> None:
    """It asks first, and a later press says so."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    assert "Cancel the exam?" in said((await press(services, sitting, SittingVerb.LEAVE)).owed[0])
    await press(services, sitting, SittingVerb.VOID)
    assert (await services.store.people.progress(ADA)).answered == frozenset()
    late = await press(services, sitting, SittingVerb.HAND_IN)
    assert late.toast is not None
    assert late.toast.text == "Cancelled at 22:13 (UTC)."
    assert (await begin(services)).owed[-1].params["text"].startswith("<i>Question 1 of 10")


async def test_after_forget_nothing_of_it_is_left(services: Services) -> None:
    """An old button says that it no longer works."""
    await begin(services)
    sitting = await current(services)
    await press(services, sitting, SittingVerb.CHOOSE, 0, 1)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    outcome = await press(services, sitting, SittingVerb.HAND_IN)
    assert outcome.toast is not None
    assert "no longer works" in outcome.toast.text


async def test_a_case_that_left_the_library_stays_in_the_exam(services: Services) -> None:
    """As it was when the exam began."""
    await begin(services)
    sitting = await current(services)
    services.library = replace(services.library, cases={})
    await press(services, sitting, SittingVerb.CHOOSE, 9, 1)
    assert "Question 10 of 10" in said((await press(services, sitting, SittingVerb.GO, 9)).owed[0])
    outcome = await press(services, sitting, SittingVerb.HAND_IN)
    assert "1 of 10 questions right" in said(outcome.owed[0])


async def test_very_many_questions_leave_room_for_the_other_buttons(services: Services) -> None:
    """Telegram takes no more than a hundred: those that are left come first."""
    await begin(services)
    (item, *_) = await items(services, await current(services))
    many = [replace(item, place=n, draft=(0,) if n < 30 else None) for n in range(120)]
    (call,) = overview(ADA, ExamQuestion(1, many[0], 120, 9), many, Languages.load().words[ENGLISH])
    names = labels(Outcome(owed=(call,)))
    assert len(names) == 92
    assert names[0] == "31 ○"


async def test_own_data_names_no_case_of_it(services: Services) -> None:
    """Its codes alone, since an id may be the diagnosis; and what was chosen so far."""
    await begin(services)
    await press(services, await current(services), SittingVerb.CHOOSE, 0, 1)
    (call,) = (await my_data(services, await visit(services))).owed
    document = call.params["document"]["$file"]["content"]
    assert "made-" not in document
    (exam,) = json.loads(document)["practice_sessions"]
    assert exam["questions"][0]["choices"] == "[1]"
    assert len({question["case_code"] for question in exam["questions"]}) == 5


async def test_no_case_and_no_review_comes_until_it_is_handed_in(services: Services) -> None:
    """Their explanations may be those of the exam; whoever asks is led back to it."""
    given_before = await send_case(services, await visit(services), Named("made-0"))
    await commit(services, given_before)
    reviewed = answered(ADA, None, case_id="made-1", question_id="q-1-a")
    await commit(services, Outcome((reviewed,)))
    later(services, 30 * DAY_MS)

    async def brought() -> list[list[str]]:
        who = await visit(services)
        outcomes = (
            await next_case(services, who),
            await send_case(services, who, Named("made-2")),
            await go_on(services, who, "made-0"),
            await next_review(services, who),
            await review_of(services, who, "made-1:0"),
        )
        return [[call.method for call in one.owed] for one in outcomes]

    await begin(services)
    assert await brought() == [["sendMessage"]] * 5
    (call,) = (await next_case(services, await visit(services))).owed
    assert "You have an exam open" in said(call)
    await press(services, await current(services), SittingVerb.HAND_IN)
    assert [methods[-1] for methods in (await brought())[1:]] == ["sendPoll"] * 4


async def test_the_daily_case_comes_after_it(services: Services) -> None:
    """As soon as its time is up."""
    plan = DailyPlan(Timetable(EVERY_DAY, 7 * 60, "UTC"))
    spoken = plan.timetable.to_json(), plan.quiet_json()
    await commit(services, Outcome((PersonMet(ADA, "en", NOW), DailySet(ADA, *spoken, NOW))))
    await begin(services)
    sitting = await current(services)
    (kept,) = await services.store.chats.daily_due(NOW, 9)
    outcome = await commit(services, await send_daily(services, kept))
    assert outcome.owed == ()
    (kept,) = await services.store.chats.daily_due(sitting.deadline or 0, 9)
    assert kept.next_due == sitting.deadline
    later(services, time_for(10))
    assert (await send_daily(services, kept)).owed != ()
