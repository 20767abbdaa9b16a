"""A conference room: residents who join each live round that the visitor presents, and vote."""

import asyncio
import re
from collections.abc import Sequence

from msgspec import Struct

from bot.demo.sandbox_client import Message, Sandbox, data_of, throw
from bot.features.live.live_buttons import RoundPress
from bot.features.live.phone_buttons import PhonePress
from bot.features.shared.buttons import LIVE, PHONE
from content.grading import needs_multiple
from content.library import Library
from content.model import Question

ROOM = "Conference room"
# Invented people.
RESIDENTS = (
    *("Anouk", "Benedikt", "Camila", "Dmitri", "Esther", "Femi"),
    *("Gabriel", "Hiroshi", "Isabel", "Jamal", "Katarina", "Leila"),
)
GREETING = (
    "Ready for /live, all twelve of us! Send it to Morning Report in your chat, choose a case"
    " and open its screen: we join by the code, and vote on our phones once you press Open."
)

_LOOK_EVERY_S = 1.0  # seconds between two looks into a chat
_COMES_S = (1, 7)  # seconds until somebody has read the code off the wall and joined
_THINKS_S = (2, 11)  # seconds over a question
_LATE_S = 12  # seconds more for the one who is late for everything
_KNOW = (6, 7, 8)  # of twelve, how many are right at first
_CONVINCED = (2, 3)  # so many more are after the discussion
_IN_LINK = re.compile(r"\?start=(lv_\w+)")


class _Invitation(Struct, frozen=True):
    """What everybody in the room can read, and the message of the presenter that has it."""

    link: str
    round_id: int
    panel: int


class Resident(Struct, frozen=True):
    """Somebody in the room; ``place`` is their chair."""

    person: int
    place: int

    @property
    def late(self) -> float:
        """Seconds by which they are later than others."""
        return _LATE_S if self.place == 0 else 0

    def seconds(self, span: tuple[int, int], *about: object) -> float:
        """How long they take for something, as their own dice say."""
        least, most = span
        return self.late + least + (most - least) * throw(self.person, *about)[0] / 256


async def sit_in(sandbox: Sandbox, presenter: int, people: Sequence[int], library: Library) -> None:
    """Take part in one round of this presenter after the other; look for one once a second."""
    residents = [Resident(person, place) for place, person in enumerate(people)]
    questions = [each for case in library.cases.values() for each in case.questions]
    last = 0
    while True:
        invited = await _next_round(sandbox, presenter, last)
        phones = [
            asyncio.create_task(_take_part(sandbox, one, invited, questions)) for one in residents
        ]
        try:
            last = await _until_over(sandbox, presenter, invited)
        finally:
            for phone in phones:
                phone.cancel()
            # Whoever fails leaves the room: no reason for the others to go.
            await asyncio.gather(*phones, return_exceptions=True)


async def _next_round(sandbox: Sandbox, presenter: int, after: int) -> _Invitation:
    while True:
        for message in reversed(await sandbox.messages(presenter, presenter, after)):
            if (found := _invitation(message)) is not None:
                return found
        await sandbox.clock.sleep(_LOOK_EVERY_S)


async def _until_over(sandbox: Sandbox, presenter: int, invited: _Invitation) -> int:
    """Wait until the panel offers nothing more, or is not to be seen; returns where to look on."""
    panel = invited.panel
    while True:
        await sandbox.clock.sleep(_LOOK_EVERY_S)
        shown = {
            message["message_id"]: message
            for message in await sandbox.messages(presenter, presenter, panel - 1)
        }
        # Asked for once more, it stands further down, and the one above is not kept up to date.
        panel = max((one for one in shown if _invitation(shown[one])), default=panel)
        if panel not in shown:
            return panel - 1
        if _round_of(shown[panel]) is None:
            return panel


def _invitation(message: Message) -> _Invitation | None:
    link, round_id = _IN_LINK.search(message.get("text", "")), _round_of(message)
    if link is None or round_id is None:
        return None
    return _Invitation(link[1], round_id, message["message_id"])


def _round_of(message: Message) -> int | None:
    """Of which round a message is the panel."""
    pressed = (RoundPress.parse(data) for data in data_of(message, LIVE))
    return next((one.round_id for one in pressed if one is not None), None)


async def _take_part(
    sandbox: Sandbox, who: Resident, invited: _Invitation, questions: Sequence[Question]
) -> None:
    """Join, and vote each time that a question comes, or comes again after the discussion."""
    me, seen = who.person, dict[int, list[str]]()
    await sandbox.clock.sleep(who.seconds(_COMES_S, invited.link))
    await sandbox.say(me, f"/start {invited.link}")
    while True:
        await sandbox.clock.sleep(_LOOK_EVERY_S)
        # The message of the last question changes in its place.
        for message in await sandbox.messages(me, me, max(seen, default=0) - 1):
            text = message.get("text", "")
            if not _numbers(message, invited.round_id) or text in seen.get(
                message["message_id"], ()
            ):
                continue
            texts = seen.setdefault(message["message_id"], [])
            texts.append(text)
            await sandbox.clock.sleep(who.seconds(_THINKS_S, text))
            for data in _presses(message, invited.round_id, who.place, len(texts), questions):
                await sandbox.press(me, me, message, data)
                await sandbox.clock.sleep(_LOOK_EVERY_S)


def _presses(
    message: Message, round_id: int, place: int, ballot: int, questions: Sequence[Question]
) -> list[str]:
    """What somebody presses under a question; one in four first thinks of something else."""
    numbers = _numbers(message, round_id)
    question = recognised(message["text"], questions)
    if question is None:
        return [[*numbers.values()][place % len(numbers)]]
    chosen = choices(question, place, ballot)
    if not needs_multiple(question) and (place + ballot) % 4 == 0:
        chosen = (place % len(numbers), *chosen)
    return [numbers[one] for one in chosen]


def _numbers(message: Message, round_id: int) -> dict[int, str]:
    """The numbered buttons of a phone, by the choice that each stands for."""
    pressed = ((data, PhonePress.parse(data)) for data in data_of(message, PHONE))
    return {
        one.choice: data
        for data, one in pressed
        if one is not None and one.round_id == round_id and one.choice is not None
    }


def recognised(text: str, questions: Sequence[Question]) -> Question | None:
    """The question that a phone shows, by its words."""
    return next(
        (
            one
            for one in questions
            if one.prompt in text and all(choice.text in text for choice in one.choices)
        ),
        None,
    )


def choices(question: Question, place: int, ballot: int) -> tuple[int, ...]:
    """What the one on this chair thinks is right; the same every time.

    More than half of twelve are right at first, and more after the discussion, none of whom was
    right before thinks otherwise then. Of the others most are led astray by the same choice.
    """
    dice = throw(question.prompt, question.choices[0].text)
    ranking = sorted(range(len(RESIDENTS)), key=lambda chair: throw(question.prompt, chair))
    rank = ranking.index(place)
    know = _KNOW[dice[0] % len(_KNOW)]
    if ballot > 1:
        know += _CONVINCED[dice[1] % len(_CONVINCED)]
    if rank < know:
        return question.correct
    wrong = [one for one in range(len(question.choices)) if one not in question.correct]
    astray = wrong[(dice[2] + (rank % 3 == 0) * rank) % len(wrong)]
    return tuple(sorted((question.correct[0], astray))) if needs_multiple(question) else (astray,)
