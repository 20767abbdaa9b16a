"""A database in which made-up people have answered items, written past the bot."""

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from random import Random
from typing import Final

from content.grading import grade
from content.revision import revision_of
from content.snapshot import Snapshot
from tests.content.simulated_answers import SimulatedItem, sound_item

FIRST: Final = 10_000_000  # the first person and post
_ANSWER: Final = (
    "answers (person_id, post_id, position, case_id, question_id, revision, choices, verdict,"
    " score, first, answered_at)"
)
_POST: Final = "posts (id, chat_id, person_id, case_id, snapshot, posted_at)"


class Item:
    """The first question of a case, and how people answer it."""

    def __init__(self, snapshot: Snapshot, dice: Random, *, miskeyed: bool) -> None:
        self.snapshot = snapshot
        self.question = snapshot.case.questions[0]
        self.revision = revision_of(snapshot, 0)
        choices = len(self.question.choices)
        sound = sound_item(dice)
        while len(sound.pulls) != choices and choices in {3, 4, 5}:
            sound = sound_item(dice)
        self._simulated = SimulatedItem(
            [*sound.pulls, *[-1.0] * choices][:choices],
            [*sound.slopes, *[0.0] * choices][:choices],
        )
        # The first of the simulated choices is the truth.
        key = self.question.correct[0]
        truth = (key + 1) % choices if miskeyed else key
        self._places = [truth, *(place for place in range(choices) if place != truth)]

    def answer(self, ability: float, dice: Random) -> tuple[int, ...]:
        """The places of what somebody chooses: who knows one of several right choices knows all."""
        place = self._places[self._simulated.chosen(ability, dice)]
        key = self.question.correct
        return tuple(key) if place in key else (place,)


def fill(
    path: Path,
    snapshots: Sequence[Snapshot],
    people: int,
    *,
    miskeyed: Collection[int] = (),
    seed: int = 1,
    after: int = 0,
) -> None:
    """Everybody answers the first question of each of these, the ``miskeyed`` among them.

    The people are others than the first ``after``.
    """
    dice = Random(seed)
    items = [Item(one, dice, miskeyed=n in miskeyed) for n, one in enumerate(snapshots)]
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT OR IGNORE INTO snapshots VALUES (?, ?, ?)",
            [(one.digest, one.to_json(), after) for one in snapshots],
        )
        for posts, answers in _rows(items, range(FIRST + after, FIRST + after + people), dice):
            for table, rows in ((_POST, posts), (_ANSWER, answers)):
                marks = ", ".join("?" * len(rows[0]))
                connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")


Row = tuple[object, ...]


def _rows(
    items: Sequence[Item], people: range, dice: Random
) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows of posts and of answers, person by person."""
    for person in people:
        ability = dice.gauss(0, 1)
        posts: list[Row] = []
        answers: list[Row] = []
        for number, item in enumerate(items):
            post = FIRST + person * len(items) + number
            case, question = item.snapshot.case, item.question
            chosen = item.answer(ability, dice)
            graded = grade(question, chosen)
            posts.append((post, person, person, case.id, item.snapshot.digest, 0))
            answers.append(
                (
                    *(person, post, 0, case.id, question.id, item.revision),
                    *(json.dumps(chosen), graded.verdict.value, graded.score, 1, 0),
                )
            )
        yield posts, answers
