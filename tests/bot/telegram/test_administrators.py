"""Who administers a chat: what Telegram says, for a moment, and nothing where it is silent."""

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from msgspec import Struct, field

from bot.base.clock import Clock
from bot.telegram import administrators, bot_api
from bot.telegram.administrators import Administers, Linked, Rights, Staff

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


async def test_the_list_is_remembered_for_half_a_minute() -> None:
    """One question for many presses; after 30 seconds the answer is asked for again."""
    clock, telegram = HandClock(), Telegram(ADMINS)
    known = Rights(telegram, clock, BOT)
    assert await known.administers(CHAT, ADA) is Administers.YES
    telegram.reply = bot_api.Done([member(BEN)])
    clock.move(29.9)
    assert await known.administers(CHAT, BEN) is Administers.NO
    assert len(telegram.asked) == 1
    clock.move(0.1)
    assert await known.administers(CHAT, ADA) is Administers.NO
    assert await known.administers(CHAT, BEN) is Administers.YES
    assert telegram.asked == ["getChatAdministrators"] * 2


async def test_the_bot_s_own_rights_stand_apart() -> None:
    """It is no person that may set up the chat, nor are other bots."""
    known = Rights(Telegram(ADMINS), HandClock(), BOT)
    assert await known.staff(CHAT) == Staff(frozenset({ADA}), {"can_post_messages": True})
    others = Rights(Telegram(bot_api.Done([member(98, is_bot=True)])), HandClock(), BOT)
    assert await others.staff(CHAT) == Staff(frozenset(), None)


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
    assert await known.administers(CHAT, ADA) is Administers.UNKNOWN
    assert await known.administers(CHAT, ADA) is Administers.UNKNOWN
    assert len(telegram.asked) == 1
    clock.move(5)
    telegram.reply = ADMINS
    assert await known.administers(CHAT, ADA) is Administers.YES


async def test_a_slow_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everybody else waits meanwhile."""
    monkeypatch.setattr(administrators, "LONGEST_WAIT_S", 0.01)

    async def never(_method: str, _params: Mapping[str, Any]) -> bot_api.Reply:
        await asyncio.Event().wait()
        raise AssertionError

    assert await Rights(never, HandClock(), BOT).administers(CHAT, ADA) is Administers.UNKNOWN


async def test_the_linked_group() -> None:
    """A channel has one, or none, or Telegram does not say."""
    clock = HandClock()
    assert await Rights(Telegram(bot_api.Done({"linked_chat_id": -7})), clock, BOT).linked(
        CHAT
    ) == Linked(-7)
    assert await Rights(Telegram(bot_api.Done({})), clock, BOT).linked(CHAT) == Linked(None)
    assert await Rights(Telegram(bot_api.NoAnswer("")), clock, BOT).linked(CHAT) is None
