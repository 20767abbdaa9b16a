"""What phones show as a round goes on."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.features.live import read_in_round
from bot.features.live.begin_round import begin_round
from bot.features.live.phone_buttons import OnPhone, PhonePress
from bot.features.live.record_live_answers import record_live_answers
from bot.features.live.states import Step
from bot.services import Services
from storage.facts import LanguageChosen, PersonLeft
from storage.live_facts import RoundJoined
from storage.live_rounds import LiveRound
from storage.outcome import Outcome, OwedCall
from tests.bot.features.live.conftest import ROOM, labels, now, press, said, sent, visit, vote, walk
from tests.content.samples import question_data
from tests.storage.samples import ADA, NOW
from tests.support.services import commit, only_case

ME, OTHER = ROOM[0], ROOM[1]


async def step(services: Services, live: LiveRound, *steps: Step) -> LiveRound:
    """Go on; what phones were told is sent."""
    live = await walk(services, live, *steps)
    await sent(services, 500)
    return live


def told(outcome: Outcome) -> list[OwedCall]:
    """What phones are owed by a step."""
    return [call for call in outcome.owed if call.phone is not None]


def of(calls: list[OwedCall], person: int) -> str:
    """What one of them reads."""
    (text,) = [str(call.params["text"]) for call in calls if call.chat_id == person]
    return text


async def test_each_phone_gets_the_question_as_it_opens(
    services: Services, live: LiveRound
) -> None:
    """Once, as a broadcast of which the panel knows; numbered as the screen numbers."""
    live = await step(services, live, Step.SHOW)
    calls = told(await press(services, live, Step.OPEN))
    assert [call.chat_id for call in calls] == list(ROOM)
    assert all(call.broadcast and call.common == call.params["text"] for call in calls)
    assert await services.store.live_rounds.to_be_told(live.post_id) == len(ROOM)
    text = of(calls, ME)
    order = live.choice_orders[0]
    for number, place in enumerate(order, start=1):
        assert f"{number}. Choice {place} of 0-a" in text
    assert "Made question 0-a?" in text
    assert "Question 1 of 2" in text
    buttons = calls[0].params["reply_markup"]["inline_keyboard"]
    pressed = [PhonePress.parse(one["callback_data"]) for row in buttons[:-1] for one in row]
    assert pressed == [PhonePress(OnPhone.VOTE, live.id, 0, place) for place in order]


async def test_nothing_gives_the_answer_away_before_it_is_revealed(
    services: Services, live: LiveRound
) -> None:
    """Not on any phone, nor at a press for the explanation, forged or not."""
    why = PhonePress(OnPhone.EXPLAIN, live.id, 0)
    later = replace(why, position=1)
    for steps in ((), (Step.SHOW,), (Step.OPEN,), (Step.CLOSE,), (Step.AGAIN,), (Step.CLOSE,)):
        for one in steps:
            calls = told(await press(services, live, one))
            for call in calls:
                assert not {"Reason", "Key point", "Correct"} & set(str(call.params).split())
            live = await now(services, live)
        if live.state == "open":
            await vote(services, live, (1,))
        for pressed in (why, later):
            outcome = await read_in_round.explanation(services, await visit(services, ME), pressed)
            assert not outcome.owed
            assert said(outcome, ME) == "The answer is not revealed yet; then I explain."
    await press(services, live, Step.REVEAL)
    outcome = await read_in_round.explanation(services, await visit(services, ME), why)
    assert "Reason 1 of 0-a" in said(outcome, ME)
    outcome = await read_in_round.explanation(services, await visit(services, ME), later)
    assert not outcome.owed


async def test_what_comes_next_stands_below_the_last_explanation_alone(
    services: Services, live: LiveRound
) -> None:
    """Amid the case, the round goes on."""
    rows = []
    for position in (0, 1):
        live = await walk(services, live, Step.SHOW, Step.OPEN)
        await vote(services, live, (1,))
        live = await walk(services, live, Step.CLOSE, Step.REVEAL)
        why = PhonePress(OnPhone.EXPLAIN, live.id, position)
        outcome = await read_in_round.explanation(services, await visit(services, ME), why)
        rows.append(labels(outcome.owed[-1]))
        live = await walk(services, live, Step.NEXT)
    first, last = rows
    assert len(last) > len(first)
    assert last[-len(first) :] == first


async def test_a_second_vote_is_asked_for_in_the_same_message(
    services: Services, live: LiveRound
) -> None:
    """Each reads what they chose before; who did not vote reads nothing of that."""
    live = await step(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (2,))
    live = await step(services, live, Step.CLOSE)
    calls = told(await press(services, live, Step.AGAIN))
    number = live.choice_orders[0].index(2) + 1
    assert "<b>Discuss, then vote again</b>" in of(calls, ME)
    assert f"Before: <b>{number} · Choice 2 of 0-a</b>" in of(calls, ME)
    assert "Before" not in of(calls, OTHER)
    methods = {call.method for call in await sent(services, 900) if call.chat_id in ROOM}
    assert methods == {"editMessageText"}


async def test_at_the_reveal_each_reads_how_they_did(services: Services, live: LiveRound) -> None:
    """Right or not, before and after; what is right and the key point, whoever did not vote too."""
    live = await step(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (2,), (1,), (0,))
    live = await step(services, live, Step.CLOSE, Step.AGAIN)
    await vote(services, live, (1,))
    live = await step(services, live, Step.CLOSE)
    calls = told(await press(services, live, Step.REVEAL))
    number = {place: n for n, place in enumerate(live.choice_orders[0], start=1)}
    right = f"Correct: <b>{number[1]} · Choice 1 of 0-a</b>"
    key_point = str((await visit(services)).words.say("Key point:"))
    for person in ROOM:
        assert right in of(calls, person)
        assert key_point in of(calls, person)
    assert f"First vote: <b>{number[2]} · Choice 2" in of(calls, ME).replace("❌ ", "", 1)
    assert "❌ First vote:" in of(calls, ME)
    assert f"✅ After discussion: <b>{number[1]} · Choice 1" in of(calls, ME)
    assert "✅ <b>Right.</b>\nYou chose:" in of(calls, OTHER)
    assert "❌ <b>Not this time.</b>\nYou chose:" in of(calls, ROOM[2])
    assert "chose" not in of(calls, ROOM[3])
    assert {tuple(labels(call)) for call in calls} == {("Explanation",)}


async def test_the_explanation_is_that_of_the_vote_that_counts(
    services: Services, live: LiveRound
) -> None:
    """The first; with what was chosen after the discussion, and for everybody who did not vote."""
    live = await step(services, live, Step.SHOW, Step.OPEN)
    await vote(services, live, (2,), (1,))
    live = await step(services, live, Step.CLOSE, Step.AGAIN)
    await vote(services, live, (1,), (1,))
    live = await step(services, live, Step.CLOSE, Step.REVEAL)
    await commit(services, await record_live_answers(services, live))
    why = PhonePress(OnPhone.EXPLAIN, live.id, 0)

    async def reads(person: int) -> str:
        return said(
            await read_in_round.explanation(services, await visit(services, person), why), person
        )

    assert "You chose: <b>Choice 2 of 0-a</b>" in await reads(ME)
    assert "After discussion you chose: Choice 1 of 0-a." in await reads(ME)
    assert "After discussion" not in await reads(OTHER)
    assert "Reason 1 of 0-a" in await reads(ROOM[3])
    assert "You chose" not in await reads(ROOM[3])
    assert "You are not in this round" in await reads(ADA)


async def test_news_come_to_the_phone_as_they_are_shown(services: Services, tmp_path: Path) -> None:
    """And the question in the same message once it opens; without news nothing comes before."""
    questions = [
        question_data(id="a"),
        question_data(id="b", reveal="A rash appears."),
        question_data(id="c"),
    ]
    case = only_case(services, tmp_path / "case", questions=questions)
    await commit(services, await begin_round(services, await visit(services), case))
    live = await services.store.live_rounds.presented_by(ADA)
    assert live is not None
    await commit(services, Outcome((RoundJoined(live.id, ADA, NOW),)))
    answer = (Step.OPEN, Step.CLOSE, Step.REVEAL)
    live = await step(services, live, Step.SHOW, *answer)
    (call,) = told(await press(services, live, Step.NEXT))
    assert "A rash appears." in call.params["text"]
    assert labels(call) == ["See the case"]
    calls = [one for one in await sent(services, 700) if "A rash" in str(one.params)]
    assert [one.method for one in calls] == ["sendMessage"]
    live = await now(services, live)
    (call,) = told(await press(services, live, Step.OPEN))
    assert "A rash appears." in call.params["text"]
    calls = [one for one in await sent(services, 800) if "A rash" in str(one.params)]
    assert [one.method for one in calls] == ["editMessageText"]
    live = await step(services, live, Step.CLOSE, Step.REVEAL)
    assert told(await press(services, live, Step.NEXT)) == []


async def test_the_case_is_seen_as_far_as_the_room_has_come(
    services: Services, live: LiveRound
) -> None:
    """Not before it is shown."""
    pressed = PhonePress(OnPhone.CASE, live.id, 0)
    outcome = await read_in_round.see_case(services, await visit(services, ME), pressed)
    assert said(outcome, ME) == "The case is not shown yet."
    await walk(services, live, Step.SHOW)
    outcome = await read_in_round.see_case(services, await visit(services, ME), pressed)
    assert "The story of made case 0." in said(outcome, ME)
    assert "made-0" not in str(outcome.owed)
    outcome = await read_in_round.see_case(services, await visit(services, ADA), pressed)
    assert not outcome.owed


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        ((), "This round is over. Thank you"),
        ((Step.SHOW,), "This round is over. Thank you"),
        ((Step.SHOW, Step.OPEN), "This round is over. What is right was not shown."),
        ((Step.SHOW, Step.OPEN, Step.CLOSE), "This round is over. What is right was not shown."),
        ((Step.SHOW, Step.OPEN, Step.CLOSE, Step.REVEAL), None),
    ],
)
async def test_phones_hear_of_the_end(
    services: Services, live: LiveRound, steps: tuple[Step, ...], words: str | None
) -> None:
    """Where they wait for something; amid a question the explanation is a press away then."""
    live = await step(services, live, *steps)
    calls = told(await press(services, live, Step.END))
    if words is None:
        assert calls == []
        return
    assert all(words in of(calls, person) for person in ROOM)
    if len(steps) > 1:
        assert labels(calls[0]) == ["Explanation"]
        why = PhonePress(OnPhone.EXPLAIN, live.id, 0)
        assert (await read_in_round.explanation(services, await visit(services, ME), why)).owed


async def test_nobody_is_told_who_blocked_the_bot(services: Services, live: LiveRound) -> None:
    """Each in their language; the others are not held up."""
    await commit(services, Outcome((PersonLeft(ME, NOW), LanguageChosen(OTHER, "es"))))
    live = await step(services, live, Step.SHOW)
    calls = told(await press(services, live, Step.OPEN))
    assert [call.chat_id for call in calls] == list(ROOM[1:])
    assert "Pregunta 1 de 2" in of(calls, OTHER)


async def test_what_is_shown_next_takes_the_place_of_what_was_not_sent(
    services: Services, live: LiveRound
) -> None:
    """A presenter who is faster than the sending: one message a phone, the latest."""
    await sent(services, 400)
    live = await walk(services, live, Step.SHOW, Step.OPEN, Step.CLOSE, Step.AGAIN)
    await walk(services, live, Step.CLOSE, Step.REVEAL)
    calls = [call for call in await sent(services, 700) if call.chat_id in ROOM]
    assert [call.chat_id for call in calls] == list(ROOM)
    assert {call.method for call in calls} == {"sendMessage"}
    assert all("Correct:" in str(call.params["text"]) for call in calls)
