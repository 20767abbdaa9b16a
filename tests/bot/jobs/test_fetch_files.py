"""Files that people sent: fetched beside all else, tried again, and taken once."""

import asyncio
from collections import defaultdict
from typing import Any, cast

import pytest
from telegram import Bot

from bot.jobs import fetch_files
from bot.jobs.fetch_files import FileFetcher, OnFile
from bot.services import Services
from bot.settings import Settings
from bot.telegram.downloads import DownloadError, NoFile
from storage.errors import StorageError
from storage.facts import PersonForgotten, PersonMet
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.sent_file_facts import FileSent
from storage.sent_files import SentFile
from tests.bot.jobs.conftest import Work, until
from tests.storage.samples import ADA, BEN, NOW, answered, text
from tests.support.services import commit

ROOT = 99
UNREACHABLE = DownloadError(NoFile.UNREACHABLE)


class Fetching(Work):
    """Files being fetched from a Telegram that answers as the test says."""

    def __init__(self, services: Services) -> None:
        super().__init__(services)
        self.services = services
        self.answers: dict[str, list[bytes | Exception]] = defaultdict(list)
        self.gate = asyncio.Event()
        self.gate.set()
        self.asked: list[str] = []
        self.taken: list[tuple[int, Any]] = []
        self.on_file: OnFile = self.take
        self.fetcher = FileFetcher(self.context, cast("Bot", None))

    async def download(self, _bot: object, file_id: str) -> bytes:
        """What comes of a try; the name of the file, where the test says nothing."""
        self.asked.append(file_id)
        await self.gate.wait()
        one = self.answers[file_id].pop(0) if self.answers[file_id] else file_id.encode()
        if isinstance(one, Exception):
            raise one
        return one

    async def take(self, _services: Services, file: SentFile, came: object) -> Outcome:
        """What was sent is noted, and its sender told."""
        assert self.working.locked()
        self.taken.append((file.message_id, came))
        return Outcome(owed=(text(f"{file.name}: {came}", file.person_id),))

    async def all_taken(self, *sent: FileSent) -> None:
        """These are sent; the fetcher works until nothing is left of them."""
        await commit(self.services, Outcome(sent))
        async with self.going_on(self.fetcher.run):
            await self.until_taken(len(sent))

    async def until_taken(self, many: int) -> None:
        """Until so many notes of files have come to their ends."""
        await until(lambda: len(self.committed) >= many)


@pytest.fixture
def fetching(services: Services, monkeypatch: pytest.MonkeyPatch) -> Fetching:
    """A bot that Root administers; two files' purposes, one of which has a reader."""
    services.settings = Settings(admins=frozenset({ROOT}))
    fetching = Fetching(services)

    async def on_file(services: Services, file: SentFile, came: object) -> Outcome:
        return await fetching.on_file(services, file, came)

    def read(_name: str, content: bytes) -> str:
        if content == b"bad":
            raise ValueError("Secret")
        return f"read {content.decode()}"

    monkeypatch.setattr(fetch_files, "ON_FILES", {"raw": on_file, "text": on_file})
    monkeypatch.setattr(fetch_files, "READERS", {"text": read})
    monkeypatch.setattr(fetch_files, "download_file", fetching.download)
    return fetching


def sent(message_id: int, person_id: int = ADA, purpose: str = "raw") -> FileSent:
    """Somebody sent a file."""
    return FileSent(person_id, message_id, f"file {message_id}", f"{message_id}.txt", purpose)


async def waiting(fetching: Fetching) -> list[int]:
    """Which files are still to be fetched: of each person the first."""
    return [one.message_id for one in await fetching.services.store.sent_files.waiting(10)]


async def test_what_was_sent_is_taken_once(fetching: Fetching) -> None:
    """As bytes, or as what its reader makes of them; its sender is told in the same commit."""
    await fetching.all_taken(sent(1), sent(2, BEN, "text"))
    assert sorted(fetching.taken, key=str) == [(1, b"file 1"), (2, "read file 2")]
    assert fetching.told(ADA) == ["1.txt: b'file 1'"]
    assert fetching.told(BEN) == ["2.txt: read file 2"]
    assert all(len(entry.outcome.facts) == 1 for entry in fetching.committed)
    assert await waiting(fetching) == []


@pytest.mark.parametrize(
    ("failures", "came", "paused"),
    [(4, b"file 1", [2, 4, 8, 16]), (5, NoFile.UNREACHABLE, [2, 4, 8, 16])],
)
async def test_where_telegram_cannot_be_reached_it_is_tried_five_times(
    fetching: Fetching, failures: int, came: object, paused: list[float]
) -> None:
    """Ever more slowly; then its sender hears that it could not be had."""
    fetching.answers["file 1"] = [UNREACHABLE] * failures
    await fetching.all_taken(sent(1))
    assert fetching.taken == [(1, came)]
    assert len(fetching.asked) == 5
    assert fetching.stop.paused == paused


@pytest.mark.parametrize("why", [NoFile.GONE, NoFile.TOO_BIG])
async def test_what_will_never_come_is_tried_once(fetching: Fetching, why: NoFile) -> None:
    """The rule hears why."""
    fetching.answers["file 1"] = [DownloadError(why)]
    await fetching.all_taken(sent(1))
    assert fetching.taken == [(1, why)]
    assert fetching.asked == ["file 1"]


async def test_four_people_at_once_and_one_file_of_each(fetching: Fetching) -> None:
    """One person's come in their order, whatever others send; the fifth person waits."""
    people = range(1000, 1005)
    fetching.gate.clear()
    await fetching.working.acquire()  # no file needs it while it comes
    files = [sent(n, person) for n, person in enumerate((*people, *people), 1)]
    await commit(fetching.services, Outcome(tuple(files)))
    async with fetching.going_on(fetching.fetcher.run):
        await until(lambda: len(fetching.asked) == 4)
        fetching.fetcher.note([Entry(Outcome((files[0],)))])
        await asyncio.sleep(0.02)
        assert fetching.asked == [f"file {n}" for n in range(1, 5)]
        fetching.gate.set()
        fetching.working.release()
        await fetching.until_taken(10)
    for n in range(1, 6):
        assert fetching.asked.index(f"file {n}") < fetching.asked.index(f"file {n + 5}")


async def test_a_file_is_fetched_as_soon_as_it_was_sent(fetching: Fetching) -> None:
    """Nothing else that is committed is news."""
    async with fetching.going_on(fetching.fetcher.run):
        await asyncio.sleep(0.01)
        await commit(fetching.services, Outcome((sent(1),)))
        fetching.fetcher.note([Entry(Outcome((PersonMet(ADA, "en", NOW),)))])
        await asyncio.sleep(0.01)
        assert fetching.asked == []
        fetching.fetcher.note([Entry(Outcome((sent(1),)))])
        await fetching.until_taken(1)


async def test_of_who_was_erased_meanwhile_nothing_is_taken(fetching: Fetching) -> None:
    """No rule sees the file, and nothing is committed."""
    fetching.gate.clear()
    await commit(fetching.services, Outcome((PersonMet(ADA, "en", NOW), sent(1))))
    async with fetching.going_on(fetching.fetcher.run):
        await until(lambda: fetching.asked)
        await commit(fetching.services, Outcome((PersonForgotten(ADA),)))
        fetching.gate.set()
        await asyncio.sleep(0.02)
    assert fetching.taken == []
    assert fetching.committed == []


async def rule_fails(_services: Services, file: SentFile, came: object) -> Outcome:
    """A mistake in a rule, for one file."""
    if file.message_id == 1:
        raise ValueError("Secret")
    return Outcome()


async def cannot_be_kept(_services: Services, file: SentFile, came: object) -> Outcome:
    """A fact that the database refuses, for one file."""
    return Outcome((answered(ADA, post_id=404),)) if file.message_id == 1 else Outcome()


async def none_fails(_services: Services, file: SentFile, came: object) -> Outcome:
    """The reader fails."""
    return Outcome()


@pytest.mark.parametrize("on_file", [rule_fails, cannot_be_kept, none_fails])
async def test_one_file_that_cannot_be_taken_stops_no_other(
    fetching: Fetching, on_file: OnFile
) -> None:
    """It is done with, and administrators hear so, without what is in it."""
    fetching.on_file = on_file
    fetching.answers["file 1"] = [b"bad"]
    await fetching.all_taken(sent(1, purpose="text"), sent(2), sent(3, BEN))
    assert await waiting(fetching) == []
    (told,) = fetching.told(ROOT)
    assert "Secret" not in told


async def test_what_the_database_cannot_take_now_is_taken_later(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Whether it failed at the list of files or at the file; nothing is lost, or taken twice."""
    files, errors = fetching.services.store.sent_files, [StorageError("a"), StorageError("b")]
    waiting_now, is_waiting = files.waiting, files.is_waiting

    async def list_fails(limit: int) -> list[SentFile]:
        if len(errors) == 2:
            raise errors.pop()
        return await waiting_now(limit)

    async def look_fails(file: SentFile) -> bool:
        if errors:
            raise errors.pop()
        return await is_waiting(file)

    monkeypatch.setattr(files, "waiting", list_fails)
    monkeypatch.setattr(files, "is_waiting", look_fails)
    await fetching.all_taken(sent(1))
    assert fetching.taken == [(1, b"file 1")]
    assert fetching.asked == ["file 1", "file 1"]
    assert "Files that were sent must wait" in caplog.text
    assert "A file that was sent must wait" in caplog.text


@pytest.mark.parametrize("amid", ["a download", "a pause"])
async def test_a_stop_costs_no_file(fetching: Fetching, amid: str) -> None:
    """It is still to be fetched at the next start."""
    await commit(fetching.services, Outcome((sent(1),)))
    if amid == "a pause":
        fetching.answers["file 1"] = [UNREACHABLE]
        fetching.stop.most = 1
    else:
        fetching.gate.clear()
    async with fetching.going_on(fetching.fetcher.run):
        await until(lambda: fetching.asked)
    assert await waiting(fetching) == [1]
    assert fetching.taken == []
