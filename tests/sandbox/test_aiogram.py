"""Other libraries talk to the sandbox as they would to Telegram, and understand every answer."""

import asyncio
from collections.abc import AsyncIterator
from importlib import import_module
from typing import TYPE_CHECKING, Any

import pytest
import telegram

from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import TOKEN, RawBot, picture
from tests.support.sandbox import Chat, Person, SandboxClient

if TYPE_CHECKING:
    from aiogram import Bot


@pytest.fixture
def library() -> Any:
    """The aiogram package, brought in by whoever runs this: to import it takes seconds."""
    return import_module("aiogram")


@pytest.fixture
async def aiogram(library: Any, sandbox: SandboxServer) -> AsyncIterator["Bot"]:
    client = library.client
    api = client.telegram.TelegramAPIServer.from_base(sandbox.url)
    session = client.session.aiohttp.AiohttpSession(api=api)
    usual = client.default.DefaultBotProperties(parse_mode="HTML")
    bot: Bot = library.Bot(TOKEN, session, default=usual)
    yield bot
    await session.close()


async def test_account_and_commands(library: Any, aiogram: "Bot", ada: Person) -> None:
    """getMe, commands and descriptions."""
    types = library.types
    assert (await aiogram.get_me()).id == 4242
    command = types.BotCommand(command="start", description="Begin")
    await aiogram.set_my_commands([command], scope=types.BotCommandScopeAllPrivateChats())
    [kept] = await aiogram.get_my_commands(scope=types.BotCommandScopeAllPrivateChats())
    assert (kept.command, kept.description) == ("start", "Begin")
    await aiogram.set_my_description("All")
    assert (await aiogram.get_my_description()).description == "All"
    assert (await aiogram.get_my_short_description()).short_description == ""
    assert (await aiogram.get_chat_menu_button()).type == "commands"
    assert (await aiogram.get_webhook_info()).url == ""
    assert (await aiogram.get_chat(ada.id)).first_name == "Ada"
    assert (await aiogram.get_chat_member(ada.id, ada.id)).status == "member"


async def test_messages_photos_and_edits(library: Any, aiogram: "Bot", ada: Person) -> None:
    """Everything that sends, edits, copies and fetches."""
    types = library.types
    button = types.InlineKeyboardButton(text="a", callback_data="1")
    keyboard = types.InlineKeyboardMarkup(inline_keyboard=[[button]])
    text = await aiogram.send_message(
        ada.id,
        "<b>x</b>",
        reply_markup=keyboard,
        reply_parameters=types.ReplyParameters(message_id=1),
    )
    assert text.html_text == "<b>x</b>"
    assert text.reply_to_message is not None
    await aiogram.edit_message_text("y", chat_id=ada.id, message_id=text.message_id)
    photo = await aiogram.send_photo(
        ada.id, types.BufferedInputFile(picture(), "a.png"), caption="c"
    )
    assert photo.photo is not None
    largest = photo.photo[-1].file_id
    file = await aiogram.download(largest)
    assert file is not None
    assert len(file.read()) == photo.photo[-1].file_size
    album = [types.InputMediaPhoto(media=largest), types.InputMediaPhoto(media=largest)]
    assert len(await aiogram.send_media_group(ada.id, [*album])) == 2
    upload = types.BufferedInputFile(b"{}", "data.json")
    document = (await aiogram.send_document(ada.id, upload)).document
    assert document is not None
    assert document.file_name == "data.json"
    forwarded = await aiogram.forward_message(ada.id, ada.id, text.message_id)
    assert forwarded.forward_origin is not None
    await aiogram.copy_message(ada.id, ada.id, text.message_id)
    assert await aiogram.delete_message(ada.id, text.message_id)


async def test_polls_and_updates(library: Any, aiogram: "Bot", ada: Person) -> None:
    """A full quiz, the votes in it, and its end."""
    types = library.types
    sent = await aiogram.send_poll(
        ada.id,
        "Which?",
        [types.InputPollOption(text="a"), types.InputPollOption(text="b")],
        type="quiz",
        correct_option_ids=[1],
        is_anonymous=False,
        explanation="<i>e</i>",
        description="<b>d</b>",
        media=types.InputMediaPhoto(media=types.BufferedInputFile(picture(), "a.png")),
        shuffle_options=True,
        open_period=600,
    )
    assert sent.poll is not None
    await ada.vote({"message_id": sent.message_id}, [1])
    _, answer = await aiogram.get_updates()
    assert answer.poll_answer is not None
    assert answer.poll_answer.option_ids == [1]
    assert (await aiogram.stop_poll(ada.id, sent.message_id)).is_closed


async def test_refusals_are_understood(library: Any, aiogram: "Bot", ada: Person) -> None:
    """Errors arrive as the library's own."""
    errors = library.exceptions
    with pytest.raises(errors.TelegramBadRequest, match="message is too long"):
        await aiogram.send_message(ada.id, "x" * 4097)
    await ada.block()
    with pytest.raises(errors.TelegramForbiddenError, match="bot was blocked by the user"):
        await aiogram.send_message(ada.id, "x")


async def test_chats_of_several(
    library: Any, aiogram: "Bot", group: Chat, ada: Person, client: SandboxClient
) -> None:
    """Members, rights, topics: every answer arrives as the library's own type."""
    errors = library.exceptions
    await group.set_member(4242, "administrator", can_manage_topics=True)
    admins = await aiogram.get_chat_administrators(group.id)
    assert [admin.status for admin in admins] == ["creator", "administrator"]
    permissions = (await aiogram.get_chat(group.id)).permissions
    assert permissions is not None
    assert permissions.can_send_polls
    assert await aiogram.get_chat_member_count(group.id) == 3
    assert (await aiogram.get_my_default_administrator_rights()).can_manage_chat is False
    forum = await client.chat("supergroup", "F", admins=[ada], is_forum=True)
    await forum.set_member(4242, "administrator", can_manage_topics=True)
    topic = await aiogram.create_forum_topic(forum.id, "Hearts")
    sent = await aiogram.send_message(forum.id, "x", message_thread_id=topic.message_thread_id)
    assert sent.is_topic_message
    old = await client.chat("group", "Old", admins=[ada])
    new = await old.migrate()
    with pytest.raises(errors.TelegramMigrateToChat) as caught:
        await aiogram.send_message(old.id, "x")
    assert caught.value.migrate_to_chat_id == new.id
    assert await aiogram.leave_chat(new.id)


KINDS = {
    "message", "edited_message", "channel_post", "edited_channel_post", "callback_query", "poll",
    "poll_answer", "my_chat_member", "chat_member",
}  # fmt: skip


async def test_every_kind_of_update_is_understood(
    library: Any, bot: RawBot, ada: Person, bob: Person
) -> None:
    """Both libraries parse all that can happen to a bot here."""
    await bot.updates(allowed_updates=sorted(KINDS))
    client = ada.client
    forum = await client.chat("supergroup", "F", [bob], [ada], is_forum=True, bot="administrator")
    await forum.set_member(ada, "creator", is_anonymous=True)
    for status in ("administrator", "restricted", "kicked", "left", "member"):
        await forum.set_member(bob, status)
    thread = await forum.topic("T")
    said = await forum.send(ada, "x", thread)
    await forum.edit(ada, said, "y")
    await forum.close_topic(thread)
    await forum.reopen_topic(thread)
    keyboard = {"inline_keyboard": [[{"text": "b", "callback_data": "d"}]]}
    asked = await bot(
        "sendPoll", chat_id=forum.id, question="?", options=["a"], is_anonymous=False,
        reply_markup=keyboard,
    )  # fmt: skip
    for person in (ada, bob):
        await forum.vote(person, asked, [0])
    channel = await client.chat("channel", "C", [bob], [ada])
    await client.chat("supergroup", "D", [bob], [ada], linked_chat=channel.id)
    await channel.edit(ada, await channel.send(ada, "x"), "y")
    await (await client.chat("group", "G", [bob], [ada])).migrate()
    await ada.block()
    pressing = asyncio.create_task(forum.press(bob, asked, "d"))
    query = (await bot.until("callback_query"))["callback_query"]
    await bot("answerCallbackQuery", callback_query_id=query["id"])
    await pressing
    updates = await bot.news()
    assert {kind for update in updates for kind in update} - {"update_id"} == KINDS
    for update in updates:
        parsed = library.types.Update.model_validate(update)
        assert parsed.event is not None
        assert telegram.Update.de_json(update, None).update_id == update["update_id"]
