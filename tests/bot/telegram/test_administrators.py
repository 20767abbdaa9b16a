"""Who administers a chat: what Telegram says, for a moment, and nothing where it is silent."""

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import pytest
from msgspec import Struct, field

from bot.base.clock import Clock
from bot.telegram import administrators, bot_api
from bot.telegram.administrators import (
    Administers,
    Linked,
    LookupNeededError,
    Rights,
    Staff,
)

T = TypeVar("T")
CHAT, ADA, BEN, BOT = -1_001, 11, 12, 99


class HandClock(Clock, frozen=True):
    """A clock that is moved by hand."""

    shown: list[float] = field(default_factory=lambda: [1000.0])

    def monotonic(self) -> float:
        """Seconds."""
        return self.shown[0]

    def move(self, seconds: float) -> None:
        """Let time pass."""
        self.shown[0] += seconds


class Telegram(Struct):
    """Answers with what the test put there, and counts the questions."""

    reply: bot_api.Reply
    asked: list[str] = field(default_factory=list)

    async def __call__(self, method: str, params: Mapping[str, Any]) -> bot_api.Reply:
        """One call."""
        assert params == {"chat_id": CHAT}
        self.asked.append(method)
        return self.reply


def member(user_id: int, *, is_bot: bool = False, **more: bool) -> dict[str, Any]:
    """A ChatMember."""
    return {"status": "administrator", "user": {"id": user_id, "is_bot": is_bot}, **more}


ADMINS = bot_api.Done(
    [member(ADA, is_anonymous=True), member(BOT, is_bot=True, can_post_messages=True)]
)


async def asked(rights: Rights, judge: Callable[[], T]) -> T:
    """What a rule comes to once Telegram was asked whatever it needs."""
    while True:
        try:
            return judge()
        except LookupNeededError as needed:
            await rights.look_up(needed.lookups)


async def test_the_list_is_remembered_for_half_a_minute() -> None:
    """One question for many presses; after 30 seconds the answer is asked for again."""
    clock, telegram = HandClock(), Telegram(ADMINS)
    known = Rights(telegram, clock, BOT)
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.YES
    telegram.reply = bot_api.Done([member(BEN)])
    clock.move(29.9)
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, BEN)) is Administers.NO
    assert len(telegram.asked) == 1
    clock.move(0.1)
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.NO
    assert await asked(known, lambda: known.administers(CHAT, BEN)) is Administers.YES
    assert telegram.asked == ["getChatAdministrators"] * 2


async def test_what_changes_something_is_judged_by_what_telegram_says_now() -> None:
    """Whoever was demoted a moment ago may look, but change nothing; one question a batch."""
    clock, telegram = HandClock(), Telegram(ADMINS)
    known = Rights(telegram, clock, BOT)
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.YES
    telegram.reply = bot_api.Done([member(BEN)])
    clock.move(0.1)
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.YES
    for _ in range(2):
        judged = await asked(known, lambda: known.administers(CHAT, ADA, fresh=True))
        assert judged is Administers.NO
    assert len(telegram.asked) == 2


async def test_what_was_asked_holds_for_its_batch_however_fast_the_clock() -> None:
    """Else a rule that is tried again would ask for ever."""
    clock, telegram = HandClock(), Telegram(ADMINS)
    known = Rights(telegram, clock, BOT)
    known.new_batch()
    await asked(known, lambda: known.staff(CHAT))
    clock.move(3600)
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.YES
    assert len(telegram.asked) == 1


async def test_the_bot_s_own_rights_stand_apart() -> None:
    """It is no person that may set up the chat, nor are other bots."""
    known = Rights(Telegram(ADMINS), HandClock(), BOT)
    expected = Staff(frozenset({ADA}), {"can_post_messages": True})
    assert await asked(known, lambda: known.staff(CHAT)) == expected
    others = Rights(Telegram(bot_api.Done([member(98, is_bot=True)])), HandClock(), BOT)
    assert await asked(others, lambda: others.staff(CHAT)) == Staff(frozenset(), None)


@pytest.mark.parametrize(
    "reply",
    [
        bot_api.NoAnswer("no"),
        bot_api.TooMany(3),
        bot_api.NotAllowed("kicked"),
        bot_api.Wrong("not found"),
    ],
)
async def test_no_answer_is_neither_yes_nor_no(reply: bot_api.Reply) -> None:
    """And a chat that Telegram does not speak of is not asked about at every press."""
    clock, telegram = HandClock(), Telegram(reply)
    known = Rights(telegram, clock, BOT)
    for _ in range(2):
        known.new_batch()
        judged = await asked(known, lambda: known.administers(CHAT, ADA))
        assert judged is Administers.UNKNOWN
    assert len(telegram.asked) == 1
    clock.move(5)
    telegram.reply = ADMINS
    known.new_batch()
    assert await asked(known, lambda: known.administers(CHAT, ADA)) is Administers.YES


async def test_slow_answers_are_waited_for_together_and_not_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of five chats about which Telegram says nothing, nothing is known after one wait."""
    monkeypatch.setattr(administrators, "LONGEST_WAIT_S", 0.01)
    under_way = 0

    async def never(_method: str, _params: Mapping[str, Any]) -> bot_api.Reply:
        nonlocal under_way
        under_way += 1
        await asyncio.Event().wait()
        raise AssertionError

    known, chats = Rights(never, HandClock(), BOT), range(-5, 0)
    with pytest.raises(LookupNeededError) as needed:
        known.need_staff(chats)
    await known.look_up(needed.value.lookups)
    assert under_way == len(chats)
    assert {known.administers(chat, ADA) for chat in chats} == {Administers.UNKNOWN}


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (bot_api.Done({"linked_chat_id": -7}), Linked(-7)),
        (bot_api.Done({}), Linked(None)),
        (bot_api.NoAnswer(""), None),
    ],
)
async def test_the_linked_group(reply: bot_api.Reply, expected: Linked | None) -> None:
    """A channel has one, or none, or Telegram does not say."""
    known = Rights(Telegram(reply), HandClock(), BOT)
    assert await asked(known, lambda: known.linked(CHAT)) == expected
