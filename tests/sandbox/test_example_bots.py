"""The example bots that two libraries document, at work in the sandbox as they would on Telegram.

Rewritten from the libraries' documentation on polls and inline keyboards; nothing in them knows of
the sandbox but the address they are started with.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Poll, Update
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    PollAnswerHandler,
    PollHandler,
)

from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import TOKEN
from tests.support.sandbox import Chat, Message, Person, SandboxClient

Context = ContextTypes.DEFAULT_TYPE
DISHES = ["Bread", "Soup", "Rice"]
ENOUGH = 3
"""Voters after which the example bots stop their polls."""


async def start(update: Update, context: Context) -> None:
    """Offers two buttons in a row and one below."""
    rows = [
        [InlineKeyboardButton(f"Option {n}", callback_data=str(n)) for n in (1, 2)],
        [InlineKeyboardButton("Option 3", callback_data="3")],
    ]
    assert update.effective_message is not None
    await update.effective_message.reply_text("Choose:", reply_markup=InlineKeyboardMarkup(rows))


async def chosen(update: Update, context: Context) -> None:
    """Says what was pressed in the place of the buttons."""
    query = update.callback_query
    assert query is not None
    await query.answer()
    await query.edit_message_text(text=f"Chosen: {query.data}")


async def poll(update: Update, context: Context) -> None:
    """Asks openly; several answers are welcome."""
    assert update.effective_chat is not None
    sent = await context.bot.send_poll(
        update.effective_chat.id, "Lunch?", DISHES, is_anonymous=False, allows_multiple_answers=True
    )
    assert sent.poll is not None
    context.bot_data[sent.poll.id] = {
        "chat": update.effective_chat.id,
        "message": sent.message_id,
        "voters": 0,
    }


async def answered(update: Update, context: Context) -> None:
    """Says who wants what, and stops when enough have answered."""
    answer = update.poll_answer
    assert answer is not None
    assert answer.user is not None
    asked = context.bot_data[answer.poll_id]
    wanted = " and ".join(DISHES[index] for index in answer.option_ids)
    await context.bot.send_message(
        asked["chat"], f"{answer.user.mention_html()} wants {wanted}", parse_mode="HTML"
    )
    asked["voters"] += 1
    if asked["voters"] == ENOUGH:
        await context.bot.stop_poll(asked["chat"], asked["message"])


async def quiz(update: Update, context: Context) -> None:
    """Asks with one right answer."""
    assert update.effective_message is not None
    sent = await update.effective_message.reply_poll(
        "How many?", ["1", "2", "4"], type=Poll.QUIZ, correct_option_ids=[2]
    )
    assert sent.poll is not None
    context.bot_data[sent.poll.id] = {"chat": sent.chat.id, "message": sent.message_id}


async def counted(update: Update, context: Context) -> None:
    """Stops a quiz once enough have answered."""
    assert update.poll is not None
    if update.poll.is_closed or update.poll.total_voter_count < ENOUGH:
        return
    asked = context.bot_data.get(update.poll.id)
    if asked is not None and "voters" not in asked:
        await context.bot.stop_poll(asked["chat"], asked["message"])


@asynccontextmanager
async def ptb_bot(url: str) -> AsyncIterator[None]:
    """python-telegram-bot's examples, polling."""
    builder = Application.builder().token(TOKEN)
    app = builder.base_url(f"{url}/bot").base_file_url(f"{url}/file/bot").build()
    app.add_handler(CommandHandler("start", start))
    app.add_handler(CommandHandler("poll", poll))
    app.add_handler(CommandHandler("quiz", quiz))
    app.add_handler(CallbackQueryHandler(chosen))
    app.add_handler(PollAnswerHandler(answered))
    app.add_handler(PollHandler(counted))
    assert app.updater is not None
    async with app:
        await app.start()
        await app.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield
        await app.updater.stop()
        await app.stop()


# People


@pytest.fixture(params=["python-telegram-bot", "aiogram"])
async def example(request: Any, sandbox: SandboxServer) -> AsyncIterator[None]:
    """One of the example bots at work.

    aiogram takes two seconds to load, which each worker would do if it were loaded above.
    """
    bot = ptb_bot
    if request.param == "aiogram":
        from tests.sandbox.aiogram_example import aiogram_bot as bot  # noqa: PLC0415
    async with bot(sandbox.url):
        yield


@pytest.fixture
async def people(client: SandboxClient) -> list[Person]:
    """As many as it takes to end a poll."""
    return [await client.person(name) for name in ("Ada", "Bob", "Cid")]


@pytest.fixture
async def lunch(client: SandboxClient, people: list[Person]) -> Chat:
    """A group of all of them, and the bot."""
    return await client.chat("supergroup", "Lunch", members=people[1:], admins=people[:1])


def closed(message: Message) -> bool:
    """Whether it shows a poll that has ended."""
    return "poll" in message and message["poll"]["is_closed"]


async def test_buttons(example: None, client: SandboxClient) -> None:
    """Start, press a button, see the choice in its place."""
    ada = await client.person("Ada")
    await ada.send("/start")
    offer = await ada.wait_for(lambda message: "reply_markup" in message)
    rows = offer["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [
        ["Option 1", "Option 2"],
        ["Option 3"],
    ]
    assert await ada.press(offer, rows[0][1]["callback_data"]) == {}
    await ada.wait_for(lambda message: message.get("text") == "Chosen: 2")


async def test_open_poll(example: None, lunch: Chat, people: list[Person]) -> None:
    """Every answer is told with its name, and the third ends the poll."""
    await lunch.send(people[0], "/poll")
    asked = await lunch.wait_for(people[0], lambda message: "poll" in message)
    for person, options in zip(people, ([0, 2], [1], [2]), strict=True):
        await lunch.vote(person, asked, options)
    told = await lunch.wait_for(
        people[1], lambda message: message.get("text") == "Ada wants Bread and Rice"
    )
    assert told["entities"][0]["type"] in {"text_mention", "text_link"}
    ended = await lunch.wait_for(people[1], closed)
    assert [option["voter_count"] for option in ended["poll"]["options"]] == [1, 1, 2]


async def test_quiz(example: None, lunch: Chat, people: list[Person]) -> None:
    """Anonymous votes are counted, and enough of them end the quiz."""
    await lunch.send(people[0], "/quiz")
    asked = await lunch.wait_for(people[0], lambda message: "poll" in message)
    assert asked["poll"]["is_anonymous"] is True
    for person in people:
        await lunch.vote(person, asked, [2])
    ended = await lunch.wait_for(people[2], closed)
    assert ended["poll"]["total_voter_count"] == ENOUGH
