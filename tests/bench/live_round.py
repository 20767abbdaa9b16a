"""How a live round of a full room goes: phones told, votes answered."""

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bot.services import Services
from storage.cohort_facts import RoleAsked, RoleDecided
from storage.facts import PersonMet
from storage.ledger import Entry
from storage.live_facts import RoundJoined
from storage.outcome import Outcome
from tests.bench.bench_sandbox import BenchSandbox
from tests.bench.latency import ALLOWED, at_work
from tests.bench.report import Measurement, Section, at_most, middle, percentile
from tests.support.database import query
from tests.support.live_phones import CASE, Presenter
from tests.support.sandbox import Person, SandboxClient

VOTERS = 300
LASTS_S = 5.0  # in which all of them press
_WITHIN_S = 60.0

TOLD = f"""\
{VOTERS} people have joined a live round, with Telegram's limits at the sandbox. The question opens,
all of them press a number within {LASTS_S:.0f} s, and the answer is revealed. *Answered*: from a
press to the bot's answer to it, which comes once the vote is on disk."""


async def measure(folder: Path) -> Section:
    """Opening, votes and reveal."""
    async with (
        at_work(folder, limits=True) as (sandbox, services),
        SandboxClient(sandbox.url) as client,
    ):
        presenter = await client.person("Ada", language_code="en")
        await _approved(services, presenter)
        round_ = await Presenter.begin(presenter, CASE)
        people = await sandbox.order("people", VOTERS)
        await _joined(services, people)
        await round_.step("Show the case")
        opening = await _told(sandbox, round_, "Open", people, "sendMessage")
        waited = await sandbox.order("presses", people, "phone:v:", LASTS_S)
        (recorded,) = query(services.settings.database, "SELECT count(*) FROM live_votes")[0]
        await round_.step("Close")
        revealing = await _told(sandbox, round_, "Reveal", people, "editMessageText")
    answered = [one for one in waited if one is not None]
    phones = f"{VOTERS} phones"
    at_best = VOTERS / ALLOWED
    return Section(
        "A live round of a full room",
        TOLD,
        [
            at_most(f"from Open to the last of {phones}", opening, at_best * 1.1, " s"),
            at_most("votes not recorded", VOTERS - recorded, 0),
            at_most("votes not answered", VOTERS - len(answered), 0),
            Measurement("answered, median", f"{middle(answered):.3f} s"),
            at_most("answered, 99th percentile", percentile(answered, 0.99), 1.0, " s"),
            at_most(f"from Reveal to the last of {phones}", revealing, at_best * 1.1, " s"),
        ],
    )


async def _approved(services: Services, person: Person) -> None:
    now = services.clock.now()
    facts = (
        PersonMet(person.id, "en", now),
        RoleAsked(person.id, "educator", "Ada", None, now),
        RoleDecided(person.id, "educator", True, 1, "Root", now),
    )
    for fact in facts:
        await services.store.ledger.commit([Entry(Outcome((fact,)))], now)


async def _joined(services: Services, people: Sequence[int]) -> None:
    """As by the link: who answers joining by hundreds is measured elsewhere."""
    now = services.clock.now()
    ((round_id,),) = query(services.settings.database, "SELECT id FROM live_rounds")
    entries = [
        Entry(Outcome((PersonMet(one, "en", now), RoundJoined(round_id, one, now))))
        for one in people
    ]
    await services.store.ledger.commit(entries, now)


async def _told(
    sandbox: BenchSandbox, round_: Presenter, label: str, people: Sequence[int], method: str
) -> float:
    """Seconds from the presenter's press to the last of the calls that it brings."""
    before: list[Any] = await sandbox.order("calls", 0)
    began = time.time()
    await round_.step(label)
    missing = set(people)
    async with asyncio.timeout(_WITHIN_S):
        while True:
            calls = await sandbox.order("calls", before[-1][0])
            told = [one for one in calls if one[1] == method and one[3] == 200]
            if not missing - {one[2] for one in told}:
                return max(float(one[4]) for one in told if one[2] in missing) - began
            await asyncio.sleep(0.1)
