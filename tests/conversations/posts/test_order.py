"""Days of a schedule, in several chats: each case is over, with its results, before the next."""

import json
import random
import re
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Explanation, Layout, Results
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from tests.content.samples import case_data, question_data
from tests.support.bot import running_bot
from tests.support.chats import set_up_chats, whole
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.stepped_clock import SteppedClock
from tests.support.trouble import until

SLOT = 1_772_409_600_000 + 450 * MINUTE_MS  # 2026-03-02, 07:30 UTC
DAILY = ChatSettings(timetable=Timetable(EVERY_DAY, 450, "UTC"), language="en")
DAYS = 5


@pytest.fixture
def clock() -> SteppedClock:
    """Of bot and sandbox alike, ten times as fast."""
    return SteppedClock(speed=10)


@pytest.fixture
def settings(server: SandboxServer, settings: Settings, tmp_path: Path) -> Settings:
    """A library of cases of one and of two questions, long enough for several messages each."""
    folder = tmp_path / "long"
    folder.mkdir()
    for number in range(DAYS + 1):
        questions = [_question(f"case {number} {place}") for place in "ab"[: 1 + number % 2]]
        data = case_data(
            id=f"long-{number}",
            title=f"The one of case {number}",
            vignette="\n\n".join([f"The story of case {number}. " * 20] * 3),
            questions=questions,
            discussion=[
                {"heading": f"Part {part}", "text": f"Much is known of case {number}. " * 60}
                for part in range(3)
            ],
        )
        (folder / f"long-{number}.yaml").write_text(json.dumps(data), "utf-8")
    return replace(settings, content=folder)


def _question(mark: str) -> dict[str, Any]:
    choices = [{"text": f"{n} of {mark}", "why": f"Reason {n} of {mark}. " * 9} for n in range(3)]
    choices[1] |= {"correct": "true"}
    key_point = f"The point of {mark}."
    return question_data(prompt=f"What of {mark}?", id=mark.replace(" ", "-"), choices=choices) | {
        "key_point": key_point
    }


async def rooms(sandbox: SandboxClient, people: list[Person], settings: Settings) -> list[Chat]:
    """Groups and channels with every layout and every place for results, in the chat itself."""
    first = people[:1]
    wishes: list[tuple[str, ChatSettings]] = [
        ("supergroup", DAILY),
        ("supergroup", replace(DAILY, layout=Layout.BUTTONS, results=Results.EDIT)),
        ("supergroup", replace(DAILY, explanation=Explanation.PRIVATE)),
        ("channel", replace(DAILY, layout=Layout.BUTTONS)),
        ("channel", replace(DAILY, layout=Layout.ANONYMOUS)),
    ]
    chats = []
    for kind, wish in wishes:
        chat = await sandbox.chat(kind, kind, members=people, admins=first, bot="administrator")
        await set_up_chats(settings, chat, wish, due=SLOT)
        chats.append(chat)
    return chats


def case_of(message: Message) -> str | None:
    """The case that a message puts or tells of."""
    found = re.search(r"case \d", whole(message))
    return None if found is None else found[0]


@pytest.mark.parametrize("seed", [1, 2])
async def test_no_case_comes_into_the_midst_of_another(
    sandbox: SandboxClient, settings: Settings, clock: SteppedClock, seed: int
) -> None:
    """Whether the bot was up when the time came or down, and whatever limits Telegram sets.

    Polls are open for a day, as long as there is between two cases; some cases have two questions.
    """
    dice = random.Random(seed)
    people = [await sandbox.person(name, language_code="en") for name in ("Ada", "Ben", "Cleo")]
    clock.step_to(SLOT - DAY_MS)
    chats = await rooms(sandbox, people, settings)
    for day in range(DAYS):
        slot = SLOT + day * DAY_MS
        # Up before the time, or started anew after it.
        clock.step_to(slot + dice.choice([-10_000, -10_000, 1_000, 40 * MINUTE_MS]))
        for _ in range(dice.randrange(4)):
            await sandbox.fault("429", times=1, retry_after=dice.randrange(1, 20))
        async with running_bot(settings):
            await until(partial(_served, settings, clock, slot))
            for chat in chats:
                await _votes(chat, people, dice)
    transcripts = [await chat.messages() for chat in chats]
    for transcript in transcripts:
        marks = [mark for mark in map(case_of, transcript) if mark is not None]
        blocks = [mark for mark, _ in groupby(marks)]
        assert len(blocks) == len(set(blocks)) >= 3, blocks
        told = [message for message in transcript if "Time is up." in whole(message)]
        assert len(told) == DAYS - 1
        second = [m for m in transcript if re.search(r"What of case \d b\?", whole(m))]
        assert second
        assert all("Question 2 of 2" in whole(message) for message in second)
    assert query(settings.database, "SELECT * FROM set_aside") == []


async def _served(settings: Settings, clock: SteppedClock, slot: int) -> bool:
    """Whether each chat has got a question for this time, and all that is owed is sent."""
    put = "SELECT count(DISTINCT chat_id) FROM questions WHERE put_at >= ? AND closed_at IS NULL"
    ((count,),) = query(settings.database, put.replace("?", str(slot - 10_000)))
    ((owed,),) = query(settings.database, "SELECT count(*) FROM outbox WHERE state = 'owed'")
    return bool(count == 5 and owed == 0 and clock.now() > slot)


async def _votes(chat: Chat, people: list[Person], dice: random.Random) -> None:
    """Some vote in the poll that is open, if it is one."""
    polls = [m for m in await chat.messages() if "poll" in m and not m["poll"]["is_closed"]]
    for person in people:
        if polls and dice.random() < 0.5:
            await chat.vote(person, polls[-1], [dice.randrange(3)])
