"""Results that a chat does not take when a question closes are told once it takes them."""

from collections.abc import Mapping
from typing import Any

import pytest

from bot.base.clock import Clock
from bot.base.time_units import HOUR_MS
from bot.features.shared.chat_settings import ChatSettings, Explanation
from bot.settings import Settings
from bot.telegram import bot_api
from tests.support.bot import BotProcess, running_bot
from tests.support.chats import labels, set_up_chats
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import is_poll, place, says, text_of
from tests.support.trouble import fast_clock, until

CASE = "/case calcinosis-cutis"
OTHER = "/case salicylate-acid-base"
RIGHT = "Rheumatoid arthritis"
BOT = 7007
UP = says("Time is up.")
NO_RIGHTS = "Not enough rights to send text messages to the chat"


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a minute is three seconds."""
    return fast_clock()


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """Who brought the bot into the group."""
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    return person


@pytest.fixture
async def group(sandbox: SandboxClient, ada: Person) -> Chat:
    """A forum."""
    return await sandbox.chat("supergroup", "Ward", admins=[ada], is_forum=True)


async def put(chat: Chat, person: Person, text: str = CASE, thread: int | None = None) -> Message:
    """Ask for a case; the poll that comes."""
    sent = await chat.send(person, text, thread)
    return await chat.wait_for(person, is_poll, after=sent["message_id"])


async def untold(settings: Settings, number: int) -> bool:
    """Whether so many questions wait to be told."""
    sql = "SELECT count(*) FROM questions WHERE untold_since IS NOT NULL"
    return query(settings.database, sql) == [(number,)]


async def seen(chat: Chat, poll: Message) -> Message:
    """The question's message as it stands now."""
    number = poll["message_id"]
    return next(m for m in await chat.messages() if m["message_id"] == number)


async def test_muted_when_a_question_closes(group: Chat, ada: Person, settings: Settings) -> None:
    """Results and explanation come when rights return; until then their button stays."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ada)
        await group.vote(ada, poll, [place(poll, RIGHT)])
        await group.set_member(BOT, "restricted")
        await until(lambda: untold(settings, 1))
        assert labels(await seen(group, poll))[0].startswith("Explanation")
        assert not any(map(UP, await group.messages()))
        await group.set_member(BOT, "member")
        told = await group.wait_for(ada, UP)
        assert "1 has answered." in text_of(told)
        await until(lambda: untold(settings, 0))
        await until(lambda: _without_button(group, poll))


async def _without_button(chat: Chat, poll: Message) -> bool:
    return labels(await seen(chat, poll)) == []


async def test_a_topic_closed_when_a_question_closes(
    group: Chat, ada: Person, settings: Settings
) -> None:
    """What a closed topic did not take it gets when it is opened."""
    thread = await group.topic("Cases")
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ada, thread=thread)
        await group.vote(ada, poll, [place(poll, RIGHT)])
        await group.close_topic(thread)
        await until(lambda: untold(settings, 1))
        await group.reopen_topic(thread)
        told = await group.wait_for(ada, UP)
        assert told["message_thread_id"] == thread


async def test_of_several_the_latest_is_told_and_the_others_are_buttons(
    group: Chat, ada: Person, settings: Settings
) -> None:
    """One case's results, and one line with the way to the others' explanations."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        first = await put(group, ada)
        second = await put(group, ada)
        await group.vote(ada, first, [0])
        await group.vote(ada, second, [place(second, RIGHT)])
        await group.set_member(BOT, "restricted")
        await until(lambda: untold(settings, 2))
        await group.set_member(BOT, "member")
        line = await group.wait_for(ada, says("1 more question closed"))
        assert len(labels(line)) == 1
        assert len([m for m in await group.messages() if UP(m)]) == 1
        await until(lambda: untold(settings, 0))


async def test_a_case_of_several_questions_goes_on(
    group: Chat, ada: Person, settings: Settings
) -> None:
    """The next question, which the chat did not take either, follows the results."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ada, OTHER)
        await group.vote(ada, poll, [0])
        await group.set_member(BOT, "restricted")
        await until(lambda: untold(settings, 1))
        await until(lambda: _closed(settings, 2))
        await group.set_member(BOT, "member")
        told = await group.wait_for(ada, UP)
        await group.wait_for(ada, is_poll, after=told["message_id"])


async def _closed(settings: Settings, number: int) -> bool:
    rows = query(settings.database, "SELECT count(*) FROM questions WHERE closed_at IS NOT NULL")
    return rows == [(number,)]


async def test_a_kill_meanwhile_forgets_nothing(
    group: Chat, ada: Person, settings: Settings, tmp_path: Any
) -> None:
    """Killed while a chat takes nothing, the bot tells when it may, though rights came unseen."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ada)
        await group.vote(ada, poll, [place(poll, RIGHT)])
        await group.set_member(BOT, "restricted")
        await until(lambda: untold(settings, 1))
    bot = await BotProcess.start(group.client.url, tmp_path)
    await group.wait_for(ada, lambda _: True)
    await bot.kill()
    await group.set_member(BOT, "member")
    async with running_bot(settings):
        await group.wait_for(ada, UP)


class TestWithoutANotice:
    """Telegram refuses for hours and then no more, and says so by no update."""

    @pytest.fixture
    def clock(self) -> Clock:
        """An hour is six seconds."""
        return fast_clock(600)

    async def test_one_probe_an_hour(
        self, group: Chat, ada: Person, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Until a probe succeeds, at most hourly; scheduled cases are let go meanwhile."""
        refused_at: list[int] = []
        deaf = True
        real = bot_api.call

        async def call(
            bot: Any, method: str, params: Mapping[str, Any], *more: Any, **named: Any
        ) -> Any:
            if deaf and params.get("chat_id") == group.id and method.startswith("send"):
                refused_at.append(settings.clock.now())
                return bot_api.Wrong(NO_RIGHTS)
            return await real(bot, method, params, *more, **named)

        explanation = ChatSettings(open_for=3600, explanation=Explanation.PRIVATE)
        await set_up_chats(settings, group, explanation)
        async with running_bot(settings):
            poll = await put(group, ada)
            await group.vote(ada, poll, [place(poll, RIGHT)])
            monkeypatch.setattr(bot_api, "call", call)
            await until(lambda: untold(settings, 1))
            await until(lambda: _is(len(refused_at) >= 3))
            assert refused_at[2] - refused_at[1] >= HOUR_MS
            assert refused_at[1] - refused_at[0] >= HOUR_MS
            deaf = False
            await group.wait_for(ada, UP)
            await until(lambda: untold(settings, 0))


async def _is(condition: bool) -> bool:
    return condition
