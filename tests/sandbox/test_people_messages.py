"""What people send beside texts, and what they change: files, albums, voice, forwards, edits."""

from typing import Any

import httpx
import pytest

from bot.sandbox.people_messages import EDITED_WITHIN_S
from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import TOKEN, RawBot, picture, refused
from tests.sandbox.spec import problems_with
from tests.support.sandbox import Chat, Message, Person, SandboxClient, document
from tests.support.stepped_clock import SteppedClock

MEGABYTE = 1024 * 1024


async def brought(bot: RawBot, kind: str = "message") -> list[Message]:
    """The messages that the bot is told of, each as a Message of the Bot API."""
    found = [update[kind] for update in await bot.news()]
    assert [problems_with("Message", message) for message in found] == [[]] * len(found)
    return found


async def download(bot: RawBot, http: httpx.AsyncClient, file_id: str) -> tuple[str, bytes]:
    """A file's path and bytes, as a bot gets them."""
    path = (await bot("getFile", file_id=file_id))["file_path"]
    answer = await http.get(f"/file/bot{TOKEN}/{path}")
    assert answer.status_code == 200
    return path, answer.content


async def test_a_document_comes_as_it_was_sent(
    bot: RawBot, ada: Person, http: httpx.AsyncClient
) -> None:
    """Name, kind, size, caption and bytes; by getFile as well."""
    await ada.send_document("Case 4.docx", b"PK\x03\x04", "For review #1")
    [message] = await brought(bot)
    shown = message["document"]
    assert (message["caption"], shown["file_name"], shown["file_size"]) == (
        "For review #1",
        "Case 4.docx",
        4,
    )
    assert shown["mime_type"].startswith("application/vnd.openxmlformats")
    path, data = await download(bot, http, shown["file_id"])
    assert (path.startswith("documents/file_"), path.endswith(".docx")) == (True, True)
    assert data == b"PK\x03\x04"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "a.b/c?d#e",
        "\u202efdp.exe",
        "<b>.&lt;",
        "x" * 250 + ".yaml",
        "",
        "no.%2e",
    ],
)
async def test_a_document_may_have_any_name(
    bot: RawBot, ada: Person, http: httpx.AsyncClient, name: str
) -> None:
    """A name is its sender's own; where the file lies does not follow from it."""
    await ada.send_document(name, b"x")
    [message] = await brought(bot)
    assert message["document"].get("file_name", "") == name
    path, data = await download(bot, http, message["document"]["file_id"])
    assert (path.count("/"), ".." in path, data) == (1, False, b"x")


async def test_bots_download_20_mb_at_most(
    bot: RawBot, ada: Person, http: httpx.AsyncClient
) -> None:
    """People may send more than a bot gets to see."""
    largest = await ada.send_document("a.bin", bytes(20 * MEGABYTE))
    over = await ada.send_document("b.bin", bytes(20 * MEGABYTE + 1))
    _, data = await download(bot, http, largest["document"]["file_id"])
    assert len(data) == 20 * MEGABYTE
    call = bot("getFile", file_id=over["document"]["file_id"])
    assert await refused(call) == (400, "Bad Request: file is too big")


async def test_an_album_is_several_messages_of_one_id(bot: RawBot, ada: Person) -> None:
    """Each comes as an update of its own, with the caption that it was given."""
    sent = await ada.send_album({"photo": picture(), "caption": "ECG"}, {"photo": picture(30, 30)})
    told = await brought(bot)
    assert [one["message_id"] for one in told] == [one["message_id"] for one in sent]
    assert len({one["media_group_id"] for one in told}) == 1
    assert [one.get("caption") for one in told] == ["ECG", None]
    await ada.send_album({"document": document("a.txt", b"a")}, {"document": document("b", b"b")})
    assert [one["document"]["file_name"] for one in await brought(bot)] == ["a.txt", "b"]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": ""}, "message text is empty"),
        ({"photo": "AAAA", "caption": "x" * 1025}, "message caption is too long"),
        ({"document": document("a", b"a"), "caption": "x" * 1025}, "message caption is too long"),
        ({"document": document("a", b"")}, "file must be non-empty"),
        ({"document": {"name": "a", "content": "?"}}, "document must be in base64"),
        ({"document": {**document("a", b"a"), "mime_type": "a/b\r\nc: d"}}, "document.mime_type: "),
        ({"document": document("a", b"a"), "photo": "AAAA"}, "a message is one of photo, document"),
        ({"album": [{"document": document("a", b"a")}]}, "an album must have 2-10 items"),
        ({"album": [{"document": document("a", b"a")}, {}]}, "an item of an album is a photo or"),
        ({"text": "a", "forward_origin": {"type": "channel", "chat": 1}}, "chat not found"),
        ({"text": "a", "forward_origin": {"type": "user", "sender_user": 1}}, "user not found"),
    ],
)
async def test_what_telegram_would_not_take_is_refused(
    bot: RawBot, ada: Person, fields: dict[str, Any], words: str
) -> None:
    """Nothing of it reaches the bot."""
    status, said = await refused(ada.say(**fields))
    assert (status, said.startswith(f"Bad Request: {words}")) == (400, True), said
    assert await brought(bot) == []


async def test_an_album_is_of_one_kind(bot: RawBot, ada: Person) -> None:
    """Photos and documents do not mix, for people as for bots."""
    mixed: list[dict[str, Any]] = [{"photo": picture()}, {"document": document("a", b"a")}]
    assert "can't be mixed" in (await refused(ada.send_album(*mixed)))[1]
    assert await brought(bot) == []


async def test_voice(bot: RawBot, ada: Person, http: httpx.AsyncClient) -> None:
    """A voice message has its length, and can be downloaded."""
    await ada.send_voice(b"OggS...", duration=7)
    [message] = await brought(bot)
    assert message["voice"]["duration"] == 7
    assert (await download(bot, http, message["voice"]["file_id"]))[1] == b"OggS..."


async def test_forwards_tell_where_they_come_from(
    bot: RawBot, ada: Person, bob: Person, channel: Chat
) -> None:
    """A person, somebody whose account is not told, or a channel."""
    await ada.forward("a", {"type": "user", "sender_user": bob.id})
    await ada.forward("b", {"type": "hidden_user", "sender_user_name": "Dr. No"})
    await ada.forward("c", {"type": "channel", "chat": channel.id, "message_id": 5, "date": 9})
    person, hidden, post = [one["forward_origin"] for one in await brought(bot)]
    assert person["sender_user"]["first_name"] == "Bob"
    assert hidden["sender_user_name"] == "Dr. No"
    assert (post["chat"]["title"], post["message_id"], post["date"]) == ("Grand rounds", 5, 9)


async def test_an_edit_is_told_to_who_asks_for_it(bot: RawBot, ada: Person) -> None:
    """Of a text, a caption and a photo; the message keeps its id, and says when it was changed."""
    text = await ada.send("one")
    photo = await ada.send_photo(picture(), caption="one")
    file = await ada.send_document("a.txt", b"a", "one")
    await bot.news()
    await bot.updates(allowed_updates=["edited_message"])
    edited = [
        await ada.edit(text, "two"),
        await ada.edit(photo, caption="two"),
        await ada.edit(file, caption="two"),
        await ada.edit(file, caption=""),
        await ada.edit(photo, photo=picture(50, 60)),
        await ada.edit(file, document=document("b.txt", b"b")),
    ]
    told = await brought(bot, "edited_message")
    assert [one["message_id"] for one in told] == [one["message_id"] for one in edited]
    assert all(one["edit_date"] >= one["date"] for one in told)
    assert [one.get("text", one.get("caption")) for one in told] == [
        *["two"] * 3,
        None,
        "two",
        None,
    ]
    assert [told[4]["photo"][-1]["height"], told[5]["document"]["file_name"]] == [60, "b.txt"]
    await bot.updates(allowed_updates=["message"])
    await ada.edit(text, "three")
    assert await bot.news() == []


async def test_what_cannot_be_edited_is_refused(
    bot: RawBot, ada: Person, bob: Person, group: Chat
) -> None:
    """Another's message, a forward, a text's caption, nothing new, too much."""
    own = await ada.send("one")
    forward = await ada.forward("a")
    photo = await ada.send_photo(picture(), caption="one")
    [first, _] = await ada.send_album({"photo": picture()}, {"photo": picture()})
    theirs = await group.send(ada, "mine")
    ours = await bot("sendMessage", chat_id=ada.id, text="The bot's")
    await bot.news()
    await bot.updates(allowed_updates=["edited_message"])
    for call, words in [
        (group.edit(bob, theirs, "yours"), "message can't be edited"),
        (ada.edit(ours, "mine"), "message can't be edited"),
        (ada.edit(forward, "b"), "message can't be edited"),
        (ada.edit(own, caption="b"), "there is no caption in the message to edit"),
        (ada.edit(photo, "b"), "there is no text in the message to edit"),
        (ada.edit(first, document=document("a", b"a")), "can't change media type in the album"),
        (ada.edit(own, "one"), "message is not modified"),
        (ada.edit(photo), "message is not modified"),
        (ada.edit(own, ""), "message text is empty"),
        (ada.edit(own, "x" * 4097), "message is too long"),
        (ada.edit(photo, caption="x" * 1025), "message caption is too long"),
        (ada.edit({"message_id": 99999}, "b"), "message to edit not found"),
    ]:
        status, said = await refused(call)
        assert (status, words in said) == (400, True), said
    assert await bot.news() == []


async def test_people_can_edit_for_two_days() -> None:
    """Later Telegram takes no edit."""
    clock = SteppedClock()
    sandbox = SandboxServer(clock=clock)
    await sandbox.start()
    async with SandboxClient(sandbox.url) as client:
        ada = await client.person("Ada")
        sent = await ada.send("one")
        clock.step_to(clock.now() + (EDITED_WITHIN_S - 60) * 1000)
        await ada.edit(sent, "two")
        clock.step_to(clock.now() + 120_000)
        call = ada.edit(sent, "three")
        assert await refused(call) == (400, "Bad Request: MESSAGE_EDIT_TIME_EXPIRED")
    await sandbox.stop()


async def test_albums_of_the_bot_keep_their_kind(bot: RawBot, ada: Person) -> None:
    """A photo of an album may become another photo, and no document."""
    first, _ = await bot.upload(
        "sendMediaGroup",
        {"a": ("a.png", picture()), "b": ("b.png", picture(9, 9))},
        chat_id=ada.id,
        media='[{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]',
    )
    where = {"chat_id": ada.id, "message_id": first["message_id"]}
    call = bot.upload(
        "editMessageMedia",
        {"a": ("a.txt", b"text")},
        **where,
        media='{"type": "document", "media": "attach://a"}',
    )
    assert "can't change media type in the album" in (await refused(call))[1]
    changed = await bot.upload(
        "editMessageMedia",
        {"a": ("a.png", picture(40, 40))},
        **where,
        media='{"type": "photo", "media": "attach://a", "caption": "New"}',
    )
    assert (changed["caption"], changed["media_group_id"]) == ("New", first["media_group_id"])
