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


Row = tuple[object, ...]


class Item:
    """The first question of a case, and how people answer it."""

    def __init__(self, snapshot: Snapshot, dice: Random, *, miskeyed: bool) -> None:
        question = snapshot.case.questions[0]
        choices, key = len(question.choices), question.correct
        sound = sound_item(dice)
        self._simulated = SimulatedItem(
            [*sound.pulls, *[-1.0] * choices][:choices],
            [*sound.slopes, *[0.0] * choices][:choices],
        )
        # The first of the simulated choices is the truth. Who knows one of several right choices
        # knows all.
        truth = (key[0] + 1) % choices if miskeyed else key[0]
        places = [truth, *(place for place in range(choices) if place != truth)]
        chosen = [tuple(key) if place in key else (place,) for place in places]
        graded = [grade(question, each) for each in chosen]
        self.post: Row = (snapshot.case.id, snapshot.digest, 0)
        asked: Row = (0, snapshot.case.id, question.id, revision_of(snapshot, 0))
        self._answers: list[Row] = [
            (*asked, json.dumps(each), one.verdict.value, one.score, 1, 0)
            for each, one in zip(chosen, graded, strict=True)
        ]

    def answer(self, ability: float, dice: Random) -> Row:
        """What somebody's answer is in the table, but for who and where."""
        return self._answers[self._simulated.chosen(ability, dice)]


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
            posts.append((post, person, person, *item.post))
            answers.append((person, post, *item.answer(ability, dice)))
        yield posts, answers
