"""An item's page: what it tells from how many, and that it always fits."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.i18n import Languages
from bot.features.items.item_values import ShownItem, Wording
from bot.features.items.item_view import item
from bot.features.items.items_press import ItemsPress
from bot.features.items.numbers_view import decimal
from content.item_alarms import BelowChance, DistractorAboveKey, RightKnowLess
from content.item_statistics import (
    ChoiceTaken,
    Discrimination,
    Item,
    ItemStatistics,
    ShareRight,
    TooFew,
)
from content.reckoned_items import AskedItem, ItemKey, ReckonedItem
from content.statistics import Interval, wilson
from tests.content.html_reader import read_html
from tests.content.samples import case, question_data

WORDS = Languages.load().words["en"]


def statistics(people: int, right: int, **changes: Any) -> ItemStatistics:
    """Of an item with three choices, the second right; all numbers that so many allow."""
    wrong = people - right
    discrimination = Discrimination(people, 0.3125, 0.2, Interval(-0.04, 0.41), 0.333, 0.01)
    found = ItemStatistics(
        people,
        ShareRight(right / people, wilson(right, people), right / people)
        if people >= 10
        else TooFew(people, 10),
        [
            ChoiceTaken(wrong, wrong / people, False, -0.1),
            ChoiceTaken(right, right / people, False, 0.2),
            ChoiceTaken(0, 0.0, True, None),
        ]
        if people >= 20
        else TooFew(people, 20),
        discrimination if people >= 30 else TooFew(people, 30),
        [] if people >= 50 else TooFew(people, 50),
    )
    return replace(found, **changes)


def wording(found: ItemStatistics, revision: str = "now", **changes: Any) -> Wording:
    """A question with these numbers."""
    asked = AskedItem(ItemKey("hard-lumps", "nature", revision), Item(3, frozenset({1})), "", 0, 0)
    return Wording(case(questions=[question_data(**changes)]), ReckonedItem(asked, found))


def page(shown: Wording, before: Wording | None = None, after: Wording | None = None) -> str:
    """What is read, as it stands there."""
    call = item(1, ShownItem(shown, before, after, "https://t.me/bot"), ItemsPress(2), WORDS)
    return read_html(call.params["text"])[0]


def numbers(text: str) -> str:
    """The page without its beginning and what the numbers mean."""
    return text.partition("What are they?\n\n")[2].partition("\n\nWhat counts")[0]


def test_each_number_stands_where_enough_people_are() -> None:
    """Sixty people: all that there is."""
    assert numbers(page(wording(statistics(60, 45)))) == (
        "60 first answers\nRight: 75% (95% interval 63% to 84%)\n\n"
        "▰▱▱▱▱ 25% Fat\n▰▰▰▰▱ 75% ✓ Calcium\n▱▱▱▱▱ 0% Urate · idle\n\n"
        "Discrimination, 60 people\nUpper less lower 27%: 0.31\n"
        "Correlation with the rest: 0.20 (\N{MINUS SIGN}0.04 to 0.41)\n"
        "Moodle's discrimination index: 20%\nDiscriminative efficiency: 33%\n\n"
        "No alarm."
    )


@pytest.mark.parametrize(
    ("people", "right", "choices", "discrimination", "alarms"),
    [
        (9, "too few (9 of 10)", True, True, True),
        (10, "50% (95% interval 24% to 76%)", True, True, True),
        (19, "47% (95% interval 27% to 68%)", True, True, True),
        (20, "50% (95% interval 30% to 70%)", False, True, True),
        (30, "50% (95% interval 33% to 67%)", False, False, True),
        (49, "49% (95% interval 36% to 63%)", False, False, True),
    ],
)
def test_below_it_says_how_many_it_needs(
    people: int, right: str, choices: bool, discrimination: bool, alarms: bool
) -> None:
    """In the place of the number."""
    text = page(wording(statistics(people, people // 2)))
    assert f"Right: {right}\n" in text
    assert (f"Choices: too few ({people} of 20)\n\nFat\n✓ Calcium\nUrate" in text) == choices
    assert (f"Discrimination: too few ({people} of 30)" in text) == discrimination
    assert (f"Alarms: too few ({people} of 50)" in text) == alarms


@pytest.mark.parametrize(("right", "said"), [(12, "> 95%"), (0, "< 5%")])
def test_of_few_people_no_end_of_the_scale_is_told(right: int, said: str) -> None:
    """Nor an interval, from which it could be read: all of them would be known to be right."""
    text = numbers(page(wording(statistics(12, right))))
    assert f"Right: {said}\n" in text
    assert "interval" not in text
    assert "100%" in page(wording(statistics(20, 20)))


def test_alarms_are_told_in_plain_words() -> None:
    """With what to look at, and the choice by its text."""
    alarms = [
        BelowChance(1 / 3, Interval(0.05, 0.2)),
        RightKnowLess(Interval(-0.5, -0.114)),
        DistractorAboveKey(2, Interval(0.1, 0.3)),
    ]
    text = page(wording(statistics(60, 10, alarms=alarms)))
    assert "⚠️ Fewer are right than by guessing: 20% at most, and guessing gives 33%." in text
    assert "⚠️ Who is right here does worse in other questions" in text
    assert "(correlation \N{MINUS SIGN}0.11 at most)" in text
    assert "⚠️ Who takes “Urate” does better in other questions than who is right." in text
    assert "No alarm." not in text


def test_two_wordings_stand_beside_each_other_from_thirty_people_on() -> None:
    """Before, it says how many there are."""
    old, new = wording(statistics(120, 30), "old"), wording(statistics(30, 24))
    both = (
        "Before and after the rewording\n\nBefore: 25% right of 120 · correlation 0.20\n"
        "After: 80% right of 30 · correlation 0.20"
    )
    assert both in page(new, before=old)
    assert both in page(old, after=new)
    few = page(wording(statistics(29, 20)), before=old)
    assert "After: too few (29 of 30)" in few


def test_a_question_that_asks_for_the_exception_has_no_tick_at_a_false_statement() -> None:
    """There the right answer is called that."""
    shown = wording(statistics(60, 45), prompt="Which is NOT a cause?")
    assert "75% Calcium · right answer" in page(shown)


def test_part_marks_are_told_where_several_choices_are_right() -> None:
    """Beside the share of those who are wholly right."""
    choices = [{"text": text, "correct": text != "Urate"} for text in ("Fat", "Calcium", "Urate")]
    found = statistics(60, 45, share_right=ShareRight(0.5, wilson(30, 60), 0.625))
    assert "With part marks: 62%" in page(wording(found, choices=choices))


def test_the_longest_page_fits_in_one_message() -> None:
    """Twelve choices of a hundred characters, each an alarm: numbers go before meanings."""
    choices = [{"text": f"{n:02} " + "é" * 97, "correct": n == 0} for n in range(12)]
    taken = [ChoiceTaken(5, 1 / 12, True, -0.1) for _ in choices]
    alarms = [DistractorAboveKey(n, Interval(0.1, 0.3)) for n in range(1, 12)]
    found = statistics(60, 5, choices=taken, alarms=alarms)
    shown = wording(found, choices=choices, prompt="W" * 299 + "?")
    for words in Languages.load().words.values():
        call = item(1, ShownItem(shown, shown, shown, None), ItemsPress(), words)
        text = read_html(call.params["text"])[0]
        assert len(text) <= 4096
        assert f"{11:02} " in text
    assert "And 7 more alarms." in page(shown)


def test_numbers_have_two_digits_and_a_sign() -> None:
    """A hair below nothing is nothing."""
    values = [0.0, -0.001, -0.005001, 1.0, -1.0, 0.996, None]
    said = ["0.00", "0.00", "\N{MINUS SIGN}0.01", "1.00", "\N{MINUS SIGN}1.00", "1.00", "–"]
    assert [decimal(value, WORDS) for value in values] == said
