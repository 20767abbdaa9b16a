"""The card that two flags open, and what administrators decide on it."""

from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.sandbox.server import SandboxServer
from content.codes import case_code
from tests.conversations.writing.conftest import made_author
from tests.support.bot import running_bot, settings_for
from tests.support.reviewers import end_role, published_by
from tests.support.sandbox import Person, SandboxClient
from tests.support.seeing import asked, buttons, changed, given, is_poll, says, text_of
from tests.support.trouble import fast_clock, forge

CASE = "calcinosis-cutis"
CODE = case_code(CASE)


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: these chats get many messages, and the bot paces itself."""
    return fast_clock()


async def flags(sandbox: SandboxClient, name: str, reason: str, words: str = "") -> Person:
    """A learner answers the case, and flags it."""
    person = await sandbox.person(name, language_code="en")
    await asked(person, "/start", "Good morning.")
    case = await given(person, f"/case {CASE}")
    await person.vote(case, [0])
    explanation = await person.wait_for(says("Not yet reviewed"), after=case["message_id"])
    await person.press(explanation, buttons(explanation)["Flag this question"])
    question = await person.wait_for(
        says("What is the matter with this question?"), after=explanation["message_id"]
    )
    await person.press(question, buttons(question)[reason])
    if words:
        await changed(person, question, "Write in one message what is the matter")
        await asked(person, words, "your flag is raised")
    else:
        await changed(person, question, "your flag is raised")
    return person


async def two_flags(sandbox: SandboxClient) -> tuple[Person, Person]:
    """Two learners flag one question."""
    ben = await flags(sandbox, "Ben", "Something is wrong")
    dan = await flags(sandbox, "Dan", "Something else …", "Is it <fat>?")
    return ben, dan


async def test_two_flags_and_a_reason_to_keep(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """Each administrator gets one card in their language; who flagged hears why it stays.

    Nobody else decides, whatever buttons they forge; who was erased hears nothing.
    """
    ada = await sandbox.person("Ada", language_code="en")
    ines = await sandbox.person("Inés", language_code="es")
    admins = frozenset({ada.id, ines.id})
    settings = settings_for(server.url, tmp_path, clock=clock, admins=admins)
    async with running_bot(settings):
        await asked(ada, "/start", "Good morning.")
        await asked(ines, "/start", "Buenos días")
        ben, dan = await two_flags(sandbox)
        card = await ada.wait_for(says("Please look at this question."))
        for part in (
            "Two learners or more flagged it.",
            f"Case {CODE}: Stone-hard lumps",
            "Something is wrong",
            "Is it <fat>?",
            "2 first answers",
            "Choices: too few (2 of 20)",
        ):
            assert part in text_of(card)
        assert "Ben" not in text_of(card)
        other = await ines.wait_for(says("Mira esta pregunta, por favor."))
        for at in (card, await ben.wait_for(says("your flag is raised"))):
            for what in ("Retire", "Keep, because …"):
                await forge(server, settings, ben, at, buttons(card)[what])
        await asked(ben, "It is right.", "I can't hold a conversation")

        forget = await asked(ben, "/forget", "Erase everything kept about you?")
        await ben.press(forget, buttons(forget)["Erase everything"])
        erased = await ben.wait_for(says("nothing that leads to you is shown or sent any more"))
        await ada.press(card, buttons(card)["Show its explanation"])
        await ada.wait_for(says("Key point:"), after=card["message_id"])
        await ada.press(card, buttons(card)["Keep, because …"])
        await ada.wait_for(says("Write in one message why the question stays"))
        await asked(ada, "A trial of 2020 says so.", "1 person who flagged it is told why")
        card = await changed(ada, card, "It stays as it is: decided by Ada,")
        assert "A trial of 2020 says so." in text_of(card)
        assert list(buttons(card)) == ["Show its explanation"]
        other = await changed(ines, other, "Se queda como está")
        assert list(buttons(other)) == ["Ver su explicación"]
        told = await dan.wait_for(says("You flagged this question:", "It stays as it is."))
        assert text_of(told).endswith("A trial of 2020 says so.")
        await asked(ada, "/flags", "1 open flag")  # that of nobody any more
        assert not [m for m in await ben.messages() if m["message_id"] > erased["message_id"]]


async def test_a_retired_question_comes_by_nothing_until_it_is_brought_back(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """Across a restart; what is open goes on; who flagged is thanked; administrators read why."""
    ada = await sandbox.person("Ada", language_code="en")
    grace = await sandbox.person("Grace", language_code="en")
    admins = frozenset({ada.id, grace.id})
    settings = settings_for(server.url, tmp_path, clock=clock, admins=admins)
    async with running_bot(settings):
        for admin in (ada, grace):
            await asked(admin, "/start", "Good morning.")
        eve = await sandbox.person("Eve", language_code="en")
        await asked(eve, "/start", "Good morning.")
        open_case = await given(eve, f"/case {CASE}")
        ben, dan = await two_flags(sandbox)
        card = await ada.wait_for(says("Please look at this question."))
        hers = await grace.wait_for(says("Please look at this question."))
    async with running_bot(settings):
        await ada.press(card, buttons(card)["Retire"])
        card = await changed(ada, card, "Retired by Ada,")
        stale = buttons(hers)["Retire"]
        hers = await changed(grace, hers, "Retired by Ada,")
        late = await grace.press(hers, stale)
        assert late is not None
        assert late["text"].startswith("Retired by Ada,")
        for learner in (ben, dan):
            await learner.wait_for(says("You flagged this question:", "taken out of use", "Thank"))
        await asked(eve, f"/find {CODE}", "I have no case")
        await eve.vote(open_case, [0])
        await eve.wait_for(says("Not yet reviewed"), after=open_case["message_id"])
        await asked(ada, f"/case {CODE}", f"Case {CODE} is withdrawn")
    async with running_bot(settings):
        fay = await sandbox.person("Fay", language_code="en")
        await asked(fay, "/start", "Good morning.")
        await asked(fay, f"/case {CODE}", "I have no case")
        why = await asked(grace, f"/case {CODE}", f"Case {CODE} is withdrawn")
        await grace.press(why, buttons(why)["What was decided"])
        shown = await grace.wait_for(says("Retired by Ada,"), after=why["message_id"])
        await grace.press(shown, buttons(shown)["Bring back"])
        await changed(grace, shown, "Brought back by Grace,")
        await changed(ada, card, "Brought back by Grace,")
        await fay.send(f"/case {CODE}")
        await fay.wait_for(is_poll)


async def test_the_author_of_a_case_decides_too(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """They get the card as administrators do, and each hears what the other decided; what an
    administrator decided they do not undo. Without the role there is nothing to decide.
    """
    ada = await sandbox.person("Ada", language_code="en")
    eve = await sandbox.person("Eve", language_code="en")
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    async with running_bot(settings):
        for person in (ada, eve):
            await asked(person, "/start", "Good morning.")
        await made_author(ada, eve)
        await published_by(settings.database, CASE, eve.id)
        ben, _ = await two_flags(sandbox)
        card = await ada.wait_for(says("Please look at this question."))
        hers = await eve.wait_for(says("Please look at this question."))
        await end_role(settings.database, eve.id)
        for what in ("Retire", "Keep, because …", "Show its explanation"):
            answer = await eve.press(hers, buttons(hers)[what])
            assert answer is not None
            assert "no longer works" in answer["text"]
        await made_author(ada, eve)
        await eve.press(hers, buttons(hers)["Keep, because …"])
        await eve.wait_for(says("Write in one message why the question stays"))
        await asked(eve, "A trial of 2020 says so.", "2 people who flagged it are told why")
        await changed(ada, card, "It stays as it is: decided by Eve,")
        await ben.wait_for(says("You flagged this question:", "A trial of 2020 says so."))


async def test_an_author_does_not_bring_back_what_an_administrator_retired(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """They read who did, and the case stays withdrawn."""
    ada = await sandbox.person("Ada", language_code="en")
    eve = await sandbox.person("Eve", language_code="en")
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({ada.id}))
    async with running_bot(settings):
        for person in (ada, eve):
            await asked(person, "/start", "Good morning.")
        await made_author(ada, eve)
        await published_by(settings.database, CASE, eve.id)
        await two_flags(sandbox)
        card = await ada.wait_for(says("Please look at this question."))
        hers = await eve.wait_for(says("Please look at this question."))
        await ada.press(card, buttons(card)["Retire"])
        hers = await changed(eve, hers, "Retired by Ada,")
        told = await eve.press(hers, buttons(hers)["Bring back"])
        assert told is not None
        assert told["text"].startswith("Retired by Ada,")
        await asked(ada, f"/case {CODE}", f"Case {CODE} is withdrawn")
