"""What a person writes in private: awaited, or words that nobody waits for."""

import pytest

from bot.base.time_units import HOUR_MS
from bot.features.flags.awaited_text import cancel, press_cancel
from bot.features.flags.reasons import FlagReason
from bot.services import Services
from bot.settings import Settings
from storage.flag_facts import FlagClosed, NothingAwaited, QuestionFlagged, ReplyAwaited
from storage.outcome import Outcome
from tests.bot.features.flags.conftest import CLEO, NOW, flag, post, taken, visit
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import later, said
from tests.support.services import commit


async def await_reply(services: Services) -> None:
    """Ben has flagged the question, and Cleo is to write the reply."""
    await flag(services, await post(services), FlagReason.WRONG)
    (open_flag,) = await services.store.flags.open(9)
    await commit(services, Outcome((ReplyAwaited(CLEO, open_flag.id, 9, NOW),)))


async def test_words_that_nobody_waits_for_are_answered(services: Services) -> None:
    """The bot cannot hold a conversation, and says what it can do."""
    outcome = await taken(services, BEN, "Good morning")
    assert "can't hold a conversation" in said(outcome.owed[0])
    assert outcome.facts == ((await visit(services, BEN)).met,)


@pytest.mark.parametrize(("after", "is_taken"), [(HOUR_MS, True), (HOUR_MS + 1, False)])
async def test_what_was_asked_for_is_awaited_for_an_hour(
    services: Services, after: int, is_taken: bool
) -> None:
    """Later, it may be meant for something else."""
    await flag(services, await post(services), FlagReason.OTHER)
    later(services, after)
    facts = (await taken(services, BEN, "It is wrong.")).facts
    assert any(isinstance(fact, QuestionFlagged) for fact in facts) is is_taken


@pytest.mark.parametrize(("after", "is_taken"), [(HOUR_MS, True), (HOUR_MS + 1, False)])
async def test_a_reply_too(services: Services, after: int, is_taken: bool) -> None:
    """It closes the flag, and goes to the learner."""
    await await_reply(services)
    later(services, after)
    outcome = await taken(services, CLEO, "Mended.")
    assert any(isinstance(fact, FlagClosed) for fact in outcome.facts) is is_taken
    assert (BEN in {call.chat_id for call in outcome.owed}) is is_taken


async def test_only_an_administrator_replies(services: Services) -> None:
    """Whoever was one when they were asked to write is none now."""
    await await_reply(services)
    services.settings = Settings(admins=frozenset({ADA}))
    outcome = await taken(services, CLEO, "Mended.")
    assert {call.chat_id for call in outcome.owed} == {CLEO}
    assert not any(isinstance(fact, FlagClosed) for fact in outcome.facts)


async def test_control_characters_are_not_kept(services: Services) -> None:
    """Line feeds are: people write paragraphs."""
    await flag(services, await post(services), FlagReason.OTHER)
    outcome = await taken(services, BEN, "  It\x07is\nwrong.\x1b \r\n\n")
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, QuestionFlagged))
    assert fact.words == "It is\nwrong."


async def test_what_is_asked_for_can_be_cancelled(services: Services) -> None:
    """By the command or the button, in whose message's place the answer stands; and once."""
    ref = await post(services)
    for press in (False, True):
        await flag(services, ref, FlagReason.OTHER)
        who = await visit(services, BEN)
        left = await (press_cancel(services, who, 8) if press else cancel(services, who, ""))
        assert left.facts == (who.met, NothingAwaited(BEN))
        (line,) = left.owed
        assert said(line) == "Cancelled; nothing was sent."
        assert line.params.get("message_id") == (8 if press else None)
        await commit(services, left)
        assert "can't hold a conversation" in said((await taken(services, BEN, "Well")).owed[0])


async def test_where_nothing_is_asked_for_there_is_nothing_to_cancel(services: Services) -> None:
    """Neither by the command nor by an old button."""
    who = await visit(services, BEN)
    (line,) = (await cancel(services, who, "")).owed
    assert said(line) == "There is nothing to cancel."
    pressed = await press_cancel(services, who, 8)
    assert pressed.owed == ()
    assert pressed.toast is not None
    assert (pressed.toast.text, pressed.toast.alert) == ("There is nothing to cancel.", True)
    assert pressed.facts == (who.met,)
