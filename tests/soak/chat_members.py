"""Groups and channels with their members, at it all the time that a bot is killed."""

import asyncio
import json
import logging
import random
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Layout, Results
from bot.scheduling.timetable import EVERY_DAY, Timetable
from content.library import load_library
from tests.content.samples import case_data, question_data
from tests.soak.asked_chat import OPEN_FOR_S, AskedChat
from tests.soak.campaign_checks import (
    CampaignResults,
    CampaignSize,
    Traffic,
    Votes,
    recorded,
    wrong_tallies,
)
from tests.soak.told_chat import Told, check_told
from tests.support.bot import settings_for
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient

log = logging.getLogger(__name__)

_POLL, _ANONYMOUS, _BUTTONS = map(ChatSettings, (Layout.POLL, Layout.ANONYMOUS, Layout.BUTTONS))
_CHATS = (
    ("supergroup", _POLL),
    ("supergroup", replace(_POLL, hide_results=False)),
    ("supergroup", _BUTTONS),
    ("supergroup", replace(_BUTTONS, hide_results=False)),
    ("channel", _BUTTONS),
    ("channel", replace(_BUTTONS, results=Results.EDIT)),
    ("channel", _ANONYMOUS),
    ("channel", replace(_ANONYMOUS, hide_results=False)),
)
_ROUNDS_PER_CASE = 5  # so that each chat has something to be asked all the time


class ChatMembers:
    """Who is there in a campaign amid groups and channels."""

    def __init__(self, size: CampaignSize, folder: Path, clock: Clock) -> None:
        self._size, self._folder, self._clock = size, folder, clock
        self._dice = random.Random(size.seed)
        self.chats: list[AskedChat] = []
        self._people: list[Person] = []
        self.content = folder / "cases"
        self.content.mkdir()
        for number in range(len(_CHATS)):
            for count in range(2 + size.rounds // _ROUNDS_PER_CASE):
                _write_case(self.content, f"ward-{number}", f"{number}-{count}")

    async def arrive(self, sandbox: SandboxClient) -> None:
        """Everybody comes to the sandbox, and is in every chat."""
        self._people = people = [
            await sandbox.person(f"Member {n}", language_code="en")
            for n in range(self._size.people)
        ]
        for number, (kind, choices) in enumerate(_CHATS):
            chat = await sandbox.chat(
                kind,
                f"Ward {number}",
                members=people[1:],
                admins=people[:1],
                bot="administrator" if kind == "channel" else "member",
            )
            settings = replace(
                choices, topics=frozenset({f"ward-{number}"}), open_for=OPEN_FOR_S, language="en"
            )
            self.chats.append(AskedChat(chat, settings, people, self._dice, self._clock))

    async def before_life(self, database: Path) -> None:
        """The schedules of chats that have nothing to answer want a case now.

        Somebody writes, too: a bot that finds no update waiting does not know itself to be the one
        that was at work, and looks about for longer than most lives last.
        """
        await self._dice.choice(self._people).send("/help")
        settings = settings_for("", self._folder, clock=self._clock)
        minute = self._clock.now() // MINUTE_MS
        timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
        busy = _busy(database, self._clock.now())
        for asked in self.chats:
            if asked.chat.id not in busy:
                choices = replace(asked.settings, timetable=timetable)
                await set_up_chats(settings, asked.chat, choices, due=minute * MINUTE_MS)

    async def live(self, enough: asyncio.Event) -> None:
        """Vote and tap until it is enough."""
        async with asyncio.TaskGroup() as tasks:
            for asked in self.chats:
                tasks.create_task(asked.live(enough))

    async def finished(self) -> bool:
        """Whether all is done that the database cannot know of."""
        return True

    async def check(self, database: Path, traffic: Traffic, results: CampaignResults) -> None:
        """What people did, and what their chats were told, beside what is on record."""
        library = load_library(self.content)
        said = sum((asked.votes for asked in self.chats), Votes())
        perhaps = sum((asked.perhaps for asked in self.chats), Votes())
        kept = recorded(database, library)
        results.numbers |= {
            "groups and channels": len(self.chats),
            "people in each": self._size.people,
            "votes": said.total(),
            "of these by buttons": sum(a.votes.total() for a in self.chats if a.by_buttons),
            "of these in anonymous polls": sum(n for (who, *_), n in said.items() if not who),
            "taps in the last moment": perhaps.total(),
        }
        lost, doubled = said - kept, kept - said - perhaps
        if lost or doubled:
            log.warning("Lost: %s; doubled: %s; removed: %s", lost, doubled, self._removals())
        results.wrong |= {
            "votes lost": lost.total(),
            "votes doubled": doubled.total(),
            "second taps told wrongly": sum(asked.contradicted for asked in self.chats),
            "tallies that differ": wrong_tallies(database),
        }
        for asked in self.chats:
            told = await check_told(asked, database, library, traffic)
            for name, number in told.numbers().items():
                results.numbers[name] = results.numbers.get(name, 0) + number
            for name, number in told.wrong().items():
                results.wrong[name] = results.wrong.get(name, 0) + number
            results.note_extras(told.again, unexplained=_unexplained(told, traffic, asked.chat.id))

    def _removals(self) -> dict[str, list[int]]:
        return {f"ward-{n}": one.removed_at for n, one in enumerate(self.chats)}


def _unexplained(told: Told, traffic: Traffic, chat_id: int) -> int:
    """How many messages came again beyond one for each kill, and one for each lost response."""
    lost = traffic.lost
    return sum(
        max(0, number - 1 - lost[life, chat_id] - lost[life - 1, chat_id])
        for life, number in told.again.items()
    )


def _busy(database: Path, now: int) -> set[int]:
    """The chats that have a question to answer or to hear of, wait for a case, or lack the bot."""
    if not database.exists():
        return set()
    sql = f"""
        SELECT chat_id FROM questions WHERE closed_at IS NULL OR tell_at IS NOT NULL
        UNION SELECT id FROM chats WHERE gone_at IS NOT NULL OR next_due <= {now}
    """
    return {chat_id for (chat_id,) in query(database, sql)}


def _write_case(folder: Path, topic: str, name: str) -> None:
    """A case of two questions, the second with several right choices, unlike any other's."""
    data = case_data(
        id=f"made-{name}",
        title=f"Made case {name}",
        topics=[topic],
        vignette=f"The story of made case {name}.",
        questions=[_question(f"{name}-a", {1}), _question(f"{name}-b", {1, 2})],
    )
    (folder / f"made-{name}.yaml").write_text(json.dumps(data), "utf-8")


def _question(mark: str, right: set[int]) -> dict[str, Any]:
    choices = [
        {"text": f"Choice {n} of {mark}", "why": f"Reason {n} of {mark}."}
        | ({"correct": "true"} if n in right else {})
        for n in range(4)
    ]
    return question_data(id=f"q-{mark}", prompt=f"Made question {mark}?", choices=choices)
