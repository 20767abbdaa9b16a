"""`/forget` between two answers: nobody counts twice because of it, in whatever layout."""

from pathlib import Path

import pytest

from bot.features.shared.chat_settings import ChatSettings, Layout
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import data_of, labels, opened, set_up_chats, tap_data
from tests.support.database import query
from tests.support.sandbox import Chat, Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, is_poll, place, says, text_of
from tests.support.trouble import CASE, CHOICE, PATIENCE_S, ask, explained, until

RIGHT, WRONG = "Rheumatoid arthritis", "Systemic sclerosis"
TOLD = (
    "You answered this question before /forget. That answer stays in the totals, without you, so it"
    " cannot be answered again."
)


@pytest.fixture
async def people(sandbox: SandboxClient) -> list[Person]:
    """Two residents."""
    return [await sandbox.person(name, language_code="en") for name in ("Ada", "Ben")]


@pytest.fixture
async def group(sandbox: SandboxClient, people: list[Person]) -> Chat:
    """Their group."""
    return await sandbox.chat("supergroup", "Ward", members=people, admins=people[:1])


async def forget(person: Person) -> None:
    """Have oneself erased."""
    question = await asked(person, "/forget", "Erase everything kept about you?")
    await person.press(question, buttons(question)["Erase everything"])
    await person.wait_for(says("Done: nothing that leads to you"), after=question["message_id"])


async def put(chat: Chat, person: Person) -> Message:
    """Ask for a case in the chat."""
    sent = await chat.send(person, f"/case {CASE}")
    return await chat.wait_for(person, labels, after=sent["message_id"])


def counted(database: Path) -> int:
    """How many answers are on record."""
    ((number,),) = query(database, "SELECT count(*) FROM answers")
    return int(number)


async def test_a_second_tap_does_not_count(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """It has its own sentence, and the explanation may be read; others answer as before."""
    ada, ben = people
    await set_up_chats(settings, group, ChatSettings(layout=Layout.BUTTONS))
    async with running_bot(settings):
        post = await put(group, ada)
        await group.press(ada, post, tap_data(post, WRONG))
        for _ in range(3):
            await forget(ada)
            again = await group.press(ada, post, tap_data(post, RIGHT))
            assert again == {"text": TOLD, "show_alert": True}
        told = await opened(ada, await group.press(ada, post, data_of(post, "Explanation")))
        assert "You chose" not in text_of(told)
        assert "Answer the question" not in text_of(told)
        assert counted(settings.database) == 1
        first = await group.press(ben, post, tap_data(post, RIGHT))
        assert first is not None
        assert first["text"].startswith("✅ Right.")
        assert counted(settings.database) == 2


async def test_the_mark_goes_with_the_question(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """While it is open no row bears the person's id, but a mark; closed, neither mark nor key."""
    ada, _ = people
    await set_up_chats(settings, group, ChatSettings(layout=Layout.BUTTONS, open_for=40))
    async with running_bot(settings):
        post = await put(group, ada)
        await group.press(ada, post, tap_data(post, WRONG))
        await forget(ada)
        ((mark,),) = query(settings.database, "SELECT mark FROM forgotten_answers")
        assert str(ada.id) not in mark
        results = await group.wait_for(ada, says("Time is up."))
        assert "1 has answered." in text_of(results)
        left = query(settings.database, "SELECT mark FROM forgotten_answers")
        keys = query(settings.database, "SELECT mark_key FROM questions")
        assert (left, keys) == ([], [(None,)])


async def test_a_vote_in_the_copy_of_a_groups_poll_does_not_count(
    group: Chat, people: list[Person], settings: Settings
) -> None:
    """After a crash a group may have a poll twice: each person counts once, forgotten or not."""
    ada, ben = people
    await set_up_chats(settings, group, ChatSettings())
    async with running_bot(settings, PATIENCE_S):
        await group.client.fault("drop-response", "sendPoll")
        orphan = await put(group, ada)
        copy = await group.wait_for(ada, is_poll, after=orphan["message_id"])
        await group.vote(ada, copy, [place(copy, WRONG)])
        await recorded(settings, 1)
        await forget(ada)
        await group.vote(ada, orphan, [place(orphan, RIGHT)])
        await group.vote(ben, orphan, [place(orphan, RIGHT)])
        await recorded(settings, 2)
        told = await opened(ada, await group.press(ada, copy, data_of(copy, "Explanation")))
        assert "Answer the question" not in text_of(told)
        assert query(settings.database, "SELECT count(*) FROM parked_answers") == [(0,)]
        assert counted(settings.database) == 2


async def recorded(settings: Settings, number: int) -> None:
    """Wait until so many answers are on record."""

    async def so() -> bool:
        return counted(settings.database) == number

    await until(so)


@pytest.mark.parametrize("first", ["orphan", "copy"])
async def test_a_second_vote_in_private_does_not_count(
    sandbox: SandboxClient, learner: Person, bot: Settings, first: str
) -> None:
    """Nor in the other of two polls of one question; the voter is told so."""
    await sandbox.fault("drop-response", "sendPoll")
    orphan = await ask(learner)
    copy = await learner.wait_for(is_poll, after=orphan["message_id"])
    one, other = (orphan, copy) if first == "orphan" else (copy, orphan)
    await learner.vote(one, [CHOICE])
    await explained(learner)
    await forget(learner)
    await learner.vote(other, [0])
    if first == "orphan":
        await learner.wait_for(lambda m: text_of(m) == TOLD)
    else:
        # Of a forgotten chat's lost poll nobody can know any more what it was.
        await learner.wait_for(says("could not find out which question"))
    assert counted(bot.database) == 1
    ((all_,),) = query(bot.database, "SELECT answers FROM tallies WHERE choice = -1")
    assert all_ == 1
