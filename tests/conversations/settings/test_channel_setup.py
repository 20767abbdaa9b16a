"""A channel is set up in private, by whoever administers it."""

from itertools import count
from typing import Any

import pytest

from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from bot.telegram import administrators
from tests.support.bot import TOKEN
from tests.support.database import query
from tests.support.panels import becomes, data_behind, shows
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, says
from tests.support.trouble import inject, until

BOT = int(TOKEN.partition(":")[0])
LATER = count(5_000_000_000, 1000)
"""Update ids past those that come by themselves meanwhile."""


@pytest.fixture
async def channel(sandbox: SandboxClient, learner: Person, bot: Settings) -> Chat:
    """A channel to which the learner added the bot, with the right to post."""
    return await made(sandbox, learner, bot)


async def made(
    sandbox: SandboxClient, owner: Person, settings: Settings, title: str = "Cases", **more: Any
) -> Chat:
    """A channel that the bot has noticed."""
    chat = await sandbox.chat("channel", title, [], [owner], **more)

    async def noticed() -> bool:
        return bool(query(settings.database, f"SELECT id FROM chats WHERE id = {chat.id}"))

    await until(noticed)
    return chat


def setting(settings: Settings, chat: Chat, name: str) -> Any:
    """One of the channel's settings, as stored."""
    found = query(
        settings.database,
        f"SELECT json_extract(settings, '$.{name}') FROM chats WHERE id = {chat.id}",
    )
    return found[0][0]


async def written(person: Person, text: str, *words: str) -> Message:
    """Send a text; the bot's answer with these words in it."""
    sent = await person.send(text)
    return await person.wait_for(shows(*words), after=sent["message_id"])


async def press(person: Person, message: Message, label: str, *words: str) -> Message:
    """Press the button that begins so; the message once it has these words in it."""
    shown = await person.wait_for(lambda m: m["message_id"] == message["message_id"])
    await person.press(shown, data_behind(shown, label))
    return await person.wait_for(becomes(shown, *words))


async def toast(person: Person, message: Message, data: str) -> str:
    """What a press is answered with."""
    return str((await person.press(message, data) or {}).get("text", ""))


async def test_without_a_channel_it_says_how_to_add_one(learner: Person) -> None:
    """With a link that asks for the one right needed."""
    message = await written(learner, "/channel", "A channel can have cases too")
    (link,) = [e["url"] for e in message["entities"] if e["type"] == "text_link"]
    assert link.endswith("?startchannel&admin=post_messages")


async def test_a_channel_is_chosen_and_set_up(
    learner: Person, channel: Chat, bot: Settings
) -> None:
    """The same settings as in groups, as far as a channel has them."""
    message = await written(learner, "/channel", "Which channel shall we set up?", "Cases")
    shown = await press(learner, message, "Cases", "Settings", "Layout: Buttons")
    assert not [text for text in buttons(shown) if "eaderboard" in text or "/case" in text]
    await press(learner, message, "Layout", "Anonymous poll")
    await press(learner, message, "Anonymous poll", "Layout: Anonymous poll")
    assert setting(bot, channel, "layout") == "anonymous"
    await press(learner, message, "Topics", "Rheumatology")
    await press(learner, message, "Rheumatology", "✓ Rheumatology")
    await press(learner, message, "← Back", "1 case fits")
    assert setting(bot, channel, "topics") == '["rheumatology"]'


async def test_the_only_channel_needs_no_name(
    sandbox: SandboxClient, learner: Person, channel: Chat, bot: Settings
) -> None:
    """A time in words; with two channels it must be said which."""
    await written(learner, "/channel time 6:15", "at 06:15")
    other = await made(sandbox, learner, bot, "Second")
    await written(learner, "/channel time 6:20", "Which channel shall we set up?", "Second")
    await written(learner, f"/channel {other.id} time 6:20", "at 06:20")
    await written(learner, "/channel -100200300 time 6:20", "I am not in that chat any more.")


async def test_a_missing_right_is_said(
    sandbox: SandboxClient, learner: Person, channel: Chat, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The settings say so at once, and nothing is sent that would be refused."""
    monkeypatch.setattr(administrators, "REMEMBERED_S", 0.0)
    await channel.set_member(BOT, "administrator", can_post_messages=False)
    message = await written(learner, f"/channel {channel.id}", "I cannot post there yet")
    await press(learner, message, "Schedule", "Post a case now")
    asking = await press(learner, message, "Post a case now", "Send it")
    data = data_behind(asking, "Send it")
    assert "I cannot post there yet" in await toast(learner, message, data)
    await channel.set_member(BOT, "administrator", can_post_messages=True)
    assert await toast(learner, message, data) == "It is on its way."
    await channel.wait_for(None, lambda m: m.get("photo") or is_poll(m) or buttons(m))


async def test_others_cannot_set_it_up(
    sandbox: SandboxClient,
    learner: Person,
    channel: Chat,
    bot: Settings,
) -> None:
    """Neither with its id, nor with a button kept from better days."""
    stranger = await sandbox.person("Eve", language_code="en")
    await written(stranger, f"/channel {channel.id} time 6:15", "Only administrators")
    await written(stranger, "/channel", "A channel can have cases too")
    message = await written(learner, f"/channel {channel.id}", "Settings")
    await press(learner, message, "Open for", "30 days")
    await channel.set_member(learner, "member")
    assert "Only administrators" in await toast(learner, message, f"s:{channel.id}:open:900")
    assert setting(bot, channel, "open_for") == 24 * 60 * 60
    await written(learner, "/channel", "A channel can have cases too")


async def forward(server: SandboxServer, person: Person, chat_id: int, title: str) -> None:
    """Forward a channel's post to the bot."""
    sender = {"id": person.id, "is_bot": False, "first_name": "Bea", "language_code": "en"}
    channel = {"id": chat_id, "type": "channel", "title": title}
    origin = {"type": "channel", "date": 1_700_000_000, "chat": channel, "message_id": 7}
    chat = {"id": person.id, "type": "private", "first_name": "Bea"}
    body = {"message_id": 9000, "date": 1_700_000_001, "chat": chat, "from": sender}
    message = {**body, "text": "News", "forward_origin": origin}
    inject(server, {"update_id": next(LATER), "message": message})


async def test_a_forwarded_post_leads_to_its_channel(
    server: SandboxServer, sandbox: SandboxClient, learner: Person, channel: Chat, bot: Settings
) -> None:
    """Who administers it without having added the bot gets its settings; a stranger does not."""
    bea, eve = [await sandbox.person(name, language_code="en") for name in ("Bea", "Eve")]
    await channel.set_member(bea, "administrator")
    for one in (bea, eve):
        await written(one, "/channel", "missing here? Forward me any of its posts.")
    await forward(server, bea, channel.id, "Cases")
    await bea.wait_for(shows("Settings", "Cases", "Layout: Buttons"))
    await forward(server, eve, channel.id, "Cases")
    await eve.wait_for(shows("Only administrators"))
    await forward(server, eve, -100200300, "Another")
    await eve.wait_for(shows("I can't hold a conversation"))
    assert owner(bot, channel) == learner.id


async def test_a_channel_that_is_nobody_s_goes_to_who_sets_it_up(
    server: SandboxServer, learner: Person, channel: Chat, bot: Settings
) -> None:
    """After /forget nobody would be told of trouble there, nor find it in the list again."""
    question = await written(learner, "/forget", "Erase everything")
    await learner.press(question, "forget:yes")
    done = await learner.wait_for(says("Done: nothing"), after=question["message_id"])
    assert owner(bot, channel) is None
    await forward(server, learner, channel.id, "Cases")
    await learner.wait_for(shows("Layout: Buttons"), after=done["message_id"])
    assert owner(bot, channel) == learner.id
    await written(learner, "/channel", "Which channel shall we set up?", "Cases")


def owner(settings: Settings, chat: Chat) -> Any:
    """Who is told of trouble in the channel."""
    return query(settings.database, f"SELECT added_by FROM chats WHERE id = {chat.id}")[0][0]


async def test_results_go_to_the_discussion_group_only_where_the_bot_is_in_it(
    sandbox: SandboxClient, learner: Person, bot: Settings
) -> None:
    """No group, a group without the bot, a group with it."""
    alone = await made(sandbox, learner, bot, "Alone")
    message = await written(learner, f"/channel {alone.id}", "Settings")
    await press(learner, message, "Results", "The discussion group")
    data = f"s:{alone.id}:res:discussion"
    assert "has no discussion group" in await toast(learner, message, data)
    group = await sandbox.chat("supergroup", "Talk", [], [learner], bot="none")
    linked = await made(sandbox, learner, bot, "Linked", linked_chat=group.id)
    message = await written(learner, f"/channel {linked.id}", "Settings")
    await press(learner, message, "Results", "The discussion group")
    data = f"s:{linked.id}:res:discussion"
    assert "Add me to the channel's discussion group" in await toast(learner, message, data)
    await group.set_member(BOT, "member")
    await group.wait_for(None, says("/settings"))
    await press(learner, message, "The discussion group", "✓ The discussion group")
    assert setting(bot, linked, "discussion_id") == group.id
