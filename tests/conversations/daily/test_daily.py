"""`/daily`, from the first question to the case in the morning."""

import time
from datetime import UTC, datetime

import pytest

from bot.base.clock import Clock
from tests.support.sandbox import Message, Person
from tests.support.seeing import asked, buttons, says


@pytest.fixture
def clock() -> Clock:
    """Monday, 2 March 2026, shortly before 07:30 in Berlin, at ten times the usual speed."""
    start = datetime(2026, 3, 2, 6, 28, 30, tzinfo=UTC).timestamp()
    return Clock(start, 10, time.time())


async def press(person: Person, message: Message, label: str, *words: str) -> Message:
    """Press a button; the bot's answer with these words in it."""
    await person.press(message, buttons(message)[label])
    return await person.wait_for(says(*words), after=message["message_id"])


async def test_a_learner_sets_up_a_case_a_day_and_gets_it(learner: Person) -> None:
    """Offered times, then asked once where they are; the case comes when clocks there show it."""
    offer = await asked(learner, "/daily", "A case or a review a day.")
    where = await press(learner, offer, "07:30", "Where are you?")
    city = await press(learner, where, "Europe", "Whose time?")
    set_up = await press(learner, city, "Berlin", "every day at 07:30, Berlin time")
    assert "The next one: today, 07:30." in set_up["text"]
    await learner.wait_for(
        lambda message: "poll" in message, after=set_up["message_id"], timeout=30
    )


async def test_it_is_changed_and_ended(learner: Person) -> None:
    """Time, days, place and quiet hours, by words and buttons; what is left out stays as it was."""
    await asked(learner, "/daily 07:30 São Paulo", "every day at 07:30, Sao Paulo time")
    shown = await asked(learner, "/daily 9 pm", "every day at 21:00, Sao Paulo time")
    await press(learner, shown, "Monday to Friday", "Monday to Friday at 21:00, Sao Paulo time")
    await asked(learner, "/daily zone New York", "Monday to Friday at 21:00, New York time")
    quiet = await asked(learner, "/daily quiet 22-7", "Quiet from 22:00 to 07:00")
    assert "at 21:00, New York time" in quiet["text"]
    rests = await press(learner, quiet, "Stop", "Your daily case rests.")
    await press(learner, rests, "Go on", "Quiet from 22:00 to 07:00")
    await asked(learner, "/daily off", "Your daily case rests.")
    await asked(learner, "/daily", "Your daily case rests.", "Monday to Friday at 21:00")


@pytest.mark.parametrize(
    ("sent", "answer"),
    [
        ("/daily off", "You have no daily case"),
        ("/daily 25:00", "No clock shows that time."),
        ("/daily %&/", "I did not understand that."),
        ("/daily quiet whenever", "I did not understand that."),
        ("/daily 07:30 Nowhereville", "I know no time zone and no topic by that name."),
        ("/daily 07:30 IST", "Which one?"),
        ("/daily quiet 22-7", "A case or a review a day."),
    ],
)
async def test_what_cannot_be_done_is_said(learner: Person, sent: str, answer: str) -> None:
    """Impossible times, unknown places and nothing to stop: each gets a word and a way on."""
    await asked(learner, sent, answer)


async def test_a_place_can_come_first(learner: Person) -> None:
    """A zone without a time brings the times to choose from, by the clocks there."""
    offer = await asked(learner, "/daily Lima", "A case or a review a day.")
    await press(learner, offer, "12:00", "every day at 12:00, Lima time")


async def test_a_city_can_be_typed(learner: Person) -> None:
    """After the question where they are, whatever else the word could mean."""
    await asked(learner, "/daily weekdays 07:30", "Where are you?")
    await asked(learner, "next", "I know no time zone and no topic by that name.")
    await asked(learner, "lima", "Monday to Friday at 07:30, Lima time")
    await asked(learner, "help", "/topics")


@pytest.mark.parametrize("sent", ["/daily lima 07:30", "/daily at 7:30 in Lima", "daily 7:30 lima"])
async def test_time_and_place_come_in_any_order(learner: Person, sent: str) -> None:
    """With the words that people put around them, and without the slash."""
    await asked(learner, sent, "every day at 07:30, Lima time")


async def test_the_daily_case_has_its_topic(learner: Person) -> None:
    """It brings that topic's alone, until all are wanted again."""
    await asked(learner, "/daily 07:30 Berlin", "every day at 07:30, Berlin time")
    set_up = await asked(learner, "/daily poisoning", "Topic: Toxicology.")
    case = await learner.wait_for(
        lambda message: "poll" in message, after=set_up["message_id"], timeout=30
    )
    assert "One dot on the acid-base map" in case["poll"]["description"]
    await press(learner, set_up, "All topics", "every day at 07:30, Berlin time")
