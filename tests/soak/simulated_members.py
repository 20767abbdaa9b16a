"""The members of simulated groups: they answer whatever is put to them, each in their own time.

They act in the sandbox's own process, since twenty thousand are too many to be driven by HTTP.
"""

import asyncio
import heapq
import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import count

from msgspec import Struct, field

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.features.shared.question_buttons import ANSWER, SUBMIT
from bot.sandbox import poll_votes
from bot.sandbox.errors import ApiError
from bot.sandbox.live import Live
from bot.sandbox.model import Chat, Message, PollCard
from bot.sandbox.people import press
from bot.sandbox.world import World

_LAST_MOMENT_MS = (
    20 * MINUTE_MS
)  # before the end of a question, after which nobody answers any more
_SHARE = 0.85  # of a group's members answer


class Group(Struct, frozen=True):
    """A group, its people, and when its one case of the day is due (UTC ms)."""

    chat: Chat
    settings: ChatSettings
    members: Sequence[int]
    due: int


class MemberActions(Struct):
    """What members did, as far as Telegram took it.

    ``votes``: person, question, choices, in the words of the poll. ``taps``: person, question as
    its buttons call it, places of the choices. ``waits``: ms of the clock from a vote in private to
    its explanation.
    """

    votes: Counter[tuple[int, str, tuple[str, ...]]] = field(default_factory=Counter)
    taps: dict[tuple[int, str], tuple[int, ...]] = field(default_factory=dict)
    private: int = 0
    too_late: int = 0
    waits: list[int] = field(default_factory=list)

    @property
    def number(self) -> int:
        """Of all votes together."""
        return self.votes.total() + len(self.taps)


class _MessageListener(Live):
    """Hears of every message at once, where a page's queue would let go of one that is behind."""

    def __init__(self, listener: Callable[[int, int], None]) -> None:
        super().__init__()
        self._listener = listener

    def tell(
        self,
        kind: str,
        chat_id: int | None = None,
        message_id: int | None = None,
        **details: int | str,
    ) -> None:
        if kind == "message" and chat_id is not None and message_id is not None:
            self._listener(chat_id, message_id)


class SimulatedMembers:
    """What everybody does; ``actions`` is what came of it."""

    def __init__(
        self, world: World, clock: Clock, dice: random.Random, groups: Mapping[int, Group]
    ) -> None:
        self.actions = MemberActions()
        self._world, self._clock, self._dice, self._groups = world, clock, dice, groups
        self._planned: list[tuple[int, int, Callable[[], None]]] = []
        self._numbers = count()
        self._voted_at: dict[int, int] = {}
        self._voted_on: set[tuple[int, int, str]] = set()
        self._presses: set[asyncio.Task[object]] = set()
        world.live = _MessageListener(self._on_message)

    @property
    def idle(self) -> bool:
        """Whether nobody has anything left to do."""
        return not self._planned and not self._presses

    async def act(self) -> None:
        """Let everybody do what they mean to, when they mean to."""
        while True:
            now = self._clock.now()
            for _ in range(50):
                if not self._planned or self._planned[0][0] > now:
                    break
                heapq.heappop(self._planned)[2]()
            else:
                await asyncio.sleep(0)
                continue
            await asyncio.sleep(0.01)

    def _later(self, at: int, act: Callable[[], None]) -> None:
        heapq.heappush(self._planned, (at, next(self._numbers), act))

    def _on_message(self, chat_id: int, message_id: int) -> None:
        """A message came: whoever it asks something makes up their mind when to answer."""
        message = self._world.histories[chat_id].messages[message_id]
        if message.sender_id in self._world.people:
            return
        now, group = self._clock.now(), self._groups.get(chat_id)
        if group is None:
            self._on_private_message(chat_id, message, now)
            return
        time = group.settings.open_for * 1000 - _LAST_MOMENT_MS
        choices = [data for data in _buttons(message) if data.startswith(ANSWER)]
        submit = [data for data in _buttons(message) if data.startswith(SUBMIT)]
        for person_id in group.members:
            if self._dice.random() < _SHARE:
                at = now + self._dice.randrange(30_000, time)
                if isinstance(message.content, PollCard):
                    self._later(at, self._voting(person_id, message))
                elif choices:
                    chosen = self._dice.sample(choices, 1 + len(submit))
                    self._later(at, self._tapping(person_id, message, [*chosen, *submit]))

    def _on_private_message(self, person_id: int, message: Message, now: int) -> None:
        """In private: a question is answered soon; what comes after the answer explains it."""
        if isinstance(message.content, PollCard):
            at = now + self._dice.randrange(10_000, 30 * MINUTE_MS)
            self._later(at, self._voting(person_id, message))
        elif (voted_at := self._voted_at.pop(person_id, None)) is not None:
            self.actions.waits.append(now - voted_at)

    def _voting(self, person_id: int, message: Message) -> Callable[[], None]:
        def vote() -> None:
            assert isinstance(message.content, PollCard)
            poll = message.content.poll
            # A question that came again was answered already, and counts once.
            this = (person_id, message.chat_id, poll.question)
            if this in self._voted_on:
                return
            most = 2 if poll.multiple else 1
            chosen = sorted(self._dice.sample(range(len(poll.options)), most))
            try:
                poll_votes.vote(self._world, message, person_id, chosen)
            except ApiError:
                self.actions.too_late += 1
                return
            self._voted_on.add(this)
            words = tuple(sorted(poll.options[place].text for place in chosen))
            self.actions.votes[person_id, poll.question, words] += 1
            if message.chat_id == person_id:
                self.actions.private += 1
                self._voted_at[person_id] = self._clock.now()

        return vote

    def _tapping(self, person_id: int, message: Message, presses: list[str]) -> Callable[[], None]:
        """Press one choice, or mark several and submit them."""
        chosen = [data.removeprefix(ANSWER) for data in presses if data.startswith(ANSWER)]

        async def press_each() -> None:
            chat, person = self._world.chats[message.chat_id], self._world.person(person_id)
            for data in presses:
                await press(self._world, chat, message, person, data)

        def tap() -> None:
            ref = chosen[0].rpartition(":")[0]
            places = sorted(int(one.rpartition(":")[2]) for one in chosen)
            self.actions.taps[person_id, ref] = tuple(places)
            pressing = asyncio.ensure_future(press_each())
            self._presses.add(pressing)
            pressing.add_done_callback(self._presses.discard)

        return tap


def _buttons(message: Message) -> list[str]:
    rows = (message.markup or {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]
