"""Boxes in which handlers leave what came of an update."""

import pytest

from bot.deposits import Deposits
from storage.outcome import Outcome, OwedCall

CALL = OwedCall(1, "sendMessage", {"text": "a"})
REPLY = OwedCall(1, "sendMessage", {"text": "b"}, reply_to=0)


def test_an_empty_box_holds_nothing() -> None:
    """Neither Outcome nor error: nobody handled it."""
    deposits = Deposits()
    deposits.open(1)
    assert deposits.collect(1) is None


def test_outcomes_add_up() -> None:
    """Two handlers' Outcomes become one, and replies still point to their own calls."""
    deposits = Deposits()
    deposits.open(1)
    deposits.put(1, Outcome(owed=(CALL,)))
    deposits.put(1, Outcome(owed=(CALL, REPLY)))
    collected = deposits.collect(1)
    assert isinstance(collected, Outcome)
    assert [call.reply_to for call in collected.owed] == [None, None, 1]


def test_an_error_is_not_painted_over() -> None:
    """The first error counts, whatever was or is left beside it."""
    deposits, first = Deposits(), ValueError()
    deposits.open(1)
    deposits.put(1, Outcome(owed=(CALL,)))
    deposits.fail(1, first)
    deposits.put(1, Outcome())
    deposits.fail(1, KeyError())
    assert deposits.collect(1) is first


def test_updates_do_not_share_a_box() -> None:
    """And a box goes with what was in it."""
    deposits = Deposits()
    deposits.open(1)
    deposits.open(2)
    deposits.put(2, Outcome())
    assert (deposits.collect(1), deposits.collect(2)) == (None, Outcome())
    with pytest.raises(KeyError):
        deposits.put(2, Outcome())
