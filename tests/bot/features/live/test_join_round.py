"""Joining a live round: by link and by code, twice, late, too late, and by guessing."""

import pytest
from msgspec.structs import replace

from bot.features.cases.choose_case import AllSeen, AnyUnseen, choose
from bot.features.live import join_round as rule
from bot.features.live.states import Step
from bot.features.start.typed_text import take_text
from bot.services import Services
from content.model import Case
from storage.facts import PersonForgotten
from storage.flag_facts import CommandAwaited
from storage.held_back import HeldBack
from storage.live_rounds import LiveRound
from storage.outcome import Outcome
from tests.bot.features.live.conftest import ROOM, labels, later, said, sent, visit, vote, walk
from tests.storage.samples import ADA, BEN
from tests.support.services import commit

DAN = ROOM[-1] + 1
KEPT = "What is kept: that you joined"


async def joins(services: Services, code: str, person: int = DAN) -> Outcome:
    """Somebody opens the link."""
    return await commit(
        services, await rule.open_link(services, await visit(services, person), code)
    )


async def types(services: Services, text: str, person: int = DAN) -> Outcome:
    """Somebody writes something in the private chat."""

    async def run(_name: str, _argument: str) -> Outcome:
        return Outcome()

    who = await visit(services, person)
    return await commit(services, await take_text(services, who, text, run))


async def test_who_opens_the_link_is_in(services: Services, live: LiveRound) -> None:
    """The first time they read what is kept; again is harmless."""
    told = said(await joins(services, live.code), DAN)
    assert told.startswith("✅ You are in: “Made case 0”. The question comes here once voting")
    assert KEPT in told
    assert "/privacy" in told
    again = said(await joins(services, live.code), DAN)
    assert again.startswith("You are in “Made case 0” already.")
    assert KEPT not in again
    counts = await services.store.live_rounds.counts(live)
    assert counts.joined == len(ROOM) + 1


@pytest.mark.parametrize("written", ["{}", " {} ", "{}\n"])
async def test_the_code_is_typed_in_any_case(
    services: Services, live: LiveRound, written: str
) -> None:
    """As it can be read off a wall."""
    outcome = await types(services, written.format(live.code.lower()))
    assert "You are in" in said(outcome, DAN)


async def test_who_was_asked_to_write_something_else_joins_all_the_same(
    services: Services, live: LiveRound
) -> None:
    """A code is nothing else that people write; what they were asked for they can write then."""
    asked = CommandAwaited(DAN, "live", services.clock.now())
    await commit(services, Outcome((asked,)))
    assert "You are in" in said(await types(services, live.code), DAN)
    assert await services.store.flags.awaited(DAN) is not None


async def test_the_presenter_may_take_part(services: Services, live: LiveRound) -> None:
    """And reads that their vote counts like any other."""
    assert "You present this round" in said(await joins(services, live.code, ADA))
    assert "You present" not in said(await joins(services, live.code, BEN), BEN)


async def test_who_comes_after_the_opening_gets_the_question_at_once(
    services: Services, live: LiveRound
) -> None:
    """As an answer to them, not as a broadcast; and anew as often as they join."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await sent(services, 200)
    for _ in range(2):
        outcome = await joins(services, live.code)
        _, question = outcome.owed
        assert not question.broadcast
        assert labels(question) == ["1", "2", "3", "See the case"]
        calls = [one for one in await sent(services, 300) if one.chat_id == DAN]
        assert [one.method for one in calls] == ["sendMessage", "sendMessage"]


async def test_what_comes_next_is_said_in_each_state(services: Services, live: LiveRound) -> None:
    """The case can be seen once it is shown."""
    live = await walk(services, live, Step.SHOW)
    for steps, words in (
        ((), "The question comes here once voting opens"),
        ((Step.OPEN, Step.CLOSE), "Voting is closed at the moment; the answer comes here."),
        ((Step.REVEAL,), "This question is over; if there is another, it comes here."),
        ((Step.NEXT,), "The question comes here once voting opens"),
    ):
        live = await walk(services, live, *steps)
        (call,) = (await joins(services, live.code)).owed
        assert words in call.params["text"]
        assert labels(call) == ["See the case"]


async def test_the_round_s_case_is_held_back_from_who_is_in_it(
    services: Services, live: LiveRound, case: Case
) -> None:
    """From no one else, and not as in an exam; it comes as any other once the round is over."""
    await joins(services, live.code)
    held_back = services.store.assignments.held_back
    assert await held_back(DAN) == HeldBack(frozenset({case.id}), live=frozenset({case.id}))
    assert await held_back(ADA) == HeldBack()
    progress = await services.store.people.progress(DAN)
    alone = replace(services.library, cases={case.id: case})
    chosen = choose(AnyUnseen(), alone, progress, DAN)
    assert chosen == AllSeen(None, 0, live=True)
    await walk(services, live, Step.END)
    assert await held_back(DAN) == HeldBack()


async def test_after_the_end_it_is_too_late(services: Services, live: LiveRound) -> None:
    """A kind sentence, the same as for a code that never was."""
    await walk(services, live, Step.END)
    told = said(await joins(services, live.code), DAN)
    assert told.startswith("No live round is open under this code")
    assert told == said(await joins(services, "ZZZ"), DAN)
    assert not await services.store.live_rounds.has_joined(live.id, DAN)


async def test_who_guesses_waits(services: Services, live: LiveRound) -> None:
    """Then the right one is not looked at either, by link or typed; others are let in."""
    codes = [f"AAAAA{sign}" for sign in "CDEFG"]
    for code in codes:
        assert "No live round is open" in said(await joins(services, code), DAN)
    for _ in range(2):
        told = said(await joins(services, live.code), DAN)
        assert told.startswith("None of the codes you tried")
        assert "10 minutes" in told
    assert "None of the codes" in said(await types(services, live.code), DAN)
    assert not await services.store.live_rounds.has_joined(live.id, DAN)
    assert "You are in" in said(await joins(services, live.code, DAN + 1), DAN + 1)
    later(services, 10 * 60_000)
    assert "You are in" in said(await joins(services, live.code), DAN)


async def test_one_old_link_opened_often_is_no_guessing(
    services: Services, live: LiveRound
) -> None:
    """Different codes are counted."""
    for _ in range(9):
        await joins(services, "AAAAAC")
    assert "You are in" in said(await joins(services, live.code), DAN)


async def test_who_has_one_right_code_guesses_no_faster(
    services: Services, live: LiveRound
) -> None:
    """To join, as often as they like, makes none of their other guesses undone."""
    for code in ("AAAAAC", "AAAAAD", live.code, "AAAAAE", "AAAAAF", live.code, "AAAAAG"):
        assert "None of the codes" not in said(await joins(services, code), DAN)
    assert "None of the codes" in said(await joins(services, "AAAAAH"), DAN)


async def test_a_guess_counts_whatever_was_asked_for(services: Services, live: LiveRound) -> None:
    """A code was looked for all the same."""
    for sign in "CDEFG":
        await commit(services, Outcome((CommandAwaited(DAN, "find", services.clock.now()),)))
        await types(services, f"AAAAA{sign}")
    assert "None of the codes" in said(await joins(services, live.code), DAN)


async def test_typed_words_are_words_as_ever(services: Services, live: LiveRound) -> None:
    """A code that no open round has is not understood; after some, nothing is looked at."""
    for sign in "CDEF":
        assert "I can't hold a conversation" in said(await types(services, f"AAAAA{sign}"), DAN)
    for sign in "GH":
        assert "None of the codes" in said(await types(services, f"AAAAA{sign}"), DAN)
    assert "I can't hold a conversation" in said(await types(services, "xyzzy"), DAN)
    assert "I can't hold a conversation" in said(await types(services, "AAAAAH", BEN), BEN)


async def test_who_is_forgotten_amid_a_round_joins_as_anybody(
    services: Services, live: LiveRound
) -> None:
    """The vote is gone, the count follows, and the panel is brought up to date at once."""
    live = await walk(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (0,), (1,))
    await commit(services, Outcome((PersonForgotten(ROOM[0]),)))
    rounds = services.store.live_rounds
    counts = await rounds.counts(live)
    assert (counts.joined, counts.voted) == (len(ROOM) - 1, 1)
    assert [one.id for one in await rounds.panels_due(services.clock.now(), 9)] == [live.id]
    assert KEPT in said(await joins(services, live.code, ROOM[0]), ROOM[0])
    counts = await rounds.counts(live)
    assert (counts.joined, counts.voted) == (len(ROOM), 1)
