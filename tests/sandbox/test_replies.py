"""Replies: in another chat, with a quote, and what of both is refused."""

from typing import Any

import pytest

from tests.sandbox.conftest import RawBot, picture, refused
from tests.support.sandbox import Chat, Person

TEXT = "Sjögren, 😀 <b>dry</b> eyes and <b>dry</b> mouth <b>not <i>to</i></b><i>day</i>"


async def reply(bot: RawBot, chat: Person | Chat, **parameters: Any) -> dict[str, Any]:
    """A message of the bot's that replies."""
    return dict(await bot("sendMessage", chat_id=chat.id, text="x", reply_parameters=parameters))


async def test_a_reply_to_another_chat_tells_what_it_is_about(
    bot: RawBot, ada: Person, group: Chat, channel: Chat
) -> None:
    """The origin always; chat and number only of supergroups and channels; photos and polls too."""
    private = await bot("sendMessage", chat_id=ada.id, text="a")
    sent = await reply(bot, group, chat_id=ada.id, message_id=private["message_id"])
    assert "reply_to_message" not in sent
    assert sent["external_reply"] == {
        "origin": {"type": "user", "sender_user": private["from"], "date": private["date"]}
    }
    [posted] = [await bot("sendPoll", chat_id=channel.id, question="?", options=["a"])]
    sent = await reply(bot, ada, chat_id=channel.id, message_id=posted["message_id"])
    external = sent["external_reply"]
    assert external["origin"]["type"] == "channel"
    assert external["chat"]["id"] == channel.id
    assert external["message_id"] == posted["message_id"]
    assert external["poll"]["question"] == "?"
    photo = await bot.upload("sendPhoto", {"photo": picture()}, chat_id=group.id)
    sent = await reply(bot, ada, chat_id=group.id, message_id=photo["message_id"])
    assert sent["external_reply"]["photo"] == photo["photo"]
    # It stays when the original goes.
    await bot("deleteMessage", chat_id=group.id, message_id=photo["message_id"])
    assert (await ada.messages())[-1]["external_reply"]["photo"] == photo["photo"]


async def test_naming_the_same_chat_is_an_ordinary_reply(bot: RawBot, ada: Person) -> None:
    """As a number or in digits."""
    for chat_id in (ada.id, str(ada.id)):
        sent = await reply(bot, ada, chat_id=chat_id, message_id=1)
        assert sent["reply_to_message"]["message_id"] == 1
        assert "external_reply" not in sent


async def test_replies_to_what_cannot_be_seen(
    bot: RawBot, ada: Person, bob: Person, group: Chat
) -> None:
    """A chat that is not there, one the bot is not in, a message that is not there."""
    assert await refused(reply(bot, ada, chat_id=5, message_id=1)) == (
        400,
        "Bad Request: chat not found",
    )
    missing = (400, "Bad Request: message to be replied not found")
    assert await refused(reply(bot, ada, chat_id=group.id, message_id=999)) == missing
    lenient = await reply(
        bot, ada, chat_id=group.id, message_id=999, allow_sending_without_reply=True
    )
    assert "external_reply" not in lenient
    said = await group.send(ada, "/start")
    await group.set_member((await bot("getMe"))["id"], "left")
    call = reply(bot, ada, chat_id=group.id, message_id=said["message_id"])
    assert await refused(call) == (
        403,
        "Forbidden: bot is not a member of the supergroup chat",
    )


@pytest.mark.parametrize(
    ("quote", "mode", "near", "position", "entities"),
    [
        ("Sjögren", "", 0, 0, []),
        ("<b>dry</b>", "HTML", 0, 12, [("bold", 0, 3)]),
        ("<b>dry</b>", "HTML", 40, 25, [("bold", 0, 3)]),
        ("<b>r</b>", "HTML", 0, 13, [("bold", 0, 1)]),
        ("😀 <b>dr</b>", "HTML", 0, 9, [("bold", 3, 2)]),
        (" eyes ", "", 0, 16, []),
        ("<b><i>to</i></b><i>day</i>", "HTML", 0, 39, [("italic", 0, 5), ("bold", 0, 2)]),
    ],
)
async def test_a_quote_stands_where_it_was_found(
    bot: RawBot,
    ada: Person,
    quote: str,
    mode: str,
    near: int,
    position: int,
    entities: list[tuple[str, int, int]],
) -> None:
    """Nearest to the place that is named, counted in UTF-16, with its formatting."""
    original = await bot("sendMessage", chat_id=ada.id, text=TEXT, parse_mode="HTML")
    sent = await reply(
        bot,
        ada,
        message_id=original["message_id"],
        quote=quote,
        quote_parse_mode=mode,
        quote_position=near,
    )
    assert sent["reply_to_message"]["message_id"] == original["message_id"]
    found = sent["quote"]
    assert (found["position"], found["is_manual"]) == (position, True)
    assert [
        (entity["type"], entity["offset"], entity["length"]) for entity in found.get("entities", [])
    ] == entities


@pytest.mark.parametrize(
    ("quote", "mode"),
    [
        ("dry", ""),
        ("<b>eyes</b>", "HTML"),
        ("<i>dry</i>", "HTML"),
        ("dry  eyes", ""),
        ("x" * 1025, ""),
    ],
)
async def test_a_quote_that_does_not_stand_there_is_refused(
    bot: RawBot, ada: Person, quote: str, mode: str
) -> None:
    """Other words, other formatting, or too many: nothing is sent."""
    text = TEXT + "x" * 1025
    original = await bot("sendMessage", chat_id=ada.id, text=text, parse_mode="HTML")
    parameters = {"message_id": original["message_id"], "quote": quote, "quote_parse_mode": mode}
    assert await refused(reply(bot, ada, **parameters)) == (400, "Bad Request: QUOTE_TEXT_INVALID")
    assert len(await ada.messages()) == 2


async def test_captions_and_other_chats_can_be_quoted(
    bot: RawBot, ada: Person, group: Chat
) -> None:
    """A quote by given entities, of a caption, from elsewhere."""
    photo = await bot.upload(
        "sendPhoto", {"photo": picture()}, chat_id=group.id, caption="a b", parse_mode="HTML"
    )
    sent = await reply(
        bot, ada, chat_id=group.id, message_id=photo["message_id"], quote="b", quote_entities=[]
    )
    assert sent["quote"] == {"text": "b", "position": 2, "is_manual": True}
    assert "photo" in sent["external_reply"]
