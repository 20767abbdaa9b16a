"""A learner flags a question: who may, what is asked of them, and who hears of it."""

import pytest

from bot.features.flags import flag_question
from bot.features.flags.reasons import FlagReason
from bot.features.shared.question_buttons import QuestionRef
from bot.services import Services
from content.codes import case_code
from storage.flag_facts import FlagClosed, FlagTextAwaited, NothingAwaited, QuestionFlagged
from storage.flags import AwaitedFlagText
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from tests.bot.features.flags.conftest import CLEO, NOW, flag, post, posted, visit
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import POLLS, join, put, said
from tests.support.services import commit


def raised(outcome: Outcome) -> list[tuple[int, str, str | None]]:
    """Who flagged, with what reason, in which words."""
    flags = [fact for fact in outcome.facts if isinstance(fact, QuestionFlagged)]
    return [(fact.person_id, fact.reason, fact.words) for fact in flags]


def toast(outcome: Outcome) -> str:
    """What stands over the chat, where nothing else comes of it."""
    assert outcome.owed == ()
    assert outcome.toast is not None
    assert outcome.toast.alert
    return outcome.toast.text


async def write(services: Services, ref: QuestionRef, text: str) -> Outcome:
    """Ben has written what is the matter; it is on record."""
    awaited = AwaitedFlagText(ref.post_id, ref.position, NOW)
    who = await visit(services, BEN)
    return await commit(services, await flag_question.write(services, who, awaited, text))


async def test_the_button_asks_for_the_reason(services: Services) -> None:
    """Nothing is raised by that."""
    outcome = await flag(services, await post(services), None)
    assert raised(outcome) == []
    (asked,) = outcome.owed
    assert asked.chat_id == BEN
    assert "What are they?" in said(asked)


@pytest.mark.parametrize("reason", [FlagReason.WRONG, FlagReason.OUTDATED, FlagReason.UNCLEAR])
async def test_a_reason_raises_the_flag(services: Services, reason: FlagReason) -> None:
    """Thanks take the place of the question; each administrator sees the question and a link."""
    ref = await post(services)
    outcome = await flag(services, ref, reason)
    assert raised(outcome) == [(BEN, reason, None)]
    assert NothingAwaited(BEN) in outcome.facts
    thanks, *told = outcome.owed
    assert str(FlagReason.OTHER) in str(thanks.params["reply_markup"])
    assert (thanks.method, thanks.params["message_id"]) == ("editMessageText", 5)
    assert [call.chat_id for call in told] == [ADA, CLEO]
    code = case_code("hard-lumps")
    for call in told:
        assert "What are they?" in said(call)
        assert f"https://t.me/morning_report_bot?start=case_{code}" in str(call.params)
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, QuestionFlagged))
    assert (fact.case_id, fact.question_id, fact.position) == ("hard-lumps", "nature", 0)
    assert fact.flagged_at == NOW


async def test_something_else_asks_for_words(services: Services) -> None:
    """In the place of the reasons; they are awaited from then on."""
    ref = await post(services)
    outcome = await flag(services, ref, FlagReason.OTHER)
    assert raised(outcome) == []
    assert FlagTextAwaited(BEN, ref.post_id, 0, NOW) in outcome.facts
    (asked,) = outcome.owed
    assert (asked.method, asked.params["message_id"]) == ("editMessageText", 5)


@pytest.mark.parametrize(("length", "taken"), [(1000, True), (1001, False)])
async def test_a_thousand_characters_are_taken(
    services: Services, length: int, taken: bool
) -> None:
    """Who wrote more is told how much it was, and may try again."""
    ref = await post(services)
    await flag(services, ref, FlagReason.OTHER)
    outcome = await write(services, ref, "x" * length)
    assert raised(outcome) == ([(BEN, "other", "x" * length)] if taken else [])
    assert (NothingAwaited(BEN) in outcome.facts) is taken
    assert len(outcome.owed) == (3 if taken else 1)
    assert ("1001" in said(outcome.owed[0])) is not taken


async def test_one_flag_of_a_question_is_open_at_a_time(services: Services) -> None:
    """For each learner: by a button, or in words that were asked for before."""
    ref = await post(services)
    await flag(services, ref, FlagReason.OTHER)
    await write(services, ref, "It is wrong.")
    for reason in (None, *FlagReason):
        assert "flagged this question already" in toast(await flag(services, ref, reason))
    outcome = await write(services, ref, "It is wrong, really.")
    assert raised(outcome) == []
    assert NothingAwaited(BEN) in outcome.facts
    (line,) = outcome.owed
    assert "flagged this question already" in said(line)
    (open_flag,) = await services.store.flags.open(9)
    await commit(services, Outcome((FlagClosed(open_flag.id, NOW),)))
    assert len(raised(await flag(services, ref, FlagReason.UNCLEAR))) == 1


async def test_words_may_be_added_whatever_the_kind(services: Services) -> None:
    """Once: administrators read the flag again, with them; another kind is not raised."""
    ref = await post(services)
    await flag(services, ref, FlagReason.OUTDATED)
    for reason in (None, FlagReason.WRONG, FlagReason.UNCLEAR):
        assert "flagged this question already" in toast(await flag(services, ref, reason))
    outcome = await flag(services, ref, FlagReason.OTHER)
    assert FlagTextAwaited(BEN, ref.post_id, 0, NOW) in outcome.facts
    (asked,) = outcome.owed
    assert "What are they?" in said(asked)
    outcome = await write(services, ref, "The dose is old.")
    assert raised(outcome) == []
    assert NothingAwaited(BEN) in outcome.facts
    thanks, *told = outcome.owed
    assert "your flag is raised" in said(thanks)
    assert [call.chat_id for call in told] == [ADA, CLEO]
    assert all("It is outdated" in said(call) for call in told)
    assert all("The dose is old." in said(call) for call in told)
    (open_flag,) = await services.store.flags.open(9)
    assert (open_flag.reason, open_flag.words) == (FlagReason.OUTDATED, "The dose is old.")
    assert "flagged this question already" in toast(await flag(services, ref, FlagReason.OTHER))


async def test_words_for_a_flag_that_was_closed_meanwhile_are_a_new_one(
    services: Services,
) -> None:
    """Nothing that was asked for is lost."""
    ref = await post(services)
    await flag(services, ref, FlagReason.WRONG)
    await flag(services, ref, FlagReason.OTHER)
    (open_flag,) = await services.store.flags.open(9)
    await commit(services, Outcome((FlagClosed(open_flag.id, NOW),)))
    outcome = await write(services, ref, "The dose is old.")
    assert raised(outcome) == [(BEN, "other", "The dose is old.")]


async def test_only_who_answered_may_flag(services: Services) -> None:
    """Before that, the flag's words might be about what they do not know yet."""
    ref = await posted(services)
    assert "don't have this question" in toast(await flag(services, ref, FlagReason.WRONG))


async def test_what_has_closed_may_be_flagged_by_everybody(services: Services) -> None:
    """They may read its explanation anyway; until then only by those who answered."""
    asked = await put(services, await join(services, POLLS))
    ref = QuestionRef(asked.post_id, 0)
    assert "don't have this question" in toast(await flag(services, ref, FlagReason.WRONG))
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, NOW),)))
    assert len(raised(await flag(services, ref, FlagReason.WRONG))) == 1


@pytest.mark.parametrize(("post_id", "position"), [(None, 1), (1, 0)])
async def test_a_question_that_is_not_there_is_not_flagged(
    services: Services, post_id: int | None, position: int
) -> None:
    """Neither one further on in the case, nor one of another post; in words neither."""
    known = await post(services)
    ref = QuestionRef(post_id or known.post_id, position)
    assert "don't have this question" in toast(await flag(services, ref, FlagReason.WRONG))
    outcome = await write(services, ref, "It is wrong.")
    assert raised(outcome) == []
    assert NothingAwaited(BEN) in outcome.facts
    assert "don't have this question" in said(outcome.owed[0])
