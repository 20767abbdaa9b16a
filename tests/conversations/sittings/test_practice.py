"""Practice sessions and exams, as a learner meets them."""

import asyncio

import pytest

from bot.base.i18n import Languages
from bot.settings import Settings
from tests.support.database import query
from tests.support.practising import button, exam, has, plan, press, shows, study, worded
from tests.support.sandbox import Person, RefusedError
from tests.support.seeing import asked, buttons, is_poll, my_data, says, text_of

QUESTIONS = 3  # of the two cases
MARKED = "● "


async def test_an_exam_tells_nothing_before_its_end(learner: Person, bot: Settings) -> None:
    """One question in view; answers changed, marked, locked; then score, misses and whys."""
    first = await exam(learner)
    assert f"Question 1 of {QUESTIONS}" in worded(first)
    (choice, other, *_) = buttons(first)
    for label in (choice, other):
        await press(learner, first, label)
        await learner.wait_for(has(MARKED + label), after=first["message_id"] - 1)
    await press(learner, first, "Mark for later")
    await press(learner, first, "Next")
    second = await learner.wait_for(shows(f"Question 2 of {QUESTIONS}"))
    await press(learner, second, "Next")
    third = await learner.wait_for(shows(f"Question 3 of {QUESTIONS}"))
    await press(learner, third, "Overview")
    all_ = await learner.wait_for(shows("1 of 3 answered"))
    assert [text for text in buttons(all_) if text[0].isdigit()] == ["1 ● ⚑", "2 ○", "3 ○"]
    said = [worded(m) for m in await learner.messages()]
    assert not any("Not yet reviewed" in one or "right" in one for one in said)
    assert query(bot.database, "SELECT count(*) FROM answers") == [(0,)]
    await press(learner, all_, "Hand in")
    result = await learner.wait_for(
        says("Exam handed in:", "of 3 questions right", "2 not answered")
    )
    assert query(bot.database, "SELECT count(*), sum(first) FROM answers") == [(1, 1)]
    missed = [text for text in buttons(result) if "Stone-hard lumps" in text]
    await press(learner, result, missed[0] if missed else "One dot")
    why = await learner.wait_for(shows("References"), after=result["message_id"])
    assert "reply_markup" not in (await learner.messages(after=result["message_id"]))[0]
    assert buttons(why)["Next case"] == "next"
    data = (await my_data(learner))["practice_sessions"]
    assert [(row["mode"], row["state"]) for row in data] == [("exam", "handed_in")]


async def test_one_question_is_in_view(learner: Person) -> None:
    """What showed the last is gone with its pictures, whichever way somebody goes."""
    shown = await exam(learner)
    for label, words in (("Next", "Question 2"), ("Back", "Question 1"), ("Overview", "answered")):
        await press(learner, shown, label)
        before, shown = shown, await learner.wait_for(shows(words), after=shown["message_id"])
        await _gone(learner, before["message_id"])
    pictures = [m for m in await learner.messages() if "photo" in m]
    assert pictures == []


async def _gone(learner: Person, number: int) -> None:
    await learner.wait_for(lambda m: m["message_id"] > number)
    while any(m["message_id"] == number for m in await learner.messages()):
        await learner.client.traffic()


async def test_an_exam_is_handed_in_once(learner: Person, bot: Settings) -> None:
    """However often it is pressed; the press that comes second is told when."""
    first = await exam(learner)
    await press(learner, first, next(iter(buttons(first))))
    await press(learner, first, "Overview")
    all_ = await learner.wait_for(shows("1 of 3 answered"))
    data = button(all_, "Hand in")
    answers = await asyncio.gather(*(learner.press(all_, data) for _ in range(2)))
    (told,) = [str(answer["text"]) for answer in answers if answer]
    assert told.startswith("Handed in at ")
    await learner.wait_for(says("Exam handed in:"))
    assert query(bot.database, "SELECT count(*) FROM answers") == [(1,)]
    handed_in = [m for m in await learner.messages() if "Exam handed in" in text_of(m)]
    assert len(handed_in) == 1


async def test_an_exam_is_found_again_or_left_off(learner: Person, bot: Settings) -> None:
    """By the command, by words without a slash, and instead of a case; left off, nothing counts."""
    first = await exam(learner)
    await press(learner, first, next(iter(buttons(first))))
    found = await asked(learner, "exam", "You have an exam open: 1 of 3 answered")
    await press(learner, found, "Go on")
    await learner.wait_for(shows("Question 1 of"), after=found["message_id"])
    found = await asked(learner, "/practice", "You have an exam open: 1 of 3 answered")
    await press(learner, found, "Overview and hand in")
    await learner.wait_for(shows("Until you hand in, nothing counts."), after=found["message_id"])
    instead = await asked(learner, "/case", "You have an exam open: /practice goes on with it.")
    await press(learner, instead, "Go on")
    found = await learner.wait_for(
        shows("You have an exam open: 1 of 3 answered"), after=instead["message_id"]
    )
    await press(learner, found, "Cancel the exam")
    sure = await learner.wait_for(shows("Cancel the exam?"))
    await press(learner, sure, "Cancel the exam")
    await learner.wait_for(says("Cancelled: nothing of it counts."))
    assert query(bot.database, "SELECT count(*) FROM answers") == [(0,)]
    await asked(learner, "/practice", "What do you want to practise?")


async def test_a_session_goes_on_from_case_to_case(learner: Person) -> None:
    """Each is explained at once; in between it rests; at its end comes what was missed."""
    poll = await study(learner)
    assert any(text_of(m) == "1 of 2" for m in await learner.messages())
    for number in (1, 2):
        while True:
            await learner.vote(poll, [1])
            after = poll["message_id"]
            said = await learner.wait_for(
                lambda m: is_poll(m) or "Go on with the session" in buttons(m), after=after
            )
            if not is_poll(said):
                break
            poll = said
        if number == 1:
            head = next(m for m in await learner.messages() if text_of(m) == "1 of 2")
            await press(learner, head, "Pause")
            paused = await learner.wait_for(shows("Paused: 1 of 2 done."))
            await press(learner, paused, "Go on")
            poll = await learner.wait_for(is_poll, after=paused["message_id"])
            assert any(text_of(m) == "2 of 2" for m in await learner.messages())
    await press(learner, said, "Go on with the session")
    over = await learner.wait_for(says("Session over: 0 of 3 questions right."))
    answer = await press(learner, said, "Go on with the session")
    assert answer is not None
    assert "no session open" in str(answer["text"])
    page = await plan(learner, "Study", "Missed")
    assert "Begin" in buttons(page)
    assert over["message_id"] < page["message_id"]


async def test_somebody_else_s_exam_is_not_theirs(learner: Person) -> None:
    """A forged press is told so, in whichever chat it comes."""
    first = await exam(learner)
    ben = await learner.client.person("Ben", language_code="en")
    hello = await asked(ben, "/start", "Good morning")
    with pytest.raises(RefusedError):
        await ben.press(hello, button(first, "Next"))


@pytest.mark.parametrize("language", ["es", "fr"])
async def test_it_speaks_other_languages(learner: Person, language: str) -> None:
    """And understands their words for it."""
    words = Languages.load().words[language]
    person = await learner.client.person("Eva", language_code=language)
    await person.send("/start")
    typed = words.say("practice, practise, exam, session").split(",")[0]
    await asked(person, typed, words.say("**What do you want to practise?**").strip("*"))
