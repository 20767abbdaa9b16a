"""`/live`: which case is presented, and by whom."""

import re

import pytest

from bot.features.live import present
from bot.features.live.begin_round import ALPHABET, begin_round
from bot.features.live.presenter_panel import show_panel
from bot.features.live.states import Step
from bot.services import Services
from content.codes import case_code
from content.model import Case
from storage.case_mark_facts import CaseSaved
from storage.facts import CasePosted, Fact
from storage.flag_facts import CommandAwaited
from storage.live_facts import PANEL_EVERY_MS, RoundJoined, RoundOpened
from storage.live_rounds import SILENT_MS, LiveRound
from storage.outcome import Outcome
from tests.bot.features.live.conftest import labels, later, now, press, said, sent, visit
from tests.storage.samples import ADA, BEN, NOW
from tests.support.services import commit

CLEO = BEN + 1


async def asked(services: Services, text: str = "", person: int = ADA) -> Outcome:
    """The command; what it comes to is recorded."""
    return await commit(services, await present.live(services, await visit(services, person), text))


async def picked(services: Services, data: str, person: int = ADA) -> Outcome:
    """A press on the way to a case."""
    who = await visit(services, person)
    return await commit(services, await present.press(services, who, data, 7))


def one(outcome: Outcome, kind: type[Fact]) -> Fact:
    """The one fact of a kind."""
    (fact,) = (fact for fact in outcome.facts if isinstance(fact, kind))
    return fact


async def test_others_hear_how_they_can_be_approved(services: Services) -> None:
    """And that taking part needs nothing; no button that they forge opens a round."""
    told = await asked(services, person=CLEO)
    assert "A live round" in said(told, CLEO)
    assert "MORNING_REPORT_ADMINS" in said(told, CLEO)
    code = case_code(next(iter(services.library.cases)))
    await picked(services, f"case:{code}", CLEO)
    assert await services.store.live_rounds.presented_by(CLEO) is None


async def test_a_case_is_chosen_by_its_code(services: Services, case: Case) -> None:
    """The round opens with a code that can be read off a wall, its QR code and its panel."""
    outcome = await asked(services, case_code(case.id))
    opened = one(outcome, RoundOpened)
    assert isinstance(opened, RoundOpened)
    assert re.fullmatch(f"[{ALPHABET}]{{6}}", opened.code)
    assert len(opened.token) >= 32
    posted = one(outcome, CasePosted)
    assert isinstance(posted, CasePosted)
    assert (posted.chat_id, posted.person_id, posted.purpose) == (None, None, "live")
    photo, panel = outcome.owed
    assert photo.params["photo"]["$qr"].endswith(f"?start=lv_{opened.code}")
    assert "0 people are in." in panel.params["text"]
    assert labels(panel) == ["Show the case", "End"]
    live = await services.store.live_rounds.presented_by(ADA)
    assert live is not None
    for order, question in zip(live.choice_orders, case.questions, strict=True):
        assert sorted(order) == list(range(len(question.choices)))
        assert question.shuffle or list(order) == sorted(order)


async def test_a_panel_that_is_not_sent_yet_tells_who_came_meanwhile(
    services: Services, case: Case
) -> None:
    """The QR code goes first: whoever joins by it before the panel is there is counted."""
    await commit(services, await begin_round(services, await visit(services), case))
    live = await services.store.live_rounds.presented_by(ADA)
    assert live is not None
    await commit(services, Outcome((RoundJoined(live.id, BEN, NOW),)))
    later(services, PANEL_EVERY_MS)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    assert (await commit(services, await show_panel(services, due))).owed == ()
    await sent(services, 100)
    later(services, PANEL_EVERY_MS)
    (due,) = await services.store.live_rounds.panels_due(services.clock.now(), 9)
    assert "1 person is in." in said(await commit(services, await show_panel(services, due)))
    assert await services.store.live_rounds.panels_due(services.clock.now() + 10**6, 9) == []


async def test_no_code_of_an_open_round_is_given_again(
    services: Services, live: LiveRound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another is drawn."""
    letters = iter(live.code + "AAAAAA")
    monkeypatch.setattr("bot.features.live.begin_round.secrets.choice", lambda _: next(letters))
    opened = one(await asked(services, await some_code(services), BEN), RoundOpened)
    assert isinstance(opened, RoundOpened)
    assert opened.code == "AAAAAA"


async def some_code(services: Services) -> str:
    """A case's code."""
    return case_code(next(iter(services.library.cases)))


async def test_a_case_is_chosen_by_words_or_from_lists(services: Services, case: Case) -> None:
    """The next text is taken for it; topics, a topic's cases and saved ones are buttons."""
    alone = await asked(services)
    assert CommandAwaited(ADA, "live", NOW) in alone.facts
    assert labels(alone.owed[-1]) == ["By topic", "My saved cases", "Cancel"]
    topics = (await picked(services, "topics:0")).owed[0]
    (data,) = [
        button["callback_data"]
        for row in topics.params["reply_markup"]["inline_keyboard"]
        for button in row
        if button["callback_data"].endswith(f":{case.topics[0]}:0")
    ]
    listed = await picked(services, data.removeprefix("live:pick:"))
    assert case.title in labels(listed.owed[0])
    assert "no such case" in said(await picked(services, "saved:0"))
    await commit(services, Outcome((CaseSaved(ADA, case.id, NOW),)))
    assert labels((await picked(services, "saved:0")).owed[0]) == [case.title, "All topics"]
    assert await services.store.live_rounds.presented_by(ADA) is None
    nothing = await asked(services, "zzzzzz")
    assert CommandAwaited(ADA, "live", NOW) in nothing.facts
    await picked(services, f"case:{case_code(case.id)}")
    assert await services.store.live_rounds.presented_by(ADA) is not None


@pytest.mark.parametrize("data", ["", "topics", "topics:x", "topic:a", "saved:-1", "saved:²"])
async def test_what_is_no_page_is_none(services: Services, data: str) -> None:
    """People can send anything."""
    assert "no longer works" in said(await picked(services, data))


async def test_an_educator_presents_one_round(services: Services, live: LiveRound) -> None:
    """The command, or another case, brings its panel again, which is brought up to date then."""
    later(services, SILENT_MS // 2)
    for outcome in (
        await asked(services),
        await asked(services, await some_code(services)),
        await picked(services, f"case:{await some_code(services)}"),
    ):
        (panel,) = outcome.owed
        assert "6 people are in." in panel.params["text"]
        assert not any(isinstance(fact, RoundOpened) for fact in outcome.facts)
    await sent(services, 500)
    again = await now(services, live)
    assert (again.panel_message, again.heard_at) == (502, services.clock.now())
    pressed = await press(services, live, Step.SHOW, message=101)
    assert [call.params["message_id"] for call in pressed.owed] == [101, 502]


async def test_a_colleague_sees_that_a_round_is_open(services: Services, live: LiveRound) -> None:
    """And may take it over; a case of their own is offered below."""
    outcome = await asked(services, person=BEN)
    offer, own = outcome.owed
    assert "Ada presents this live round." in offer.params["text"]
    assert labels(offer) == ["Take over"]
    assert "Which case" in own.params["text"]
    assert (await now(services, live)).presenter == ADA
