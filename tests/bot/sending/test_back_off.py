"""When Telegram serves nobody, and when it serves again."""

import pytest

from bot.sending.back_off import BackOff
from bot.sending.delivery import Delivery
from storage.outbox import OwedRow
from storage.settlements import Postponed, Sent

NOW = 1000.0


def row(chat_id: int) -> OwedRow:
    """A call owed to a chat."""
    return OwedRow(1, chat_id, "sendMessage", {}, None, 0, 0, broadcast=False)


def sent(chat_id: int = 7) -> Delivery:
    """A call that was answered."""
    return Delivery(row(chat_id), Sent(1))


def unheard() -> Delivery:
    """A call without an answer."""
    return Delivery(row(7), Postponed(1, done_perhaps=True), pause_s=1.0, answered=False)


def too_much(chat_id: int, pause_s: float = 9.0) -> Delivery:
    """A call of which Telegram said that it was too much for now."""
    later = Postponed(1, done_perhaps=False)
    return Delivery(row(chat_id), later, pause_s=pause_s, rate_limited=True)


def after(*deliveries: Delivery) -> BackOff:
    """What is known after these calls, all of them at once."""
    back_off = BackOff()
    for delivery in deliveries:
        back_off.note(delivery, NOW)
    return back_off


def test_five_calls_in_a_row_without_an_answer_are_an_outage() -> None:
    """One that is answered begins the count anew, and ends an outage."""
    assert not after().nobody_is_served
    assert not after(*[unheard()] * 4).nobody_is_served
    assert after(*[unheard()] * 5).nobody_is_served
    assert not after(*[unheard()] * 4, sent(), *[unheard()] * 4).nobody_is_served
    assert not after(*[unheard()] * 9, sent()).nobody_is_served


def test_five_chats_in_a_row_that_have_to_wait_are_an_outage() -> None:
    """The same chat however often says nothing about the others."""
    assert not after(*(too_much(chat) for chat in (1, 2, 3, 4))).nobody_is_served
    assert not after(*[too_much(1)] * 9).nobody_is_served
    five = [too_much(chat) for chat in (1, 2, 3, 4, 5)]
    assert after(*five).nobody_is_served
    assert not after(*five[:4], sent(), five[4]).nobody_is_served
    assert not after(*five, sent()).nobody_is_served


def test_the_two_kinds_of_trouble_are_counted_apart() -> None:
    """Some of each are none of either."""
    mixed = [unheard(), too_much(1), unheard(), too_much(2), unheard(), too_much(3), unheard()]
    assert not after(*mixed).nobody_is_served
    assert after(*mixed, unheard()).nobody_is_served


def test_in_an_outage_each_try_waits_longer() -> None:
    """One second after the fifth call in vain, and up to half a minute; before that not at all."""
    back_off, waits = BackOff(), []
    for number in range(12):
        now = NOW * (number + 1)
        back_off.note(unheard(), now)
        waits.append(back_off.wait_until_s - now if back_off.nobody_is_served else None)
        if not back_off.nobody_is_served:
            assert back_off.wait_until_s == 0.0
    assert waits == [None] * 4 + [1, 2, 4, 8, 16, 30, 30, 30]


def test_where_all_have_to_wait_the_longest_wait_holds() -> None:
    """As long as Telegram says; what is shorter changes nothing."""
    back_off = after(*(too_much(chat, 9.0) for chat in (1, 2, 3, 4, 5)))
    assert back_off.wait_until_s == NOW + 9
    back_off.note(too_much(6, 4.0), NOW)
    assert back_off.wait_until_s == NOW + 9
    back_off.note(too_much(7, 40.0), NOW)
    assert back_off.wait_until_s == NOW + 40


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ([unheard()] * 7, "Telegram does not answer"),
        ([too_much(chat) for chat in range(1, 8)], "Telegram asks everybody to wait"),
    ],
)
def test_both_ends_of_an_outage_are_told_once(
    caplog: pytest.LogCaptureFixture, trouble: list[Delivery], says: str
) -> None:
    """One call in vain is none."""
    caplog.set_level("INFO")
    after(trouble[0], sent(), *trouble, sent(), sent())
    assert [message.split(";")[0] for message in caplog.messages] == [
        says,
        "Telegram serves again.",
    ]
