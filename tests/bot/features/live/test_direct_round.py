"""A presenter goes through a round: what the panel says, what happens, what is refused."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.live import direct_round, presenter_panel, tell_phones
from bot.features.live.begin_round import begin_round
from bot.features.live.live_buttons import Act
from bot.features.live.presenter_panel import ASKED_FOR_MS, show_panel
from bot.features.live.states import Step
from bot.features.live.tell_phones import RoundEvent
from bot.services import Services
from content.model import Case
from storage.cohort_facts import CohortJoined, RoleAsked, RoleDecided
from storage.live_facts import PANEL_EVERY_MS
from storage.live_rounds import LiveRound
from storage.outcome import About, Outcome, OwedCall
from tests.bot.features.live.conftest import (
    PANEL,
    ROOM,
    labels,
    later,
    now,
    press,
    said,
    sent,
    visit,
    vote,
    walk,
)
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit

TO_VOTE = (Step.SHOW, Step.OPEN)


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[RoundEvent]:
    """Of which moments phones were told; each phone is sent something."""
    moments: list[RoundEvent] = []

    async def tell(
        _services: Services, live: LiveRound, moment: RoundEvent
    ) -> tuple[OwedCall, ...]:
        moments.append(moment)
        call = OwedCall(0, "sendMessage", {"text": "…"}, broadcast=True, about=About(live.post_id))
        return tuple(replace(call, chat_id=person) for person in ROOM)

    monkeypatch.setattr(direct_round, "tell_phones", tell)
    monkeypatch.setattr(tell_phones, "tell_phones", tell)
    return moments


async def test_the_panel_offers_what_can_be_done(services: Services, live: LiveRound) -> None:
    """At each standing it says in words where the round is, and has its buttons."""
    expected: list[tuple[Step, str, list[str]]] = [
        (Step.SHOW, "The case is shown", ["Open", "End"]),
        (Step.OPEN, "Voting is open: 0 of 6 in", ["Close", "End"]),
        (
            Step.CLOSE,
            "Voting is closed: 0 of 6 voted",
            ["Show votes", "Discuss, vote again", "Reveal", "End"],
        ),
        (Step.AGAIN, "Voting is open: 0 of 6 in", ["Close", "End"]),
        (Step.CLOSE, "Voting is closed", ["Show votes", "Reveal", "End"]),
        (Step.REVEAL, "The answer is revealed", ["Show votes", "Next", "End"]),
        (Step.NEXT, "The case is shown", ["Open", "End"]),
    ]
    for step, words, buttons in expected:
        outcome = await press(services, await now(services, live), step)
        (call,) = (one for one in outcome.owed if one.chat_id == ADA)
        assert (call.method, call.params["message_id"]) == ("editMessageText", PANEL)
        assert words in said(outcome)
        assert labels(call) == buttons
        assert not call.broadcast
    assert "Question 2 of 2" in said(outcome)


async def test_while_a_vote_goes_on_only_its_count_is_told(
    services: Services, live: LiveRound, case: Case
) -> None:
    """At a bounded rate; how it goes stands nowhere, not even once it is closed, before asked."""
    live = await walk(services, live, *TO_VOTE)
    await vote(services, live, (0,), (0,), (1,), (0,), (0,))
    assert await services.store.live_rounds.panels_due(NOW + PANEL_EVERY_MS - 1, 9) == []
    later(services, PANEL_EVERY_MS)
    await sent(services, 900)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    shown = await commit(services, await show_panel(services, due))
    assert "Voting is open: 5 of 6 in" in said(shown)
    assert await services.store.live_rounds.panels_due(services.clock.now() + 10**6, 9) == []
    closed = await press(services, await now(services, live), Step.CLOSE)
    for outcome in (shown, closed):
        assert not any(choice.text in said(outcome) for choice in case.questions[0].choices)
        assert "%" not in said(outcome)


async def test_votes_are_shown_before_and_after(
    services: Services, live: LiveRound, case: Case
) -> None:
    """Numbered as everywhere in this round; what is right is marked at the reveal."""
    live = await walk(services, live, *TO_VOTE)
    await vote(services, live, *[(0,)] * 3, *[(1,)] * 3)
    await walk(services, live, Step.CLOSE)
    once = said(await press(services, await now(services, live), Step.VOTES))
    first = live.choice_orders[0].index(0) + 1
    assert f"▰▰▰▱▱ 50% {first}. {case.questions[0].choices[0].text}" in once
    live = await walk(services, live, Step.AGAIN)
    await vote(services, live, *[(0,)] * 6)
    live = await walk(services, live, Step.CLOSE)
    twice = said(await press(services, live, Step.VOTES))
    assert "First vote → after discussion" in twice
    assert f"50% → ▰▰▰▰▰ > 95% {first}." in twice.replace("&gt;", ">").replace("\u202f", " ")
    assert "✅" not in twice
    revealed = said(await press(services, await now(services, live), Step.REVEAL))
    (right,) = case.questions[0].correct
    number = live.choice_orders[0].index(right) + 1
    text = case.questions[0].choices[right].text
    assert f"{number}. {text} ✅" in revealed
    assert f"Right: {number}. {text}" in revealed


async def test_of_few_votes_no_shares_are_shown(services: Services, live: LiveRound) -> None:
    """Neither where one of two ballots has enough."""
    live = await walk(services, live, *TO_VOTE)
    await vote(services, live, *[(0,)] * 6)
    live = await walk(services, live, Step.CLOSE, Step.AGAIN)
    await vote(services, live, *[(0,)] * 4)
    live = await walk(services, live, Step.CLOSE)
    shown = said(await press(services, live, Step.VOTES))
    assert "Too few votes" in shown
    assert "%" not in shown


async def test_phones_are_told_and_the_panel_says_how_far(
    services: Services, live: LiveRound, told: list[RoundEvent]
) -> None:
    """At opening, opening again, revealing and going on; the panel is looked at until all have."""
    opened = await press(services, await walk(services, live, Step.SHOW), Step.OPEN)
    assert "Sending: 0 of 6 phones have it." in said(opened)
    assert len([call for call in opened.owed if call.broadcast]) == len(ROOM)
    later(services, PANEL_EVERY_MS)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    assert "Sending: 0 of 6" in said(await commit(services, await show_panel(services, due)))
    later(services, PANEL_EVERY_MS)
    await sent(services, 900)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    done = await commit(services, await show_panel(services, due))
    assert "All phones have it." in said(done)
    assert await services.store.live_rounds.panels_due(services.clock.now() + 10**6, 9) == []
    await walk(services, live, Step.CLOSE, Step.AGAIN, Step.CLOSE, Step.REVEAL, Step.NEXT)
    assert told == [
        RoundEvent.OPENED,
        RoundEvent.OPENED_AGAIN,
        RoundEvent.REVEALED,
        RoundEvent.NEXT,
    ]


async def test_a_press_that_comes_twice_does_nothing(services: Services, live: LiveRound) -> None:
    """Nor one on a panel that shows an earlier question; where the round stands is told."""
    shown = await walk(services, live, Step.SHOW)
    live = await walk(services, shown, Step.OPEN)
    again = await press(services, shown, Step.OPEN)
    assert again.toast is not None
    assert again.toast.text == "Voting is open: 0 of 6 in."
    live = await walk(services, live, Step.CLOSE, Step.REVEAL, Step.NEXT)
    old = await press(services, shown, Step.OPEN)
    assert "The case is shown" in said(old)
    assert (await now(services, live)).state == "shown"


async def test_the_end_is_asked_for_once_more_where_votes_stand(
    services: Services, live: LiveRound
) -> None:
    """They count all the same; where none does, or all is revealed, it ends at once."""
    live = await walk(services, live, *TO_VOTE)
    await vote(services, live, (0,))
    live = await walk(services, live, Step.CLOSE, Step.AGAIN)
    asked = await press(services, live, Step.END)
    assert "End now?" in said(asked)
    assert labels(asked.owed[0]) == ["End the round", "Go on"]
    back = await press(services, live, Act.GO_ON)
    assert "Voting is open" in said(back)
    assert not (await now(services, live)).is_over
    ended = await press(services, live, Act.END_NOW)
    assert "This round is over." in said(ended)
    assert labels(ended.owed[-1]) == []
    assert (await now(services, live)).is_over
    assert [v.person_id for v in await services.store.live_votes.to_record(live.id, 9)] == [ROOM[0]]
    once_more = await press(services, live, Step.OPEN)
    assert "This round is over" in said(once_more)


async def test_votes_that_come_in_leave_the_question_alone(
    services: Services, live: LiveRound
) -> None:
    """Whoever is asked whether the round ends can read and answer that; then it gives way."""
    live = await walk(services, live, *TO_VOTE)
    await vote(services, live, (0,))
    await press(services, live, Step.END)
    await vote(services, live, (0,), (1,))
    later(services, ASKED_FOR_MS - 1)
    assert await services.store.live_rounds.panels_due(services.clock.now(), 9) == []
    later(services, 1)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    assert "2 of 6 in" in said(await commit(services, await show_panel(services, due)))
    await press(services, live, Step.END)
    await press(services, live, Act.GO_ON)
    await vote(services, live, (0,), (1,), (1,))
    later(services, PANEL_EVERY_MS)
    assert len(await services.store.live_rounds.panels_due(services.clock.now(), 9)) == 1


async def test_without_votes_it_ends_at_once(
    services: Services, live: LiveRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Phones are told."""
    moments: list[RoundEvent] = []

    async def tell(
        _services: Services, over: LiveRound, moment: RoundEvent
    ) -> tuple[OwedCall, ...]:
        assert over.is_over
        moments.append(moment)
        return ()

    monkeypatch.setattr("bot.features.live.end_round.tell_phones", tell)
    await press(services, live, Step.END)
    assert (await now(services, live)).is_over
    assert moments == [RoundEvent.ENDED]


async def test_whoever_is_no_educator_any_more_does_nothing(
    services: Services, live: LiveRound
) -> None:
    """Rights are judged at each press."""
    taken = RoleDecided(ADA, "educator", False, 1, "Root", NOW)
    await commit(services, Outcome((taken,)))
    refused = await press(services, live, Step.SHOW)
    assert "not approved" in said(refused)
    assert (await now(services, live)).state == "gathering"


@pytest.mark.parametrize("what", [Step.SHOW, Step.END, Act.END_NOW, Act.GO_ON])
async def test_nobody_presses_on_another_one_s_panel(
    services: Services, live: LiveRound, what: Step | Act
) -> None:
    """They hear who presents; names are shown as they are."""
    refused = await press(services, live, what, BEN)
    assert said(refused, BEN) == "Ada presents this round now."
    assert (await now(services, live)).state == "gathering"


async def test_a_colleague_takes_a_round_over(services: Services, live: LiveRound) -> None:
    """The earlier panel says so; a doubled press brings the panel once more."""
    live = await walk(services, live, *TO_VOTE)
    later(services, 60_000)
    taken = await press(services, live, Act.TAKE_OVER, BEN, message=300)
    assert "Ben &lt;B&gt; presents this round now." in said(taken)
    assert [call.params.get("message_id") for call in taken.owed] == [PANEL, 300, None]
    assert "Voting is open: 0 of 6 in" in said(taken, BEN)
    assert (await sent(services, 400))[-1].chat_id == BEN
    live = await now(services, live)
    assert (live.presenter, live.heard_at) == (BEN, services.clock.now())
    assert live.panel_message is not None
    again = await press(services, live, Act.TAKE_OVER, BEN, message=300)
    assert "Voting is open" in said(again, BEN)
    assert said(await press(services, live, Step.CLOSE)) == "Ben <B> presents this round now."
    await press(services, live, Step.CLOSE, BEN, live.panel_message)
    assert (await now(services, live)).state == "closed"


async def test_of_two_colleagues_at_once_one_takes_it_over(
    services: Services, live: LiveRound
) -> None:
    """The other is told who presents it now, and may take it over from them when asked anew."""
    third = BEN + 77
    for fact in (
        RoleAsked(third, "educator", "Cleo", None, NOW),
        RoleDecided(third, "educator", True, 1, "Root", NOW),
        CohortJoined(5, third, "educator", "Cleo", None, True, 0, NOW),
    ):
        await commit(services, Outcome((fact,)))
    await press(services, live, Act.TAKE_OVER, BEN, message=300)
    second = await press(services, live, Act.TAKE_OVER, third, message=301)
    assert said(second, third) == "Ben <B> presents this round now."
    assert (await now(services, live)).presenter == BEN
    await press(services, await now(services, live), Act.TAKE_OVER, third, message=302)
    assert (await now(services, live)).presenter == third


async def test_who_may_not_take_a_round_over(
    services: Services, live: LiveRound, case: Case
) -> None:
    """Whoever teaches nothing with the presenter, presents already, or comes when it is over."""
    stranger = BEN + 77
    assert "not approved" in said(await press(services, live, Act.TAKE_OVER, stranger), stranger)
    for fact in (
        RoleAsked(stranger, "educator", "Cleo", None, NOW),
        RoleDecided(stranger, "educator", True, 1, "Root", NOW),
    ):
        await commit(services, Outcome((fact,)))
    refused = await press(services, live, Act.TAKE_OVER, stranger)
    assert "Only who teaches a cohort with its presenter" in said(refused, stranger)
    await commit(services, await begin_round(services, await visit(services, BEN), case))
    assert "You present a round already" in said(await press(services, live, Act.TAKE_OVER, BEN))
    assert (await now(services, live)).presenter == ADA
    await walk(services, live, Step.END)
    assert "This round is over." in said(await press(services, live, Act.TAKE_OVER, BEN), BEN)


async def test_the_code_can_be_passed_on_without_the_screen(services: Services, case: Case) -> None:
    """What is forwarded so that people join does not bring them the projector's address."""
    services.settings = replace(services.settings, public_url="https://example.org")
    begun = await begin_round(services, await visit(services), case)
    code, panel = (str(call.params) for call in begun.owed)
    assert "https://example.org" in panel
    assert "https://example.org" not in code


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        (None, None),
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/live/"),
        ("https://example.org/bot/", "https://example.org/bot/live/"),
    ],
)
async def test_the_screen_s_address_stands_on_the_panel(
    services: Services, live: LiveRound, url: Any, shown: str | None
) -> None:
    """Where the bot has a public one, whatever path it lies behind."""
    services.settings = replace(services.settings, public_url=url)
    assert presenter_panel.screen_address(services, live.token) == (shown and shown + live.token)
    outcome = await press(services, live, Step.SHOW)
    assert ("Screen: " in said(outcome)) == (url is not None)
    assert f"Code: {live.code}" in said(outcome)
    assert f"https://t.me/morning_report_bot?start=lv_{live.code}" in said(outcome)
