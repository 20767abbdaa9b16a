"""Live rounds as they are kept, played without presenter, phones and bot around them."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from bot.base.listen_address import ListenAddress
from bot.features.cases.private_post import figures_to_keep
from bot.services import Services
from bot.web.health import Web
from bot.web.http_server import HttpServer
from bot.web.metrics import Metrics
from content.model import Case
from content.snapshot import Snapshot
from storage.facts import CasePosted, Fact, PersonMet, SnapshotTaken
from storage.ledger import Entry
from storage.live_facts import RoundEnded, RoundJoined, RoundOpened, RoundStepped, VoteCast
from storage.live_rounds import LiveRound
from storage.outcome import Outcome

PRESENTER = 7_310_420_100
FIRST_VOTER = 7_310_420_200
TOKEN = "a-token-that-nobody-guesses"
ROUND_ID = 1


class PlayedRound(Struct):
    """The one round of a database; what is done in it is told to screens as the bot tells them."""

    services: Services
    snapshot: Snapshot

    async def now(self) -> LiveRound:
        """Where it stands."""
        found = await self.services.store.live_rounds.get(ROUND_ID)
        assert found is not None
        return found

    async def join(self, people: int) -> None:
        """Have so many people in it, from the first voter on."""
        at = self.services.clock.now()
        await self._record(
            fact
            for person in range(FIRST_VOTER, FIRST_VOTER + people)
            for fact in (PersonMet(person, "en", at), RoundJoined(ROUND_ID, person, at))
        )

    async def vote(self, *chosen: Sequence[int]) -> None:
        """The first voter chooses this, the second that: places of choices in the file."""
        now, at = await self.now(), self.services.clock.now()
        await self._record(
            VoteCast(ROUND_ID, now.position, now.ballot, person, tuple(choices), at)
            for person, choices in enumerate(chosen, FIRST_VOTER)
        )

    async def step(self, state: str, **changes: Any) -> None:
        """Go on to a state; ``changes``: position, ballot or votes_shown, where they change too."""
        was = await self.now()
        after = replace(was, state=state, **changes)
        stood = [(one.state, one.position, one.ballot, one.votes_shown) for one in (was, after)]
        at = self.services.clock.now()
        await self._record([RoundStepped(ROUND_ID, PRESENTER, *stood[0], *stood[1], at)])

    async def end(self) -> None:
        """It is over."""
        await self._record([RoundEnded(ROUND_ID, self.services.clock.now())])

    async def _record(self, facts: Iterable[Fact]) -> None:
        outcome = Outcome(tuple(facts))
        await self.services.store.ledger.commit([Entry(outcome)], self.services.clock.now())
        self.services.live.changed(ROUND_ID)


async def begin_round(
    services: Services, case: Case, *, language: str = "en", orders: Any = None
) -> PlayedRound:
    """A round about a case of the library, or one without figures; ``orders`` as in LiveRound."""
    known = case.id in services.library.cases
    snapshot = services.library.snapshot(case) if known else Snapshot(case, ())
    at = services.clock.now()
    straight = [[*range(len(question.choices))] for question in case.questions]
    facts: list[Fact] = [
        *await figures_to_keep(services, snapshot),
        SnapshotTaken(snapshot.digest, snapshot.to_json(), at),
        CasePosted(ROUND_ID, None, None, case.id, snapshot.digest, at, purpose="live"),
        RoundOpened(
            *(ROUND_ID, "K7MRW2", TOKEN, PRESENTER, language, ROUND_ID),
            json.dumps(orders or straight),
            at,
        ),
    ]
    await services.store.ledger.commit([Entry(Outcome(tuple(facts)))], at)
    return PlayedRound(services, snapshot)


@asynccontextmanager
async def screens_served(services: Services) -> AsyncIterator[str]:
    """The bot's web server alone; its address."""
    web = Web(services, Metrics())
    server = HttpServer(web.application(), ListenAddress())
    await server.start()
    try:
        yield f"http://{server.place}"
    finally:
        web.close()
        await server.stop()
