"""A crowd of learners at a sandbox: they ask for cases, vote in whatever is put to them, and go on.

Their cases are made for them, so that every message owed to a learner differs from every other:
what arrives twice was sent twice.
"""

import asyncio
import json
import random
import time
from pathlib import Path
from typing import Any

from tests.content.samples import case_data, question_data
from tests.support.sandbox import Message, Person

CASES = 6
_ANOTHER = "another:"


def write_cases(folder: Path, count: int = CASES) -> Path:
    """Cases of two questions, whose every question and explanation can be told from all others."""
    folder.mkdir()
    for number in range(count):
        questions = [_question(f"{number}-{place}") for place in ("a", "b")]
        data = case_data(
            id=f"made-{number}",
            title=f"Made case {number}",
            vignette=f"The story of made case {number}.",
            questions=questions,
        )
        (folder / f"made-{number}.yaml").write_text(json.dumps(data), "utf-8")
    return folder


def _question(mark: str) -> dict[str, Any]:
    choices = [{"text": f"Choice {n} of {mark}", "why": f"Reason {n} of {mark}."} for n in range(3)]
    choices[1] |= {"correct": "true"}
    return question_data(id=f"q-{mark}", prompt=f"Made question {mark}?", choices=choices)


def fingerprint(message: Message) -> str:
    """What a message says and carries; two with the same are one owed call, made twice."""
    if "poll" in message:
        return f"poll: {message['poll']['question']}"
    said = message.get("text") or message.get("caption") or ""
    return json.dumps([said, message.get("reply_markup")], sort_keys=True)


class Learner:
    """One of the crowd, acting on every message that comes until told that it is enough.

    ``votes`` maps a question's words to the words of the choice voted for, each voted once, and
    ``voted_at`` to when: seconds since the epoch. ``wants`` is how many cases the person asks for
    at most.
    """

    def __init__(self, person: Person, dice: random.Random, wants: int = CASES) -> None:
        self.person = person
        self.votes: dict[str, str] = {}
        self.voted_at: dict[str, float] = {}
        self.seen: list[Message] = []
        self._dice = dice
        self._wants = wants
        self._last = 0
        self._asked = 0
        self._presses: set[asyncio.Task[None]] = set()

    async def live(self, enough: asyncio.Event) -> None:
        """Ask for a case, and for more until it is enough; answer what comes meanwhile."""
        await asyncio.sleep(self._dice.uniform(0, 2))
        await self.person.send("/start")
        await self._ask()
        while not enough.is_set():
            await asyncio.sleep(self._dice.uniform(0.2, 0.8))
            await self.look()
            await self._answer()
            if self._dice.random() < 0.08:
                await self._ask()
        for press in [*self._presses]:
            press.cancel()
        await asyncio.gather(*self._presses, return_exceptions=True)

    async def finish(self) -> None:
        """One more look; a question that came meanwhile is answered as well."""
        await self.look()
        await self._answer()

    async def look(self) -> None:
        """Read what has come since the last look."""
        for message in await self.person.messages(self._last):
            self._last = message["message_id"]
            if message["from"]["is_bot"]:
                self.seen.append(message)

    def unexplained(self) -> set[str]:
        """The choices voted for whose explanation has not come."""
        said = "\n".join(str(message.get("text", "")) for message in self.seen)
        return {choice for choice in self.votes.values() if f"You chose: {choice}" not in said}

    async def _answer(self) -> None:
        """Vote in the first poll of each question that was not voted in yet."""
        for message in self.seen:
            if "poll" not in message or message["poll"]["question"] in self.votes:
                continue
            options = message["poll"]["options"]
            choice = self._dice.randrange(len(options))
            await self.person.vote(message, [choice])
            self.votes[message["poll"]["question"]] = options[choice]["text"]
            self.voted_at[message["poll"]["question"]] = time.time()

    async def _ask(self) -> None:
        """For the next case, by its button where there is one."""
        if self._asked == self._wants:
            return
        self._asked += 1
        buttons = [(message, data) for message in self.seen if (data := _brings_case(message))]
        if buttons and self._dice.random() < 0.5:
            press = asyncio.ensure_future(self._press(*buttons[-1]))
            self._presses.add(press)
            press.add_done_callback(self._presses.discard)
        else:
            await self.person.send("/case")

    async def _press(self, message: Message, data: str) -> None:
        """Press; nobody may be there to answer, but the press is on its way."""
        await self.person.press(message, data)


def offers_open_case(message: Message) -> bool:
    """Whether it offers a case left open: it says the same as often as somebody asks."""
    return any(data.startswith(_ANOTHER) for data in _sent_back(message))


def _brings_case(message: Message) -> str | None:
    """What the button sends back that brings another case, if the message has one."""
    sent = _sent_back(message)
    return next((data for data in sent if data == "next" or data.startswith(_ANOTHER)), None)


def _sent_back(message: Message) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button.get("callback_data", "") for row in rows for button in row]
