"""What answers do to a card: floor, order, confidence, spread, retirement, clocks set back."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.cards.card import CardState, Given, folded, free_from

START = 1_780_000_000_000
WHO = "7:lumps/nature"


def right(
    day: float, confidence: str | None = None, wording: str = "lumps/nature", of: int = 1
) -> Given:
    """A right answer on this day, in one ``of`` so many wordings."""
    return Given(wording, "correct", 1.0, confidence, START + round(day * DAY_MS), of)


def wrong(day: float, confidence: str | None = None, wording: str = "lumps/nature") -> Given:
    """A wrong answer on this day."""
    return Given(wording, "wrong", 0.0, confidence, START + round(day * DAY_MS), 1)


def fold(*answers: Given, who: str = WHO) -> CardState:
    """The card after these answers."""
    card = None
    for answer in answers:
        card = folded(card, answer, who)
    assert card is not None
    return card


def days_to(card: CardState) -> float:
    """Days from the last review to the next."""
    assert card.due_at is not None
    return (card.due_at - card.memory.reviewed_at) / DAY_MS


def on_time(*answers: str | None, of: int = 1, days: float = 0) -> list[CardState]:
    """The cards after right answers given when they are due, in as many wordings by turns."""
    card, cards = None, []
    for number, confidence in enumerate(answers):
        wording = f"wording {number % of}"
        card = folded(card, right(days, confidence, wording=wording, of=of), WHO)
        cards.append(card)
        days += 0 if card.due_at is None else days_to(card)
    return cards


def test_nothing_comes_back_within_a_week() -> None:
    """The floor of seven days is applied last: no spread leads below it."""
    assert days_to(fold(wrong(0))) == 7
    for person in range(50):
        assert days_to(fold(right(0), who=f"{person}:lumps/nature")) == 7


def test_intervals_grow() -> None:
    """After the floor they are FSRS's at a retention of .85, within a tenth."""
    first, second, third = on_time(None, "guess", None)
    assert days_to(first) == days_to(second) == 7
    assert 7 < days_to(third) < 100
    assert 25 < days_to(on_time(None, None)[1]) < 80


def test_people_and_objectives_are_spread() -> None:
    """What many learn on one day comes back on different days, within a tenth either way."""
    days = {days_to(fold(right(0), right(30), who=f"{p}:lumps/nature")) for p in range(200)}
    middle = (min(days) + max(days)) / 2
    assert len(days) == 200
    assert 0.85 * middle < min(days) < 0.95 * middle
    assert days_to(fold(right(0), right(30))) == days_to(fold(right(0), right(30)))


def test_a_guess_comes_back_in_a_week() -> None:
    """Right by a guess is hardly known, however often."""
    assert days_to(fold(right(0), right(30, "guess"))) == 7
    assert fold(right(0), right(30, "guess")).memory.stability < (
        fold(right(0), right(30, "fairly")).memory.stability
    )


def test_certain_is_easy_from_the_second_time() -> None:
    """Unsaid and fairly sure count alike; certain counts for more when it is said again."""
    assert fold(right(0, "certain")) == replace(fold(right(0)), certain_in_a_row=1)
    fairly = fold(right(0, "certain"), right(30, "fairly")).memory.stability
    assert fold(right(0, "certain"), right(30)).memory.stability == fairly
    assert fold(right(0), right(30, "certain")).memory.stability == fairly
    assert fold(right(0, "certain"), right(30, "certain")).memory.stability > fairly


def test_the_same_picture_soon_is_no_sign_of_ease() -> None:
    """Within 21 days the picture may be what is remembered; another wording is not."""
    good = fold(right(0, "certain"), right(14)).memory.stability
    assert fold(right(0, "certain"), right(14, "certain")).memory.stability == good
    other = right(14, "certain", wording="another patient", of=2)
    assert fold(right(0, "certain"), other).memory.stability > good
    late = fold(right(0, "certain"), right(21, "certain")).memory.stability
    assert late > fold(right(0, "certain"), right(21)).memory.stability


@pytest.mark.parametrize(("score", "as_wrong"), [(0.5, False), (0.75, False), (0.25, True)])
def test_partly_right(score: float, as_wrong: bool) -> None:
    """From half of the points on it is hard, below as if wrong."""
    partly = Given("lumps/nature", "partly", score, None, START + 30 * DAY_MS, 1)
    same = fold(right(0), partly).memory == fold(right(0), wrong(30)).memory
    assert same is as_wrong


def test_an_answer_within_a_week_changes_nothing() -> None:
    """An immediate repeat is practice, and no sign of what is remembered."""
    assert fold(right(0), wrong(6.9)) == fold(right(0))
    assert fold(right(0), wrong(7)) != fold(right(0))


def test_sure_and_wrong_is_most_urgent() -> None:
    """Then fairly sure or unsaid, then guessed; what was right comes last."""
    order = [wrong(0, "certain"), wrong(0, "fairly"), wrong(0, "guess"), right(0)]
    urgencies = [fold(answer).urgency for answer in order]
    assert urgencies == sorted(set(urgencies))
    assert fold(wrong(0)).urgency == fold(wrong(0, "fairly")).urgency


def test_what_is_surely_known_retires() -> None:
    """Right twice, weeks apart, and due in half a year: one check after a year, and no more."""
    cards = on_time(*[None] * 6)
    retired = next(card for card in cards if card.last_check)
    assert days_to(retired) == 365
    assert cards[cards.index(retired) + 1].due_at is None
    assert fold(*[right(0), right(400)]).last_check is False or days_to(
        fold(right(0), right(400))
    ) == (365)


def test_wrong_at_the_last_check_begins_again() -> None:
    """It comes back in a while, and can retire anew."""
    cards = on_time(*[None] * 6)
    retired = next(card for card in cards if card.last_check)
    assert retired.due_at is not None
    lapsed = folded(retired, wrong((retired.due_at - START) / DAY_MS), WHO)
    assert lapsed.due_at is not None
    assert not lapsed.last_check


def test_with_variants_one_wording_alone_retires_nothing() -> None:
    """Where there are other wordings, two of them must have been right."""
    alone = fold(*[right(day, "certain", of=2) for day in (0, 40, 200)])
    assert not alone.last_check
    both = fold(
        *[
            right(day, "certain", of=2, wording=f"wording {number}")
            for number, day in enumerate((0, 40, 200))
        ]
    )
    assert both.last_check


def test_one_picture_at_most_three_times_a_year() -> None:
    """Once it was right; after that it waits until a year is over since the first of the three."""
    card = fold(*[right(day, "guess") for day in (0, 10, 20, 30)])
    assert free_from(card, "lumps/nature") == START + 375 * DAY_MS
    assert card.due_at == START + 375 * DAY_MS
    again = folded(card, wrong(400), WHO)
    assert free_from(again, "lumps/nature") == 0
    with_another = fold(*[right(day, "guess", of=2) for day in (0, 10, 20, 30)])
    assert with_another.due_at == START + 37 * DAY_MS


def test_a_clock_set_back_holds_nothing_up() -> None:
    """What was answered in a future that never came is counted from today."""
    future = fold(right(0), right(4000))
    back = folded(future, right(30), WHO)
    assert back.memory.reviewed_at == START + 30 * DAY_MS
    assert days_to(back) == days_to(future)
    assert folded(back, wrong(40), WHO).urgency < 3


answers = st.builds(
    Given,
    wording=st.sampled_from(["a", "b"]),
    verdict=st.sampled_from(["correct", "partly", "wrong"]),
    score=st.sampled_from([0.25, 0.5, 1.0]),
    confidence=st.sampled_from([None, "guess", "fairly", "certain"]),
    at=st.integers(0, 900).map(lambda day: START + day * DAY_MS),
    wordings=st.just(2),
)


@settings(deadline=None)
@given(st.lists(answers, max_size=12))
def test_every_card(given_answers: list[Given]) -> None:
    """A due card is due a week after its last review at the earliest; it is kept as it is."""
    card: CardState | None = None
    for answer in given_answers:
        card = folded(card, answer, WHO)
        assert CardState.from_json(card.to_json()) == card
        assert card.due_at is None or days_to(card) >= 7
        assert all(len(times) <= 3 for times in card.repeats.values())
        assert len(card.right_at) <= 2
