"""However the presenter's steps fall between what is sent: each phone has one message of each
question, and in it what was shown last."""

import asyncio
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.features.live import vote as rule
from bot.features.live.begin_round import begin_round
from bot.features.live.join_round import open_link
from bot.features.live.phone_buttons import OnPhone, PhonePress
from bot.features.live.states import Step
from bot.services import Services
from storage.cohort_facts import RoleAsked, RoleDecided
from storage.facts import PersonMet
from storage.live_rounds import LiveRound
from storage.outbox import OwedRow
from storage.outcome import Outcome, OwedCall
from storage.settlements import Sent
from tests.bot.features.live.conftest import now, press, visit
from tests.storage.samples import ADA, NOW
from tests.support.services import commit, services_with_cases

PEOPLE = (31, 32, 33)
_WAY = (
    *(Step.SHOW, Step.OPEN, Step.CLOSE, Step.AGAIN, Step.CLOSE, Step.REVEAL),
    *(Step.NEXT, Step.OPEN, Step.CLOSE, Step.REVEAL, Step.END),
)


class Telegram:
    """Takes what is owed, one call of a chat at a time; perhaps its answer is never heard."""

    def __init__(self, services: Services) -> None:
        self._services = services
        self._under_way: dict[int, OwedRow] = {}
        self._unheard: dict[int, int] = {}
        self.messages: dict[int, dict[int, str]] = {one: {} for one in (ADA, *PEOPLE)}
        self.crashes = 0

    async def take(self, chat_id: int) -> bool:
        """The next call of a chat is made; False where none is owed, or one is under way."""
        if chat_id in self._under_way:
            return False
        outbox = self._services.store.outbox
        queue = [one.id for one in await outbox.waiting(0) if one.chat_id == chat_id]
        rows = await outbox.begin(queue[:1], NOW) if queue else []
        for row in rows:
            self._under_way[chat_id] = row
            text = str(row.params.get("text", row.params))
            number = row.params.get("message_id", len(self.messages[chat_id]) + 1)
            self.messages[chat_id][number] = text
            self._unheard[chat_id] = number
        return bool(rows)

    async def answer(self, chat_id: int) -> None:
        """What came of the call under way is put on record."""
        if row := self._under_way.pop(chat_id, None):
            settled = Sent(row.id, self._unheard[chat_id], phone=row.phone)
            await self._services.store.outbox.settle([settled])

    def crash(self) -> None:
        """What came of the calls under way is never heard."""
        self.crashes += bool(self._under_way)
        self._under_way.clear()

    async def take_all(self) -> None:
        """Until nothing is owed."""
        for chat_id in self.messages:
            await self.answer(chat_id)
            while await self.take(chat_id):
                await self.answer(chat_id)


_Deed = st.one_of(
    st.tuples(st.sampled_from(["take", "take", "answer"]), st.sampled_from(PEOPLE)),
    st.tuples(st.just("vote"), st.sampled_from(PEOPLE), st.integers(0, 2)),
    st.tuples(st.just("join"), st.sampled_from(PEOPLE)),
)
_Between = st.lists(_Deed, max_size=6)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(_Between, min_size=len(_WAY), max_size=len(_WAY)),
    st.sampled_from([None, None, *_WAY]),
)
def test_each_phone_shows_what_was_shown_last(
    between: list[list[tuple[Any, ...]]], crash_after: Step | None
) -> None:
    """One message of each question, unless they joined again or a crash hid one; and each vote
    stands as it was told.
    """
    with TemporaryDirectory() as folder:
        asyncio.run(_played(Path(folder), between, crash_after))


async def _played(
    folder: Path, between: list[list[tuple[Any, ...]]], crash_after: Step | None
) -> None:
    async with services_with_cases(folder, NOW) as services:
        case = next(iter(services.library.cases.values()))
        await _approve(services)
        await commit(services, await begin_round(services, await visit(services), case))
        live = await services.store.live_rounds.presented_by(ADA)
        assert live is not None
        room = _Room(services, live)
        for person in PEOPLE[1:]:
            await room.do("join", person)
        await room.telegram.take_all()
        for step, deeds in zip(_WAY, between, strict=True):
            await room.step(step)
            for deed in deeds:
                await room.do(*deed)
            if step is crash_after:
                room.telegram.crash()
        await room.telegram.take_all()
        await room.check()


async def _approve(services: Services) -> None:
    for fact in (
        PersonMet(ADA, "en", NOW),
        RoleAsked(ADA, "educator", "Ada", None, NOW),
        RoleDecided(ADA, "educator", True, 1, "Root", NOW),
    ):
        await commit(services, Outcome((fact,)))


class _Room:
    """A round, and what its people must have on their phones."""

    def __init__(self, services: Services, live: LiveRound) -> None:
        self.services, self.live = services, live
        self.telegram = Telegram(services)
        self.last: dict[tuple[int, int], str] = {}
        self.votes: dict[tuple[int, int, int], tuple[int, ...]] = {}
        self.joined: dict[int, int] = dict.fromkeys(PEOPLE, 0)

    async def do(self, deed: str, person: int = 0, choice: int = 0) -> None:
        """What somebody does, or Telegram."""
        match deed:
            case "join":
                who = await visit(self.services, person)
                self._note(
                    (
                        await commit(
                            self.services, await open_link(self.services, who, self.live.code)
                        )
                    ).owed
                )
                self.joined[person] += not (await now(self.services, self.live)).is_over
            case "vote":
                await self._vote(person, choice)
            case "take":
                await self.telegram.take(person)
            case "answer":
                await self.telegram.answer(person)

    async def step(self, step: Step) -> None:
        """The presenter goes on."""
        self._note((await press(self.services, await now(self.services, self.live), step)).owed)

    async def _vote(self, person: int, choice: int) -> None:
        live = await now(self.services, self.live)
        pressed = PhonePress(OnPhone.VOTE, live.id, live.position, choice)
        who = await visit(self.services, person)
        told = await commit(self.services, await rule.vote(self.services, who, pressed))
        assert told.toast is not None
        if "stands" in told.toast.text:
            self.votes[person, live.position, live.ballot] = (choice,)

    def _note(self, owed: tuple[OwedCall, ...]) -> None:
        for call in owed:
            if call.phone is not None:
                self.last[call.chat_id, call.phone.position] = str(call.params["text"])

    async def check(self) -> None:
        """All is sent by now."""
        for (person, position), text in self.last.items():
            told = self.telegram.messages[person]
            assert text in told.values(), (person, position)
            of_question = [one for one in told.values() if f"question 0-{'ab'[position]}" in one]
            # Whoever joins again is sent the question again.
            most = max(1, self.joined[person]) + self.telegram.crashes
            assert len(of_question) <= most
        for position in range(2):
            kept = await self.services.store.live_votes.of_all(self.live.id, position)
            assert {
                (person, position, ballot): chosen
                for person, votes in kept.items()
                for ballot, chosen in votes.items()
            } == {key: chosen for key, chosen in self.votes.items() if key[1] == position}
