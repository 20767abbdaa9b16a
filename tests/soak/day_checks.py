"""What was planned and done in a day beside what the bot sent and keeps."""

import asyncio
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from statistics import median, quantiles

from bot.sandbox.model import PollCard, Text
from bot.sandbox.world import World
from content.library import Library
from tests.soak import results
from tests.soak.simulated_groups import SimulatedGroups
from tests.soak.simulated_members import MemberActions
from tests.support.database import query


class BrokenPromiseError(AssertionError):
    """A promise was not kept; the message says which."""


Run = Callable[[Path], Coroutine[object, object, dict[str, object]]]


def told(title: str, command: str, run: Run, *, dry: bool) -> int:
    """Run it in a folder of its own; tell its numbers, and write them down unless ``dry``.

    The exit code: 1 where a promise was not kept.
    """
    sys.stdout.write(f"{title}: {command}\n")
    try:
        with tempfile.TemporaryDirectory(prefix="soak-") as folder:
            numbers = asyncio.run(run(Path(folder)))
    except BrokenPromiseError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.writelines(f"{name}: {value}\n" for name, value in numbers.items())
    if not dry:
        results.write(title, command, numbers)
    return 0


def unfinished(database: Path) -> dict[str, int]:
    """What the database says is still to come, and how much of it; empty where there is nothing."""
    counts = {
        "owed": "SELECT count(*) FROM outbox WHERE state = 'owed'",
        "parked": "SELECT count(*) FROM parked_answers",
        "open": "SELECT count(*) FROM questions WHERE closed_at IS NULL",
        "due": "SELECT count(*) FROM chats WHERE next_due IS NOT NULL",
    }
    found = {name: query(database, sql)[0][0] for name, sql in counts.items()}
    return {name: number for name, number in found.items() if number}


def check_day(
    simulated: SimulatedGroups, world: World, database: Path, library: Library
) -> dict[str, object]:
    """What the day came to. Raises BrokenPromiseError where anything is lost, doubled or owed."""
    late = sorted(_lateness(simulated, database))
    said = Counter(_said(world, simulated))
    lost, doubled = _votes(simulated.members.actions, database, library)
    explained = len(simulated.members.actions.waits)
    waits = sorted(simulated.members.actions.waits)
    closed = query(database, "SELECT count(*) FROM questions")[0][0]
    summed_up = sum(
        isinstance(message.content, Text) and message.content.body.text.startswith("⏰ Time is up")
        for chat_id in simulated.groups
        for message in world.histories[chat_id].messages.values()
    )
    ((integrity,),) = query(database, "PRAGMA integrity_check")
    refused = query(database, "SELECT count(*) FROM outbox WHERE state = 'refused'")[0][0]
    set_aside = query(database, "SELECT count(*) FROM set_aside")[0][0]
    again = said.total() - len(said)
    owed = sum(unfinished(database).values())
    numbers = {
        "scheduled cases in groups": len(simulated.groups),
        "daily cases in private": len(simulated.daily),
        "median case after its time, real s": f"{median(late) / 1000 / world.clock.speed:.2f}",
        "latest case after its time, real s": f"{late[-1] / 1000 / world.clock.speed:.2f}",
        "votes": simulated.members.actions.number,
        "of these by buttons": len(simulated.members.actions.taps),
        "votes lost": lost,
        "votes doubled": doubled,
        "questions summed up at their close": summed_up,
        "explanations in private": explained,
        "median from vote to explanation, real ms": round(median(waits) / world.clock.speed),
        "99th percentile, real ms": round(quantiles(waits, n=100)[98] / world.clock.speed),
        "messages sent": said.total(),
        "messages sent again": again,
        "messages refused": refused,
        "updates set aside": set_aside,
        "owed at the end": owed,
        "integrity": integrity,
    }
    wrong = [
        any((again, lost, doubled, refused, set_aside, owed)),
        summed_up != closed,
        explained != simulated.members.actions.private,
        integrity != "ok",
    ]
    if any(wrong):
        raise BrokenPromiseError(f"{numbers}, {closed=}, {simulated.members.actions.private=}")
    return numbers


def _lateness(simulated: SimulatedGroups, database: Path) -> Iterator[int]:
    """For each scheduled case, ms of the clock from its due time to its post; one post for each."""
    rows = query(database, "SELECT chat_id, due_at, posted_at FROM posts WHERE due_at IS NOT NULL")
    due = Counter((chat_id, group.due) for chat_id, group in simulated.groups.items())
    due += Counter((person_id, at) for person_id, (_, at) in simulated.daily.items())
    posted = Counter((chat_id, due_at) for chat_id, due_at, _ in rows)
    if posted != due:
        raise BrokenPromiseError(f"not posted: {due - posted}; posted without need: {posted - due}")
    yield from (posted_at - due_at for _, due_at, posted_at in rows)


def _said(world: World, simulated: SimulatedGroups) -> Iterator[tuple[int, str]]:
    """Chat and wording of every message of the bot; two that are alike were owed once."""
    for chat_id in (*simulated.groups, *simulated.daily):
        for message in world.histories[chat_id].messages.values():
            if isinstance(message.content, PollCard):
                yield chat_id, message.content.poll.question
            elif message.sender_id not in world.people:
                yield chat_id, repr(message.content)


def _votes(actions: MemberActions, database: Path, library: Library) -> tuple[int, int]:
    """How many votes of the day the database lacks, and how many it has too many."""
    questions = {
        (case.id, question.id): question
        for case in library.cases.values()
        for question in case.questions
    }
    rows = query(
        database,
        "SELECT person_id, case_id, question_id, choices, post_id, position,"
        " (SELECT layout FROM questions q"
        "  WHERE q.post_id = answers.post_id AND q.position = answers.position) FROM answers",
    )
    votes: Counter[tuple[int, str, tuple[str, ...]]] = Counter()
    taps: Counter[tuple[int, str, tuple[int, ...]]] = Counter()
    for person_id, case_id, question_id, choices, post_id, position, layout in rows:
        question, places = questions[case_id, question_id], json.loads(choices)
        if layout == "buttons":
            taps[person_id, f"{post_id:x}-{position:x}", tuple(places)] += 1
        else:
            words = tuple(sorted(question.choices[place].text for place in places))
            votes[person_id, question.prompt, words] += 1
    tapped = Counter((person_id, ref, places) for (person_id, ref), places in actions.taps.items())
    lost = (actions.votes - votes).total() + (tapped - taps).total()
    return lost, (votes - actions.votes).total() + (taps - tapped).total()
