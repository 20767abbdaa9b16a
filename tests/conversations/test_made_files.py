"""What is made when it is sent, over HTTP: pictures, workbooks and codes, whatever happens amid."""

from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PIL import Image

from bot.base import child_process
from bot.features.shared.file_messages import picture_message, qr_message, workbook_message
from bot.files.workbook import Column, Table, Workbook, person_cell
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.bot.files.test_file_process import broken
from tests.support.bot import BotProcess, running_bot, settings_for
from tests.support.database import query
from tests.support.report_samples import FULL, LINK
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, says
from tests.support.trouble import until

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
OWED = "SELECT count(*) FROM outbox"


async def reader(sandbox: SandboxClient) -> Person:
    """Somebody who wrote to the bot, and to whom it has not said anything yet."""
    ada = await sandbox.person("Ada", language_code="en")
    await ada.send("/help")
    return ada


async def owe(settings: Settings, ada: Person, *named: Person) -> None:
    """A report to Ada: picture, workbook and code; nobody is at work on the database yet."""
    names = {one.id: f"Member {one.id}" for one in named}
    rows = tuple((person_cell(one, name), 0.5) for one, name in names.items())
    members = Table("Members", (Column("Member"), Column("Right")), rows)
    shown = Workbook("Residents, week 48.xlsx", (members,))
    instead = "A file could not be **made**."
    calls = (
        picture_message(ada.id, FULL, "The picture", instead),
        workbook_message(ada.id, shown, names, "The workbook", instead),
        qr_message(ada.id, LINK, "The code", "A file could not be <b>made</b>."),
    )
    now = settings.clock.now()
    store = await Store.open(settings.database, now)
    await store.ledger.commit([Entry(Outcome((), calls))], now)
    await store.close()


def is_document(message: Message) -> bool:
    return "document" in message and message["from"]["is_bot"]


async def rows(person: Person, message: Message) -> list[tuple[Any, ...]]:
    """What stands in the workbook that was sent."""
    content = await person.client.file(message["document"]["file_id"])
    return list(openpyxl.load_workbook(BytesIO(content)).worksheets[0].values)


async def settled(settings: Settings) -> bool:
    """Whether nothing is owed any more."""
    return query(settings.database, OWED) == [(0,)]


async def test_a_report_arrives_in_its_files(sandbox: SandboxClient, settings: Settings) -> None:
    """Each once, in order; nothing of them stays behind."""
    ada = await reader(sandbox)
    await owe(settings, ada, ada)
    async with running_bot(settings):
        await until(lambda: settled(settings))
        told = [one for one in await ada.messages() if "caption" in one]
    assert [one["caption"] for one in told] == ["The picture", "The workbook", "The code"]
    picture, workbook, code = told
    assert await rows(ada, workbook) == [("Member", "Right"), (f"Member {ada.id}", 0.5)]
    document = workbook["document"]
    assert (document["file_name"], document["mime_type"]) == ("Residents, week 48.xlsx", TYPE)
    for message, size in ((picture, (1024, 1280)), (code, (980, 980))):
        content = await ada.client.file(message["photo"][-1]["file_id"])
        with Image.open(BytesIO(content)) as image:
            assert image.size == size
    assert query(settings.database, "SELECT count(*) FROM figures") == [(0,)]
    assert query(settings.database, "SELECT count(*) FROM quotes") == [(0,)]


async def test_what_cannot_be_made_is_said(
    sandbox: SandboxClient, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In its place; a code needs no process."""
    monkeypatch.setattr(child_process, "_ROOT", broken(tmp_path / "broken"))
    ada = await reader(sandbox)
    await owe(settings, ada)
    async with running_bot(settings):
        await until(lambda: settled(settings))
        told = await ada.messages()
    assert [says("A file could not be made.")(one) for one in told].count(True) == 2
    assert [one["caption"] for one in told if "caption" in one] == ["The code"]


async def test_a_kill_before_it_is_sent_costs_no_workbook(
    sandbox: SandboxClient, server: SandboxServer, tmp_path: Path
) -> None:
    """It is made again after the next start."""
    settings = settings_for(server.url, tmp_path)
    ada = await reader(sandbox)
    await owe(settings, ada, ada)
    await sandbox.fault("500", "sendDocument", times=1000)
    bot = await BotProcess.start(server.url, tmp_path)
    await until(lambda: refused(sandbox))
    await bot.kill()
    await sandbox.clear_faults()
    again = await BotProcess.start(server.url, tmp_path)
    sent = await ada.wait_for(is_document)
    assert await rows(ada, sent) == [("Member", "Right"), (f"Member {ada.id}", 0.5)]
    await until(lambda: settled(settings))
    await again.end()
    assert [is_document(one) for one in await ada.messages()].count(True) == 1


async def refused(sandbox: SandboxClient) -> bool:
    """Whether a workbook was on its way."""
    return bool(await sandbox.traffic(method="sendDocument"))


async def test_who_has_themselves_erased_is_in_none_that_is_sent(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """Though it was owed, and tried, before; who stays is in it."""
    ada = await reader(sandbox)
    ben, eve = [await sandbox.person(name, language_code="en") for name in ("Ben", "Eve")]
    await owe(settings, ada, ben, eve)
    await sandbox.fault("500", "sendDocument", times=1000)
    async with running_bot(settings):
        await until(lambda: refused(sandbox))
        question = await asked(ben, "/forget", "Erase everything")
        await ben.press(question, buttons(question)["Erase everything"])
        await ben.wait_for(says("Done: nothing"), after=question["message_id"])
        assert query(settings.database, "SELECT person_id FROM quotes") == [(eve.id,)]
        await sandbox.clear_faults()
        sent = await ada.wait_for(is_document)
    assert await rows(ada, sent) == [("Member", "Right"), (f"Member {eve.id}", 0.5)]
