"""What people did and got beside what the database says: nothing lost, nothing doubled."""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct, field

from content.library import Library
from tests.support.crowd import Learner, fingerprint, offers_open_case
from tests.support.database import query
from tests.support.sandbox import SandboxClient

Votes = Counter[tuple[int, str, tuple[str, ...]]]
"""By person, question and choices, the last two in the words of the cases."""


class CampaignSize(Struct, frozen=True):
    """How many lives, amid how many people."""

    rounds: int
    people: int
    seed: int


class CampaignResults(Struct):
    """What a campaign came to: ``wrong`` counts what no promise allows."""

    seconds: float = 0.0
    kills: int = 0
    ends: int = 0
    torn: int = 0
    cuts: int = 0
    extra: int = 0
    most_extra_in_a_life: int = 0
    integrity: str = ""
    troubles: Counter[str] = field(default_factory=Counter)
    numbers: dict[str, int] = field(default_factory=dict)
    wrong: dict[str, int] = field(default_factory=dict)

    @property
    def every_promise_kept(self) -> bool:
        """Whether every promise was kept."""
        return not any(self.wrong.values()) and self.integrity == "ok"

    def note_extras(self, again: Counter[int], *, unexplained: int) -> None:
        """One chat got so many messages again in each life, some of them for no reason."""
        self.extra += again.total()
        self.most_extra_in_a_life = max(self.most_extra_in_a_life, *again.values(), 0)
        key = "messages sent again for no reason"
        self.wrong[key] = self.wrong.get(key, 0) + unexplained

    def table(self) -> dict[str, object]:
        """For the table of results."""
        mixed = {f"rounds with {name.replace('_', ' ')}": n for name, n in self.troubles.items()}
        return {
            "kills": self.kills,
            "orderly ends": self.ends,
            **({"logs torn after a kill": self.torn} if self.torn else {}),
            **dict(sorted(mixed.items())),
            **({"connections reset": self.cuts} if self.cuts else {}),
            **self.numbers,
            "messages sent again": self.extra,
            "most of them in one chat in one life": self.most_extra_in_a_life,
            **self.wrong,
            "integrity": self.integrity,
            "seconds": round(self.seconds),
        }


def voted(crowd: Sequence[Learner]) -> Votes:
    """What people voted for."""
    return Votes(
        (one.person.id, question, (choice,))
        for one in crowd
        for question, choice in one.votes.items()
    )


def recorded(database: Path, library: Library) -> Votes:
    """What the database says that people answered; an anonymous poll's voters are person 0."""
    questions = {
        (case.id, place): question
        for case in library.cases.values()
        for place, question in enumerate(case.questions)
    }
    found = Votes()
    rows = query(database, "SELECT person_id, case_id, position, choices FROM answers")
    for person_id, case_id, position, choices in rows:
        question = questions[case_id, position]
        texts = sorted(question.choices[choice].text for choice in json.loads(choices))
        found[person_id, question.prompt, tuple(texts)] += 1
    totals = query(
        database,
        """
        SELECT p.case_id, q.position, q.totals FROM questions q JOIN posts p ON p.id = q.post_id
        WHERE q.totals IS NOT NULL
        """,
    )
    for case_id, position, counts in totals:
        question = questions[case_id, position]
        for choice, count in zip(question.choices, json.loads(counts), strict=True):
            found[0, question.prompt, (choice.text,)] += count
    return found


def unfinished(database: Path) -> int:
    """How much is still to come: calls owed, votes parked, questions to be closed or told of."""
    counts = (
        "(SELECT count(*) FROM outbox WHERE state = 'owed')",
        "(SELECT count(*) FROM parked_answers)",
        "(SELECT count(*) FROM questions WHERE closed_at IS NULL OR tell_at IS NOT NULL)",
    )
    ((count,),) = query(database, f"SELECT {' + '.join(counts)}")
    return int(count)


def wrong_tallies(database: Path) -> int:
    """How many counts of choices differ from the first answers on record."""
    counted = """
        SELECT revision, -1, count(*) FROM answers WHERE first GROUP BY revision
        UNION ALL
        SELECT revision, c.value, count(*) FROM answers, json_each(choices) c
        WHERE first GROUP BY revision, c.value
    """
    kept = "SELECT revision, choice, answers FROM tallies"
    rows = query(
        database,
        f"SELECT * FROM (SELECT * FROM ({counted}) EXCEPT {kept}) UNION ALL"
        f" SELECT * FROM ({kept} EXCEPT SELECT * FROM ({counted}))",
    )
    return len(rows)


class Traffic(Struct):
    """What the bot asked for, read as it goes on, since the sandbox forgets.

    ``lives`` tells in which of the bot's lives each message was sent, by the chat's id and the
    message's; each life begins with getMe.
    ``lost`` counts the calls, by life and chat, whose answer the bot never had, and those refused
    there: what belongs with them is told again as a whole.
    """

    sandbox: SandboxClient
    calls: int = 0
    last: int = 0
    lives: dict[tuple[int, int], int] = field(default_factory=dict)
    lost: Counter[tuple[int, int]] = field(default_factory=Counter)
    _life: int = 0

    async def read(self) -> None:
        """What came since."""
        for call in await self.sandbox.traffic(after=self.last, polling=True):
            self.last = call["seq"]
            self.calls += 1
            self._life += call["method"] == "getMe" and call["status"] == 200
            if call["status"] in {None, 400, 403} and "chat_id" in call["params"]:
                self.lost[self._life, int(call["params"]["chat_id"])] += 1
            for message in _messages(call["result"]):
                self.lives[place_of(message)] = self._life

    def lost_in(self, chat_id: int) -> int:
        """How many calls of a chat had no answer, in all lives together."""
        return sum(number for (_, chat), number in self.lost.items() if chat == chat_id)

    async def spoken(self, method: str) -> bool:
        """Whether the bot called this method since the last :meth:`read`."""
        return bool(await self.sandbox.traffic(after=self.last, method=method))


def place_of(message: dict[str, Any]) -> tuple[int, int]:
    """Where a message stands: its chat's id and its own."""
    return message["chat"]["id"], message["message_id"]


def _messages(result: Any) -> list[dict[str, Any]]:
    found = result if isinstance(result, list) else [result]
    return [one for one in found if isinstance(one, dict) and "message_id" in one]


def extras(learner: Learner, lives: dict[tuple[int, int], int]) -> Counter[int]:
    """For each life of the bot, how many messages this person got again in it."""
    known: set[str] = set()
    again: Counter[int] = Counter()
    for message in learner.seen:
        if offers_open_case(message):
            continue
        mark = fingerprint(message)
        if mark in known:
            again[lives[place_of(message)]] += 1
        known.add(mark)
    return again
