"""`/progress`: text at once, and a picture where there is something to see."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from msgspec import convert
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.time_units import DAY_MS
from bot.features.progress.progress_view import ENOUGH, MOST_DUE
from bot.features.progress.show_progress import progress
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.files.progress_picture import ProgressPicture
from bot.scheduling.daily_plan import DailyPlan
from bot.scheduling.timetable import Timetable, Weekday
from bot.services import Services
from storage.chat_facts import DailySet
from storage.facts import CasePosted, SnapshotTaken
from storage.outcome import Outcome
from storage.practice_facts import ObjectivePaused
from tests.content.html_reader import read_html
from tests.storage.samples import ADA, BEN, NOW, answered
from tests.support.services import commit


async def ada(services: Services, language: str = "en") -> Visit:
    return await receive(services, Visitor(ADA, language))


async def answer(services: Services, number: int, person_id: int = ADA) -> None:
    """So many right answers, one a day until now, of which two were certain."""
    for n in range(number):
        sure = "certain" if n < 2 else None
        at = NOW - n * DAY_MS
        await commit(
            services,
            Outcome(
                (answered(person_id, None, case_id="made-1", answered_at=at, confidence=sure),)
            ),
        )


def text(outcome: Outcome) -> str:
    """What the first message says."""
    return read_html(outcome.owed[0].params["text"])[0]


def drawing(outcome: Outcome) -> ProgressPicture:
    """What the picture shows."""
    return convert(outcome.owed[-1].params["photo"]["$chart"], ProgressPicture)


async def test_who_has_answered_nothing_is_shown_the_way(services: Services) -> None:
    """To a case."""
    outcome = await progress(services, await ada(services))
    assert "not answered a question yet" in text(outcome)
    assert "reply_markup" in outcome.owed[0].params


async def test_a_few_answers_are_told_in_words_alone(services: Services) -> None:
    """With what there will be to see from twenty on."""
    await answer(services, ENOUGH - 1)
    (call,) = (await progress(services, await ada(services))).owed
    said = read_html(call.params["text"])[0]
    assert "Cases seen: 1\nRight at the first try: 100% (19 of 19)\nDue for review: 0" in said
    assert "Active in 3 of the last 3 weeks" in said
    assert "From 20 answers on there is a picture too." in said


async def test_enough_answers_make_a_picture(services: Services) -> None:
    """Behind the text, which says all that it shows; others' answers are in neither."""
    await answer(services, ENOUGH)
    await answer(services, 3, BEN)
    outcome = await progress(services, await ada(services))
    assert [call.method for call in outcome.owed] == ["sendMessage", "sendPhoto"]
    said, shown = text(outcome), drawing(outcome)
    assert "Right, by how sure you were\nCertain: 100% (2 of 2)" in said
    assert "Right at the first try, by topic\nRheumatology: 100% (20 of 20)" in said
    assert "Right, by month\nOct 2023: First tries: 100% (6 of 6)\nNov 2023:" in said
    assert [(row.label, row.told, row.few) for row in shown.certainty.rows] == [
        ("Certain", "2/2", True)
    ]
    assert [(row.label, row.told, row.few) for row in shown.topics.rows] == [
        ("Rheumatology", "20/20", False)
    ]
    assert [month.name for month in shown.months.months] == ["Oct", "Nov"]
    assert outcome.owed[1].params["caption"] == "Your progress, 14 Nov 2023"


async def test_a_review_is_no_first_try(services: Services) -> None:
    """It has a mark of its own among the months."""
    await answer(services, ENOUGH)
    snapshot = SnapshotTaken("digest", "a case as JSON", NOW)
    post = CasePosted(9, ADA, ADA, "made-1", "digest", NOW, purpose="review")
    review = answered(post_id=9, first=False, verdict="wrong", score=0.0)
    await commit(services, Outcome((snapshot, post, review)))
    outcome = await progress(services, await ada(services))
    assert "(20 of 20)" in text(outcome)
    assert "Reviews: 0% (0 of 1)" in text(outcome)
    month = drawing(outcome).months.months[-1]
    assert month.reviews is not None
    assert (month.reviews.share, month.reviews.few) == (0.0, True)


async def miss(services: Services, number: int, at: int) -> None:
    """A wrong answer to the library's question of this number: due again in a week."""
    questions = [
        (case.id, one.id) for case in services.library.cases.values() for one in case.questions
    ]
    case_id, question_id = questions[number]
    given = answered(ADA, None, case_id=case_id, question_id=question_id, answered_at=at)
    await commit(services, Outcome((replace(given, verdict="wrong", score=0.0),)))


async def test_what_is_due_is_no_debt(services: Services) -> None:
    """A number while it is small; what is paused is due no more."""

    async def due() -> str:
        outcome = await commit(services, await progress(services, await ada(services)))
        return text(outcome).partition("Due for review: ")[2].partition("\n")[0]

    for number in range(MOST_DUE):
        await miss(services, number, NOW - 8 * DAY_MS)
    assert await due() == "10"
    await miss(services, MOST_DUE, NOW - 8 * DAY_MS)
    assert await due() == "10 or more"
    await commit(services, Outcome((ObjectivePaused(ADA, "made-0/q-0-a", NOW),)))
    assert await due() == "10"


async def test_days_are_those_of_the_daily_case(services: Services) -> None:
    """The one place of which a learner has told the time zone."""
    await answer(services, ENOUGH)
    zone = "Pacific/Auckland"
    plan = DailyPlan(Timetable(frozenset(Weekday), 480, zone))
    await commit(services, Outcome((DailySet(ADA, plan.timetable.to_json(), None, None, 0),)))
    tonight = datetime.fromtimestamp(NOW / 1000, ZoneInfo(zone)).replace(hour=23, minute=59)
    for number, day in enumerate((0, 13, 14)):
        await miss(services, number, int(tonight.timestamp() * 1000) + (day - 7) * DAY_MS)
    days = drawing(await progress(services, await ada(services))).days.days
    assert [day.due for day in days] == [1, *[0] * 12, 1]
    # It is the evening of the 14th in Greenwich.
    assert datetime.fromtimestamp(NOW / 1000, UTC).day == 14
    assert (days[0].day, days[0].month) == ("15", "Nov")


@pytest.mark.parametrize("language", sorted(Languages.load().words))
async def test_it_is_told_in_every_language(services: Services, language: str) -> None:
    """Words and picture alike."""
    await answer(services, ENOUGH)
    outcome = await progress(services, await ada(services, language))
    words = Languages.load().words[language]
    assert words.say("Your progress") in text(outcome)
    assert drawing(outcome).certainty.title == words.say("Right, by how sure you were")
