"""Questions flagged by learners, and what administrators do with that."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.features.shared.written_words import LONGEST_TEXT
from bot.sandbox.server import SandboxServer
from bot.settings import Settings
from content.codes import case_code
from tests.support.bot import running_bot, settings_for
from tests.support.database import query
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, changed, given, is_poll, my_data, says, text_of
from tests.support.trouble import fast_clock, until

CASE = "calcinosis-cutis"


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


@pytest.fixture
async def staff(sandbox: SandboxClient) -> list[Person]:
    """Two administrators, who have not met the bot yet."""
    return [
        await sandbox.person("Ada", language_code="en"),
        await sandbox.person("Inés", language_code="es"),
    ]


@pytest.fixture
async def at_work(
    server: SandboxServer, staff: list[Person], clock: Clock, tmp_path: Path
) -> AsyncIterator[Settings]:
    """A bot with these administrators."""
    admins = frozenset(person.id for person in staff)
    settings = settings_for(server.url, tmp_path, clock=clock, admins=admins)
    async with running_bot(settings):
        for person in staff:
            await person.send("/start")
            await person.wait_for(lambda message: message["from"]["is_bot"])
        yield settings


async def explained(person: Person) -> Message:
    """The end of an explanation, under which the flag button stands."""
    case = await given(person, f"/case {CASE}")
    await person.vote(case, [0])
    return await person.wait_for(says("Not yet reviewed"), after=case["message_id"])


async def newcomer(sandbox: SandboxClient, name: str = "Ben") -> Person:
    """A learner."""
    person = await sandbox.person(name, language_code="en")
    await asked(person, "/start", "Good morning.")
    return person


async def reasons(person: Person, explanation: Message) -> Message:
    """The message that asks what is the matter."""
    await person.press(explanation, buttons(explanation)["Flag this question"])
    return await person.wait_for(
        says("What is the matter with this question?"), after=explanation["message_id"]
    )


async def test_a_flag_goes_to_administrators_and_a_reply_comes_back(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """Raised once, told to each administrator without a name, answered, and closed for both."""
    ada, ines = staff
    ben = await newcomer(sandbox)
    explanation = await explained(ben)
    question = await reasons(ben, explanation)
    assert "Stone-hard lumps under the skin, 18 years on" in text_of(question)
    await ben.press(question, buttons(question)["Something is wrong"])
    await changed(ben, question, "your flag is raised")
    # Old buttons know that there is a flag.
    again = await ben.press(explanation, buttons(explanation)["Flag this question"])
    assert again is not None
    assert "still open" in again["text"]

    flag = await ada.wait_for(says("A question was flagged. Something is wrong:"))
    assert f"Case {case_code(CASE)}: " in text_of(flag)
    row = flag["reply_markup"]["inline_keyboard"][3]
    assert row[1]["url"].endswith(f"?start=case_{case_code(CASE)}")
    everything = str([await person.messages() for person in staff])
    assert "Ben" not in everything
    assert str(ben.id) not in everything
    await ada.press(flag, buttons(flag)["Show its explanation"])
    await ada.wait_for(says("Key point:"), after=flag["message_id"])

    await ada.press(flag, buttons(flag)["It stays, because …"])
    await ada.wait_for(says("Write in one message why the question stays"))
    await asked(ada, "x" * (LONGEST_TEXT + 1), f"That has {LONGEST_TEXT + 1} characters")
    await asked(ada, "Thank you: <mended> & *checked*", "Your reply is on its way")
    await changed(ada, flag, "Closed.")
    reply = await ben.wait_for(says("You flagged this question:"))
    assert "Stone-hard lumps under the skin, 18 years on" in text_of(reply)
    assert "It stays as it is. This is why:" in text_of(reply)
    assert text_of(reply).endswith("Thank you: <mended> & *checked*")
    # The other administrator comes too late, and is told so.
    other = await ines.wait_for(says("Aviso sobre una pregunta. Hay un error:"))
    late = await ines.press(other, buttons(other)["Cerrar sin motivo"])
    assert late is not None
    assert late["text"] == "Este aviso ya está cerrado."
    await changed(ines, other, "Cerrado.")
    await asked(ines, "/flags", "No hay avisos abiertos.")
    # What is said next is nobody's reply; and the question can be flagged again.
    await asked(ada, "Thanks, everybody", "I can't hold a conversation")
    await reasons(ben, explanation)


async def test_a_flag_in_own_words_survives_a_restart(
    server: SandboxServer,
    sandbox: SandboxClient,
    staff: list[Person],
    clock: Clock,
    tmp_path: Path,
) -> None:
    """What was asked for is remembered; it can be left off; commands come first."""
    ada, _ = staff
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning.")
        ben = await newcomer(sandbox)
        explanation = await explained(ben)
        question = await reasons(ben, explanation)
        await ben.press(question, buttons(question)["Something else …"])
        question = await changed(ben, question, "Write in one message what is the matter")
        await ben.press(question, buttons(question)["Cancel"])
        question = await changed(ben, question, "Cancelled; nothing was sent.")
        await asked(ben, "Thanks, everybody", "I can't hold a conversation")
        await asked(ben, "/cancel", "There is nothing to cancel.")
        for ending, answer in (("/cancel", "Cancelled"), ("/help", "what is due again")):
            question = await reasons(ben, explanation)
            await ben.press(question, buttons(question)["Something else …"])
            await changed(ben, question, "Write in one message what is the matter")
            await asked(ben, ending, answer)
            await asked(ben, "Thanks, everybody", "I can't hold a conversation")
        question = await reasons(ben, explanation)
        await ben.press(question, buttons(question)["Something else …"])
        await changed(ben, question, "Write in one message what is the matter")
    async with running_bot(settings):
        await asked(ben, "y" * (LONGEST_TEXT + 1), "Please send a shorter one.")
        await asked(ben, "The <b>dose</b>\nis *old*.", "your flag is raised")
        flag = await ada.wait_for(says("A question was flagged. Something else:"))
        assert "The <b>dose</b>\nis *old*." in text_of(flag)
        (kept,) = (await my_data(ben))["flags"]
        assert (kept["reason"], kept["words"]) == ("other", "The <b>dose</b>\nis *old*.")
        # Forgotten: the flag stays, without words or anybody to reply to.
        forget = await asked(ben, "/forget", "Erase everything kept about you?")
        await ben.press(forget, buttons(forget)["Erase everything"])
        await ben.wait_for(says("nothing that leads to you is shown or sent any more"))
        gone = await ben.press(explanation, buttons(explanation)["Flag this question"])
        assert gone == {"text": "I don't have this question any more.", "show_alert": True}
        listed = await asked(ada, "/flags", "1 open flag", "1. Something else: ")
        await ada.press(listed, buttons(listed)["1"])
        opened = await changed(ada, listed, "A question was flagged.")
        assert "dose" not in text_of(opened)
        await ada.press(opened, buttons(opened)["It stays, because …"])
        await ada.wait_for(says("Write in one message why the question stays"))
        await asked(ada, "Mended.", "nobody could be sent your reply")
        assert not [m for m in await ben.messages() if "Mended." in text_of(m)]


async def test_an_explanation_from_a_group_can_be_flagged(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """Opened in private, it has the button too; the flag says nothing of the group.

    Words may be added to any kind; and the learner hears that the question was mended.
    """
    ada, _ = staff
    ben = await newcomer(sandbox)
    group = await sandbox.chat("supergroup", "Ward 7", [ben], [ada], bot="administrator")
    await group.send(ben, f"/case {CASE}")
    case = await group.wait_for(ben, is_poll)
    await group.vote(ben, case, [0])

    async def counted() -> bool:
        return query(at_work.database, "SELECT count(*) FROM answers") == [(1,)]

    await until(counted)
    ref = buttons(case)["Explanation"].removeprefix("why:")
    explanation = await asked(ben, f"/start why_{ref}", "Not yet reviewed")
    question = await reasons(ben, explanation)
    await ben.press(question, buttons(question)["It is outdated"])
    flag = await ada.wait_for(says("A question was flagged. It is outdated:"))
    assert "Ward" not in text_of(flag)
    raised = await changed(ben, question, "your flag is raised")
    await ben.press(raised, buttons(raised)["Add words of your own"])
    await changed(ben, question, "Write in one message what is the matter")
    await asked(ben, "The dose is old.", "your flag is raised")
    more = await ada.wait_for(says("More was said of a flag. It is outdated:"))
    assert "The dose is old." in text_of(more)
    await ada.press(more, buttons(more)["It is mended"])
    await changed(ada, more, "Closed.")
    await ben.wait_for(says("You flagged this question:", "It has been mended. Thank you!"))


async def test_flags_are_listed_in_pages_for_administrators_alone(
    sandbox: SandboxClient, staff: list[Person], at_work: Settings
) -> None:
    """Pages turn in place; others see neither the list nor what its buttons do."""
    ada, _ = staff

    async def unclear(name: str) -> Person:
        learner = await newcomer(sandbox, name)
        question = await reasons(learner, await explained(learner))
        await learner.press(question, buttons(question)["It is unclear"])
        await changed(learner, question, "your flag is raised")
        return learner

    learners = await asyncio.gather(*(unclear(f"Learner {n}") for n in range(7)))
    listed = await asked(ada, "/flags", "7 open flags", "6. It is unclear")
    assert list(buttons(listed)) == ["1", "2", "3", "4", "5", "6", "▶"]
    await ada.press(listed, buttons(listed)["▶"])
    second = await changed(ada, listed, "7. It is unclear")
    assert list(buttons(second)) == ["7", "◀"]
    await ada.press(second, buttons(second)["7"])
    opened = await changed(ada, listed, "A question was flagged. It is unclear:")
    await ada.press(opened, buttons(opened)["Close without a reason"])
    closed = await changed(ada, listed, "Closed.")
    await ada.press(closed, buttons(closed)["All open flags"])
    await changed(ada, listed, "6 open flags")
    hearing = [
        asyncio.create_task(learner.wait_for(says("your flag is closed"))) for learner in learners
    ]
    heard, waiting = await asyncio.wait(hearing, return_when=asyncio.FIRST_COMPLETED)
    assert len(heard) == 1
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    # Learners who blocked the bot are written nothing.
    for learner in learners:
        await learner.block()
    await ada.press(listed, buttons(listed)["1"])
    opened = await changed(ada, listed, "A question was flagged.")
    await ada.press(opened, buttons(opened)["It stays, because …"])
    await ada.wait_for(says("Write in one message why the question stays"))
    await asked(ada, "Mended.", "nobody could be sent your reply")
    await learners[1].unblock()
    await asked(learners[1], "/flags", "I don't know that command.")
