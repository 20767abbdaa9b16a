"""References as people ask for them: by a button, by `/refs`, in private and in a group."""

import pytest

from bot.base.clock import Clock
from bot.features.shared.chat_settings import ChatSettings
from bot.settings import Settings
from tests.support.bot import running_bot
from tests.support.chats import labels, opened, set_up_chats
from tests.support.sandbox import Message, Person, SandboxClient
from tests.support.seeing import asked, buttons, given, is_poll, place, says, text_of
from tests.support.trouble import fast_clock

SALICYLATE = "salicylate-acid-base"
FIRST, SECOND = "Salicylate poisoning", "Immediate hemodialysis"
WHOLE = "N Engl J Med. 2020;382(26)"


@pytest.fixture
def clock() -> Clock:
    """Twenty times as fast: half a minute is one second and a half."""
    return fast_clock()


async def test_a_learner_asks_for_references(learner: Person) -> None:
    """None before the answer; then those that were cited; and after the last question, all."""
    poll = await given(learner, f"/case {SALICYLATE}")
    await asked(learner, "/refs", "References come once you have answered")
    await learner.vote(poll, [place(poll, FIRST)])
    verdict = await learner.wait_for(says("Right.", FIRST))
    assert "Palmer BF, N Engl J Med 2020" in text_of(verdict)
    after = await learner.wait_for(is_poll, after=verdict["message_id"])
    await learner.press(verdict, buttons(verdict)["References"])
    some = await learner.wait_for(says("References · "), after=after["message_id"])
    await learner.vote(after, [place(after, SECOND)])
    last = await learner.wait_for(says("For teaching only"))
    await learner.press(last, buttons(last)["References"])
    every = await learner.wait_for(says("References · "), after=last["message_id"])
    assert WHOLE in text_of(every)
    assert len(text_of(every)) > len(text_of(some))
    assert text_of(await asked(learner, "/refs", "References · ")) == text_of(every)
    assert text_of(await asked(learner, f"/refs {SALICYLATE}", "References · ")) == text_of(every)
    await asked(learner, "/refs nowhere", "no case")


async def test_a_group_asks_for_references(sandbox: SandboxClient, settings: Settings) -> None:
    """Of the case that closed; the button under its explanation brings them in private."""
    ada, ben = [await sandbox.person(name, language_code="en") for name in ("Ada", "Ben")]
    group = await sandbox.chat("supergroup", "Ward 7", members=[ben], admins=[ada])
    await set_up_chats(settings, group, ChatSettings(open_for=30, language="en"))

    async def refs(*words: str, reply_to: int | None = None) -> Message:
        sent = await group.send(ben, "/refs", reply_to=reply_to)
        return await group.wait_for(ben, says(*words), after=sent["message_id"])

    async with running_bot(settings):
        sent = await group.send(ada, "/case calcinosis-cutis")
        poll = await group.wait_for(ben, is_poll, after=sent["message_id"])
        await refs("when a case here closes")
        explained = await group.wait_for(ben, says("Time is up.", "For teaching only"))
        assert labels(explained) == ["References"]
        whole = await refs("References · Stone-hard lumps", "14. Boulman N, Slobodin G")
        for message in (poll, explained):
            told = await refs("Boulman N, Slobodin G", reply_to=message["message_id"])
            assert text_of(told) == text_of(whole)
        [[button]] = explained["reply_markup"]["inline_keyboard"]
        told = await opened(ben, button, "Boulman N, Slobodin G")
        assert text_of(told) == text_of(whole)
