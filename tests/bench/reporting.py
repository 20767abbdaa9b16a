"""How long the report of a large cohort takes, and what voters feel of it."""

import asyncio
import json
import random
import sqlite3
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

from bot.base.time_units import DAY_MS
from bot.features.reports.cohort_report import report_of
from bot.services import Services
from content.library import Library
from content.snapshot import Snapshot
from storage.cohorts import Cohort
from tests.bench.latency import at_work, waited
from tests.bench.report import Measurement, Section, at_most, middle, percentile

MEMBERS, ASSIGNMENTS = 500, 20
QUESTIONS = 10  # in each assignment
REPEATS = 5
RATE, SECONDS, ROUNDS = 10, 10, 3
COHORT, EDUCATOR = 1, 1
_FIRST = 10_000_000  # the first member, post and sitting

TOLD = f"""\
A cohort of {MEMBERS} members, one in ten under an alias, who have answered
{MEMBERS * ASSIGNMENTS * QUESTIONS:,} questions in {ASSIGNMENTS} assignments that are closed.
*Report*: from the command to what is owed, which is message, picture and workbook as values;
{REPEATS} times, the median. *Votes*: {RATE} a second, each of another learner, from the vote to the
first message, in turns with and without reports made one after another; the 99th percentile of
{ROUNDS} rounds."""


async def measure(folder: Path) -> Section:
    """Reports by themselves, then beside votes."""
    quiet, busy = [], []
    async with at_work(folder, limits=False) as (sandbox, services):
        fill(services.settings.database, services.library, services.clock.now())
        cohort = await services.store.cohorts.get(COHORT)
        if cohort is None:
            raise AssertionError("there is no cohort")
        alone = [await _made(services, cohort) for _ in range(REPEATS)]
        await waited(sandbox, services, RATE, SECONDS)  # uncounted: all is loaded once
        for _ in range(ROUNDS):
            quiet += (await waited(sandbox, services, RATE, SECONDS))[0]
            making = asyncio.create_task(_without_pause(services, cohort))
            busy += (await waited(sandbox, services, RATE, SECONDS))[0]
            making.cancel()
            await asyncio.wait([making])
    without, beside = percentile(quiet, 0.99), percentile(busy, 0.99)
    answers = MEMBERS * ASSIGNMENTS * QUESTIONS
    measurements = [
        at_most(f"a report on {MEMBERS} members and {answers:,} answers", middle(alone), 2, " s"),
        Measurement("votes without reports", f"{without:.3f} s"),
        at_most("votes with reports", beside, 0.25, " s"),
    ]
    return Section("The report of a cohort", TOLD, measurements)


async def _made(services: Services, cohort: Cohort) -> float:
    begun = time.perf_counter()
    made = await report_of(services, cohort, (EDUCATOR,))
    took = time.perf_counter() - begun
    if len(made.owed) < 3:
        raise AssertionError("something of the report is missing")
    return took


async def _without_pause(services: Services, cohort: Cohort) -> None:
    while True:
        await report_of(services, cohort, (EDUCATOR,))


def fill(path: Path, library: Library, now: int) -> None:
    """Write the cohort, and all that it did, into a database that is there."""
    dice = random.Random(1)
    snapshots = [library.snapshot(case) for case in library.cases.values()]
    cases = [one for one in snapshots if len(one.case.questions) == 1][:QUESTIONS]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.execute(
            "INSERT INTO cohorts VALUES (?, 'Interns', 'UTC', 0, NULL, NULL)", (COHORT,)
        )
        connection.executemany(
            "INSERT OR IGNORE INTO snapshots VALUES (?, ?, 0)",
            [(one.digest, one.to_json()) for one in cases],
        )
        connection.execute(
            "INSERT INTO cohort_people VALUES (?, ?, 'educator', 'Robin', NULL, 1, 0, 0)",
            (COHORT, EDUCATOR),
        )
        connection.executemany(
            "INSERT INTO cohort_people VALUES (?, ?, 'member', ?, NULL, ?, 1, 0)",
            [(COHORT, _FIRST + n, f"Member {n}", n % 10 > 0) for n in range(MEMBERS)],
        )
        for number in range(1, ASSIGNMENTS + 1):
            closed = now - number * DAY_MS
            connection.execute(
                "INSERT INTO assignments (id, cohort_id, made_by, title, mode, explained, late,"
                " made_at, opens_at, due_at, closes_at, opened_at, closed_at)"
                " VALUES (?, ?, ?, ?, ?, 'at_once', 0, 0, 0, ?, ?, 0, ?)",
                (
                    number,
                    COHORT,
                    EDUCATOR,
                    f"Week {number}",
                    ("study", "exam")[number % 2],
                    closed,
                    closed,
                    closed,
                ),
            )
            connection.executemany(
                "INSERT INTO assignment_cases VALUES (?, ?, ?, ?, NULL)",
                [(number, place, one.case.id, one.digest) for place, one in enumerate(cases)],
            )
        for table, rows in _work(dice, cases, now):
            marks = ", ".join("?" * len(rows[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")


def _work(
    dice: random.Random, cases: Sequence[Snapshot], now: int
) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """The rows of everybody's work, table by table."""
    assigned: list[tuple[object, ...]] = []
    sittings: list[tuple[object, ...]] = []
    posts: list[tuple[object, ...]] = []
    items: list[tuple[object, ...]] = []
    answers: list[tuple[object, ...]] = []
    post_id = _FIRST
    for number in range(1, ASSIGNMENTS + 1):
        closed = now - number * DAY_MS
        for n in range(MEMBERS):
            person, sitting = _FIRST + n, _FIRST + len(sittings)
            assigned.append((number, person, closed, None))
            mode = ("study", "exam")[number % 2]
            sittings.append(
                (
                    sitting,
                    person,
                    mode,
                    "{}",
                    "handed_in",
                    closed - DAY_MS,
                    closed - 1000,
                    0,
                    None,
                    None,
                    None,
                    1.0,
                    number,
                )
            )
            for place, one in enumerate(cases):
                post_id += 1
                posts.append(
                    (post_id, person, person, one.case.id, one.digest, closed - DAY_MS, "sitting")
                )
                items.append((sitting, place, post_id, 0, "[0]", None, 0, 0))
                question = one.case.questions[0]
                choice = dice.randrange(len(question.choices))
                right = choice in question.correct
                answers.append(
                    (
                        person,
                        post_id,
                        0,
                        one.case.id,
                        question.id or "q",
                        "revision",
                        json.dumps([choice]),
                        "correct" if right else "wrong",
                        float(right),
                        0,
                        closed - 2000,
                    )
                )
    yield "assigned_people", assigned
    yield (
        "sittings (id, person_id, mode, spec, state, begun_at, ended_at, shown, deadline, warn_at,"
        " alive_at, score, assignment_id)",
        sittings,
    )
    yield "posts (id, chat_id, person_id, case_id, snapshot, posted_at, purpose)", posts
    yield "sitting_items", items
    yield (
        "answers (person_id, post_id, position, case_id, question_id, revision, choices, verdict,"
        " score, first, answered_at)",
        answers,
    )
