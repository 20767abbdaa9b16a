"""The bot starts with a wrong clock, set right later: nothing is lost, early or silent."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS, MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from storage.facts import CasePosted, SnapshotTaken
from storage.ledger import Entry
from storage.outcome import Outcome
from storage.question_facts import QuestionPut
from storage.store import Store
from tests.support.bot import BotProcess, running_bot
from tests.support.chats import set_up_chats
from tests.support.database import query
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import is_poll, says
from tests.support.stepped_clock import SteppedClock
from tests.support.trouble import PATIENCE_S, ask, explained, settled, until

NEARLY_MS = 10_000  # ms: a Date has whole seconds, and comes some of the fast clock's seconds late
YEARS_MS = 10 * 365 * DAY_MS


async def voted(ada: Person) -> None:
    """Ada asks for a case, votes and reads the explanation."""
    poll = await ask(ada)
    await ada.vote(poll, [0])
    await explained(ada, poll["message_id"])


def daily_at(now: int) -> tuple[ChatSettings, int]:
    """A schedule whose case is due this minute."""
    minute = now // MINUTE_MS
    return ChatSettings(timetable=Timetable(EVERY_DAY, minute % 1440, "UTC")), minute * MINUTE_MS


@pytest.mark.parametrize("error", [-56 * 365 * DAY_MS, -DAY_MS, DAY_MS, YEARS_MS], ids=str)
async def test_set_right_while_at_work(
    server: SandboxServer, sandbox: SandboxClient, settings: Settings, error: int
) -> None:
    """People are served and recorded with the right time; what is due waits, and then comes once.

    Administrators hear of it; nobody has to start the bot anew.
    """
    right = server._world.clock
    clock = SteppedClock(right.start, right.speed, right.epoch, steps=[error])
    ada = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("supergroup", "Ward", admins=[ada])
    choices, due = daily_at(right.now())
    await set_up_chats(replace(settings, clock=right), group, choices, due=due)
    began = right.now()
    async with running_bot(replace(settings, clock=clock, admins=(ada.id,)), PATIENCE_S):
        await ada.send("/start")
        await ada.wait_for(says("Good morning"))
        await ada.wait_for(says("The clock of the machine that I run on is wrong"))
        await voted(ada)
        await right.sleep(90)
        assert not any(map(is_poll, await group.messages(ada)))
        clock.steps.append(-error)
        await group.wait_for(ada, is_poll)
        await settled(settings.database)
    times = query(settings.database, "SELECT answered_at FROM answers")
    times += query(settings.database, "SELECT met_at FROM people")
    times += query(settings.database, "SELECT posted_at FROM posts")
    assert all(began - NEARLY_MS <= at <= right.now() + NEARLY_MS for (at,) in times)
    assert query(settings.database, "SELECT due_at FROM posts WHERE due_at") == [(due,)]
    assert query(settings.database, "SELECT next_due FROM chats") == [(due + DAY_MS,)]


async def test_set_right_before_a_restart(
    server: SandboxServer, sandbox: SandboxClient, tmp_path: Path, settings: Settings
) -> None:
    """A start in 2036 silences nothing: the case that is due comes with the next, right one."""
    right = server._world.clock
    ada = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("supergroup", "Ward", admins=[ada])
    choices, due = daily_at(right.now())
    await set_up_chats(settings, group, choices, due=due)

    def spec(error: int) -> str:
        start = datetime.fromtimestamp(right.start + error / 1000, UTC)
        return f"{start:%Y-%m-%dT%H:%M:%S.%f}x{right.speed}@{right.epoch}"

    wrong = await BotProcess.start(server.url, tmp_path, MORNING_REPORT_CLOCK=spec(YEARS_MS))
    await ada.send("/start")
    await ada.wait_for(says("Good morning"))
    await voted(ada)
    _, log = await wrong.end()
    assert "This machine's clock is wrong" in log
    assert query(settings.database, "SELECT next_due FROM chats") == [(due,)]
    mended = await BotProcess.start(server.url, tmp_path, MORNING_REPORT_CLOCK=spec(0))
    await group.wait_for(ada, is_poll)
    await mended.end()
    assert query(settings.database, "SELECT due_at FROM posts WHERE due_at") == [(due,)]


async def test_what_an_earlier_start_left_is_set_right(
    sandbox: SandboxClient, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    """Schedules that were silenced for years, and a question that would close then, go on."""
    now = settings.clock.now()
    ada = await sandbox.person("Ada", language_code="en")
    group = await sandbox.chat("supergroup", "Ward", admins=[ada])
    choices, due = daily_at(now + 5 * MINUTE_MS)
    ahead = now + YEARS_MS
    await set_up_chats(settings, group, choices, due=ahead)
    store = await Store.open(settings.database, now)
    facts = (
        SnapshotTaken("digest", "{}", ahead),
        CasePosted(1, group.id, None, "lumps", "digest", ahead),
        QuestionPut(1, 0, group.id, "poll", (0, 1), ahead, ahead + DAY_MS),
    )
    await store.ledger.commit([Entry(Outcome(facts))], now)
    await store.close()
    async with running_bot(settings, PATIENCE_S):

        async def derived() -> bool:
            return query(settings.database, "SELECT next_due FROM chats") == [(due,)]

        await until(derived)
        ((closes_at,),) = query(settings.database, "SELECT closes_at FROM questions")
        assert now + DAY_MS <= closes_at <= settings.clock.now() + DAY_MS
        await group.wait_for(ada, is_poll, timeout=60)
    assert "they were set right: due: case 1, posts 1, questions 1" in caplog.text
