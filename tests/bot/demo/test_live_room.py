"""What the demonstration's residents make of a question on their phones."""

from collections.abc import Sequence

import pytest

from bot.base.i18n import Languages
from bot.demo.live_room import RESIDENTS, choices, recognised
from bot.features.live.phone_view import AskedOnPhone, question
from content.model import Case, Question
from tests.support.library import shipped_library

CASES = shipped_library().cases.values()
QUESTIONS = [asked for case in CASES for asked in case.questions]
ASKED = [
    pytest.param(case, position, id=f"{case.id}-{position}")
    for case in CASES
    for position in range(len(case.questions))
]


def room(asked: Question, ballot: int) -> Sequence[tuple[int, ...]]:
    """What each of the twelve chooses."""
    return [choices(asked, place, ballot) for place in range(len(RESIDENTS))]


@pytest.mark.parametrize(("case", "position"), ASKED)
def test_a_discussion_is_worth_while(case: Case, position: int) -> None:
    """Of twelve 6 to 8 are right at first, and more later; who was right stays, some do not."""
    asked = case.questions[position]
    first, second = room(asked, 1), room(asked, 2)
    right = [[chosen == asked.correct for chosen in votes] for votes in (first, second)]
    assert 6 <= sum(right[0]) <= 8
    assert sum(right[0]) < sum(right[1]) < len(RESIDENTS)
    assert all(later for before, later in zip(*right, strict=True) if before)
    assert first == room(asked, 1)


@pytest.mark.parametrize(("case", "position"), ASKED)
def test_a_question_is_known_by_its_words(case: Case, position: int) -> None:
    """In each language of the bot, whatever stands around it, in either ballot."""
    asked = case.questions[position]
    order = tuple(reversed(range(len(asked.choices))))
    for words in Languages.load().words.values():
        for ballot in (1, 2):
            shown = question(1, AskedOnPhone(1, case, position, order, ballot), {1: (0,)}, words)
            known = recognised(shown.params["text"], QUESTIONS)
            assert known is not None
            assert known.prompt == asked.prompt
            assert known.choices == asked.choices


def test_what_nobody_knows_is_nobody_s() -> None:
    """Another text is taken for no question of the library."""
    assert recognised("Which is it?\n1. This\n2. That", QUESTIONS) is None
