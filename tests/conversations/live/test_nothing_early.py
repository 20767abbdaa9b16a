"""What a live round keeps to itself until its time: nobody in it finds the answer elsewhere."""

import asyncio

import pytest

from bot.settings import Settings
from content.codes import case_code
from tests.support.database import query
from tests.support.live_phones import CASE, TWO_QUESTIONS, Phone, Presenter, phones
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, is_poll, says
from tests.support.trouble import settled, until

IN_IT = "What you ask for is in the live round that you are in"


@pytest.mark.parametrize("words", [f"/case {CASE}", f"/start case_{case_code(CASE)}", "Hard lumps"])
async def test_the_case_of_a_round_comes_nowhere_else(
    ada: Person, sandbox: SandboxClient, words: str
) -> None:
    """Not by its name, its link or its title, to who is in the round, until that is over."""
    round_ = await Presenter.begin(ada)
    (ben,) = await phones(sandbox, round_.code, "Ben")
    await asked(ben.person, words, IN_IT)
    await round_.step("Show the case")
    await round_.step("Open")
    await ben.asks()
    await asked(ben.person, words, IN_IT)
    await round_.step("End")
    sent = await ben.person.send(words)
    await ben.person.wait_for(is_poll, after=sent["message_id"])


HELD = "This case is in the live round that you are in"


async def held_back(person: Person, poll: Message) -> Message:
    """They vote in a poll that was open; what they read instead of the explanation."""
    await person.vote(poll, [0])
    return await person.wait_for(says(HELD), after=poll["message_id"])


async def pressed(person: Person, at: Message) -> str:
    """What is said briefly to whoever wants the explanation."""
    answer = await person.press(at, buttons(at)["Explanation"])
    return "" if answer is None else str(answer.get("text", ""))


async def test_a_poll_that_was_open_before_is_explained_after_the_round(
    ada: Person, sandbox: SandboxClient, settings: Settings
) -> None:
    """A vote in it counts, and so does the one in the room; neither twice. What explains it, and
    the question that follows, waits for the end.
    """
    ben = Phone(await sandbox.person("Ben", language_code="en"))
    sent = await ben.person.send(f"/case {TWO_QUESTIONS}")
    poll = await ben.person.wait_for(is_poll, after=sent["message_id"])
    round_ = await Presenter.begin(ada, TWO_QUESTIONS)
    await ben.join(round_.code)
    await round_.step("Show the case")
    await round_.step("Open")
    await ben.asks()
    await ben.press("1")
    held = await held_back(ben.person, poll)
    assert await pressed(ben.person, held) == "The live round is not over yet; then I explain."
    await round_.step("Close")
    await round_.step("Reveal")
    await ben.says("You chose:")
    assert "not over yet" in await pressed(ben.person, held)
    await settled(settings.database)
    assert not [m for m in await since(ben.person, poll) if is_poll(m) or says("Discussion")(m)]
    await round_.step("End")
    assert await pressed(ben.person, held) == ""
    told = await ben.person.wait_for(says("You chose:"), after=held["message_id"])
    await ben.person.wait_for(is_poll, after=told["message_id"])
    answers = "SELECT count(*), count(DISTINCT post_id), sum(first) FROM answers"
    await until(lambda: asyncio.sleep(0, query(settings.database, answers) == [(2, 2, 1)]))


async def since(person: Person, message: Message) -> list[Message]:
    """What stands in their chat below a message."""
    number = message["message_id"]
    return [one for one in await person.messages() if one["message_id"] > number]


async def test_what_the_room_has_answered_is_not_asked_again(
    ada: Person, sandbox: SandboxClient
) -> None:
    """The last question of a case held back is explained whole, and nothing follows."""
    ben = Phone(await sandbox.person("Ben", language_code="en"))
    sent = await ben.person.send(f"/case {CASE}")
    poll = await ben.person.wait_for(is_poll, after=sent["message_id"])
    round_ = await Presenter.begin(ada)
    await ben.join(round_.code)
    held = await held_back(ben.person, poll)
    await round_.step("End")
    await pressed(ben.person, held)
    told = await ben.person.wait_for(says("You chose:"), after=held["message_id"])
    assert "Next case" in buttons(told)
