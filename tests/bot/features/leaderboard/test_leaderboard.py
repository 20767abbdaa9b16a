"""Leaderboard, weekly digest and results of a chat, from the answers given there."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, HOUR_MS
from bot.features.cases.record_answer import PostedQuestion, Response, given_answer
from bot.features.leaderboard.leaderboard import (
    DAYS,
    NamePress,
    choose_name,
    leaderboard,
    own_place,
)
from bot.features.posts.close_question import close
from bot.features.posts.post_case import post_case
from bot.features.results.case_results import results
from bot.features.results.weekly_digest import LATEST_MS, digest
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.features.shared.served_chat import ServedChat, served_chat
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.model import Case
from content.snapshot import Snapshot
from storage.chat_facts import ChatJoined, NameHidden, NameShown
from storage.facts import PersonForgotten, PersonMet
from storage.outcome import Outcome, Quote
from storage.question_facts import QuestionClosed, TotalsSeen
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.served_chats import send_all
from tests.support.services import StillClock, commit, services_with_cases

CHLOE = BEN + 1
MONDAY = 1_772_409_600_000 + 8 * HOUR_MS  # 2026-03-02, 08:00 UTC: when digests are due
CROWD = range(CHLOE, CHLOE + 5)
RIGHT, WRONG = 1, 0


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot in a group, an hour before the digest is due."""
    async with services_with_cases(tmp_path, MONDAY - HOUR_MS) as services:
        settings = ChatSettings(leaderboard=True, digest=True, language="en").to_json()
        joined = ChatJoined(GROUP, "supergroup", "Ward 7", settings, ADA, MONDAY - DAY_MS)
        await commit(services, Outcome((joined,)))
        yield services


async def room_of(services: Services, **changes: object) -> ServedChat:
    """The group, its digest due on Monday, with some settings changed."""
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    room = served_chat(services, replace(chat, digest_due=chat.digest_due or MONDAY))
    return replace(room, settings=replace(room.settings, **changes))


async def put(
    services: Services, case: Case, answers: dict[int, int], *, closed: bool = True
) -> int:
    """Ask the group a case's first question; each person answers; perhaps it closes."""
    await commit(services, await post_case(services, await room_of(services), case))
    last = (await services.store.questions.open_in(GROUP))[-1]
    asked = PostedQuestion(Snapshot.from_json(last.snapshot), 0, last.post_id)
    now = services.clock.now()
    for person_id, choice in answers.items():
        given = await given_answer(services, person_id, asked, Response((choice,), now, None))
        await commit(services, Outcome((given,)))
    if closed:
        await commit(services, Outcome((QuestionClosed(last.post_id, 0, now),)))
    services.clock = StillClock(at=now + 1)
    return last.post_id


def cases(services: Services) -> list[Case]:
    """The library, in order."""
    return list(services.library.cases.values())


def said(outcome: Outcome, chat_id: int = GROUP) -> str:
    """What goes to a chat."""
    return "\n".join(c.params["text"] for c in outcome.owed if c.chat_id == chat_id)


async def board(services: Services) -> list[str]:
    """The lines of the leaderboard as the group sees it."""
    call = await leaderboard(services, await room_of(services))
    return [line for line in call.params["text"].splitlines() if " · " in line]


async def test_points_are_for_closed_questions(services: Services) -> None:
    """What is still open does not count, nor what closed longer ago than a month."""
    one, two, three, *_ = cases(services)
    services.clock = StillClock(at=MONDAY - (DAYS + 1) * DAY_MS)
    await put(services, three, {BEN: RIGHT})
    services.clock = StillClock(at=MONDAY)
    await put(services, one, {ADA: RIGHT, BEN: WRONG})
    await put(services, two, {ADA: RIGHT}, closed=False)
    assert await board(services) == ["1. a colleague · 1 of 1", "2. a colleague · 0 of 1"]


async def test_a_case_asked_again_brings_no_further_points(services: Services) -> None:
    """Its explanation is out: else who asks for one case again and again would lead."""
    one, two, *_ = cases(services)
    await put(services, one, {})
    await put(services, one, {ADA: RIGHT, BEN: WRONG})
    for _ in range(3):
        await put(services, one, {BEN: RIGHT})
    assert await board(services) == ["1. a colleague · 1 of 1", "2. a colleague · 0 of 1"]
    await put(services, two, {BEN: RIGHT})
    assert await board(services) == ["1. a colleague · 1 of 1", "2. a colleague · 1 of 2"]


async def test_the_best_have_places(services: Services) -> None:
    """Ten are shown, best first; of equal points, those of fewer answers go before."""
    one, two, *_ = cases(services)
    crowd = range(CHLOE, CHLOE + 12)
    await put(services, one, dict.fromkeys(crowd, RIGHT) | {BEN: WRONG})
    await put(services, two, {ADA: RIGHT, CHLOE: RIGHT, CHLOE + 1: WRONG})
    await press(services, CHLOE, "Chloe", show=True)
    await press(services, CHLOE + 1, "Eleventh", show=True)
    assert await board(services) == ["1. Chloe · 2 of 2", *["2. a colleague · 1 of 1"] * 9]


async def test_equals_share_a_place(services: Services) -> None:
    """As many points of as many answers are as good; whoever comes next is counted on."""
    one, two, *_ = cases(services)
    await put(services, one, {ADA: RIGHT, BEN: RIGHT, CHLOE: WRONG})
    await put(services, two, {CHLOE: RIGHT})
    assert await board(services) == [
        *["1. a colleague · 1 of 1"] * 2,
        "3. a colleague · 1 of 2",
    ]


async def press(services: Services, person_id: int, name: str, *, show: bool) -> Outcome:
    """Press a button under the leaderboard."""
    visit = await receive(services, Visitor(person_id, "en"))
    room = await room_of(services)
    return await commit(
        services, await choose_name(services, visit, room, NamePress(5, name, show))
    )


async def test_only_those_are_named_who_agreed(services: Services) -> None:
    """A name comes by its owner's press, is shown at once, and goes the same way."""
    await put(services, cases(services)[0], {ADA: RIGHT, BEN: WRONG})
    outcome = await press(services, ADA, "Ada\n <i>", show=True)
    (edit,) = outcome.owed
    assert (edit.method, edit.params["message_id"]) == ("editMessageText", 5)
    assert "1. Ada &lt;i&gt; · 1 of 1" in edit.params["text"]
    assert await board(services) == ["1. Ada &lt;i&gt; · 1 of 1", "2. a colleague · 0 of 1"]
    await press(services, ADA, "Ada", show=False)
    assert await board(services) == ["1. a colleague · 1 of 1", "2. a colleague · 0 of 1"]


async def own(services: Services, person_id: int, **changes: object) -> str:
    """What a person reads who presses "Where am I?"; nothing else comes of it."""
    visit = await receive(services, Visitor(person_id, "en"))
    outcome = await own_place(services, visit, await room_of(services, **changes))
    assert (outcome.facts, outcome.owed) == ((), ())
    assert outcome.toast is not None
    assert outcome.toast.alert
    return outcome.toast.text


async def test_each_finds_their_own_place(services: Services) -> None:
    """Beyond those shown, and where others read a colleague; equals share one here too."""
    one, two, *_ = cases(services)
    crowd = range(CHLOE, CHLOE + 12)
    await put(services, one, dict.fromkeys(crowd, RIGHT) | {BEN: WRONG})
    await put(services, two, {CHLOE: RIGHT})
    await press(services, CHLOE, "Chloe", show=True)
    assert await own(services, CHLOE) == "You are number 1, with 2 of 2. Others see your name."
    unnamed = "You are number 2, with 1 of 1. To others you are “a colleague”."
    assert {await own(services, person_id) for person_id in crowd[1:]} == {unnamed}
    assert (await own(services, BEN)).startswith("You are number 13, with 0 of 1.")
    assert await own(services, ADA) == "You are not on this leaderboard yet."
    assert await own(services, CHLOE, leaderboard=False) == "The leaderboard is off here."


async def test_a_name_is_cleaned_whenever_it_came(services: Services) -> None:
    """Also one that was kept before names were; and who has none that can be seen has a word."""
    await put(services, cases(services)[0], {ADA: RIGHT, BEN: WRONG})
    await press(services, BEN, "\u3164", show=True)
    await commit(services, Outcome((NameShown(GROUP, ADA, "\u202e@ada"),)))
    assert await board(services) == ["1. @\u2060ada · 1 of 1", "2. a learner · 0 of 1"]
    assert await services.store.chats.shown_names(GROUP) == {ADA: "\u202e@ada", BEN: ""}


async def test_a_forgotten_person_is_on_no_leaderboard(services: Services) -> None:
    """Forgetting takes the name and the place."""
    await put(services, cases(services)[0], {ADA: RIGHT, BEN: WRONG})
    await press(services, ADA, "Ada", show=True)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    assert await board(services) == ["1. a colleague · 0 of 1"]


@pytest.mark.parametrize("erased", [True, False], ids=["erased", "hidden"])
async def test_a_leaderboard_that_is_still_owed_names_nobody_who_is_gone(
    services: Services, erased: bool
) -> None:
    """What was owed before is sent without the line; that of others stays."""
    await put(services, cases(services)[0], {ADA: RIGHT, BEN: WRONG})
    await press(services, BEN, "Ben", show=True)
    await commit(services, await press(services, ADA, "Ada & Co <i>", show=True))
    outcome = Outcome((PersonForgotten(ADA),)) if erased else Outcome((NameHidden(GROUP, ADA),))
    await commit(services, outcome)
    waiting = await services.store.outbox.waiting(0)
    (owed,) = await services.store.outbox.begin([waiting[-1].id], MONDAY)
    lines = str(owed.params["text"]).split("\n")
    assert lines[2:4] == ["…", "2. Ben · 0 of 1"]


async def test_results_at_closing_quote_who_is_named(services: Services) -> None:
    """The one message that names them, by the whole sentence: see the test above."""
    case = cases(services)[0]
    await press(services, ADA, "Ada", show=True)
    await put(services, case, {ADA: RIGHT, BEN: RIGHT}, closed=False)
    (asked,) = await services.store.questions.open_in(GROUP)
    closed = await close(services, await room_of(services), asked)
    assert [call.quotes for call in closed.owed if call.quotes] == [
        (Quote(ADA, "First to be right: Ada"),)
    ]


async def test_the_leaderboard_is_off_at_first(services: Services) -> None:
    """Off, it says how to switch it on, and takes no names; names can still be taken back."""
    room = await room_of(services, leaderboard=False)
    assert "/settings" in (await leaderboard(services, room)).params["text"]
    visit = await receive(services, Visitor(ADA, "en"))
    shown = await choose_name(services, visit, room, NamePress(5, "Ada", show=True))
    assert shown.facts == ()
    hidden = await choose_name(services, visit, room, NamePress(5, "Ada", show=False))
    assert len(hidden.facts) == 1


async def test_nothing_closed_is_said_so(services: Services) -> None:
    """An empty leaderboard is no empty message."""
    text = (await leaderboard(services, await room_of(services))).params["text"]
    assert "no question with answers has closed" in text


async def test_the_digest_tells_of_the_week(services: Services) -> None:
    """Cases, voters, the best and the worst of those that five answered; then the next is due."""
    one, two, three, *_ = cases(services)
    await put(services, one, dict.fromkeys(CROWD, RIGHT))
    await put(services, two, dict.fromkeys(CROWD, WRONG) | {ADA: RIGHT})
    await put(services, three, dict.fromkeys(CROWD[:4], WRONG))
    services.clock = StillClock(at=MONDAY + 1)
    outcome = await commit(services, await digest(services, await room_of(services, thread_id=9)))
    (call,) = outcome.owed
    assert call.broadcast
    assert call.params["message_thread_id"] == 9
    text = said(outcome)
    assert "3 cases" in text
    assert "6 voters" in text
    assert f"Most often right: <i>{one.title}</i> · &gt; 95% ✓" in text
    assert f"Least often right: <i>{two.title}</i> · 17% ✓" in text
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    assert chat.digest_due == MONDAY + 7 * DAY_MS


@pytest.mark.parametrize("late", [-3 * HOUR_MS, LATEST_MS + 1])
async def test_a_digest_is_said_once_or_let_go(services: Services, late: int) -> None:
    """A clock set back does not bring the same one again; one that is a day late is not said."""
    await put(services, cases(services)[0], {ADA: RIGHT})
    services.clock = StillClock(at=MONDAY + late)
    outcome = await digest(services, await room_of(services))
    assert (late < 0) == bool(outcome.owed)
    await commit(services, outcome)
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    assert chat.digest_due == MONDAY + 7 * DAY_MS


async def test_a_week_without_cases_has_no_digest(services: Services) -> None:
    """Nor has a chat that switched it off meanwhile, which then has none due."""
    services.clock = StillClock(at=MONDAY)
    assert (await digest(services, await room_of(services))).owed == ()
    await put(services, cases(services)[0], {ADA: RIGHT})
    outcome = await digest(services, await room_of(services, digest=False))
    assert outcome.owed == ()
    await commit(services, outcome)
    chat = await services.store.chats.get(GROUP)
    assert chat is not None
    assert chat.digest_due is None


async def ask_results(services: Services, person_id: int, text: str) -> Outcome:
    """`/results` by an administrator."""
    visit = await receive(services, Visitor(person_id, "en"))
    return await results(services, await room_of(services), visit, text)


async def test_results_come_in_private(services: Services) -> None:
    """The times that five answered a case are summed; of few, and while it is open, it is a count.

    From a sum in which they stood, whoever saw the rest would know how they answered.
    """
    case = cases(services)[0]
    await commit(services, Outcome((PersonMet(ADA, "en", MONDAY),)))
    await put(services, case, dict.fromkeys(CROWD, RIGHT))
    await put(services, case, dict.fromkeys(CROWD, WRONG) | {ADA: RIGHT})
    await put(services, case, dict.fromkeys(CROWD[:4], WRONG))
    await put(services, case, dict.fromkeys(CROWD, WRONG), closed=False)
    outcome = await ask_results(services, ADA, case.id)
    assert "sent you the results in private" in said(outcome)
    text = said(outcome, ADA)
    assert "6 of 11 answers right (asked 4 times)." in text
    assert "55% Choice 1" in text
    assert "45% Choice 0" in text
    assert "9 more have answered." in text
    assert "once a question has closed, and from 5 answers on" in text


@pytest.mark.parametrize("closed", [True, False])
async def test_results_of_few_are_a_count(services: Services, closed: bool) -> None:
    """Neither shares nor how many were right; what is right they may know."""
    case = cases(services)[0]
    await commit(services, Outcome((PersonMet(ADA, "en", MONDAY),)))
    await put(services, case, dict.fromkeys(CROWD[:4], RIGHT), closed=closed)
    text = said(await ask_results(services, ADA, case.id), ADA)
    assert "4 have answered (asked 1 time)." in text
    assert "Correct: <b>Choice 1" in text
    assert "%" not in text
    assert " right" not in text


async def test_results_of_an_anonymous_poll_are_its_totals(services: Services) -> None:
    """What Telegram counted, without anybody's answers."""
    case = cases(services)[0]
    await put(services, case, {})
    await send_all(services)
    await commit(services, Outcome((TotalsSeen("poll 1", (3, 6, 1), 10),)))
    await commit(services, Outcome((PersonMet(ADA, "en", MONDAY),)))
    text = said(await ask_results(services, ADA, case.id), ADA)
    assert "6 of 10 answers right" in text
    services.clock = StillClock(at=MONDAY)
    room = await room_of(services, layout=Layout.ANONYMOUS)
    assert "10 anonymous votes" in said(await digest(services, room))


async def test_nobody_answered(services: Services) -> None:
    """A question without answers has no shares."""
    case = cases(services)[0]
    await commit(services, Outcome((PersonMet(ADA, "en", MONDAY),)))
    await put(services, case, {})
    assert "Nobody has answered (asked 1 time)." in said(
        await ask_results(services, ADA, case.id), ADA
    )
