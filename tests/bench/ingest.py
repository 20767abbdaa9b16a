"""How many votes a second are taken in, through the whole path and into storage alone."""

import asyncio
import gc
import shutil
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace
from telegram import Update
from telegram.ext import PollAnswerHandler

from bot.base.shutdown import Stop
from bot.commands.run import COLLECT_AFTER
from bot.features.cases.answer import Vote, answer_all
from bot.features.library.first_reading import read_library
from bot.features.shared.visitors import Visitor
from bot.intake.application import connected
from bot.intake.intake import Intake, IntakeListeners
from bot.routes import add_routes
from bot.services import App, Context, Services, equipped
from bot.settings import Settings
from bot.telegram.long_polling import Fetcher
from bot.web.metrics import Metrics
from content.library import Library
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.store import Store
from tests.bench.bench_sandbox import BenchSandbox, bench_sandbox
from tests.bench.crowd import seat
from tests.bench.report import Measurement, Section, at_least, middle
from tests.support.bot import TOKEN, settings_for

PEOPLE = 2000
ROUNDS = 15  # of a machine that other work holds up, some are slow
BATCH = 100  # as many as getUpdates gives at once
SINGLE = 300  # votes committed one by one: enough to know

TOLD = f"""\
{PEOPLE} learners' votes wait at the sandbox. *Whole path*: getUpdates over HTTP, parsed, graded,
committed with the explanation that is owed. *Empty handler*: the same getUpdates and parsing, and a
handler that does nothing. *Storage alone*: the same Outcomes committed by batches, and one by one
as a handler does that awaits its own commit. {ROUNDS} rounds."""


async def measure(folder: Path) -> Section:
    """Votes a second, and the ratios."""
    gc.set_threshold(COLLECT_AFTER)  # as the bot does
    async with bench_sandbox(limits=False) as sandbox:
        settings = settings_for(sandbox.url, folder)
        library = read_library(settings)
        people = await sandbox.order("people", PEOPLE)
        async with equipped(settings, library) as services:
            votes = await seat(services, people)
        whole, empty, batched, single = [], [], [], []
        for number in range(ROUNDS):
            fresh = [_copy(settings, folder / f"{number}-{n}.db") for n in range(3)]
            whole.append(await _whole_path(sandbox, fresh[0], library, votes))
            empty.append(await _empty_handler(sandbox, fresh[0], library, votes))
            batched.append(await _storage(fresh[1], library, votes, BATCH))
            single.append(await _storage(fresh[2], library, votes[:SINGLE], 1))
    return Section("Taking votes in", TOLD, _measurements(whole, empty, batched, single))


def _measurements(
    whole: Sequence[float],
    empty: Sequence[float],
    batched: Sequence[float],
    single: Sequence[float],
) -> list[Measurement]:
    overall = middle(one / other for one, other in zip(whole, empty, strict=True))
    stored = middle(one / other for one, other in zip(batched, single, strict=True))
    return [
        Measurement("whole path", f"{middle(whole):.0f} votes/s"),
        Measurement("empty handler", f"{middle(empty):.0f} votes/s"),
        at_least("whole path / empty handler", overall, 0.5),
        Measurement("storage alone, by batches", f"{middle(batched):.0f} votes/s"),
        Measurement("storage alone, one by one", f"{middle(single):.0f} votes/s"),
        at_least("batches / one by one", stored, 5),
    ]


def _copy(settings: Settings, path: Path) -> Settings:
    shutil.copy(settings.database, path)
    return replace(settings, database=path)


async def _whole_path(
    sandbox: BenchSandbox, settings: Settings, library: Library, votes: list[dict[str, Any]]
) -> float:
    stop = Stop(settings.clock)
    done = 0

    def committed(entries: Sequence[Entry]) -> None:
        nonlocal done
        assert not any(entry.set_aside for entry in entries)
        done += len(entries)
        if done == len(votes):
            stop.set()

    async with (
        equipped(settings, library) as services,
        connected(services, TOKEN, stop, add_routes) as application,
    ):
        await sandbox.order("votes", votes)
        source = Fetcher(application.bot, settings.clock, stop, 15)
        intake = Intake(
            application, source, asyncio.Lock(), stop, IntakeListeners(committed, Metrics().called)
        )
        began = time.perf_counter()
        await intake.run()
        return len(votes) / (time.perf_counter() - began)


async def _empty_handler(
    sandbox: BenchSandbox, settings: Settings, library: Library, votes: list[dict[str, Any]]
) -> float:
    stop = Stop(settings.clock)
    async with (
        equipped(settings, library) as services,
        connected(services, TOKEN, stop, add_routes) as application,
    ):
        application.handlers.clear()
        application.add_handler(PollAnswerHandler(_nothing))
        await sandbox.order("votes", votes)
        source = Fetcher(application.bot, settings.clock, stop, 15)
        began = time.perf_counter()
        await _drain(application, source, len(votes))
        return len(votes) / (time.perf_counter() - began)


async def _nothing(_update: Update, _context: Context) -> None:
    pass


async def _drain(application: App, source: Fetcher, votes: int) -> None:
    done = 0
    while done < votes:
        batch = await source.fetch()
        assert batch is not None
        for raw in batch.updates:
            await application.process_update(Update.de_json(raw, application.bot))
        done += len(batch.updates)
        source.done(batch)


async def _storage(
    settings: Settings, library: Library, votes: list[dict[str, Any]], together: int
) -> float:
    async with equipped(settings, library) as services:
        entries = await _entries(services, votes)
        began = time.perf_counter()
        await _commit(services.store, entries, together)
        return len(votes) / (time.perf_counter() - began)


async def _entries(services: Services, votes: list[dict[str, Any]]) -> list[Entry]:
    now = services.clock.now()
    cast = [
        Vote(number, vote["poll"], Visitor(vote["person"], "en"), (vote["option"],), now, True)
        for number, vote in enumerate(votes)
    ]
    outcomes = await answer_all(services, cast)
    return [
        Entry(outcome, number)
        for number, outcome in enumerate(outcomes)
        if isinstance(outcome, Outcome)
    ]


async def _commit(store: Store, entries: Sequence[Entry], together: int) -> None:
    for start in range(0, len(entries), together):
        await store.ledger.commit(entries[start : start + together], 0)
