"""The bot by webhook, and copies of it that get in each other's way."""

import asyncio
import socket

import httpx
import pytest
from msgspec.structs import replace

from bot.app import serve
from bot.base.listen_address import ListenAddress
from bot.base.shutdown import Stop
from bot.sandbox.server import SandboxServer
from bot.services import BotError
from bot.settings import Settings
from bot.telegram.batches import OtherCopyError
from tests.support.bot import TOKEN, running_bot
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import given, says
from tests.support.trouble import EXPLAINED


@pytest.fixture
def posted_to(settings: Settings) -> Settings:
    """The same bot, to which updates are posted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return replace(
        settings,
        webhook=f"http://127.0.0.1:{port}/telegram",
        listen=ListenAddress("127.0.0.1", port),
    )


async def come_and_go(settings: Settings) -> None:
    """A bot that ends by itself."""
    async with asyncio.timeout(60):
        await serve(settings, TOKEN, Stop(settings.clock))


async def start(sandbox: SandboxClient) -> Person:
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    await person.wait_for(says("Good morning"))
    return person


async def test_a_case_by_webhook(
    sandbox: SandboxClient, server: SandboxServer, posted_to: Settings
) -> None:
    """Question, vote and explanation as by polling; what came while it was down is not lost."""
    async with running_bot(posted_to):
        ada = await start(sandbox)
        poll = await given(ada, "/case")
        async with httpx.AsyncClient(trust_env=False) as http:
            base = f"http://{posted_to.listen}"
            assert (await http.get(f"{base}/readyz")).status_code == 200
    await ada.vote(poll, [0])
    async with running_bot(posted_to):
        await ada.wait_for(says(EXPLAINED), after=poll["message_id"], timeout=60)
        async with httpx.AsyncClient(trust_env=False) as http:
            metrics = (await http.get(f"http://{posted_to.listen}/metrics")).text
    assert "morning_report_votes_total{verdict=" in metrics
    assert "Ada" not in metrics
    # Its very first start looked for another copy.
    assert len(await sandbox.traffic(method="getUpdates", polling=True)) == 1


async def test_answers_to_buttons_are_measured(sandbox: SandboxClient, posted_to: Settings) -> None:
    """What a person waits for with a finger on the button is among the calls, and its errors."""
    async with running_bot(posted_to), httpx.AsyncClient(trust_env=False) as http:
        ada = await start(sandbox)
        await ada.send("/forget")
        question = await ada.wait_for(says("Erase everything kept"))
        keep = question["reply_markup"]["inline_keyboard"][1][0]["callback_data"]
        await sandbox.fault("500", "answerCallbackQuery")
        # The sandbox waits for the answer, which this press never gets.
        lost = asyncio.create_task(ada.press(question, keep))
        await ada.wait_for(says("Nothing was erased"))
        async with asyncio.timeout(60):
            while True:
                metrics = (await http.get(f"http://{posted_to.listen}/metrics")).text
                if '_call_seconds_count{method="answerCallbackQuery"} 1.0' in metrics:
                    break
                await asyncio.sleep(0.05)
        assert 'morning_report_telegram_errors_total{kind="no_answer"} 1.0' in metrics
        lost.cancel()


async def test_a_webhook_keeps_a_polling_copy_out(
    sandbox: SandboxClient, posted_to: Settings, settings: Settings
) -> None:
    """It says what to do, and takes nothing away from the copy at work."""
    async with running_bot(posted_to):
        ada = await start(sandbox)
        other = replace(settings, database=settings.database.with_name("other.db"))
        with pytest.raises(OtherCopyError, match="remove-webhook"):
            await come_and_go(other)
        await given(ada, "/case")


async def test_a_database_is_one_programs(settings: Settings, bot: Settings) -> None:
    """A second copy on the same database is refused at its start, with a sentence."""
    with pytest.raises(BotError, match="another Morning Report works on it"):
        await come_and_go(settings)
