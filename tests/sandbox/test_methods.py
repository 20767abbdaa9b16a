"""The Bot API's methods over HTTP: what they do, what they refuse, in Telegram's words."""

import json
from typing import Any

import httpx
import pytest

from bot.sandbox.server import SandboxServer
from tests.sandbox.conftest import TOKEN, RawBot, picture, refused
from tests.support.answering import NO_TLS
from tests.support.sandbox import Person, SandboxClient


async def test_first_token_is_the_bot_and_another_is_refused(
    bot: RawBot, sandbox: SandboxServer
) -> None:
    """Any token will do, but only one."""
    assert (await bot("getMe"))["id"] == 4242
    async with httpx.AsyncClient(base_url=sandbox.url, verify=NO_TLS, trust_env=False) as http:
        answers = [
            (await http.get(path)).json()
            for path in ("/bot77:x/getMe", "/botnonsense/getMe", f"/bot{TOKEN}/noSuchMethod")
        ]
    assert [(answer["error_code"], answer["description"]) for answer in answers] == [
        (401, "Unauthorized"),
        (404, "Not Found"),
        (404, "Not Found: method not found"),
    ]


async def test_arguments_come_in_every_form(
    bot: RawBot, ada: Person, sandbox: SandboxServer
) -> None:
    """Query, urlencoded, JSON and multipart mean the same; method names come in any case."""
    keyboard = json.dumps({"inline_keyboard": [[{"text": "a", "callback_data": "1"}]]})
    fields = {"chat_id": str(ada.id), "text": "[1]", "reply_markup": keyboard}
    path = f"/bot{TOKEN.replace(':', '%3A')}/SENDmessage"
    async with httpx.AsyncClient(base_url=sandbox.url, verify=NO_TLS, trust_env=False) as http:
        await http.get(path, params=fields)
        await http.post(path, data=fields)
        await http.post(path, data=fields, files={"unused": b"x"})
        await http.post(path, json=fields | {"reply_markup": json.loads(keyboard)})
    sent = (await ada.messages())[1:]
    assert [message["text"] for message in sent] == ["[1]"] * 4
    assert [message["reply_markup"] for message in sent] == [json.loads(keyboard)] * 4


@pytest.mark.parametrize(
    ("params", "description"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": " \n "}, "text must be non-empty"),
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "x", "parse_mode": "BBCode"}, "unsupported parse_mode"),
        (
            {"text": "é<x>", "parse_mode": "HTML"},
            'can\'t parse entities: Unsupported start tag "x" at byte offset 2',
        ),
        ({"text": "x", "reply_parameters": {"message_id": 99}}, "message to be replied not found"),
        ({"text": "x", "chat_id": 5}, "chat not found"),
        ({"text": "x", "chat_id": "@nobody"}, "chat not found"),
        ({"text": "x", "chat_id": ""}, "chat_id is empty"),
        (
            {"text": "x", "reply_markup": "nonsense"},
            "can't parse reply keyboard markup JSON object",
        ),
    ],
)
async def test_send_message_refusals(
    bot: RawBot, ada: Person, params: dict[str, Any], description: str
) -> None:
    """What Telegram refuses is refused with its words."""
    call = bot("sendMessage", **{"chat_id": ada.id} | params)
    assert await refused(call) == (400, f"Bad Request: {description}")


async def test_lengths_count_characters_after_parsing(bot: RawBot, ada: Person) -> None:
    """4096 characters pass, however many bytes, UTF-16 units and tags they take."""
    text = "<b>" + "😀" * 4096 + "</b>"
    message = await bot("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    assert message["entities"] == [{"type": "bold", "offset": 0, "length": 8192}]


async def test_reply_quotes_one_level(bot: RawBot, ada: Person) -> None:
    """A reply carries what it replies to, but not what that replied to."""
    first = await bot("sendMessage", chat_id=ada.id, text="one")
    second = await bot(
        "sendMessage",
        chat_id=ada.id,
        text="two",
        reply_parameters={"message_id": first["message_id"]},
    )
    third = await bot(
        "sendMessage", chat_id=ada.id, text="three", reply_to_message_id=second["message_id"]
    )
    lost = await bot(
        "sendMessage",
        chat_id=ada.id,
        text="four",
        reply_parameters={"message_id": 999, "allow_sending_without_reply": True},
    )
    assert third["reply_to_message"]["text"] == "two"
    assert "reply_to_message" not in third["reply_to_message"]
    assert "reply_to_message" not in lost


async def test_bot_cannot_write_first_nor_to_one_who_blocked_it(
    bot: RawBot, client: SandboxClient
) -> None:
    """Before anything was said, and while blocked, sending is forbidden; the block is an update."""
    bob = await client.person("Bob")
    call = bot("sendMessage", chat_id=bob.id, text="x")
    assert await refused(call) == (403, "Forbidden: bot can't initiate conversation with a user")
    await bob.send("hello")
    await bob.block()
    call = bot("sendChatAction", chat_id=bob.id, action="typing")
    assert await refused(call) == (403, "Forbidden: bot was blocked by the user")
    assert await refused(bob.send("x")) == (400, "Bad Request: YOU_BLOCKED_USER")
    await bob.unblock()
    assert (await bot("sendMessage", chat_id=bob.id, text="x"))["text"] == "x"
    changes = [update["my_chat_member"] for update in (await bot.updates())[1:]]
    assert [change["new_chat_member"]["status"] for change in changes] == ["kicked", "member"]


async def test_photo_is_kept_in_sizes_and_sent_again_by_id(
    bot: RawBot, ada: Person, sandbox: SandboxServer
) -> None:
    """A photo comes in Telegram's sizes as JPEG; its file_id sends it again; it downloads."""
    sent = await bot.upload(
        "sendPhoto",
        {"photo": ("a.png", picture(1600, 800, "RGBA"))},
        chat_id=ada.id,
        caption="<i>c</i>",
        parse_mode="HTML",
    )
    assert [(size["width"], size["height"]) for size in sent["photo"]] == [
        (90, 45),
        (320, 160),
        (800, 400),
        (1280, 640),
    ]
    assert (sent["caption"], sent["caption_entities"][0]["type"]) == ("c", "italic")
    largest = sent["photo"][-1]
    again = await bot("sendPhoto", chat_id=ada.id, photo=largest["file_id"])
    assert again["photo"] == sent["photo"]
    file = await bot("getFile", file_id=largest["file_id"])
    path = f"/file/bot{TOKEN.replace(':', '%3A')}/{file['file_path']}"
    async with httpx.AsyncClient(base_url=sandbox.url, verify=NO_TLS, trust_env=False) as http:
        data = (await http.get(path)).content
    assert (data[:3], len(data)) == (b"\xff\xd8\xff", largest["file_size"])


@pytest.mark.parametrize(
    ("photo", "description"),
    [
        (b"no image", "IMAGE_PROCESS_FAILED"),
        (picture(2100, 100), "PHOTO_INVALID_DIMENSIONS"),
        (picture(5001, 5000, "1"), "PHOTO_INVALID_DIMENSIONS"),
        (b"\0" * (10 * 1024 * 1024 + 1), "file is too big"),
    ],
    ids=["no image", "too narrow", "too large", "too heavy"],
)
async def test_photo_refusals(bot: RawBot, ada: Person, photo: bytes, description: str) -> None:
    """Photos beyond Telegram's limits are refused."""
    call = bot.upload("sendPhoto", {"photo": photo}, chat_id=ada.id)
    assert await refused(call) == (400, f"Bad Request: {description}")


@pytest.mark.parametrize("reference", ["AgACunknown", "https://example.com/a.png"])
async def test_unknown_file_ids_and_addresses_are_refused(
    bot: RawBot, ada: Person, reference: str
) -> None:
    """The sandbox fetches nothing from elsewhere."""
    words = "Bad Request: wrong file identifier/HTTP URL specified"
    assert await refused(bot("sendPhoto", chat_id=ada.id, photo=reference)) == (400, words)


async def test_document_keeps_name_and_bytes(
    bot: RawBot, ada: Person, http: httpx.AsyncClient
) -> None:
    """A document arrives as it was uploaded."""
    upload = {"document": ("data.json", b'{"a": 1}', "application/json")}
    sent = await bot.upload("sendDocument", upload, chat_id=ada.id)
    document = sent["document"]
    assert (document["file_name"], document["mime_type"]) == ("data.json", "application/json")
    shown = await http.get(f"/sandbox/files/{document['file_id']}")
    assert (shown.content, shown.headers["content-disposition"]) == (b'{"a": 1}', "attachment")


async def test_album_shares_an_id(bot: RawBot, ada: Person) -> None:
    """Photos sent together carry one media_group_id; one item is no album."""
    media = [{"type": "photo", "media": "attach://a"}, {"type": "photo", "media": "attach://b"}]
    sent = await bot.upload(
        "sendMediaGroup",
        {"a": picture(), "b": picture(300, 300)},
        chat_id=ada.id,
        media=json.dumps(media),
    )
    assert len({message["media_group_id"] for message in sent}) == 1
    assert len({message["message_id"] for message in sent}) == 2
    status, _ = await refused(bot("sendMediaGroup", chat_id=ada.id, media=media[:1]))
    assert status == 400


async def test_edit_changes_and_refuses_no_change(bot: RawBot, ada: Person) -> None:
    """An edit shows; editing to the same is refused; a person's message is not the bot's."""
    sent = await bot("sendMessage", chat_id=ada.id, text="one")
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    edited = await bot("editMessageText", text="two", **where)
    assert (edited["text"], (await ada.messages())[-1]["text"]) == ("two", "two")
    assert "edit_date" in edited
    assert await refused(bot("editMessageText", text="two", **where)) == (
        400,
        "Bad Request: message is not modified: specified new message content and reply markup are"
        " exactly the same as a current content and reply markup of the message",
    )
    keyboard = {"inline_keyboard": [[{"text": "a", "callback_data": "x"}]]}
    marked = await bot("editMessageReplyMarkup", reply_markup=keyboard, **where)
    assert marked["reply_markup"] == keyboard
    for message_id, words in ((1, "message can't be edited"), (99, "message to edit not found")):
        call = bot("editMessageText", chat_id=ada.id, message_id=message_id, text="x")
        assert await refused(call) == (400, f"Bad Request: {words}")


async def test_edit_caption_and_media(bot: RawBot, ada: Person) -> None:
    """Captions and photos are replaced in place."""
    sent = await bot.upload("sendPhoto", {"photo": picture()}, chat_id=ada.id)
    where = {"chat_id": ada.id, "message_id": sent["message_id"]}
    assert (await bot("editMessageCaption", caption="c", **where))["caption"] == "c"
    media = json.dumps({"type": "photo", "media": "attach://new", "caption": "d"})
    edited = await bot.upload("editMessageMedia", {"new": picture(50, 50)}, media=media, **where)
    assert (edited["photo"][-1]["width"], edited["caption"]) == (50, "d")


async def test_delete(bot: RawBot, ada: Person) -> None:
    """A deleted message is gone for both."""
    sent = [await bot("sendMessage", chat_id=ada.id, text=text) for text in "abc"]
    ids = [message["message_id"] for message in sent]
    assert await bot("deleteMessage", chat_id=ada.id, message_id=ids[0])
    assert await bot("deleteMessages", chat_id=ada.id, message_ids=ids)
    assert [message["text"] for message in await ada.messages()] == ["/start"]
    call = bot("deleteMessage", chat_id=ada.id, message_id=ids[0])
    assert await refused(call) == (400, "Bad Request: message to delete not found")


async def test_forward_names_the_origin_and_copy_does_not(bot: RawBot, ada: Person) -> None:
    """A forward says whose message it was; a copy is the bot's own."""
    where = {"chat_id": ada.id, "from_chat_id": ada.id}
    forwarded = await bot("forwardMessage", message_id=1, **where)
    assert forwarded["forward_origin"]["sender_user"]["id"] == ada.id
    copied = await bot("copyMessage", message_id=1, **where)
    await bot("forwardMessages", message_ids=[1], **where)
    await bot("copyMessages", message_ids=[1, 99], **where)
    message = (await ada.messages())[2]
    assert (message["message_id"], message["text"]) == (copied["message_id"], "/start")
    assert "forward_origin" not in message


async def test_protected_content_is_not_forwarded(bot: RawBot, ada: Person) -> None:
    """What was sent protected stays where it is."""
    sent = await bot("sendMessage", chat_id=ada.id, text="x", protect_content=True)
    where = {"chat_id": ada.id, "from_chat_id": ada.id, "message_id": sent["message_id"]}
    assert (await refused(bot("forwardMessage", **where)))[0] == 400
    assert (await refused(bot("copyMessage", **where)))[0] == 400


async def test_commands_by_scope_and_language(
    bot: RawBot, ada: Person, client: SandboxClient
) -> None:
    """A person sees the commands of the closest scope, in the own language where there are any."""
    english = [{"command": "start", "description": "Begin"}]
    german = [{"command": "start", "description": "Los"}]
    await bot("setMyCommands", commands=english)
    await bot("setMyCommands", commands=german, language_code="de")
    own = [{"command": "case", "description": "Yours"}]
    await bot("setMyCommands", commands=own, scope={"type": "chat", "chat_id": ada.id})

    async def seen(**query: object) -> object:
        return (await client.ask("GET", "/bot", **query))["commands"]

    assert await seen() == english
    assert await seen(language_code="de-AT") == german
    assert await seen(chat_id=ada.id) == own
    assert await bot("getMyCommands", language_code="de") == german
    await bot("deleteMyCommands", language_code="de")
    assert await seen(language_code="de") == english
    call = bot("setMyCommands", commands=[{"command": "Große", "description": "x"}])
    assert await refused(call) == (400, "Bad Request: BOT_COMMAND_INVALID")


async def test_bot_describes_itself(bot: RawBot, client: SandboxClient) -> None:
    """Name and descriptions are kept by language."""
    await bot("setMyName", name="Morning")
    await bot("setMyDescription", description="All", language_code="")
    await bot("setMyDescription", description="Alle", language_code="de")
    await bot("setMyShortDescription", short_description="Short")
    assert (await bot("getMyDescription", language_code="de"))["description"] == "Alle"
    assert (await bot("getMyName"))["name"] == "Morning"
    assert (await bot("getMe"))["first_name"] == "Morning"
    shown = await client.ask("GET", "/bot", language_code="fr")
    assert (shown["description"], shown["short_description"]) == ("All", "Short")


async def test_chats_members_and_the_rest(bot: RawBot, ada: Person) -> None:
    """Looking at chats, pins, actions, menu buttons and webhooks answers as the Bot API does."""
    assert (await bot("getChat", chat_id=ada.id))["username"] == "ada_l"
    assert (await bot("getChatMember", chat_id=ada.id, user_id=ada.id))["status"] == "member"
    assert await bot("getChatMemberCount", chat_id=ada.id) == 2
    assert (await refused(bot("getChatAdministrators", chat_id=ada.id)))[0] == 400
    assert await bot("pinChatMessage", chat_id=ada.id, message_id=1)
    assert (await bot("getChat", chat_id=ada.id))["pinned_message"]["message_id"] == 1
    assert await bot("unpinChatMessage", chat_id=ada.id)
    assert await bot("unpinAllChatMessages", chat_id=ada.id)
    assert await bot("sendChatAction", chat_id=ada.id, action="typing")
    assert await bot("setMessageReaction", chat_id=ada.id, message_id=1, reaction=[])
    assert await bot("setChatMenuButton", menu_button={"type": "commands"})
    assert await bot("getChatMenuButton", chat_id=ada.id) == {"type": "commands"}
    assert (await bot("getUserProfilePhotos", user_id=ada.id))["total_count"] == 0
    assert (await bot("getWebhookInfo"))["url"] == ""
    assert await bot("deleteWebhook")
    assert await bot("logOut")
    assert (await refused(bot("setWebhook", url="https://example.com")))[0] == 400
