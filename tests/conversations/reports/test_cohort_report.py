"""The report of a cohort, as its educator gets it."""

import io
import zipfile
from typing import Any

from msgspec.structs import replace
from openpyxl import load_workbook

from bot.demo.teaching import STUDENTS, TITLE, DemoCohort, teaching
from bot.features.shared.due_times import report_after
from bot.settings import Settings
from content.library import load_library
from storage.cohort_facts import CohortJoined, CohortReported
from storage.facts import Fact
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.support.bot import running_bot
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import says

MEMBERS = range(9_000_000_001, 9_000_000_001 + len(STUDENTS))
COHORT = 1


async def taught(settings: Settings, educator: Person, *more: Fact) -> Settings:
    """The bot's settings with all shipped cases; the educator has taught for four weeks."""
    settings = replace(settings, content=None, shipped_cases=True)
    library = load_library(*settings.case_folders)
    cohort, now = DemoCohort(COHORT, educator.id, MEMBERS), settings.clock.now()
    store = await Store.open(settings.database, now)
    try:
        for past in (*teaching(library, cohort, "Robin", now), more):
            await store.ledger.commit([Entry(Outcome(tuple(past)))], now)
    finally:
        await store.close()
    return settings


def has_photo(message: Message) -> bool:
    return "photo" in message


def has_document(message: Message) -> bool:
    return "document" in message


async def opened(person: Person, message: Message) -> Any:
    """The workbook, and all that its file says."""
    content = await person.client.file(message["document"]["file_id"])
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        text = "".join(file.read(name).decode() for name in file.namelist())
    return load_workbook(io.BytesIO(content)), text


async def test_an_educator_reads_how_their_cohort_does(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """A message, a picture and a workbook: named members have rows, aliases are nowhere."""
    robin = await sandbox.person("Robin", language_code="en")
    settings = await taught(settings, robin)
    async with running_bot(settings):
        await robin.send("/report")
        text = (await robin.wait_for(says(f"Report: {TITLE}")))["text"]
        assert "Members: 14, 8 of them named" in text
        assert "Nerves and skin: " in text
        assert "One thing to do" in text
        photo = await robin.wait_for(has_photo)
        assert photo["caption"].startswith(TITLE)
        book, inside = await opened(robin, await robin.wait_for(has_document))
    assert book.sheetnames == ["Members", "Assignments", "Topics", "Questions"]
    named = {name for name, is_named in STUDENTS if is_named}
    rows = {row[0].value for row in book["Members"].iter_rows(min_row=2)}
    assert named <= rows
    for name, is_named in STUDENTS:
        assert is_named or (name not in inside and name not in text)
    assert "onfiden" not in inside + text.replace("95% confidence", "")


async def test_a_name_is_no_formula_nor_markup(sandbox: SandboxClient, settings: Settings) -> None:
    """Whatever somebody calls themselves stands there as text, and is escaped."""
    robin = await sandbox.person("Robin", language_code="en")
    name = '=HYPERLINK("http://example.org";"<b>1</b>")'
    joined = CohortJoined(
        *(COHORT, MEMBERS[0] + 100, "member", name, None), named=True, terms=1, joined_at=1
    )
    settings = await taught(settings, robin, joined)
    async with running_bot(settings):
        await robin.send("/report")
        book, _ = await opened(robin, await robin.wait_for(has_document))
    (cell,) = [row[0] for row in book["Members"].iter_rows() if row[0].value == name]
    assert cell.data_type == "s"


async def test_nobody_else_gets_it(sandbox: SandboxClient, settings: Settings) -> None:
    """Not even by the cohort's number, which is no secret."""
    robin, mal = [await sandbox.person(name, language_code="en") for name in ("Robin", "Mal")]
    settings = await taught(settings, robin)
    async with running_bot(settings):
        await mal.send("/report 1")
        await mal.wait_for(says("Reports are for educators of a cohort"))
        assert not [one for one in await mal.messages() if has_document(one)]


async def test_it_comes_on_monday_by_itself(sandbox: SandboxClient, settings: Settings) -> None:
    """To each educator, once; and the next one a week later."""
    robin = await sandbox.person("Robin", language_code="en")
    await robin.send("/help")
    now = settings.clock.now()
    settings = await taught(settings, robin, CohortReported(COHORT, now))
    async with running_bot(settings):
        await robin.wait_for(says(f"Report: {TITLE}"))
        await robin.wait_for(has_document)
    ((due,),) = query(settings.database, "SELECT report_due FROM cohorts")
    assert due == report_after("UTC", now)


async def test_what_was_told_of_a_week_stands(sandbox: SandboxClient, settings: Settings) -> None:
    """Of people without a name it is counted once, whoever asks how often."""
    robin = await sandbox.person("Robin", language_code="en")
    settings = await taught(settings, robin)
    async with running_bot(settings):
        await robin.send("/report")
        first = await robin.wait_for(says("Active last week"))
        kept = query(settings.database, "SELECT ref, document FROM cohort_counts WHERE kind='week'")
        await robin.send("/report")
        again = await robin.wait_for(says("Active last week"), after=first["message_id"])
    assert len(kept) == 1
    assert (
        query(settings.database, "SELECT ref, document FROM cohort_counts WHERE kind = 'week'")
        == kept
    )
    assert active(again) == active(first)


def active(message: Message) -> str:
    """The line that says so."""
    (line,) = [one for one in message["text"].splitlines() if one.startswith("Active last week")]
    return str(line)


async def test_who_comes_later_is_asked_for_nothing_that_closed(
    sandbox: SandboxClient, settings: Settings
) -> None:
    """They are a member, and not among those who could have been on time."""
    robin = await sandbox.person("Robin", language_code="en")
    joined = CohortJoined(
        *(COHORT, MEMBERS[0] + 100, "member", "Leo", None),
        named=True,
        terms=1,
        joined_at=settings.clock.now(),
    )
    settings = await taught(settings, robin, joined)
    async with running_bot(settings):
        await robin.send("/report")
        text = (await robin.wait_for(says(f"Report: {TITLE}")))["text"]
    assert "Members: 15, 9 of them named" in text
    assert "Nerves and skin: 12 of 14 on time" in text
    assert "Labs that mislead: 8 of 8 named on time" in text
