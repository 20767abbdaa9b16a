"""aiogram's examples on polls and inline keyboards. See ``test_example_bots``."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any

from aiogram import Bot as AiogramBot
from aiogram import Dispatcher, F, Router
from aiogram import types as aio
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import Command
from aiogram.filters.callback_data import CallbackData
from aiogram.utils.keyboard import InlineKeyboardBuilder

from tests.sandbox.conftest import TOKEN
from tests.sandbox.test_example_bots import DISHES, ENOUGH


class Choice(CallbackData, prefix="option"):
    """What a button carries."""

    number: int


def aiogram_router() -> Router:
    """aiogram's handlers for the same commands."""
    router = Router()
    asked: dict[str, dict[str, Any]] = {}

    @router.message(Command("start"))
    async def offer(message: aio.Message) -> None:
        keyboard = InlineKeyboardBuilder()
        for number in (1, 2, 3):
            keyboard.button(text=f"Option {number}", callback_data=Choice(number=number))
        keyboard.adjust(2, 1)
        await message.answer("Choose:", reply_markup=keyboard.as_markup())

    @router.callback_query(Choice.filter(F.number > 0))
    async def take(query: aio.CallbackQuery, callback_data: Choice) -> None:
        assert isinstance(query.message, aio.Message)
        await query.message.edit_text(f"Chosen: {callback_data.number}")
        await query.answer()

    @router.message(Command("poll"))
    async def ask(message: aio.Message) -> None:
        sent = await message.answer_poll(
            "Lunch?", [*DISHES], is_anonymous=False, allows_multiple_answers=True
        )
        assert sent.poll is not None
        asked[sent.poll.id] = {"message": sent, "voters": 0}

    @router.poll_answer()
    async def hear(answer: aio.PollAnswer, bot: AiogramBot) -> None:
        assert answer.user is not None
        poll = asked[answer.poll_id]
        wanted = " and ".join(DISHES[index] for index in answer.option_ids)
        who = answer.user.mention_html()
        await poll["message"].answer(f"{who} wants {wanted}", parse_mode="HTML")
        poll["voters"] += 1
        if poll["voters"] == ENOUGH:
            await bot.stop_poll(poll["message"].chat.id, poll["message"].message_id)

    @router.message(Command("quiz"))
    async def examine(message: aio.Message) -> None:
        sent = await message.reply_poll(
            "How many?", ["1", "2", "4"], type="quiz", correct_option_ids=[2]
        )
        assert sent.poll is not None
        asked[sent.poll.id] = {"message": sent}

    @router.poll(~F.is_closed & (F.total_voter_count >= ENOUGH))
    async def count(poll: aio.Poll, bot: AiogramBot) -> None:
        if "voters" not in asked[poll.id]:
            message = asked[poll.id]["message"]
            await bot.stop_poll(message.chat.id, message.message_id)

    return router


@asynccontextmanager
async def aiogram_bot(url: str) -> AsyncIterator[None]:
    """aiogram's examples, polling."""
    bot = AiogramBot(TOKEN, AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    dispatcher.include_router(aiogram_router())
    polling = asyncio.create_task(
        dispatcher.start_polling(bot, handle_signals=False, close_bot_session=True)
    )
    yield
    with suppress(RuntimeError):
        await dispatcher.stop_polling()
    await polling
