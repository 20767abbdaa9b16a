"""Albums, captions and media as the outbox names them, by a real call."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from telegram import Bot

from bot.sandbox.server import SandboxServer
from bot.telegram import bot_api
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.uploads import prepare
from tests.sandbox.conftest import picture
from tests.support.bot import TOKEN
from tests.support.sandbox import Person, SandboxClient


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    """A bot in the sandbox."""
    bot = Bot(
        TOKEN,
        base_url=f"{server.url}/bot",
        request=AiohttpRequest(2),
        get_updates_request=AiohttpRequest(1),
    )
    async with bot:
        yield bot


@pytest.fixture
async def ada(sandbox: SandboxClient, bot: Bot) -> Person:
    """Somebody who has started it."""
    ada = await sandbox.person("Ada")
    await ada.send("/start")
    return ada


def file(name: str, content: bytes) -> dict[str, Any]:
    """A file in an owed call."""
    return {"$file": {"name": name, "content": content}}


async def call(bot: Bot, person: Person, method: str, **params: Any) -> Any:
    """The result of an owed call."""
    prepared = prepare({"chat_id": person.id, **params}, {})
    reply = await bot_api.call(bot, method, prepared.params, prepared.files)
    assert isinstance(reply, bot_api.Done), reply
    return reply.result


async def test_albums_of_documents_and_of_photos(bot: Bot, ada: Person) -> None:
    """Each keeps its bytes, name and caption."""
    documents = [
        {"type": "document", "media": file("a.yaml", b"one"), "caption": "Both"},
        {"type": "document", "media": file("b.yaml", b"two")},
    ]
    sent = await call(bot, ada, "sendMediaGroup", media=documents)
    shown = [one["document"] for one in sent]
    assert [one["file_name"] for one in shown] == ["a.yaml", "b.yaml"]
    assert await ada.client.file(shown[1]["file_id"]) == b"two"
    assert sent[0]["caption"] == "Both"
    photos = [{"type": "photo", "media": file("a.png", picture(side, 9))} for side in (20, 30)]
    sent = await call(bot, ada, "sendMediaGroup", media=photos)
    assert [one["photo"][-1]["width"] for one in sent] == [20, 30]


async def test_a_document_s_caption_and_bytes_are_changed(bot: Bot, ada: Person) -> None:
    """In place, one after the other."""
    sent = await call(bot, ada, "sendDocument", document=file("a.yaml", b"one"), caption="1")
    where = {"message_id": sent["message_id"]}
    sent = await call(bot, ada, "editMessageCaption", **where, caption="2")
    assert (sent["caption"], sent["document"]["file_name"]) == ("2", "a.yaml")
    media = {"type": "document", "media": file("b.yaml", b"two"), "caption": "3"}
    sent = await call(bot, ada, "editMessageMedia", **where, media=media)
    assert (sent["caption"], sent["document"]["file_name"]) == ("3", "b.yaml")
    assert await ada.client.file(sent["document"]["file_id"]) == b"two"
