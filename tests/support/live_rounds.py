"""Live rounds as they are kept, played without presenter, phones and bot around them."""

import json
from collections.abc import AsyncIterator, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from msgspec import Struct
from msgspec.structs import replace
from starlette.applications import Starlette
from starlette.routing import Mount

from bot.base.listen_address import ListenAddress
from bot.features.cases.private_post import figures_to_keep
from bot.features.live.screen_values import Ballot, RoundShown
from bot.services import Services
from bot.web.health import Web
from bot.web.http_server import HttpServer
from bot.web.metrics import Metrics
from content.model import Case
from content.snapshot import Snapshot
from storage.facts import CasePosted, Fact, PersonMet, SnapshotTaken
from storage.ledger import Entry
from storage.live_facts import RoundEnded, RoundJoined, RoundOpened, RoundStepped, VoteCast
from storage.live_rounds import LiveCounts, LiveRound, State
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
        for number, choices in enumerate(chosen):
            await self.vote_of(number, choices)

    async def vote_of(self, number: int, choices: Sequence[int]) -> None:
        """The voter of this number, from 0 on, chooses this."""
        now, at = await self.now(), self.services.clock.now()
        person = FIRST_VOTER + number
        await self._record(
            [VoteCast(ROUND_ID, now.position, now.ballot, person, tuple(choices), at)]
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


def round_shown(
    snapshot: Snapshot,
    state: State = "open",
    position: int = 0,
    *,
    ballots: tuple[Ballot, ...] = (),
    votes_shown: bool = True,
    orders: tuple[tuple[int, ...], ...] | None = None,
) -> RoundShown:
    """A round in which 31 of 40 have voted."""
    straight = tuple(tuple(range(len(each.choices))) for each in snapshot.case.questions)
    now = LiveRound(
        id=1,
        code="K7MRW2",
        token="token",
        presenter=7,
        language="en",
        post_id=1,
        choice_orders=orders or straight,
        state=state,
        position=position,
        ballot=max(1, len(ballots)),
        votes_shown=votes_shown,
        since=0,
        heard_at=0,
        panel_message=None,
        ended_at=None,
        content="",
    )
    return RoundShown(
        now, snapshot, LiveCounts(40, 31), ballots, "https://t.me/bot?start=lv_K7MRW2"
    )


@asynccontextmanager
async def screens_served(
    services: Services, place: ListenAddress | None = None, below: str = ""
) -> AsyncIterator[str]:
    """The bot's web server alone, below a path as behind a proxy; its address."""
    web = Web(services, Metrics())
    application = web.application()
    if below:
        application = Starlette(routes=[Mount(below, application)])
    server = HttpServer(application, place or ListenAddress())
    await server.start()
    try:
        yield f"http://{server.address}{below}"
    finally:
        web.close()
        await server.stop()
