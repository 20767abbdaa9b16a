"""The power fails at every step of a live round: no vote is lost or doubled, and all are told."""

import asyncio
import json
import logging
import os
import random
import time
from collections.abc import Awaitable, Mapping, Sequence
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from tests.support.bot import two_case_settings
from tests.support.database import query
from tests.support.live_phones import TWO_QUESTIONS, Phone, Presenter, educator
from tests.support.power_cuts import Lives
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, text_of
from tests.support.trouble import settled, until

log = logging.getLogger(__name__)

SEED = int(os.environ.get("MORNING_REPORT_TEST_SEED", "0")) or random.SystemRandom().getrandbits(32)
SPEED = 20
Ballot = Mapping[int, int]
"""Which choice each person voted for, by its place in the file."""


@pytest.fixture
def clock() -> Clock:
    """One that the bot's own process can be given too: it begins with a whole second."""
    now = int(time.time())
    return Clock(now, SPEED, now)


@pytest.fixture
async def root(sandbox: SandboxClient) -> Person:
    """The administrator of the bot."""
    return await sandbox.person("Root", language_code="en")


@pytest.fixture
async def settings(server: SandboxServer, root: Person, clock: Clock, tmp_path: Path) -> Settings:
    """Settings of a bot with two cases."""
    return two_case_settings(server, tmp_path, clock, root)


class Room:
    """A round that is presented and voted in while the power fails."""

    def __init__(self, settings: Settings, lives: Lives, presenter: Presenter) -> None:
        self.presenter = presenter
        self.phones: list[Phone] = []
        self.kills = 0
        self.database = settings.database
        self._lives = lives
        self._dice = random.Random(SEED)

    async def amid_a_kill(self, act: Awaitable[object], within: float = 0.5) -> None:
        """Something is done as the bot dies; another one goes on."""
        doing = asyncio.ensure_future(act)
        await asyncio.sleep(self._dice.uniform(0, within))
        await self._lives.kill()
        self.kills += 1
        await self._lives.begin()
        await doing

    async def step(self, label: str, *standing: object, then: str) -> None:
        """The presenter goes on as the bot dies; ``then``: what can be done once that is done."""
        await self.presenter.can(label)
        await self.amid_a_kill(self.presenter.press(label))
        where = "SELECT state, position, ballot FROM live_rounds"
        await self.reads(where, [standing])
        await self.presenter.can(then)

    async def reads(self, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
        """Wait until this is on record."""

        async def so() -> bool:
            return query(self.database, sql) == [*rows]

        await until(so)

    async def vote(self, position: int, ballot: int, abstaining: int) -> Ballot:
        """All but some vote, and a third of them change their minds, as the bot dies."""
        for phone in self.phones:
            await phone.asks(f"Question {position + 1} of 2", *_AGAIN[: ballot - 1])
        voting = self.phones[abstaining:]
        await asyncio.gather(*(phone.press("3") for phone in voting[::3]))
        last = {phone.person.id: self._dice.choice("1234") for phone in voting}

        async def all_vote() -> None:
            await asyncio.gather(*(phone.press(last[phone.person.id]) for phone in voting))

        await self.amid_a_kill(all_vote(), within=1.0)
        orders = query(self.database, "SELECT choice_orders FROM live_rounds")
        order = json.loads(orders[0][0])[position]
        cast = {person: order[int(number) - 1] for person, number in last.items()}
        await self.reads(
            "SELECT person_id, choices FROM live_votes"
            f" WHERE (position, ballot) = ({position}, {ballot}) ORDER BY person_id",
            sorted((person, f"[{place}]") for person, place in cast.items()),
        )
        return cast


_AGAIN = ("Discuss, then vote again",)


@pytest.mark.parametrize("voters", [30, 300])
async def test_no_kill_loses_or_doubles_anything_of_a_live_round(
    sandbox: SandboxClient, root: Person, settings: Settings, tmp_path: Path, voters: int
) -> None:
    """At each step, amid joining, votes, edits and the recording of answers: every vote that
    Telegram delivered is recorded once, answers are those of the first ballot, everybody has the
    reveal, and nobody gets more than one message again for each kill.
    """
    log.warning("MORNING_REPORT_TEST_SEED=%d", SEED)
    lives = Lives(settings, tmp_path)
    await lives.begin()
    await asked(root, "/start", "Good morning")
    ada = await educator(sandbox, root)
    room = Room(settings, lives, await Presenter.begin(ada, TWO_QUESTIONS))
    people = [await sandbox.person(f"P{n}", language_code="en") for n in range(voters)]
    room.phones = [Phone(person) for person in people]
    joining = (phone.join(room.presenter.code) for phone in room.phones)
    await room.amid_a_kill(asyncio.gather(*joining))
    await room.step("Show the case", "shown", 0, 1, then="Open")
    await room.step("Open", "open", 0, 1, then="Close")
    first = await room.vote(0, 1, abstaining=voters // 5)
    await room.step("Close", "closed", 0, 1, then="Reveal")
    await room.step("Discuss, vote again", "open", 0, 2, then="Close")
    again = await room.vote(0, 2, abstaining=voters // 10)
    await room.step("Close", "closed", 0, 2, then="Reveal")
    await room.step("Reveal", "revealed", 0, 2, then="Next")
    expected = _answers({**again, **first})
    await room.reads(_ANSWERS.format(position=0), expected)
    for phone in room.phones:
        await phone.says("Correct:")
    await room.step("Next", "shown", 1, 1, then="Open")
    await room.step("Open", "open", 1, 1, then="Close")
    other = await room.vote(1, 1, abstaining=0)
    await room.step("Close", "closed", 1, 1, then="Reveal")
    await room.amid_a_kill(room.presenter.press("Reveal"))
    await room.presenter.can("End")
    await room.amid_a_kill(room.presenter.press("End"))
    await room.reads("SELECT state FROM live_rounds", [("ended",)])
    await room.reads(_ANSWERS.format(position=1), _answers(other))
    await room.reads(_ANSWERS.format(position=0), expected)
    for phone in room.phones:
        await phone.says("Correct:", "Key point:")
    await settled(settings.database)
    firsts = "SELECT count(*) FROM answers WHERE NOT first"
    assert query(settings.database, firsts) == [(len(again.keys() - first.keys()),)]
    for phone in room.phones:
        await _was_not_told_too_often(phone, room.kills)


_ANSWERS = "SELECT person_id, choices FROM answers WHERE position = {position} ORDER BY person_id"


def _answers(votes: Ballot) -> list[tuple[int, str]]:
    return sorted((person, f"[{place}]") for person, place in votes.items())


async def _was_not_told_too_often(phone: Phone, kills: int) -> None:
    """That they are in, and of each question one message; at most one more for each kill."""
    told = [one for one in await phone.person.messages() if one["from"]["is_bot"]]
    assert 3 <= len(told) <= 3 + kills
    assert sum("Correct:" in text_of(one) for one in told) >= 2
