"""Rights and states of groups: whatever happens to the bot there is noticed, kept and explained."""

import pytest

from bot.base.clock import Clock
from bot.features.shared.chat_settings import ChatSettings
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import data_of, opened, set_up_chats, settings_of
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import asked, is_poll, place, says, text_of
from tests.support.trouble import fast_clock, until

CASE = "/case calcinosis-cutis"
RIGHT = "Rheumatoid arthritis"
BOT = 7007
UP = says("Time is up.")


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: a minute is three seconds."""
    return fast_clock()


@pytest.fixture
async def ada(sandbox: SandboxClient) -> Person:
    """Who brought the bot into the group, and may be written to."""
    person = await sandbox.person("Ada", language_code="en")
    await person.send("/start")
    return person


@pytest.fixture
async def ben(sandbox: SandboxClient) -> Person:
    """A member."""
    return await sandbox.person("Ben", language_code="en")


@pytest.fixture
async def group(sandbox: SandboxClient, ada: Person, ben: Person) -> Chat:
    """A forum of the two."""
    return await sandbox.chat("supergroup", "Ward", members=[ben], admins=[ada], is_forum=True)


async def put(chat: Chat, person: Person, text: str = CASE, thread: int | None = None) -> Message:
    """Ask for a case; the poll that comes."""
    sent = await chat.send(person, text, thread)
    return await chat.wait_for(person, is_poll, after=sent["message_id"])


async def answered(chat: Chat, person: Person, text: str, *words: str) -> Message:
    """Say something in a chat; the bot's answer with these words."""
    sent = await chat.send(person, text)
    return await chat.wait_for(person, says(*words), after=sent["message_id"])


async def test_members_bring_cases_only_where_they_may(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """Administrators may keep /case to themselves; anonymous ones are known as such."""
    await set_up_chats(settings, group, ChatSettings(members_may_post=False))
    async with running_bot(settings):
        await answered(group, ben, CASE, "only administrators")
        await put(group, ada)
        await group.set_member(ada, "administrator", is_anonymous=True)
        await put(group, ada)


async def test_who_was_demoted_meanwhile_may_no_more(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """Rights are those of now, within what is remembered for half a minute."""
    await set_up_chats(settings, group, ChatSettings(members_may_post=False))
    async with running_bot(settings):
        await group.set_member(ben, "administrator")
        await put(group, ben)
        await group.set_member(ben, "member")
        await settings.clock.sleep(31)
        await answered(group, ben, CASE, "only administrators")


async def test_wrong_wishes_get_a_line(group: Chat, ben: Person, bot: Settings) -> None:
    """An unknown case, a command of the private chat, and words among people."""
    await answered(group, ben, "/case nowhere", "no case and no topic of that name")
    await answered(group, ben, "/mydata", "private chat")
    sent = await group.send(ben, "@sandbox_bot good morning")
    await answered(group, ben, "/mydata", "private chat")
    assert (
        len([m for m in await group.messages(after=sent["message_id"]) if m["from"]["is_bot"]]) == 1
    )


async def test_without_the_right_to_send_polls(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """A poll that is refused was never put; whoever brought the bot hears why, once a day."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        await answered(group, ben, "/help", "Good morning.")
        await group.set_member(BOT, "restricted", can_send_polls=False)
        told = await ada.wait_for(says("I may not send polls in Ward."))
        await group.send(ben, CASE)
        await until(lambda: _closed(settings, 1))
        await group.send(ben, CASE)
        await until(lambda: _closed(settings, 2))
        again = [m for m in await ada.messages(told["message_id"]) if says("polls")(m)]
        assert again == []
        assert not any(map(UP, await group.messages()))


async def _closed(settings: Settings, number: int) -> bool:
    rows = query(settings.database, "SELECT count(*) FROM questions WHERE closed_at IS NOT NULL")
    return rows == [(number,)]


async def test_a_topic_that_is_closed_or_gone(group: Chat, ada: Person, settings: Settings) -> None:
    """A closed topic is told of; one that is deleted is given up, and cases go to General."""
    thread = await group.topic("Cases")
    await set_up_chats(settings, group, ChatSettings(thread_id=thread))
    async with running_bot(settings):
        poll = await put(group, ada)
        assert poll["message_thread_id"] == thread
        await group.close_topic(thread)
        await group.send(ada, CASE)
        await ada.wait_for(says("The topic in Ward", "is closed"))
        await group.delete_topic(thread)
        await group.send(ada, CASE)
        await until(lambda: _without_thread(settings, group))
        assert "message_thread_id" not in await put(group, ada)


async def _without_thread(settings: Settings, chat: Chat) -> bool:
    kept = await settings_of(settings, chat.id)
    return kept is not None and kept.thread_id is None


async def test_a_case_stays_in_the_topic_where_it_was_asked_for(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """Poll, results and the next question stand in one topic."""
    thread = await group.topic("Toxicology")
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ben, "/case salicylate-acid-base", thread)
        assert poll["message_thread_id"] == thread
        second = await group.wait_for(ada, is_poll, after=poll["message_id"])
        results = await group.wait_for(ada, UP)
        assert {second["message_thread_id"], results["message_thread_id"]} == {thread}


async def test_a_group_that_becomes_a_supergroup_in_the_middle_of_a_poll(
    sandbox: SandboxClient, ada: Person, ben: Person, settings: Settings
) -> None:
    """Settings, votes and results go on under the new id; nobody is greeted again."""
    group = await sandbox.chat("group", "Ward", members=[ben], admins=[ada])
    await set_up_chats(settings, group, ChatSettings(open_for=40, leaderboard=True))
    async with running_bot(settings):
        poll = await put(group, ben)
        await group.vote(ben, poll, [place(poll, RIGHT)])
        new = await group.migrate()
        await group.vote(ada, poll, [place(poll, RIGHT)])
        results = await new.wait_for(ada, UP)
        assert "2 have answered." in text_of(results)
        assert "reply_to_message" not in results
        kept = await settings_of(settings, new.id)
        assert kept is not None
        assert kept.leaderboard is True
        assert query(settings.database, "SELECT id FROM chats") == [(new.id,)]
        await put(new, ben)
        assert not any(map(says("Good morning"), await new.messages()))


async def test_the_move_is_learnt_from_a_refusal_too(
    sandbox: SandboxClient, ada: Person, settings: Settings
) -> None:
    """What is owed to the old group goes to the new one, even where the move was not heard of."""
    group = await sandbox.chat("group", "Ward", admins=[ada])
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        await put(group, ada)
    new = await group.migrate()
    async with running_bot(settings):
        await new.wait_for(ada, UP)
        assert query(settings.database, "SELECT id FROM chats") == [(new.id,)]


async def test_removed_and_let_in_again(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """Out of a group nothing is due there; back in, its settings are as they were."""
    await set_up_chats(settings, group, ChatSettings(open_for=40, digest=True))
    async with running_bot(settings):
        poll = await put(group, ben)
        await group.vote(ben, poll, [0])
        await group.set_member(BOT, "kicked")
        await until(lambda: _closed(settings, 1))
        assert await settings_of(settings, group.id) is None
        await group.set_member(BOT, "member")
        await group.wait_for(ben, says("Good morning."))
        kept = await settings_of(settings, group.id)
        assert kept is not None
        assert kept.digest is True
        await settings.clock.sleep(45)
        assert not any(map(UP, await group.messages()))


async def test_a_voter_who_blocked_the_bot(group: Chat, ben: Person, settings: Settings) -> None:
    """Votes count all the same; the explanation is there when the person comes back."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        await asked(ben, "/start", "Good morning.")
        await ben.block()
        poll = await put(group, ben)
        await group.vote(ben, poll, [place(poll, RIGHT)])
        results = await group.wait_for(ben, UP)
        assert "1 has answered." in text_of(results)
        await ben.unblock()
        link = {"url": "t.me/x?start=" + data_of(poll, "Explanation").replace("why:", "why_")}
        await opened(ben, link, "Right.")


async def test_an_anonymous_administrator_s_vote_is_nobody_s(
    group: Chat, ada: Person, ben: Person, settings: Settings
) -> None:
    """A vote in the chat's own name is not a learner's."""
    await set_up_chats(settings, group, ChatSettings(open_for=40))
    async with running_bot(settings):
        poll = await put(group, ben)
        await group.set_member(ada, "administrator", is_anonymous=True)
        await group.vote(ada, poll, [place(poll, RIGHT)])
        await group.vote(ben, poll, [place(poll, RIGHT)])
        assert "1 has answered." in text_of(await group.wait_for(ben, UP))
