"""What goes on in the demonstration without a newcomer's doing."""

import asyncio
import io
import re
from collections.abc import AsyncIterator

import pytest
from rich.console import Console

from bot.base.shutdown import Stop
from bot.demo.live_room import RESIDENTS
from bot.demo.run_demo import run_demo
from bot.settings import Settings
from tests.support.live_phones import TWO_QUESTIONS, Presenter
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import buttons, is_poll, says, text_of
from tests.support.trouble import fast_clock


@pytest.fixture
async def demo() -> AsyncIterator[SandboxClient]:
    """The demo in this process, fifteen times as fast, on a free port."""
    settings = Settings(clock=fast_clock(15))
    stop, said = Stop(settings.clock), io.StringIO()
    running = asyncio.create_task(run_demo(settings, stop, 0, Console(file=said)))
    async with asyncio.timeout(60):
        while not (found := re.search(r"http://\S+:\d+", said.getvalue())):
            assert not running.done(), running.result()
            await asyncio.sleep(0.05)
    async with SandboxClient(found[0]) as client:
        yield client
    stop.set()
    async with asyncio.timeout(60):
        await running


async def somebody(demo: SandboxClient, name: str) -> Person:
    """The one of this name."""
    (made,) = [person for person in await demo.people() if person["first_name"] == name]
    return Person(demo, made["id"], made)


async def chat_of(demo: SandboxClient, kind: str) -> Chat:
    """The demo's chat of this kind."""
    (made,) = [chat for chat in await demo.chats() if chat["type"] == kind]
    return Chat(demo, made["id"], made)


def has_votes(message: Message) -> bool:
    """Whether somebody has answered under a post, or had."""
    counted = any(re.search(r" · \d ha", label) for label in buttons(message))
    return counted or bool(re.search(r"\d ha(s|ve) answered", text_of(message)))


async def test_all_three_kinds_of_chat_are_alive(demo: SandboxClient) -> None:
    """A newcomer is in a group that votes and sees results, and in a channel that taps."""
    robin = await somebody(demo, "Robin")
    group, channel = await chat_of(demo, "supergroup"), await chat_of(demo, "channel")
    for chat in (group, channel):
        assert robin.id in chat.made["members"]
        assert robin.id in chat.made["admins"]
        assert chat.made["bot"] == "administrator"
    results = await group.wait_for(None, says("Time is up."), timeout=60)
    await channel.wait_for(None, has_votes, timeout=60)
    await group.wait_for(None, is_poll, after=results["message_id"], timeout=60)


async def test_residents_take_part_in_what_the_newcomer_presents(demo: SandboxClient) -> None:
    """Twelve wait in silence, join, vote, vote again otherwise, and come to the next round too."""
    robin = await somebody(demo, "Robin")
    residents = [await somebody(demo, name) for name in RESIDENTS]
    room = await chat_of(demo, "group")
    assert {robin.id, *(one.id for one in residents)} == set(room.made["members"])
    assert room.made["bot"] != "administrator"
    await room.wait_for(robin, lambda message: "/live" in text_of(message))
    assert not any([await one.messages() for one in residents])

    await robin.send("/start")
    live = await Presenter.begin(robin, TWO_QUESTIONS)
    await live.shows("Screen: http://127.0.0.1:")
    await live.shows("12 people are in.")
    await live.step("Show the case")
    await live.step("Open")
    await live.shows("12 of 12 in")
    await live.step("Close")
    await live.step("Discuss, vote again")
    await live.shows("12 of 12 in")
    await live.step("Close")
    await live.step("Show votes")
    await live.step("Reveal")
    await live.shows("First vote → after discussion", "✅")
    first, second = shares_of_right(text_of(live.panel))
    assert 50 <= first <= 67
    assert first < second < 100
    await live.step("Next")
    await live.step("Open")
    await live.shows("12 of 12 in")
    await live.step("End")
    await robin.press(live.panel, buttons(await live.now())["End the round"])
    await live.shows("This round is over.", "12 people took part.")

    again = await Presenter.begin(robin)
    await again.shows("12 people are in.")


def shares_of_right(panel: str) -> list[int]:
    """How many percent were right in each ballot."""
    (line,) = [line for line in panel.splitlines() if line.endswith("✅")]
    return [int(share) for share in re.findall(r"(\d+)%", line.partition(". ")[0])]
