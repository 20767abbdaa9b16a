"""Who is told what of cases that were read again."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.base.clock import Clock
from bot.base.i18n import Languages
from bot.base.shutdown import Stop
from bot.features.library.take_over import Failed, TakeOver
from bot.features.library.take_over_view import (
    MOST_PROBLEMS,
    MOST_TITLES,
    kept,
    problem_line,
    taken_over,
)
from bot.jobs.job_context import JobContext
from bot.jobs.reload_cases import Reloader
from bot.services import Services
from bot.settings import Settings
from content.candidate import Broken, Difference, Sound, read_candidate
from content.library import load_library
from content.phrases import phrase
from content.problems import Mark, problem_at
from storage.errors import StorageError
from storage.ledger import Entry
from tests.content import samples
from tests.content.html_reader import read_html
from tests.content.samples import write_case
from tests.support.new_store import new_store
from tests.support.services import services_at
from tests.support.trouble import until

NOW = 1_772_409_600_000
ADA, BEN, CLEO = 1, 2, 3
ENGLISH = Languages.load().choose("en", None)


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with one case, administered by Ada and Ben."""
    folder = tmp_path / "cases"
    folder.mkdir()
    write_case(folder / "hard-lumps.yaml")
    store = await new_store(tmp_path / "bot.db", NOW)
    services = services_at(NOW, store, load_library(folder))
    services.settings = Settings(admins=frozenset({ADA, BEN}), content=folder, shipped_cases=False)
    yield services
    await store.close()


def found_in(services: Services) -> Sound | Broken:
    """What lies in the folder now."""
    folder = services.settings.content
    assert folder is not None
    found = read_candidate(services.library, folder, needed=lambda: True)
    assert found is not None
    return found


async def test_administrators_hear_of_news_and_who_asks_in_any_case(services: Services) -> None:
    """The same errors are told once; that all is well again is news, the second time not."""
    folder = services.settings.content
    assert folder is not None
    judge = TakeOver(services, [folder])

    async def told(*askers: int) -> list[int]:
        found = found_in(services)
        outcome = await judge.tell(found, frozenset(askers))
        judge.settle(found)
        return [call.chat_id for call in outcome.owed]

    assert await told() == []
    assert await told(CLEO) == [CLEO]
    old = services.library
    path = write_case(folder / "hard-lumps.yaml", level="attending")
    assert await told() == [ADA, BEN]
    assert await told() == []
    assert await told(BEN) == [BEN]
    assert services.library is old
    write_case(path)
    assert await told() == [ADA, BEN]
    assert await told() == []
    write_case(path, title="Soft lumps")
    assert await told(ADA) == [ADA, BEN]
    assert [case.title for case in services.library.cases.values()] == ["Soft lumps"]
    failed = await judge.tell(Failed("ValueError at content/model.py:1"), frozenset())
    assert [call.chat_id for call in failed.owed] == [ADA, BEN]


def test_files_are_named_from_their_folder_on(tmp_path: Path) -> None:
    """No path of the machine is told, in the place or in the message."""
    folder, here = tmp_path / "cases", Path()
    first = folder / "a.yaml"
    clash = problem_at(
        folder / "b.yaml",
        Mark(7, 3),
        "duplicate-id",
        phrase("{first} has the id x.", first=str(first)),
    )
    assert problem_line(clash, [here, folder]) == "b.yaml:7: duplicate-id a.yaml has the id x."
    missing = problem_at(folder, Mark(), "no-such-folder", phrase("there is no such folder"))
    assert problem_line(missing, [folder]) == "cases:1: no-such-folder there is no such folder"
    odd = problem_at(Path("\udcff.yaml"), Mark(), "encoding", phrase("no text. At all"))
    assert problem_line(odd, [here]) == "?.yaml:1: encoding no text. At all"


@settings(max_examples=30)
@given(texts=st.lists(st.text(max_size=5000), max_size=30), titles=st.lists(st.text(max_size=128)))
def test_a_message_has_room_for_whatever_is_wrong(texts: list[str], titles: list[str]) -> None:
    """However many problems and cases, one message tells of them, and how many more there are."""
    problems = [
        problem_at(Path("a.yaml"), Mark(), "code", phrase("{text}", text=text)) for text in texts
    ]
    lines = [problem_line(problem, []) for problem in problems]
    said, _ = read_html(str(kept(1, lines, ENGLISH).params["text"]))
    assert len(said) <= 4096
    assert (f"and {len(texts) - MOST_PROBLEMS} more" in said) == (len(texts) > MOST_PROBLEMS)
    cases = tuple(samples.case().model_copy(update={"title": title}) for title in titles)
    changes = Difference(cases, cases, cases)
    said, _ = read_html(str(taken_over(1, 9, changes, 2, ENGLISH).params["text"]))
    assert len(said) <= 4096
    assert said.count(f"and {len(titles) - MOST_TITLES} more") >= 3 * (len(titles) > MOST_TITLES)


async def test_a_mistake_of_the_program_s_leaves_the_cases_alone(
    services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Reading that raises is told without what it was about, and the next time is tried again."""

    def fail(*_: object, **__: object) -> None:
        raise ValueError("Robert'); DROP TABLE people; --")

    write_case(tmp_path / "cases" / "new.yaml", id="new")
    stop = Stop(services.clock)
    committed: list[Entry] = []
    reloader = Reloader(JobContext(services, asyncio.Lock(), stop, committed.extend))
    monkeypatch.setattr("bot.jobs.reload_cases.read_candidate", fail)
    working = asyncio.create_task(reloader.run())
    old = services.library
    services.reload_requests.ask(CLEO)

    async def told(times: int) -> bool:
        return len(committed) == times

    await until(lambda: told(1))
    texts = [str(call.params["text"]) for call in committed[0].outcome.owed]
    assert len(texts) == 3
    assert all("ValueError" in text and "Robert" not in text for text in texts)
    assert services.library is old
    monkeypatch.undo()
    services.reload_requests.ask(CLEO)
    await until(lambda: told(2))
    assert "New:" in str(committed[1].outcome.owed[0].params["text"])
    stop.set()
    await asyncio.wait_for(working, 5)


async def test_a_database_that_fails_is_waited_for(services: Services, tmp_path: Path) -> None:
    """Nothing is taken over that administrators could not be told of; later both happen."""
    write_case(tmp_path / "cases" / "new.yaml", id="new")
    stop = Stop(Clock(speed=20))
    committed: list[Entry] = []
    reloader = Reloader(JobContext(services, asyncio.Lock(), stop, committed.extend))
    tried = 0

    async def commit(*_: object) -> None:
        nonlocal tried
        tried += 1
        raise StorageError("disk full")

    old = services.library
    with pytest.MonkeyPatch.context() as broken:
        broken.setattr(services.store.ledger, "commit", commit)
        working = asyncio.create_task(reloader.run())
        services.reload_requests.ask(CLEO)

        async def tried_again() -> bool:
            return tried >= 2

        await until(tried_again)
        assert (services.library, committed) == (old, [])

    async def told() -> bool:
        return bool(committed)

    await until(told)
    assert [call.chat_id for call in committed[0].outcome.owed] == [ADA, BEN, CLEO]
    assert services.library is not old
    stop.set()
    await asyncio.wait_for(working, 5)
