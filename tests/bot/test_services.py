"""Boxes in which handlers leave what came of an update."""

import pytest

from bot.services import LiveChanges, Outcomes
from storage.facts import Fact, PersonForgotten, PersonLeft
from storage.live_facts import RoundJoined
from storage.outcome import Outcome, OwedCall

CALL = OwedCall(1, "sendMessage", {"text": "a"})
REPLY = OwedCall(1, "sendMessage", {"text": "b"}, reply_to=0)


def test_an_empty_box_holds_nothing() -> None:
    """Neither Outcome nor error: nobody handled it."""
    outcomes = Outcomes()
    outcomes.open(1)
    assert outcomes.collect(1) is None


def test_outcomes_add_up() -> None:
    """Two handlers' Outcomes become one, and replies still point to their own calls."""
    outcomes = Outcomes()
    outcomes.open(1)
    outcomes.put(1, Outcome(owed=(CALL,)))
    outcomes.put(1, Outcome(owed=(CALL, REPLY)))
    collected = outcomes.collect(1)
    assert isinstance(collected, Outcome)
    assert [call.reply_to for call in collected.owed] == [None, None, 1]


def test_an_error_is_not_painted_over() -> None:
    """The first error counts, whatever was or is left beside it."""
    outcomes, first = Outcomes(), ValueError()
    outcomes.open(1)
    outcomes.put(1, Outcome(owed=(CALL,)))
    outcomes.fail(1, first)
    outcomes.put(1, Outcome())
    outcomes.fail(1, KeyError())
    assert outcomes.collect(1) is first


def test_updates_do_not_share_a_box() -> None:
    """And a box goes with what was in it."""
    outcomes = Outcomes()
    outcomes.open(1)
    outcomes.open(2)
    outcomes.put(2, Outcome())
    assert (outcomes.collect(1), outcomes.collect(2)) == (None, Outcome())
    with pytest.raises(KeyError):
        outcomes.put(2, Outcome())


@pytest.mark.parametrize("gone", [PersonForgotten(7), PersonLeft(7, 0)])
def test_screens_hear_that_somebody_is_gone(gone: Fact) -> None:
    """Perhaps nobody knows any more in which rounds they were: all look again, whoever else moves
    on.
    """
    changes = LiveChanges()
    with changes.listening(1) as here, changes.listening(2) as there:
        changes.note([RoundJoined(1, 7, 0)])
        assert (here.is_set(), there.is_set()) == (True, False)
        here.clear()
        changes.note([gone])
        assert (here.is_set(), there.is_set()) == (True, True)
