"""The learners of a preview: one to be, one who is always right, one who is always wrong."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from msgspec import Struct

from bot.demo.sandbox_client import Message, Sandbox, data_of
from bot.features.shared.buttons import NEXT
from content.codes import case_code
from content.model import Case, Question

_NAMES = ("Your try", "Right answer", "Wrong answer")
_LOOK_EVERY_S = 0.02  # the system's seconds between looks for a message
_REFUSALS_EVERY_S = 0.2  # the system's seconds between looks for a refusal
_PATIENCE_S = 20.0  # the system's seconds until everything of a case must stand in the chats


class NotPreviewedError(Exception):
    """The case did not come to its end; the message says why, as far as it is known."""


class PreviewLearners(Struct, frozen=True):
    """The people's ids."""

    you: int
    right: int
    wrong: int

    @property
    def by_name(self) -> dict[str, int]:
        """Each under the name that they bear."""
        return dict(zip(_NAMES, (self.you, self.right, self.wrong), strict=True))


class PreviewedCase(Struct, frozen=True):
    """A case that stands in the chats; the message ids are those of its first poll."""

    right_poll: int
    wrong_poll: int


class PreviewChats:
    """Their chats, in a sandbox with a bot that has the case and no other."""

    def __init__(self, sandbox: Sandbox, learners: PreviewLearners) -> None:
        self._sandbox = sandbox
        self.learners = learners
        self._call = 0  # the bot's last call that was looked at
        self.unanswered: set[int] = set()
        """In whose chats the bot has said nothing since something was refused there: it will."""

    @classmethod
    async def build(cls, sandbox: Sandbox) -> "PreviewChats":
        """Make the people. Raises as ``Sandbox.ask`` does, and so does every method."""
        you, right, wrong = [
            await sandbox.person(first_name=name, language_code="en") for name in _NAMES
        ]
        return cls(sandbox, PreviewLearners(you, right, wrong))

    async def go_through(self, case: Case, variants: Sequence[Case] = ()) -> PreviewedCase:
        """Empty the chats, and go through the case in all of them. Raises NotPreviewedError.

        Who is right and who is wrong answer its variants as well, cases of their own. Each chat is
        gone through to its end, or until something is refused there: what was asked for is not
        answered amid the next version.
        """
        await self._refusals()
        learners, cases = self.learners, [case, *variants]
        parts = {
            learners.you: asyncio.ensure_future(self._first_poll(learners.you, case)),
            learners.right: asyncio.ensure_future(
                self._answer_all(learners.right, cases, right_answer)
            ),
            learners.wrong: asyncio.ensure_future(
                self._answer_all(learners.wrong, cases, wrong_answer)
            ),
        }
        refused: list[str] = []
        try:
            async with asyncio.timeout(_PATIENCE_S * len(cases)):
                await self._to_their_end(parts, refused)
        except TimeoutError:
            refused.append("The bot did not send all of it in time; save it again to retry.")
        finally:
            for part in parts.values():
                part.cancel()
            await asyncio.wait(parts.values())
        if refused:
            raise NotPreviewedError(refused[0])
        return PreviewedCase(parts[learners.right].result(), parts[learners.wrong].result())

    async def _to_their_end(
        self, parts: Mapping[int, asyncio.Future[int]], refused: list[str]
    ) -> None:
        """Wait for what is done in each chat; it ends where something that is sent is refused."""
        going_on = {*parts.values()}
        while going_on:
            done, going_on = await asyncio.wait(going_on, timeout=_REFUSALS_EVERY_S)
            for part in done:
                if not part.cancelled():
                    part.result()
            for person, why in await self._refusals():
                refused.append(why)
                parts[person].cancel()

    async def _first_poll(self, person: int, case: Case) -> int:
        return int((await self._begin(person, case))["message_id"])

    async def _answer_all(
        self, person: int, cases: Sequence[Case], answer: Callable[[Question], list[int]]
    ) -> int:
        """Answer every question of these cases; returns the id of the first poll of all."""
        case, *others = cases
        first = await self._begin(person, case)
        await self._answer(person, first, [answer(each) for each in case.questions])
        for other in others:
            poll = await self._ask_for(person, other)
            await self._answer(person, poll, [answer(each) for each in other.questions])
        return int(first["message_id"])

    async def tell(self, notes: dict[str, Any]) -> None:
        """Put these notes beside the chats."""
        await self._sandbox.ask("PUT", "notes", json=notes)

    async def _begin(self, person: int, case: Case) -> Message:
        """Ask for the case in an empty chat, without a trace; returns its first poll."""
        await self._sandbox.ask("DELETE", f"chats/{person}/messages")
        return await self._ask_for(person, case)

    async def _ask_for(self, person: int, case: Case) -> Message:
        messages = f"chats/{person}/messages"
        wish = {"from": person, "text": f"/case {case_code(case.id)}"}
        asked = int((await self._sandbox.ask("POST", messages, json=wish))["message_id"])
        await self._sandbox.ask("DELETE", f"{messages}/{asked}")
        return await self._next(person, asked, _is_poll)

    async def _answer(self, person: int, poll: Message, answers: Sequence[list[int]]) -> None:
        """Answer every question of a case whose first poll this is."""
        for number, options in enumerate(answers, start=1):
            await self._sandbox.vote(person, person, poll, options)
            ends = number == len(answers)
            poll = await self._next(person, poll["message_id"], _is_end if ends else _is_poll)
        await self._rows_gone(person)

    async def _rows_gone(self, person: int) -> None:
        """Wait until nothing is left to press under a poll: that goes last of all."""
        while True:
            if not any(map(_has_row, await self._sandbox.messages(person, person, 0))):
                return
            await asyncio.sleep(_LOOK_EVERY_S)

    async def _next(self, person: int, after: int, wanted: Callable[[Message], bool]) -> Message:
        while True:
            for message in await self._sandbox.messages(person, person, after):
                if wanted(message):
                    return message
            await asyncio.sleep(_LOOK_EVERY_S)

    async def has_answered(self) -> bool:
        """Whether the bot has said something wherever it was refused something."""
        await self._refusals()
        return not self.unanswered

    async def _refusals(self) -> list[tuple[int, str]]:
        """What was refused of the things sent since the last look: to whom, what and why."""
        calls = (await self._sandbox.ask("GET", "traffic", params={"after": self._call}))["calls"]
        self._call = calls[-1]["seq"] if calls else self._call
        for call in calls:
            if call["method"].startswith("send") and call["status"] is not None:
                of_chat = {int(call["params"]["chat_id"])}
                self.unanswered -= of_chat
                self.unanswered |= of_chat if call["status"] >= 400 else set()
        return [
            (
                int(call["params"]["chat_id"]),
                f"Telegram would refuse {call['method']}: {call['result']['description']}",
            )
            for call in calls
            if call["method"].startswith("send") and (call["status"] or 0) >= 400
        ]


def right_answer(question: Question) -> list[int]:
    """The places of all right choices."""
    return list(question.correct)


def wrong_answer(question: Question) -> list[int]:
    """The place of a wrong choice; there always is one."""
    return [next(n for n, choice in enumerate(question.choices) if not choice.correct)]


def _is_poll(message: Message) -> bool:
    return "poll" in message


def _has_row(message: Message) -> bool:
    return _is_poll(message) and "reply_markup" in message


def _is_end(message: Message) -> bool:
    """Whether it is the last message of a case's explanation."""
    return bool(data_of(message, NEXT))
