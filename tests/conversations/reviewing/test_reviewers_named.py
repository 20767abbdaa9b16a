"""How a clinician becomes a reviewer, and where their name stands and goes from."""

from pathlib import Path

import pytest

from bot.base.clock import Clock
from bot.features.shared.chat_settings import ChatSettings
from bot.sandbox.server import SandboxServer
from content.codes import case_code
from tests.support.bot import running_bot, settings_for
from tests.support.chats import set_up_chats
from tests.support.reviewers import make_reviewers
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, given, is_poll, says, text_of
from tests.support.trouble import fast_clock, until

CASE = "calcinosis-cutis"
CODE = case_code(CASE)


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: half a minute is one second and a half."""
    return fast_clock()


async def signs(person: Person) -> Message:
    """A reviewer signs the case."""
    decision = await asked(person, f"/review_cases {CODE}", "If you sign")
    await person.press(decision, buttons(decision)["Sign"])
    return await person.wait_for(says("You signed case"))


async def test_a_link_makes_a_reviewer_whose_signature_outlives_the_role(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """From an administrator's link to what learners read, and past the role's being taken back."""
    root = await sandbox.person("Root", language_code="en")
    cleo = await sandbox.person("Cleo", language_code="en")
    settings = settings_for(server.url, tmp_path, clock=clock, admins=frozenset({root.id}))
    async with running_bot(settings):
        page = await asked(root, "/roles", "Reviewers")
        await root.press(page, buttons(page)["Link for a reviewer"])
        link = text_of(await root.wait_for(says("A link for one reviewer.")))
        invitation = await asked(cleo, f"/start {link.partition('start=')[2]}", "as a clinician")
        await cleo.press(invitation, buttons(invitation)["Review as Cleo"])
        await cleo.wait_for(says("You review cases here,", "/review_cases"))
        await signs(cleo)
        page = await asked(root, "/roles", "1 reviewer")
        await root.press(page, buttons(page)["1"])
        sure = await root.wait_for(says("No longer a reviewer?"))
        await root.press(sure, buttons(sure)["Take it back"])
        await cleo.wait_for(says("took back that you review cases here"))
        await asked(cleo, "/review_cases", "Cases are reviewed by clinicians")
        poll = await given(root, f"/case {CODE}")
        await root.vote(poll, [0])
        await root.wait_for(says("Reviewed by Cleo on"), after=poll["message_id"])


async def test_a_name_goes_from_explanations_in_groups(
    server: SandboxServer, sandbox: SandboxClient, clock: Clock, tmp_path: Path
) -> None:
    """By /forget, from what was posted before as well, as any name there."""
    ada, ann = [await sandbox.person(name, language_code="en") for name in ("Ada", "Annie")]
    settings = settings_for(server.url, tmp_path, clock=clock)
    await make_reviewers(settings, Ann_Lee=ann)
    chat = await sandbox.chat("supergroup", "Ward 7", members=[ada], admins=[ada])
    await set_up_chats(settings, chat, ChatSettings(open_for=30, language="en"))
    async with running_bot(settings):
        await signs(ann)
        sent = await chat.send(ada, f"/case {CASE}")
        poll = await chat.wait_for(ada, is_poll, after=sent["message_id"])
        await chat.vote(ada, poll, [0])
        told = await chat.wait_for(ada, says("Reviewed by Ann Lee on"))
        question = await asked(ann, "/forget", "Erase everything kept about you?")
        await ann.press(question, buttons(question)["Erase everything"])

        async def nowhere() -> bool:
            return not any(says("Ann Lee")(message) for message in await chat.messages())

        await until(nowhere)
        edited = next(m for m in await chat.messages() if m["message_id"] == told["message_id"])
        assert "Reviewed by … on" in text_of(edited)
