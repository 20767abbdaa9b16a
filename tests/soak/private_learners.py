"""Learners in private chats, who ask for cases and vote all the time that a bot is killed."""

import asyncio
import random
from pathlib import Path

from content.library import load_library
from tests.soak.campaign_checks import (
    CampaignResults,
    CampaignSize,
    Traffic,
    extras,
    recorded,
    voted,
)
from tests.support.crowd import CASES, Learner, write_cases
from tests.support.database import query
from tests.support.sandbox import SandboxClient

_ROUNDS_PER_CASE = 3  # so that people have something to ask for all the time


class PrivateLearners:
    """Who is there in a campaign amid private chats."""

    def __init__(self, size: CampaignSize, folder: Path) -> None:
        self._size = size
        self._wants = CASES + size.rounds // _ROUNDS_PER_CASE
        self._crowd: list[Learner] = []
        self.content = write_cases(folder / "cases", self._wants)

    async def arrive(self, sandbox: SandboxClient) -> None:
        """Everybody comes to the sandbox."""
        self._crowd = [
            Learner(
                await sandbox.person(f"Learner {n}", language_code="en"),
                random.Random(n + self._size.seed),
                self._wants,
            )
            for n in range(self._size.people)
        ]

    async def before_life(self, database: Path) -> None:
        """Nothing is to be prepared: they ask for cases themselves."""

    async def live(self, enough: asyncio.Event) -> None:
        """Ask and vote until it is enough."""
        async with asyncio.TaskGroup() as tasks:
            for learner in self._crowd:
                tasks.create_task(learner.live(enough))

    async def finished(self) -> bool:
        """Whether every question that came is answered, and every vote explained."""
        for learner in self._crowd:
            await learner.finish()
        return not any(learner.unexplained() for learner in self._crowd)

    async def check(self, database: Path, traffic: Traffic, results: CampaignResults) -> None:
        """What people did and got beside what is on record."""
        said, kept = voted(self._crowd), recorded(database, load_library(self.content))
        results.numbers |= {"people": self._size.people, "votes": said.total()}
        results.wrong["votes lost"] = (said - kept).total()
        results.wrong["votes doubled"] = (kept - said).total()
        for learner in self._crowd:
            again = extras(learner, traffic.lives)
            reasons = results.kills + traffic.lost_in(learner.person.id) + results.cuts
            results.note_extras(again, unexplained=max(0, again.total() - reasons))
        sql = "SELECT count(*) FROM outbox WHERE state = 'refused'"
        ((results.wrong["messages refused"],),) = query(database, sql)
