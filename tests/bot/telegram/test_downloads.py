"""Files fetched from Telegram, and what keeps one from coming."""

from collections.abc import AsyncIterator

import pytest
from telegram import Bot

from bot.sandbox.server import SandboxServer
from bot.telegram import downloads
from bot.telegram.aiohttp_request import AiohttpRequest
from bot.telegram.downloads import LARGEST, DownloadError, NoFile, download_file
from tests.support.bot import TOKEN
from tests.support.sandbox import Person, SandboxClient


@pytest.fixture
async def bot(server: SandboxServer) -> AsyncIterator[Bot]:
    """A bot that has shown its token."""
    bot = Bot(
        TOKEN,
        base_url=f"{server.url}/bot",
        base_file_url=f"{server.url}/file/bot",
        request=AiohttpRequest(4),
        get_updates_request=AiohttpRequest(1),
    )
    async with bot:
        yield bot


@pytest.fixture
async def ada(sandbox: SandboxClient, bot: Bot) -> Person:
    """Somebody with files."""
    return await sandbox.person("Ada")


async def sent(person: Person, content: bytes) -> str:
    """The file_id of a document."""
    return str((await person.send_document("a.bin", content))["document"]["file_id"])


async def why(bot: Bot, file_id: str, at_most: int = LARGEST) -> NoFile:
    """Why a file does not come. The error says so, and nothing besides."""
    with pytest.raises(DownloadError) as caught:
        await download_file(bot, file_id, at_most)
    assert (str(caught.value), caught.value.__cause__) == (caught.value.why.name, None)
    assert caught.value.__suppress_context__ or caught.value.__context__ is None
    return caught.value.why


async def test_a_file_comes_as_it_was_sent(bot: Bot, ada: Person) -> None:
    """Up to the bound, and the largest that Telegram gives."""
    assert await download_file(bot, await sent(ada, b"1234"), at_most=4) == b"1234"
    assert len(await download_file(bot, await sent(ada, bytes(LARGEST)))) == LARGEST


async def test_what_is_too_big_is_not_fetched(bot: Bot, ada: Person) -> None:
    """By the caller's bound or by Telegram's."""
    assert await why(bot, await sent(ada, b"12345"), at_most=4) is NoFile.TOO_BIG
    assert await why(bot, await sent(ada, bytes(LARGEST + 1))) is NoFile.TOO_BIG


async def test_what_is_gone_is_gone(sandbox: SandboxClient, bot: Bot, ada: Person) -> None:
    """An id that Telegram does not know, and a path that leads nowhere any more."""
    assert await why(bot, "nothing") is NoFile.GONE
    file_id = await sent(ada, b"1234")
    await sandbox.fault("401", "file")
    assert await why(bot, file_id) is NoFile.GONE


@pytest.mark.parametrize(
    ("kind", "method"),
    [
        ("500", "file"),
        ("429", "file"),
        ("drop-response", "file"),
        ("timeout", "file"),
        ("500", "getFile"),
        ("429", "getFile"),
        ("401", "getFile"),
    ],
)
async def test_what_may_come_later(
    sandbox: SandboxClient,
    bot: Bot,
    ada: Person,
    kind: str,
    method: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Trouble between here and Telegram says nothing of the file."""
    monkeypatch.setattr(downloads, "STALLED_S", 0.2)
    file_id = await sent(ada, b"1234")
    # A connection that breaks may have been idle too long, and is tried once more by itself.
    await sandbox.fault(kind, method, times=2)
    assert await why(bot, file_id) is NoFile.UNREACHABLE
    await sandbox.clear_faults()
    assert await download_file(bot, file_id) == b"1234"
