"""What a group's administrators are told of it, recounted from the single answers."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.base.time_units import DAY_MS
from bot.features.reports import group_report_view as views
from bot.features.reports.group_report import WEEKS, group_report, report_of
from bot.features.reports.group_report_view import GroupReport
from bot.features.shared.visitors import Visitor, receive
from bot.scheduling.whole_weeks import last_whole_weeks
from bot.services import Services
from content.snapshot import Snapshot
from storage.chat_results import QuestionResult
from storage.facts import PersonForgotten, PersonMet
from storage.outcome import Outcome, OwedCall
from storage.question_facts import QuestionClosed, TotalsSeen
from tests.content.samples import case, question_data
from tests.storage.samples import ADA, BEN, GROUP, NOW
from tests.support.served_chats import ANONYMOUS, answer, join, put, said, served
from tests.support.services import commit

ENGLISH = Languages.load().words["en"]
RIGHT, WRONG, OTHER = 1, 0, 2
LIMIT = 5
PAST = last_whole_weeks(NOW, ZoneInfo("UTC"), WEEKS)
TOPICS = {"A": ["cardiology"], "B": ["cardiology", "nephrology"], "C": ["nephrology"]}
SNAPSHOTS = {
    title: Snapshot(case(title=title, topics=topics), ()).to_json()
    for title, topics in TOPICS.items()
}


class Put(Struct, frozen=True):
    """A question as it was put once, and each answer to it; ``week`` of ``WEEKS`` is this one."""

    title: str
    week: int
    answers: tuple[int, ...]
    anonymous: bool = False

    @property
    def right(self) -> int:
        """How many answers were."""
        return self.answers.count(RIGHT)

    def result(self, number: int) -> QuestionResult:
        """As storage reads it."""
        starts = [*(week.start for week in PAST), PAST[-1].end]
        counts = Counter(self.answers)
        totals = tuple(counts[place] for place in range(3)) if self.anonymous else None
        return QuestionResult(
            number,
            0,
            self.title,
            SNAPSHOTS[self.title],
            starts[self.week],
            totals,
            len(self.answers),
            0 if self.anonymous else self.right,
            {} if self.anonymous else counts,
        )


def reported(asked: Sequence[Put], voters: Sequence[int] = (0,) * WEEKS) -> GroupReport:
    """What these questions come to."""
    return report_of("Ward 7", [one.result(n) for n, one in enumerate(asked)], PAST, voters)


puts = st.lists(
    st.builds(
        Put,
        st.sampled_from(sorted(TOPICS)),
        st.integers(0, WEEKS),
        st.lists(st.sampled_from([RIGHT, RIGHT, WRONG, OTHER]), max_size=24).map(tuple),
        st.booleans(),
    ),
    max_size=12,
)


@given(puts)
def test_shares_are_those_of_questions_that_five_answered(asked: list[Put]) -> None:
    """By question and by topic: every answer to such is counted once, and no answer to any other.

    So each sum is one of questions whose own numbers were told when they closed.
    """
    told = reported(asked)
    shown = [one for one in asked if len(one.answers) >= LIMIT]
    assert {(one.title, one.right, one.answers, one.people) for one in told.missed} == {
        numbers
        for title in TOPICS
        for numbers in [(title, *summed([one for one in shown if one.title == title]))]
        if numbers[1] < numbers[2]
    }
    assert {(one.topic, one.right, one.answers, one.people) for one in told.topics} == {
        (topic, *summed([one for one in shown if topic in TOPICS[one.title]]))
        for one in shown
        for topic in TOPICS[one.title]
    }
    for weakest in (told.missed, told.topics):
        shares = [one.right / one.answers for one in weakest]
        assert shares == sorted(shares)
    few = [one for one in asked if one not in shown]
    assert (reported(shown).missed, reported(shown).topics) == (told.missed, told.topics)
    assert (reported(few).missed, reported(few).topics) == ((), ())


def summed(asked: Sequence[Put]) -> tuple[int, int, int]:
    """Right answers, all answers, and answers at the time when there were fewest."""
    voters = [len(one.answers) for one in asked]
    return sum(one.right for one in asked), sum(voters), min(voters, default=0)


@given(puts)
def test_a_wrong_choice_is_named_where_five_chose_wrong_at_one_time(asked: list[Put]) -> None:
    """And of those wrong more took it than any other."""
    for one in reported(asked).missed:
        its = [put for put in asked if put.title == one.title and len(put.answers) >= LIMIT]
        wrong = Counter(n for put in its for n in put.answers if n != RIGHT)
        named = None
        if any(len(put.answers) - put.right >= LIMIT for put in its) and len({*wrong.values()}) > (
            len(wrong) > 1
        ):
            named = {WRONG: "Fat", OTHER: "Urate"}[wrong.most_common()[0][0]]
        assert one.wrong == named


@given(puts, st.lists(st.integers(0, 9), min_size=WEEKS, max_size=WEEKS))
def test_weeks_tell_what_closed_in_them(asked: list[Put], voters: list[int]) -> None:
    """From the first on in which something did; this week, which is not over, is none of them."""
    told = reported(asked, voters)
    assert told.closed == len(asked)
    by_week = [[one for one in asked if one.week == week] for week in range(WEEKS)]
    first = next((n for n, its in enumerate(by_week) if its), WEEKS)
    assert [(w.monday, w.questions, w.voters, w.anonymous) for w in told.weeks] == [
        (
            PAST[week].monday,
            len(by_week[week]),
            voters[week],
            sum(len(one.answers) for one in by_week[week] if one.anonymous),
        )
        for week in range(first, WEEKS)
    ]


def text_of(told: GroupReport) -> str:
    """The report as it is read, without marks of bold and italic."""
    (call,) = views.report(ADA, told, ENGLISH)
    text = unescape(said(call))
    for tag in ("b", "i"):
        text = text.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    return text


def test_it_is_short_and_tells_the_weakest_first() -> None:
    """A line for each week, question and topic; of fewer than twenty nobody and all are ends."""
    asked = [
        Put("A", 6, (WRONG,) * 5 + (RIGHT,)),
        Put("C", 6, (RIGHT,) * 19),
        Put("B", 8, (RIGHT, WRONG, WRONG, OTHER, OTHER)),
        Put("A", 8, (WRONG,) * 4),
    ]
    text = text_of(replace(reported(asked, [0] * 6 + [19, 0]), since=date(2026, 1, 5)))
    weeks = [f"{one.monday.day} {one.monday:%b}" for one in PAST[6:]]
    assert text.split("\n") == [
        "Report · Ward 7",
        "",
        "Weeks from Monday to Sunday",
        f"▰▰▰▰▰ {weeks[0]} · 19 voters · 2 questions",
        f"▱▱▱▱▱ {weeks[1]} · 0 voters · 0 questions",
        "",
        "Most often missed since 5 Jan",
        "▰▱▱▱▱ 17% A",
        "Often chosen: Fat",
        "▰▱▱▱▱ 20% B",
        "",
        "Topics since 5 Jan, the weakest first",
        "▰▱▱▱▱ 18% Cardiology",
        "▰▰▰▰▱ 83% Nephrology",
        "",
        "Shares are of closed questions that at least 5 people answered.",
    ]
    ends = text_of(reported([Put("C", 6, (RIGHT,) * 19), Put("A", 6, (WRONG,) * 5)]))
    assert "▱▱▱▱▱ < 5% A" in ends
    assert "▰▰▰▰▰ > 95% Nephrology" in ends
    assert "missed" not in text_of(reported([Put("C", 6, (RIGHT,) * 19)]))


def test_a_chat_in_its_first_week_is_told_so() -> None:
    """As is one in which nothing closed at all, or nothing that enough people answered."""
    assert "No question has closed here since" in text_of(reported([]))
    text = text_of(reported([Put("A", WEEKS, (RIGHT,) * 4)]))
    assert "From the first whole week on, turnout is shown here." in text
    assert "Topics" not in text
    assert "at least 5 people" in text


def test_anonymous_votes_are_no_people() -> None:
    """They are counted by themselves, and beside people where a week had both."""
    asked = [Put("A", 7, (RIGHT,) * 8, anonymous=True)]
    assert " · 8 anonymous votes · 1 question\n" in text_of(reported(asked))
    assert "voter" not in text_of(reported(asked))
    asked.append(Put("B", 7, (WRONG,)))
    both = text_of(reported(asked, [0] * 7 + [1]))
    assert " · 1 voter · 8 anonymous votes · 2 questions\n" in both


def test_a_question_of_several_is_told_apart() -> None:
    """By its place in the case."""
    questions = [question_data(id=f"q{n}", prompt=f"What is {n}?") for n in range(2)]
    snapshot = Snapshot(case(title="A", questions=questions), ()).to_json()
    first = replace(Put("A", 7, (WRONG,) * 5).result(1), snapshot=snapshot)
    found = report_of("Ward 7", [first, replace(first, position=1)], PAST, [0] * WEEKS)
    text = text_of(found)
    assert "< 5% A · Question 1 of 2" in text
    assert "< 5% A · Question 2 of 2" in text


async def asked_for(services: Services, by: int = ADA, *, pressed: bool = False) -> Outcome:
    """What comes of asking for the report."""
    visit = await receive(services, Visitor(by, "en"))
    return await group_report(services, await served(services), visit, by_press=pressed)


async def closed(services: Services, weeks_ago: int, *people: int) -> None:
    """A question closed so many weeks ago; these people were right."""
    question = await put(services, await served(services))
    for person_id in people:
        await answer(services, question, person_id, RIGHT)
    over = QuestionClosed(question.post_id, 0, services.clock.now() - weeks_ago * 7 * DAY_MS)
    await commit(services, Outcome((over,)))


def lines(call: OwedCall) -> list[str]:
    """What it says of weeks."""
    return [line for line in said(call).split("\n") if "question" in line and line[0] in "▰▱"]


async def test_people_are_counted_once_a_week(services: Services) -> None:
    """However many questions they answered; who was erased, once for each answer."""
    await join(services)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    await closed(services, 1, ADA, BEN, 3)
    await closed(services, 1, BEN, 4)
    await closed(services, 2, BEN)
    await closed(services, 9, BEN)
    private, line = (await asked_for(services)).owed
    assert [one.partition(" · ")[2] for one in lines(private)] == [
        "1 voter · 1 question",
        "4 voters · 2 questions",
    ]
    assert (private.chat_id, line.chat_id) == (ADA, GROUP)
    assert said(line) == "I have sent you the report in private."
    await commit(services, Outcome((PersonForgotten(BEN),)))
    private, _ = (await asked_for(services)).owed
    assert lines(private)[1].endswith("5 voters · 2 questions")


@pytest.mark.parametrize("pressed", [True, False])
async def test_it_comes_to_those_who_can_be_written_to(services: Services, pressed: bool) -> None:
    """Others are told how, and the group reads nothing of it; a press is answered over the chat."""
    await join(services)
    refused = await asked_for(services, pressed=pressed)
    assert all("Results come in private" in said(call) for call in refused.owed)
    assert (refused.toast is not None) is pressed
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    outcome = await asked_for(services, pressed=pressed)
    assert [call.chat_id for call in outcome.owed] == [ADA, *([] if pressed else [GROUP])]
    assert (outcome.toast is not None) is pressed
    assert "No question has closed here" in said(outcome.owed[0])


async def test_an_anonymous_poll_is_in_it(services: Services) -> None:
    """By the totals that Telegram told."""
    channel = await join(services, ANONYMOUS, kind="channel")
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    question = await put(services, channel)
    await commit(services, Outcome((TotalsSeen("poll 1", (3, 4, 0), 7),)))
    over = QuestionClosed(question.post_id, 0, NOW - 7 * DAY_MS)
    await commit(services, Outcome((over,)))
    private, _ = (await asked_for(services)).owed
    assert "7 anonymous votes · 1 question" in lines(private)[0]
    assert "57%" in said(private)
