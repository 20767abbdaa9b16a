"""Buttons of which several can be chosen: marked in the toast alone, and submitted."""

import json
import shutil
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.base.clock import Clock
from bot.base.time_units import MINUTE_MS
from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.sandbox.server import SandboxServer
from bot.scheduling.timetable import EVERY_DAY, Timetable
from bot.settings import Settings
from content.library import SHIPPED
from tests.support.bot import running_bot, settings_for
from tests.support.chats import data_of, labels, opened, set_up_chats, tap_data, whole
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, is_poll, my_data, says, text_of
from tests.support.trouble import PATIENCE_S, fast_clock, until

CASE = "hit-platelet-curve"
STOP, START = "Stop all heparin, including line flushes", "Start therapeutic-dose argatroban"
WARFARIN, TRANSFUSE = (
    "Start warfarin, aiming for an INR of 2 to 3",
    "Transfuse platelets to more than 100 × 10⁹/L",
)
BUTTONS = ChatSettings(layout=Layout.BUTTONS, language="en")


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a minute is three seconds."""
    return fast_clock()


@pytest.fixture
def settings(server: SandboxServer, clock: Clock, tmp_path: Path) -> Settings:
    """A bot with all shipped cases."""
    return settings_for(server.url, tmp_path, clock=clock)


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Three residents."""
    return [await sandbox.person(name, language_code="en") for name in ("Ada", "Ben", "Cleo")]


@pytest.fixture
async def group(sandbox: SandboxClient, people: list[Person]) -> Chat:
    """A supergroup of the three."""
    return await sandbox.chat("supergroup", "Ward", members=people, admins=people[:1])


async def put(chat: Chat, person: Person) -> Message:
    """Ask for the case; the post with its buttons."""
    sent = await chat.send(person, f"/case {CASE}")
    return await chat.wait_for(person, labels, after=sent["message_id"])


async def pressed(chat: Chat, person: Person, post: Message, choice: str) -> str:
    """Press a choice, or a button by its label; what is answered."""
    data = data_of(post, choice) if choice in labels(post) else tap_data(post, choice)
    answer = await chat.press(person, post, data)
    assert answer is not None
    assert len(answer["text"]) <= 200
    return str(answer["text"])


async def test_marks_are_a_persons_own_until_they_are_submitted(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """Each sees their marks in the toast alone; what was marked when submitted is the answer."""
    ada, ben, cleo = people
    await set_up_chats(settings, group, BUTTONS)
    async with running_bot(settings):
        post = await put(group, ada)
        assert not is_poll(post)
        assert labels(post) == ["1", "2", "3", "4", "5", "6", "Submit", "Explanation"]
        assert "Press all that you think are right, then Submit." in whole(post)
        assert (await pressed(group, ben, post, "Submit")).startswith("Nothing is marked yet.")
        marked = await pressed(group, ben, post, STOP)
        assert marked == f"Marked: {STOP}. Press Submit when done."
        assert STOP not in await pressed(group, cleo, post, WARFARIN)
        both = await pressed(group, ben, post, WARFARIN)
        assert STOP in both
        assert WARFARIN in both
        assert WARFARIN not in await pressed(group, ben, post, WARFARIN)
        await pressed(group, ben, post, START)
        refused = await group.press(ben, post, data_of(post, "Explanation"))
        assert refused is not None
        assert refused["text"] == "Submit what you marked first; then I explain."
        assert query(settings.database, "SELECT count(*) FROM answers") == [(0,)]
        assert (await pressed(group, ben, post, "Submit")).startswith("✅ Right.")
        again = await pressed(group, ben, post, TRANSFUSE)
        assert again.startswith("Your first answer counts: ")
        assert again.endswith("✅ Right.")
        assert await pressed(group, ben, post, "Submit") == again
        assert (await pressed(group, cleo, post, "Submit")).startswith("❌ Not this time.")
        stored = query(settings.database, "SELECT person_id, choices FROM answers ORDER BY id")
        assert [(who, len(json.loads(choices))) for who, choices in stored] == [
            (ben.id, 2),
            (cleo.id, 1),
        ]
        assert query(settings.database, "SELECT * FROM draft_answers") == []
        explanation = await group.press(ben, post, data_of(post, "Explanation"))
        assert f"You chose: {STOP}; {START}" in text_of(await opened(ben, explanation))


async def test_nothing_that_all_see_tells_of_a_mark(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """While people mark, the bot calls for nothing but the answers to their presses."""
    ada, ben, _ = people
    await set_up_chats(settings, group, BUTTONS)
    async with running_bot(settings):
        post = await put(group, ada)
        before = await group.messages()
        seen = (await group.client.traffic())[-1]["seq"]
        for choice in (STOP, START, STOP, WARFARIN):
            await pressed(group, ben, post, choice)
        await settings.clock.sleep(20)  # of its seconds: four times as long as a tally waits
        calls = await group.client.traffic(after=seen)
        assert {call["method"] for call in calls} == {"answerCallbackQuery"}
        assert await group.messages() == before


async def test_a_draft_is_no_answer_when_the_question_closes(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """Nobody answered; the draft is gone, and whoever presses a button that is left is told so."""
    ada, ben, _ = people
    await set_up_chats(settings, group, ChatSettings(layout=Layout.BUTTONS, open_for=40))
    async with running_bot(settings, PATIENCE_S):
        # The post arrives twice: of one the bot never hears, and its buttons stay.
        await group.client.fault("drop-response", "sendMessage")
        post = await put(group, ada)
        await pressed(group, ben, post, STOP)
        results = await group.wait_for(ada, says("Time is up."))
        assert "Nobody answered." in text_of(results)
        assert query(settings.database, "SELECT * FROM draft_answers") == []
        assert query(settings.database, "SELECT * FROM answers") == []
        left: list[Message] = []

        async def one_is_left() -> bool:
            left[:] = [m for m in await group.messages() if "Submit" in labels(m)]
            return len(left) == 1

        await until(one_is_left)
        for button in (STOP, "Submit"):
            assert await pressed(group, ben, left[0], button) == (
                "⏰ This question is closed. What was marked and not submitted does not count."
            )


async def test_a_draft_is_shown_and_forgotten(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """`/mydata` holds what is marked, `/forget` erases it; then there is an answer to give."""
    _, ben, _ = people
    await set_up_chats(settings, group, BUTTONS)
    async with running_bot(settings):
        post = await put(group, ben)
        await pressed(group, ben, post, STOP)
        (kept,) = (await my_data(ben))["choices_marked_and_not_submitted"]
        assert (kept["position"], json.loads(kept["choices"])) == (0, [place_of(post, STOP)])
        assert "case_id" not in kept
        question = await asked(ben, "/forget", "Erase everything kept about you?")
        await ben.press(question, buttons(question)["Erase everything"])
        assert query(settings.database, "SELECT * FROM draft_answers") == []
        assert (await pressed(group, ben, post, "Submit")).startswith("Nothing is marked yet.")
        await pressed(group, ben, post, START)
        assert "Partly right" in await pressed(group, ben, post, "Submit")


def place_of(post: Message, choice: str) -> int:
    """A choice's place in the file, as its button has it."""
    return int(tap_data(post, choice).rpartition(":")[2])


async def test_a_channel_keeps_its_layout_for_every_question(
    sandbox: SandboxClient, people: list[Person], settings: Settings, tmp_path: Path
) -> None:
    """Also where several are right: no anonymous poll, and each answer is on record."""
    alone = tmp_path / "alone"
    (alone / "figures").mkdir(parents=True)
    for name in (f"{CASE}.yaml", f"figures/{CASE}.png"):
        shutil.copy(SHIPPED / name, alone / name)
    settings = replace(settings, shipped_cases=False, content=alone)
    ada, ben, _ = people
    channel = await sandbox.chat("channel", "Case of the day", members=people, admins=[ada])
    minute = settings.clock.now() // MINUTE_MS
    timetable = Timetable(EVERY_DAY, minute % (24 * 60), "UTC")
    wanted = replace(BUTTONS, timetable=timetable)
    await set_up_chats(settings, channel, wanted, due=minute * MINUTE_MS)
    async with running_bot(settings):
        post = await channel.wait_for(ada, labels)
        assert "Submit" in labels(post)
        for label in labels(post)[:2]:
            await pressed(channel, ben, post, label)
        await pressed(channel, ben, post, "Submit")

        async def counted() -> bool:
            return query(settings.database, "SELECT count(*) FROM answers") == [(1,)]

        await until(counted)
        assert query(settings.database, "SELECT layout FROM questions") == [("buttons",)]
