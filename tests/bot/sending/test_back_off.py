"""When Telegram serves nobody, and when it serves again."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.sending.back_off import BackOff
from bot.sending.delivery import Delivery
from storage.outbox import OwedRow, Sent

ROW = cast("OwedRow", SimpleNamespace(id=1, chat_id=7))


def test_both_ends_of_an_outage_are_told(caplog: pytest.LogCaptureFixture) -> None:
    """One call in vain is none; from the fifth on it is, until any is answered. Each once."""
    caplog.set_level("INFO")
    back_off = BackOff()
    answered, unheard = Delivery(ROW, Sent(1)), Delivery(ROW, Sent(1), answered=False)
    for delivery in (unheard, answered, *[unheard] * 7, answered, answered):
        back_off.note(delivery, 0.0)
    assert [message.split(";")[0] for message in caplog.messages] == [
        "Telegram does not answer",
        "Telegram serves again.",
    ]
    assert not back_off.nobody_is_served
