"""A file that somebody sends is fetched while everybody else is served, and lost by nothing."""

import asyncio
import logging

import pytest
from telegram import Update
from telegram.ext import MessageHandler, filters

from bot import app, routes
from bot.jobs import fetch_files
from bot.routes.reading_updates import file_sent, visit
from bot.sandbox.server import SandboxServer
from bot.services import App, Context, Services
from bot.settings import Settings
from bot.telegram import downloads
from bot.telegram.downloads import NoFile
from storage.outcome import Outcome, OwedCall
from storage.sent_files import SentFile
from tests.sandbox.conftest import picture
from tests.support.bot import TOKEN, running_bot
from tests.support.database import FAIL, RECOVER, meddle, query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, given, says
from tests.support.trouble import until

FILES = filters.Document.ALL | filters.PHOTO
WAITING = "SELECT count(*) FROM sent_files"


async def count(_services: Services, file: SentFile, came: bytes | NoFile) -> Outcome:
    """A rule: it tells how long the file is."""
    if file.name == "flaw.txt":
        raise ValueError(file.name)
    words = came.name if isinstance(came, NoFile) else f"{file.about}: {len(came)} bytes"
    return Outcome(owed=(OwedCall(file.person_id, "sendMessage", {"text": words}),))


async def note(update: Update, context: Context) -> None:
    """A route: it notes the file."""
    message, user = update.message, update.effective_user
    if message is None or user is None:
        return
    who = await visit(user, context)
    sent = file_sent(message, "count", '"length"')
    assert sent is not None
    context.leave(Outcome((who.met, sent)))


@pytest.fixture(autouse=True)
def counting(monkeypatch: pytest.MonkeyPatch) -> None:
    """A bot that takes documents and photos, and tells how long they are."""

    def add_routes(application: App) -> None:
        application.add_handlers((MessageHandler(FILES, note),))
        routes.add_routes(application)

    monkeypatch.setattr(app, "add_routes", add_routes)
    monkeypatch.setattr(fetch_files, "ON_FILES", {"count": count})


async def test_a_slow_file_holds_up_nobody(
    sandbox: SandboxClient, bot: Settings, learner: Person
) -> None:
    """Others vote meanwhile, and so does its sender; another's file comes before it."""
    ben = await sandbox.person("Ben", language_code="en")
    await asked(ben, "/start", "Good morning.")
    await sandbox.fault("timeout", "file")
    await learner.send_document("slow.txt", b"12345")
    await until(lambda: _asked_for_a_file(sandbox))
    for person in (ben, learner):
        poll = await given(person, "/case calcinosis-cutis")
        await person.vote(poll, [0])
        await person.wait_for(says("Not yet reviewed"), after=poll["message_id"], timeout=10)
    await ben.send_document("fast.txt", b"123")
    await ben.wait_for(says('"length": 3 bytes'), timeout=10)
    assert query(bot.database, WAITING) == [(1,)]


async def test_a_file_comes_after_trouble_and_after_a_restart(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings
) -> None:
    """What was under way at the end of the program is fetched by the next one, once."""
    ada = await sandbox.person("Ada", language_code="en")
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning.")
        await sandbox.fault("timeout", "file")
        for content in (b"1", b"12", b"123"):
            await ada.send_document("a.txt", content)
        await until(lambda: _asked_for_a_file(sandbox))
    await sandbox.fault("500", "file", times=2)
    async with running_bot(settings):
        await ada.wait_for(says('"length": 3 bytes'))
    told = [m["text"] for m in await ada.messages() if '"length"' in m.get("text", "")]
    assert told == [f'"length": {length} bytes' for length in (1, 2, 3)]
    assert query(settings.database, WAITING) == [(0,)]


async def test_of_a_photo_the_largest_size_is_fetched(learner: Person) -> None:
    """What Telegram made of it, in the most pixels."""
    sent = await learner.send_photo(picture(1000, 600))
    largest = sent["photo"][-1]
    assert largest["width"] == 1000
    await learner.wait_for(says(f'"length": {largest["file_size"]} bytes'))


async def test_who_cannot_be_served_is_told(
    sandbox: SandboxClient, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file too big, or one that does not come however often it is asked for."""
    monkeypatch.setattr(fetch_files, "_PAUSE_S", 0.01)
    await learner.send_document("a.bin", bytes(downloads.LARGEST + 1))
    await learner.wait_for(says("TOO_BIG"))
    await sandbox.fault("500", "file", times=fetch_files.TRIES)
    await learner.send_document("a.bin", b"1")
    await learner.wait_for(says("UNREACHABLE"))


async def test_a_file_that_a_rule_fails_at_stops_no_other(
    bot: Settings, learner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """It is set aside; neither its name nor the token stands in the log."""
    with caplog.at_level(logging.ERROR):
        await learner.send_document("flaw.txt", b"1")
        await learner.send_document("a.txt", b"12")
        await learner.wait_for(says('"length": 2 bytes'))
    assert any("cannot be taken" in record.getMessage() for record in caplog.records)
    assert not any(
        word in record.getMessage() for record in caplog.records for word in ("flaw.txt", TOKEN)
    )
    assert query(bot.database, WAITING) == [(0,)]


async def test_a_file_waits_for_a_failing_database(
    bot: Settings, learner: Person, caplog: pytest.LogCaptureFixture
) -> None:
    """It is taken once what comes of it can be written, and once only."""
    await asyncio.to_thread(meddle, bot.database, FAIL.format("DELETE ON sent_files"))
    await learner.send_document("a.txt", b"12")
    await until(lambda: _logged(caplog, "A file that was sent must wait"))
    await asyncio.to_thread(meddle, bot.database, RECOVER)
    await learner.wait_for(says('"length": 2 bytes'))
    await learner.send_document("b.txt", b"123")
    await learner.wait_for(says('"length": 3 bytes'))
    told = [m for m in await learner.messages() if '"length"' in m.get("text", "")]
    assert len(told) == 2


async def test_who_is_forgotten_hears_no_more_of_a_file(
    sandbox: SandboxClient, bot: Settings, learner: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes after /forget is dropped."""
    monkeypatch.setattr(downloads, "STALLED_S", 0.3)
    await sandbox.fault("timeout", "file", times=99)
    await learner.send_document("a.txt", b"12")
    await until(lambda: _asked_for_a_file(sandbox))
    question = await asked(learner, "/forget", "erase")
    await learner.press(question, "forget:yes")
    await learner.wait_for(says("Done"), after=question["message_id"])
    assert query(bot.database, WAITING) == [(0,)]
    await sandbox.clear_faults()
    await learner.send_document("b.txt", b"123")
    await learner.wait_for(says('"length": 3 bytes'))
    assert not any('"length": 2' in m.get("text", "") for m in await learner.messages())


async def _asked_for_a_file(sandbox: SandboxClient) -> bool:
    return bool(await sandbox.traffic(method="getFile"))


async def _logged(caplog: pytest.LogCaptureFixture, words: str) -> bool:
    return any(words in record.getMessage() for record in caplog.records)
