"""What a bot works with, before Telegram is asked, and how its start fails."""

import asyncio
import socket
from contextlib import suppress
from pathlib import Path

import httpx
import pytest
from msgspec.structs import replace

from bot.app import serve
from bot.base.listen_address import ListenAddress
from bot.base.shutdown import Stop
from bot.features.library.first_reading import read_library
from bot.services import BotError, equipped
from bot.settings import Settings
from storage.errors import StorageError
from storage.store import Store
from tests.support.bot import TOKEN, loaded_at_start, running_bot
from tests.support.sandbox import SandboxClient
from tests.support.trouble import until


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What opening the database fails with, one after another, before it succeeds."""
    failures: list[str] = []
    really = Store.open

    async def at_first_failing(path: Path, now: int, **more: bool) -> Store:
        if failures:
            raise StorageError(failures.pop(0))
        return await really(path, now, **more)

    monkeypatch.setattr(Store, "open", at_first_failing)
    return failures


async def test_a_locked_database_is_waited_for(settings: Settings, failing: list[str]) -> None:
    """The program that holds it will let go."""
    failing.append("database is locked")
    async with equipped(settings, read_library(settings)) as services:
        assert len(services.library.cases) == 2
    assert failing == []


async def test_any_other_failure_is_told_at_once(settings: Settings, failing: list[str]) -> None:
    """What waiting does not mend ends the start with a sentence."""
    failing += ["disk I/O error", "not reached"]
    with pytest.raises(BotError, match=r"disk I/O error.* doctor"):
        async with equipped(settings, read_library(settings)):
            pass
    assert failing == ["not reached"]


async def test_of_a_damaged_database_it_says_what_to_do(settings: Settings) -> None:
    """What no program can read is to be restored, which is said at once."""
    settings.database.write_bytes(b"not a database" * 1000)
    with pytest.raises(BotError, match=r"not a database\. Restore the last backup"):
        await serve(settings, TOKEN, Stop(settings.clock))


async def test_a_port_that_is_taken_is_told_in_one_sentence(settings: Settings) -> None:
    """The start ends with it; nothing that was to run is left behind with a warning of its own."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = ListenAddress("127.0.0.1", taken.getsockname()[1])
        with pytest.raises(BotError, match=f"port {place.port} .* is in use by another program"):
            await serve(replace(settings, listen=place), TOKEN, Stop(settings.clock))


async def test_asked_to_stop_while_the_cases_are_read_it_ends(settings: Settings) -> None:
    """However many there are, and without a word to Telegram."""
    stop = Stop(settings.clock)
    stop.set()
    async with asyncio.timeout(20):
        await serve(settings, TOKEN, stop)


async def test_its_health_can_be_asked_before_telegram_answers(settings: Settings) -> None:
    """An outage at the start is told as one: the program lives, and is not ready; then it is."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        listening = free.getsockname()[1]
    with socket.create_server(("127.0.0.1", 0)) as free:
        gone = free.getsockname()[1]
    place = ListenAddress("127.0.0.1", listening)
    cut_off = replace(settings, listen=place, api_url=f"http://127.0.0.1:{gone}")
    async with running_bot(cut_off), httpx.AsyncClient(trust_env=False) as http:
        expected = {"telegram": False, "database": True, "cases": True}
        assert await _comes_to(http, place, expected) == 503
        assert (await http.get(f"http://{place}/healthz")).status_code == 200
    back = replace(cut_off, api_url=settings.api_url)
    async with running_bot(back), httpx.AsyncClient(trust_env=False) as http:
        assert await _comes_to(http, place, dict.fromkeys(expected, True)) == 200


async def test_of_any_free_port_the_log_says_which(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Whoever is to ask there reads it in the log."""
    caplog.set_level("INFO", "bot.app")
    asking = httpx.AsyncClient(trust_env=False)
    async with running_bot(replace(settings, listen=ListenAddress(port=0))), asking as http:
        await until(lambda: told(caplog, "listens on"))
        address = caplog.text.partition("listens on ")[2].split()[0]
        assert (await http.get(f"http://{address}/healthz")).status_code == 200


async def told(caplog: pytest.LogCaptureFixture, words: str) -> bool:
    """Whether the log has these words by now."""
    return words in caplog.text


async def _comes_to(
    http: httpx.AsyncClient, place: ListenAddress, expected: dict[str, bool]
) -> int:
    """The status of /readyz, once it says what is expected."""
    async with asyncio.timeout(60):
        while True:
            with suppress(httpx.ConnectError):
                ready = await http.get(f"http://{place}/readyz")
                if ready.json() == expected:
                    return ready.status_code
            await asyncio.sleep(0.05)


async def test_an_administrator_who_cannot_be_written_to_is_told_of(
    sandbox: SandboxClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Once each, with what to do, however many languages there are; others get their menus."""
    ada = await sandbox.person("Ada")
    async with running_bot(replace(settings, admins=frozenset({404}))):
        await ada.send("/start")
        await ada.wait_for(lambda _: "has to send /start" in caplog.text)
    assert caplog.text.count("has to send /start") == 1
    assert "404" not in caplog.text


def test_the_bot_starts_without_what_few_need() -> None:
    """What checks cases, reads authors' files, draws codes and counts is much, and comes later."""
    rules = {"content.check", "content.lint.registry"}
    readers = {
        "content.drafting.file_reading",
        "content.exchange.drafts",
        "content.exchange.formats",
    }
    pictures = {"segno", "PIL.ImageCms"}
    web = {"prometheus_client", "starlette", "uvicorn"}
    assert loaded_at_start(rules | readers | pictures | web) == set()
