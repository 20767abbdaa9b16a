"""What a press on a choice comes to, whatever a client sends, and whenever."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.posts.tap_choice import Tap, tap
from bot.features.posts.verdict_view import verdict_toast
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.model import Question
from storage.chat_facts import ChatMoved
from storage.facts import AnswerGiven, PersonForgotten
from storage.outcome import Outcome
from storage.question_facts import MessageFound, QuestionClosed, TallyDue
from storage.questions import PutQuestion
from tests.content.samples import question_data
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.served_chats import (
    BUTTONS,
    POLLS,
    again,
    answer,
    backlog,
    join,
    later,
    put,
)
from tests.support.services import commit, only_case

MESSAGE = 5
PAUSE_MS = 5_000  # ms
OPEN_FOR_MS = HOUR_MS  # ms
HOURLY = replace(BUTTONS, open_for=OPEN_FOR_MS // 1000)
RIGHT, WRONG = 1, 0


@pytest.fixture
async def asked(services: Services) -> PutQuestion:
    """A question with buttons that came into the group just now."""
    return await put(services, await join(services, HOURLY))


async def tapped(
    services: Services,
    asked: PutQuestion,
    choice: int | None = RIGHT,
    *,
    person_id: int = BEN,
    chat_id: int = GROUP,
) -> Outcome:
    """What a person's press comes to; it is on record."""
    visit = await receive(services, Visitor(person_id, "en"))
    ref = QuestionRef(asked.post_id, asked.position)
    return await commit(services, await tap(services, visit, Tap(ref, choice, chat_id, MESSAGE)))


def given(outcome: Outcome) -> list[tuple[tuple[int, ...], int | None]]:
    """What was chosen, and after how many milliseconds, if that is known."""
    return [(f.choices, f.time_taken) for f in outcome.facts if isinstance(f, AnswerGiven)]


def said(outcome: Outcome) -> str:
    """What the person sees over the chat."""
    assert outcome.toast is not None
    assert outcome.toast.alert
    return outcome.toast.text


async def test_a_tap_is_recorded_once_and_answered(services: Services, asked: PutQuestion) -> None:
    """A second one is told what counts: the first choice, and the verdict on it."""
    later(services, 7_000)
    first = await tapped(services, asked, WRONG)
    assert given(first) == [((WRONG,), 7_000)]
    assert said(first).startswith("❌ Not this time.")
    second = await tapped(services, asked, RIGHT)
    assert given(second) == []
    assert said(second) == (
        "Your first answer counts: Choice 0 of 0-a. ❌ Not this time. Correct: Choice 1 of 0-a"
    )


async def test_a_clock_set_back_says_nothing_of_how_long_it_took(
    services: Services, asked: PutQuestion
) -> None:
    """A tap seems to come before its question then."""
    later(services, -5_000)
    assert given(await tapped(services, asked)) == [((RIGHT,), None)]


async def test_the_count_under_the_post_follows_at_its_own_pace(
    services: Services, asked: PutQuestion
) -> None:
    """The first tap makes it due in five seconds; those that follow do not put it off."""
    later(services, 1)
    outcome = await tapped(services, asked)
    due = services.clock.now() + PAUSE_MS
    assert TallyDue(asked.post_id, asked.position, due) in outcome.facts
    later(services, PAUSE_MS - 1)
    await tapped(services, asked, person_id=ADA)
    assert await services.store.questions.tallies_due(due - 1) == []
    assert len(await services.store.questions.tallies_due(due)) == 1


@pytest.mark.parametrize(("early_ms", "counts"), [(1, True), (0, False), (-1, False)])
async def test_a_question_closes_on_time(
    services: Services, asked: PutQuestion, early_ms: int, counts: bool
) -> None:
    """A tap in the last millisecond counts; one after that meets a closed question."""
    later(services, asked.closes_at - services.clock.now() - early_ms)
    outcome = await tapped(services, asked)
    assert bool(given(outcome)) is counts
    assert ("closed" in said(outcome)) is not counts


async def test_a_tap_that_waited_at_telegram_may_have_come_in_time(
    services: Services, asked: PutQuestion
) -> None:
    """After a backlog it counts while the question is not closed, and nobody says how fast."""
    later(services, OPEN_FOR_MS + DAY_MS)
    backlog(services)
    outcome = await tapped(services, asked)
    assert given(outcome) == [((RIGHT,), None)]
    assert said(outcome).startswith("✅ Right.")


@pytest.mark.parametrize("fresh", [True, False])
async def test_a_closed_question_takes_no_tap(
    services: Services, asked: PutQuestion, fresh: bool
) -> None:
    """Its results are out: not even one that waited at Telegram since before the closing."""
    closed = QuestionClosed(asked.post_id, asked.position, services.clock.now())
    await commit(services, Outcome((closed,)))
    if not fresh:
        backlog(services)
    outcome = await tapped(services, asked)
    assert (given(outcome), said(outcome)) == ([], "⏰ This question is closed.")


async def test_who_answered_before_the_closing_still_sees_their_verdict(
    services: Services, asked: PutQuestion
) -> None:
    """Whether the question has closed since or not."""
    await answer(services, asked, BEN, WRONG)
    later(services, OPEN_FOR_MS)
    outcome = await tapped(services, asked)
    assert "❌ Not this time." in said(outcome)


@pytest.mark.parametrize("choice", [3, 10**9])
async def test_a_choice_that_is_not_there_is_no_answer(
    services: Services, asked: PutQuestion, choice: int
) -> None:
    """A client can send what it likes."""
    outcome = await tapped(services, asked, choice)
    assert (given(outcome), "any more" in said(outcome)) == ([], True)


async def test_a_question_that_is_not_there_takes_no_tap(
    services: Services, asked: PutQuestion
) -> None:
    """Neither of another post, nor one further on in this one."""
    outcome = await tapped(services, replace(asked, post_id=asked.post_id + 1))
    assert (given(outcome), "any more" in said(outcome)) == ([], True)
    outcome = await tapped(services, replace(asked, position=1))
    assert given(outcome) == []


async def test_only_what_has_buttons_takes_a_tap(services: Services) -> None:
    """A poll's question is answered in the poll, where everybody sees who has."""
    asked = await put(services, await join(services, POLLS))
    outcome = await tapped(services, asked)
    assert (given(outcome), "no longer works" in said(outcome)) == ([], True)


async def test_a_tap_tells_in_which_message_its_question_stands(services: Services) -> None:
    """Where the answer to its sending was lost: so it can be edited after all."""
    asked = await put(services, await join(services, HOURLY), sent=False)
    outcome = await tapped(services, asked)
    assert MessageFound(asked.post_id, asked.position, MESSAGE) in outcome.facts
    assert given(outcome) == [((RIGHT,), None)], "nobody knows since when it could be tapped"
    assert (await again(services, asked)).message_id == MESSAGE
    assert (
        MessageFound(asked.post_id, asked.position, MESSAGE)
        in (await tapped(services, asked)).facts
    )


async def test_a_tap_in_the_group_that_became_a_supergroup_tells_no_message(
    services: Services,
) -> None:
    """Messages have other numbers there; the answer counts all the same."""
    asked = await put(services, await join(services, HOURLY))
    await commit(services, Outcome((ChatMoved(GROUP, GROUP - 1),)))
    outcome = await tapped(services, asked, chat_id=GROUP)
    assert len(given(outcome)) == 1
    assert (await again(services, asked)).message_id is None
    await tapped(services, asked, chat_id=GROUP - 1, person_id=ADA)
    assert (await again(services, asked)).message_id == MESSAGE


async def test_who_knows_a_question_s_number_cannot_tap_from_elsewhere(
    services: Services, asked: PutQuestion
) -> None:
    """A client can send what it likes: neither from another chat, nor from the private one."""
    for chat_id in (GROUP - 1, BEN):
        outcome = await tapped(services, asked, chat_id=chat_id)
        assert (outcome.facts, "no longer works" in said(outcome)) == ((), True)


async def test_who_was_forgotten_since_cannot_answer_anew(
    services: Services, asked: PutQuestion
) -> None:
    """Their answer counts, though nobody knows any more that it was theirs."""
    await tapped(services, asked, WRONG)
    await commit(services, Outcome((PersonForgotten(BEN),)))
    outcome = await tapped(services, asked, RIGHT)
    assert given(outcome) == []
    assert "cannot be answered again" in said(outcome)


@pytest.fixture
async def several(services: Services, tmp_path: Path) -> PutQuestion:
    """A question with buttons of which two of three are right."""
    choices = [{"text": text, "correct": text != "Fat"} for text in ("Fat", "Calcium", "Urate")]
    only_case(services, tmp_path / "several", questions=[question_data(choices=choices)])
    return await put(services, await join(services, HOURLY))


def noted(outcome: Outcome) -> str:
    """What a press is answered with in passing, where nothing is recorded for good."""
    assert outcome.toast is not None
    assert not outcome.toast.alert
    assert given(outcome) == []
    return outcome.toast.text


async def test_where_several_are_right_choices_are_marked_and_then_submitted(
    services: Services, several: PutQuestion
) -> None:
    """A mark is no answer, and can be taken back; what stands at the end is graded as one."""
    assert noted(await tapped(services, several, 0)).startswith("Marked: Fat.")
    assert set(noted(await tapped(services, several, 2)).split(". ")[0][8:].split("; ")) == {
        "Fat",
        "Urate",
    }
    assert noted(await tapped(services, several, 0)).startswith("Marked: Urate.")
    await tapped(services, several, 1)
    later(services, 4_000)
    outcome = await tapped(services, several, None)
    assert given(outcome) == [((1, 2), 4_000)]
    assert said(outcome).startswith("✅ Right.")
    assert await services.store.polls.draft(BEN, several.post_id, 0) == ()
    again_ = await tapped(services, several, 0)
    assert said(again_).startswith("Your first answer counts:")
    assert given(again_) == []


async def test_nothing_marked_is_nothing_submitted(
    services: Services, several: PutQuestion
) -> None:
    """Also where every mark was taken back."""
    assert said(await tapped(services, several, None)).startswith("Nothing is marked yet.")
    await tapped(services, several, 0)
    assert noted(await tapped(services, several, 0)) == "Nothing is marked any more."
    assert said(await tapped(services, several, None)).startswith("Nothing is marked yet.")


async def test_marks_are_each_person_s_own(services: Services, several: PutQuestion) -> None:
    """Nobody submits what another marked."""
    await tapped(services, several, 1)
    await tapped(services, several, 2, person_id=ADA)
    assert given(await tapped(services, several, None, person_id=ADA))[0][0] == (2,)
    assert given(await tapped(services, several, None))[0][0] == (1,)


async def test_what_was_marked_and_not_submitted_in_time_does_not_count(
    services: Services, several: PutQuestion
) -> None:
    """Whoever comes too late is told so."""
    await tapped(services, several, 1)
    later(services, OPEN_FOR_MS)
    for choice in (2, None):
        outcome = await tapped(services, several, choice)
        assert given(outcome) == []
        assert "not submitted does not count" in said(outcome)


async def test_where_one_is_right_there_is_nothing_to_submit(
    services: Services, asked: PutQuestion
) -> None:
    """Its post has no such button."""
    outcome = await tapped(services, asked, None)
    assert (given(outcome), "no longer works" in said(outcome)) == ([], True)


@pytest.mark.parametrize(
    ("point", "chosen", "said"),
    [
        (None, 1, "✅ Right. Calcium"),
        (None, 0, "❌ Not this time. Correct: Calcium"),
        ("Hard means calcium.", 0, "❌ Not this time. Hard means calcium."),
        ("Hard means calcium. " * 10, 0, "❌ Not this time. Correct: Calcium"),
        ("Hard means calcium. " * 10, 1, "✅ Right."),
    ],
)
def test_a_verdict_never_reads_as_if_the_right_choice_were_wrong(
    point: str | None, chosen: int, said: str
) -> None:
    """Beside "not this time" the right choice stands as what is correct."""
    question = Question.model_validate(question_data()).model_copy(update={"key_point": point})
    assert verdict_toast(question, (chosen,), Languages.load().choose("en", None)) == said
