"""Alarms: sound items give few, wrong keys give them, and each for its own reason."""

from collections.abc import Sequence
from random import Random

import pytest

from content.item_alarms import (
    Alarm,
    BelowChance,
    DistractorAboveKey,
    RightKnowLess,
    alarms_by_correlation,
    alarms_by_share,
)
from content.item_analysis import analyse
from content.item_statistics import Answer, Discrimination, Item, TooFew
from content.statistics import wilson
from tests.content.simulated_answers import answers_to, sound_item

ITEMS = 20


def test_fewer_right_than_by_chance() -> None:
    """Of 50 people 5 are right among four choices; 7 might be by chance."""
    assert [*alarms_by_share(5, 50, 0.25)] == [BelowChance(0.25, wilson(5, 50))]
    assert wilson(5, 50).high < 0.25 < wilson(7, 50).high
    assert [*alarms_by_share(7, 50, 0.25)] == []


def test_those_who_are_right_did_worse_elsewhere() -> None:
    """Surely so: the interval of the correlation ends below 0."""
    (alarm,) = alarms_by_correlation(-0.3, {}, 50)
    assert isinstance(alarm, RightKnowLess)
    assert alarm.rest_correlation.high < 0
    assert [*alarms_by_correlation(-0.25, {}, 50)] == []


def test_those_who_took_a_distractor_did_better_elsewhere() -> None:
    """Than those who are right; another distractor of the same item is none the worse for it."""
    (alarm,) = alarms_by_correlation(-0.2, {1: (0.4, -0.5), 2: (-0.1, -0.3)}, 50)
    assert isinstance(alarm, DistractorAboveKey)
    assert alarm.choice == 1
    assert 0 < alarm.difference.low < 0.6 < alarm.difference.high
    assert [*alarms_by_correlation(0.2, {1: (0.25, -0.5)}, 50)] == []


def test_what_one_would_guess_depends_on_what_one_is_told() -> None:
    """One of five; of several right choices nobody is told how many they are."""
    assert Item(5, frozenset({2})).chance == 0.2
    assert Item(3, frozenset({0, 1})).chance == 1 / 7


def alarms(keys: Sequence[int], people: int, seed: int, answered: float) -> list[Sequence[Alarm]]:
    """Of each of twenty sound items with these keys."""
    dice = Random(seed)
    items = [sound_item(dice) for _ in keys]
    found = analyse(*answers_to(items, keys, people, dice, answered)).values()
    assert not any(isinstance(each.discrimination, TooFew) for each in found)
    return [each.alarms for each in found if not isinstance(each.alarms, TooFew)]


CLASSES = pytest.mark.parametrize(
    ("people", "answered"), [(50, 1.0), (100, 1.0), (150, 0.7)], ids=str
)


@CLASSES
def test_sound_items_alarm_in_fewer_than_one_of_twenty(people: int, answered: float) -> None:
    """Two hundred items, in ten classes."""
    given = [one for seed in range(10) for one in alarms([0] * ITEMS, people, seed, answered)]
    assert len(given) == 10 * ITEMS
    assert sum(map(bool, given)) / len(given) < 0.05


@CLASSES
def test_wrong_keys_alarm_in_more_than_four_of_five(people: int, answered: float) -> None:
    """Forty classes, in each of which a distractor of one item is taken for its key."""
    found = [alarms([1, *[0] * (ITEMS - 1)], people, seed, answered)[0] for seed in range(100, 140)]
    assert sum(map(bool, found)) / len(found) > 0.8


def among_sound_items(people: int) -> tuple[dict[int, Item], list[Answer[int]], list[int]]:
    """Twenty sound items, what people answered, and the people from the worst to the best."""
    dice = Random(5)
    items = [sound_item(dice) for _ in range(ITEMS)]
    known, rows = answers_to(items, [0] * ITEMS, people, dice)
    did = [sum(row.score for row in rows if row.person == person) for person in range(people)]
    return known, rows, sorted(range(people), key=did.__getitem__)


def test_a_wrong_key_of_several_choices_alarms() -> None:
    """Who knows marks one that is in the key and one that should be; only that is named."""
    known, rows, ranked = among_sound_items(80)
    known[ITEMS] = Item(5, frozenset({0, 1}))
    rows += [Answer(person, ITEMS, 0.5, (1,)) for person in ranked[:40]]
    rows += [Answer(person, ITEMS, 0.0, (0, 2)) for person in ranked[40:]]
    found = analyse(known, rows)[ITEMS].alarms
    assert not isinstance(found, TooFew)
    assert [type(alarm) for alarm in found] == [RightKnowLess, DistractorAboveKey]
    assert [alarm.choice for alarm in found if isinstance(alarm, DistractorAboveKey)] == [2]


def test_correlations_of_few_give_no_alarm_however_many_answered() -> None:
    """Ten of the fifty answered nothing else: of forty the correlation is told, and no alarm."""
    known, rows, ranked = among_sound_items(50)
    known[ITEMS] = Item(2, frozenset({0}))
    rows += [Answer(person, ITEMS, 1.0, (0,)) for person in ranked[:25]]
    rows += [Answer(person, ITEMS, 0.0, (1,)) for person in ranked[25:]]
    assert analyse(known, rows)[ITEMS].alarms
    rested = set(ranked[:20] + ranked[-20:])
    fewer = [row for row in rows if row.person in rested or row.item == ITEMS]
    found = analyse(known, fewer)[ITEMS]
    assert isinstance(found.discrimination, Discrimination)
    assert found.discrimination.people == 40
    assert found.alarms == []


def test_a_distractor_that_few_take_gives_no_alarm() -> None:
    """Two of sixty, who happen to be the best: a correlation of so few tells little."""
    known, rows, ranked = among_sound_items(60)
    known[ITEMS] = Item(3, frozenset({0}))
    for place, person in enumerate(ranked):
        chosen = 2 if place >= 58 else int(place % (2 if place < 30 else 3) > 0)
        rows.append(Answer(person, ITEMS, float(chosen == 0), (chosen,)))
    assert analyse(known, rows)[ITEMS].alarms == []
