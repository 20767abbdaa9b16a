"""What people did and got beside what the database says: nothing lost, nothing doubled."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from content.library import Library
from tests.support.crowd import Learner, fingerprint
from tests.support.database import query
from tests.support.sandbox import SandboxClient

Votes = Counter[tuple[int, str, str]]
"""By person, question and choice, the last two in the words of the cases."""


def voted(crowd: Sequence[Learner]) -> Votes:
    """What people voted for."""
    return Votes((one.person.id, *vote) for one in crowd for vote in one.votes.items())


def recorded(database: Path, library: Library) -> Votes:
    """What the database says that people answered."""
    questions = {
        (case.id, question.id): question
        for case in library.cases.values()
        for question in case.questions
    }
    found = Votes()
    rows = query(database, "SELECT person_id, case_id, question_id, choices FROM answers")
    for person_id, case_id, question_id, choices in rows:
        question = questions[case_id, question_id]
        (choice,) = json.loads(choices)
        found[person_id, question.prompt, question.choices[choice].text] += 1
    return found


def unfinished(database: Path) -> int:
    """How many calls are still owed and votes still parked."""
    ((count,),) = query(
        database, "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM parked_answers)"
    )
    return int(count)


class Traffic(Struct):
    """What the bot asked for, read as it goes on, since the sandbox forgets.

    ``lives`` tells in which of the bot's lives each message was sent; each begins with getMe.
    ``lost`` counts the calls of each chat whose answer the bot never had.
    """

    sandbox: SandboxClient
    calls: int = 0
    last: int = 0
    lives: dict[int, int] = field(default_factory=dict)
    lost: Counter[int] = field(default_factory=Counter)
    _life: int = 0

    async def read(self) -> None:
        """What came since."""
        for call in await self.sandbox.traffic(after=self.last, polling=True):
            self.last = call["seq"]
            self.calls += 1
            self._life += call["method"] == "getMe" and call["status"] == 200
            if call["status"] is None and "chat_id" in call["params"]:
                self.lost[int(call["params"]["chat_id"])] += 1
            for message in _messages(call["result"]):
                self.lives[message["message_id"]] = self._life

    async def spoken(self, method: str) -> bool:
        """Whether the bot called this method since the last :meth:`read`."""
        return bool(await self.sandbox.traffic(after=self.last, method=method))


def _messages(result: Any) -> list[dict[str, Any]]:
    found = result if isinstance(result, list) else [result]
    return [one for one in found if isinstance(one, dict) and "message_id" in one]


def extras(learner: Learner, lives: dict[int, int]) -> Counter[int]:
    """For each life of the bot, how many messages this person got again in it."""
    known: set[str] = set()
    again: Counter[int] = Counter()
    for message in learner.seen:
        mark = fingerprint(message)
        if mark in known:
            again[lives[message["message_id"]]] += 1
        known.add(mark)
    return again
