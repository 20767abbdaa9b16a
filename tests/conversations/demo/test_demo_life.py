"""What goes on in the demonstration without a newcomer's doing."""

import asyncio
import io
import re
from collections.abc import AsyncIterator

import pytest
from rich.console import Console

from bot.base.shutdown import Stop
from bot.demo.run_demo import run_demo
from bot.settings import Settings
from tests.support.sandbox import Chat, Message, SandboxClient
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
    robin = next(person for person in await demo.people() if person["first_name"] == "Robin")
    group, channel = await chat_of(demo, "supergroup"), await chat_of(demo, "channel")
    for chat in (group, channel):
        assert robin["id"] in chat.made["members"]
        assert robin["id"] in chat.made["admins"]
        assert chat.made["bot"] == "administrator"
    results = await group.wait_for(None, says("Time is up."), timeout=60)
    await channel.wait_for(None, has_votes, timeout=60)
    await group.wait_for(None, is_poll, after=results["message_id"], timeout=60)
