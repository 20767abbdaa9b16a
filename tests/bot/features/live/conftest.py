"""A bot with two educators who teach a cohort together, and people in their room."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.features.live import direct_round
from bot.features.live.begin_round import begin_round
from bot.features.live.live_buttons import Act, RoundPress
from bot.features.live.states import Step
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from content.model import Case
from storage.cohort_facts import CohortJoined, CohortMade
from storage.facts import Fact, PersonMet
from storage.live_facts import RoundJoined, VoteCast
from storage.live_rounds import LiveRound
from storage.outcome import Outcome, OwedCall
from storage.role_facts import RoleAsked, RoleDecided
from storage.settlements import Sent
from tests.storage.samples import ADA, BEN, NOW, begin_all
from tests.support.services import StillClock, commit, services_with_cases

ROOM = tuple(range(BEN + 10, BEN + 16))
PANEL = 101
"""The message of the first panel."""


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """A bot with six cases of two questions; Ada and Ben are educators."""
    async with services_with_cases(tmp_path, NOW) as services:
        facts: list[Fact] = [CohortMade(5, "Interns", "UTC", NOW)]
        for person, name in ((ADA, "Ada"), (BEN, "Ben <B>")):
            facts += [
                PersonMet(person, "en", NOW),
                RoleAsked(person, "educator", name, None, NOW),
                RoleDecided(person, "educator", True, 1, "Root", NOW),
                CohortJoined(5, person, "educator", name, None, True, 0, NOW),
            ]
        for one in facts:
            await commit(services, Outcome((one,)))
        yield services


@pytest.fixture
def case(services: Services) -> Case:
    """The one that is presented: of two questions."""
    return next(iter(services.library.cases.values()))


@pytest.fixture
async def live(services: Services, case: Case) -> LiveRound:
    """Ada presents it, and the room has joined."""
    await commit(services, await begin_round(services, await visit(services), case))
    (code, panel) = await sent(services, PANEL - 1)
    assert (code.method, panel.method) == ("sendPhoto", "sendMessage")
    opened = await services.store.live_rounds.presented_by(ADA)
    assert opened is not None
    for person in ROOM:
        joined = (PersonMet(person, "en", NOW), RoundJoined(opened.id, person, NOW))
        await commit(services, Outcome(joined))
    return await now(services, opened)


async def visit(services: Services, person: int = ADA) -> Visit:
    """A person comes."""
    return await receive(services, Visitor(person, "en", "Somebody"))


async def now(services: Services, live: LiveRound) -> LiveRound:
    """The round as it stands."""
    found = await services.store.live_rounds.get(live.id)
    assert found is not None
    return found


async def sent(services: Services, first: int) -> list[OwedCall]:
    """All that is owed is sent, in messages with numbers from the first."""
    rows = await begin_all(services.store)
    settled = [Sent(row.id, first + n, phone=row.phone) for n, row in enumerate(rows)]
    await services.store.outbox.settle(settled)
    return [OwedCall(row.chat_id, row.method, row.params) for row in rows]


async def press(
    services: Services, live: LiveRound, what: Step | Act, person: int = ADA, message: int = PANEL
) -> Outcome:
    """A press on a panel that shows the round as ``live`` says; what it came to is recorded."""
    whose = live.presenter if what is Act.TAKE_OVER else None
    pressed = RoundPress(what, live.id, live.position, live.ballot, whose)
    who = await visit(services, person)
    return await commit(services, await direct_round.press(services, who, pressed, message))


async def walk(
    services: Services, live: LiveRound, *steps: Step, presenter: int = ADA
) -> LiveRound:
    """These steps, one after the other."""
    for step in steps:
        live = await now(services, live)
        await press(services, live, step, presenter)
    return await now(services, live)


async def vote(services: Services, live: LiveRound, *choices: tuple[int, ...]) -> None:
    """The first people of the room vote so, where the round stands."""
    for person, chosen in zip(ROOM, choices, strict=False):
        cast = VoteCast(live.id, live.position, live.ballot, person, chosen, NOW)
        await commit(services, Outcome((cast,)))


def later(services: Services, ms: int) -> None:
    """So much time passes."""
    services.clock = StillClock(at=services.clock.now() + ms)


def said(outcome: Outcome, chat_id: int = ADA) -> str:
    """All that somebody is told, one after the other."""
    texts = [one.params.get("text", "") for one in outcome.owed if one.chat_id == chat_id]
    return "\n".join([*texts, outcome.toast.text if outcome.toast else ""])


def labels(call: OwedCall) -> list[str]:
    """What stands on its buttons."""
    markup = call.params.get("reply_markup", {"inline_keyboard": []})
    return [one["text"] for row in markup["inline_keyboard"] for one in row]
