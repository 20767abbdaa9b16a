"""Files of cases that authors publish: written once, under no lock, whatever comes between."""

import asyncio
import hashlib
from pathlib import Path

import pytest

from bot.features.publishing.settle_publication import after_writing
from bot.jobs.publish_cases import CasePublisher
from bot.services import Services
from bot.settings import Settings
from content.drafting import from_case, to_yaml
from storage.draft_facts import DraftPictureKept, DraftWritten
from storage.errors import StorageError
from storage.facts import PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.publication_facts import PublicationAsked, PublicationWritten
from tests.bot.jobs.conftest import Work, until
from tests.content.samples import case
from tests.storage.samples import ADA, NOW
from tests.support.services import commit

DRAFT = 7
PICTURE = b"\x89PNG"
SHA = hashlib.sha256(PICTURE).hexdigest()


@pytest.fixture
async def services(services: Services, tmp_path: Path) -> Services:
    """Authors publish into a folder, which is empty."""
    folder = tmp_path / "cases"
    folder.mkdir()
    services.settings = Settings(content=folder)
    await commit(services, Outcome((PersonMet(ADA, "en", NOW),)))
    return services


def asked(case_id: str = "lumps", figures: tuple[tuple[str, str], ...] = ()) -> PublicationAsked:
    """Ada publishes a case."""
    content = to_yaml(from_case(case(id=case_id)))
    return PublicationAsked(case_id, ADA, DRAFT, content, figures, None, NOW)


def file_of(services: Services, case_id: str = "lumps") -> Path:
    """Where it is to lie."""
    folder = services.settings.content
    assert folder is not None
    return folder / f"{case_id}.yaml"


async def test_what_is_owed_since_before_the_start_is_written(services: Services) -> None:
    """With its pictures; then it is on record, and whoever reads the cases has word."""
    kept = DraftPictureKept(DRAFT, ADA, SHA, PICTURE)
    one = asked(figures=(("figures/lumps.png", SHA),))
    await commit(services, Outcome((DraftWritten(DRAFT, ADA, "{}", NOW), kept, one)))
    work = Work(services)
    async with work.going_on(CasePublisher(work.context).run):
        await until(services.reload_requests.news.is_set)
    assert file_of(services).read_text("utf-8") == one.content
    assert (file_of(services).parent / "figures/lumps.png").read_bytes() == PICTURE
    assert await services.store.publications.owed(5) == []
    published = await services.store.publications.case("lumps")
    assert published is not None
    assert (published.person_id, published.path) == (ADA, "lumps.yaml")


async def test_what_is_asked_for_later_is_written_then(services: Services) -> None:
    """Once somebody publishes; what else is committed is no news."""
    work = Work(services)
    publisher = CasePublisher(work.context)
    async with work.going_on(publisher.run):
        await asyncio.sleep(0.01)
        await commit(services, Outcome((asked(),)))
        publisher.note([Entry(Outcome((PersonMet(ADA, "en", NOW),)))])
        await asyncio.sleep(0.01)
        assert not file_of(services).exists()
        publisher.note([Entry(Outcome((asked(),)))])
        await until(lambda: file_of(services).exists())
        assert not services.reload_requests.news.is_set() or work.committed


async def test_all_that_is_owed_is_written_however_much(services: Services) -> None:
    """In the order in which it was asked for."""
    names = [f"case-{n:02}" for n in range(25)]
    await commit(services, Outcome(tuple(asked(one) for one in names)))
    work = Work(services)
    async with work.going_on(CasePublisher(work.context).run):
        await until(lambda: len(work.committed) == len(names))
    written = [fact for entry in work.committed for fact in entry.outcome.facts]
    assert [one.path for one in written if isinstance(one, PublicationWritten)] == [
        f"{name}.yaml" for name in names
    ]


async def test_a_slow_disk_holds_up_nobody(
    services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file is written under no lock; only what came of it waits for intake."""
    await commit(services, Outcome((asked(),)))
    work = Work(services)
    await work.working.acquire()
    async with work.going_on(CasePublisher(work.context).run):
        await until(lambda: file_of(services).exists())
        assert work.committed == []
        work.working.release()
        await until(lambda: work.committed)


async def test_of_who_was_erased_nothing_is_written(services: Services) -> None:
    """Though it was owed when the job looked."""
    await commit(services, Outcome((asked(),)))
    (owed,) = await services.store.publications.owed(5)
    await commit(services, Outcome((PersonForgotten(ADA),)))
    work = Work(services)
    await CasePublisher(work.context)._do(owed)
    assert not file_of(services).exists()
    assert work.committed == []


async def test_a_file_that_somebody_else_put_there_is_left(services: Services) -> None:
    """A new case gets another id, of which its author is told, and is written under that."""
    file_of(services).write_text("# by hand\n", "utf-8")
    await commit(services, Outcome((asked(),)))
    work = Work(services)
    async with work.going_on(CasePublisher(work.context).run):
        await until(services.reload_requests.news.is_set)
    assert file_of(services).read_text("utf-8") == "# by hand\n"
    (other,) = {path.stem for path in file_of(services).parent.glob("*.yaml")} - {"lumps"}
    (told,) = work.told(ADA)
    assert f"{other}.yaml" in told
    assert f"id: {other}" in file_of(services, other).read_text("utf-8")
    assert await services.store.publications.owed(5) == []


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (StorageError("disk I/O error"), "Publishing must wait: the database failed"),
        (ValueError("odd"), "A case could not be published."),
    ],
)
async def test_trouble_ends_nothing(
    services: Services,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    said: str,
) -> None:
    """Where the database failed it is tried again by itself; else with the next that is asked."""
    errors = [error]

    async def failing(*args: object) -> Outcome:
        if errors:
            raise errors.pop()
        return await after_writing(*args)  # type: ignore[arg-type]

    monkeypatch.setattr("bot.jobs.publish_cases.after_writing", failing)
    await commit(services, Outcome((asked(),)))
    work = Work(services)
    publisher = CasePublisher(work.context)
    async with work.going_on(publisher.run):
        await until(lambda: said in caplog.text)
        if not isinstance(error, StorageError):
            publisher.note([Entry(Outcome((asked(),)))])
        await until(lambda: work.committed)
    assert await services.store.publications.owed(5) == []


async def test_asked_to_stop_it_begins_nothing_more(services: Services) -> None:
    """What is owed is owed at the next start."""
    await commit(services, Outcome((asked(),)))
    work = Work(services)
    work.stop.set()
    await CasePublisher(work.context).run()
    assert len(await services.store.publications.owed(5)) == 1
