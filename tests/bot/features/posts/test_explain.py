"""The explanation of a chat's question, in private: who may read it, and how much of it."""

from bot.features.posts.close_question import close as end
from bot.features.posts.explain import explain, point_to
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from bot.settings import Settings
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion
from tests.storage.samples import ADA, BEN
from tests.support.served_chats import (
    BUTTONS,
    answer,
    button_rows,
    join,
    later,
    put,
    put_by,
    said,
    send_all,
    served,
)
from tests.support.services import commit

RIGHT, WRONG = 1, 0


def ref(asked: PutQuestion) -> QuestionRef:
    """What buttons call a question."""
    return QuestionRef(asked.post_id, asked.position)


async def explained(services: Services, asked: PutQuestion, person_id: int = BEN) -> Outcome:
    """What a person gets in private."""
    visit = await receive(services, Visitor(person_id, "en"))
    return await explain(services, visit, ref(asked))


async def pointed(services: Services, asked: PutQuestion, person_id: int = BEN) -> Outcome:
    """What the button in the chat answers to a person."""
    visit = await receive(services, Visitor(person_id, "en"))
    return await point_to(services, visit, ref(asked))


def whole(outcome: Outcome) -> str:
    """All that is said, to Ben alone."""
    assert {call.chat_id for call in outcome.owed} == {BEN}
    return "\n".join(map(said, outcome.owed))


async def close(services: Services, asked: PutQuestion) -> None:
    """The question is over."""
    closed = QuestionClosed(asked.post_id, asked.position, services.clock.now())
    await commit(services, Outcome((closed,)))


async def last(services: Services) -> PutQuestion:
    """The second and last question of a case."""
    asked = await put(services, await join(services, BUTTONS))
    outcome = await commit(services, await end(services, await served(services), asked))
    await send_all(services)
    return await put_by(services, outcome)


async def test_who_has_not_answered_is_asked_to(services: Services) -> None:
    """Nothing is spoilt: neither by the button in the chat, nor by its link."""
    asked = await put(services, await join(services, BUTTONS))
    await answer(services, asked, ADA, RIGHT)
    toast = (await pointed(services, asked)).toast
    assert toast is not None
    assert (toast.text, toast.alert, toast.url) == ("Answer first; then I explain.", True, None)
    told = await explained(services, asked)
    assert whole(told).startswith("Answer the question in its chat first")
    assert told.facts, "they came all the same"


async def test_who_has_answered_reads_on_their_own_answer(services: Services) -> None:
    """Before the closing as well; after any question but the last not more than that."""
    asked = await put(services, await join(services, BUTTONS))
    await answer(services, asked, BEN, WRONG)
    toast = (await pointed(services, asked)).toast
    assert toast is not None
    assert toast.url == f"https://t.me/morning_report_bot?start=why_{ref(asked)}"
    told = whole(await explained(services, asked))
    assert "Not this time." in told
    assert "Choice 0 of 0-a</b> (your choice)" in told
    assert "For teaching only" not in told


async def test_it_says_which_question_it_is_of(services: Services) -> None:
    """The question stands in another chat, and by now others may have come there."""
    asked = await put(services, await join(services, BUTTONS))
    await answer(services, asked, BEN, WRONG)
    head = "<b>Made case 0</b> · Question 1 of 2\n\n"
    assert whole(await explained(services, asked)).startswith(f"{head}❌")
    await close(services, asked)
    assert said((await explained(services, asked, ADA)).owed[0]).startswith(head)


async def test_after_the_last_question_the_whole_case_is_explained(services: Services) -> None:
    """With the peers' answers, where there are five."""
    asked = await last(services)
    await answer(services, asked, BEN, RIGHT)
    told = whole(await explained(services, asked))
    assert "Right." in told
    assert "For teaching only" in told
    assert "learners answered first" not in told
    for person_id in range(1, 5):
        await answer(services, asked, person_id, WRONG)
    assert "How 5 learners answered first" in whole(await explained(services, asked))


async def test_once_it_is_closed_everybody_may_read_it(services: Services) -> None:
    """Too late to answer: nothing is spoilt any more, and no choice is called theirs."""
    asked = await put(services, await join(services, BUTTONS))
    later(services, 1)
    await close(services, asked)
    toast = (await pointed(services, asked)).toast
    assert toast is not None
    assert toast.url
    outcome = await explained(services, asked)
    assert "Reason 1 of 0-a." in whole(outcome)
    assert "your choice" not in whole(outcome)
    assert (await receive(services, Visitor(BEN, "en"))).met in outcome.facts


async def test_who_answered_in_time_reads_on_their_own_answer_after_the_closing_too(
    services: Services,
) -> None:
    """What others chose alike is kept once, however many read it."""
    asked = await put(services, await join(services, BUTTONS))
    await answer(services, asked, BEN, WRONG)
    await close(services, asked)
    outcome = await explained(services, asked)
    assert "Choice 0 of 0-a</b> (your choice)" in whole(outcome)
    assert (await receive(services, Visitor(BEN, "en"))).met in outcome.facts
    assert outcome.owed[0].common == said(outcome.owed[0])


async def test_a_question_that_is_not_known_is_not_explained(services: Services) -> None:
    """Somebody's link is old, or made up."""
    asked = await put(services, await join(services, BUTTONS))
    elsewhere = QuestionRef(asked.post_id + 1, 0)
    visit = await receive(services, Visitor(BEN, "en"))
    toast = (await point_to(services, visit, elsewhere)).toast
    assert toast is not None
    assert (toast.text, toast.alert) == ("I don't have this question any more.", True)
    told = await explain(services, visit, elsewhere)
    assert whole(told) == "I don't have this question any more."
    assert told.facts == (visit.met,)


async def test_under_an_explanation_are_the_ways_on(services: Services) -> None:
    """The next case; and the flag, where there is anybody to see to it."""
    asked = await put(services, await join(services, BUTTONS))
    await answer(services, asked, BEN, WRONG)
    labels = [
        b["text"] for row in button_rows((await explained(services, asked)).owed[-1]) for b in row
    ]
    assert "Next case" in labels
    assert "Flag this question" not in labels
    services.settings = Settings(admins=frozenset({ADA}))
    rows = button_rows((await explained(services, asked)).owed[-1])
    assert rows[-1][0]["callback_data"] == f"flag:{ref(asked)}"
    await close(services, asked)
    rows = button_rows((await explained(services, asked, ADA)).owed[-1])
    assert rows[-1][0]["callback_data"] == f"flag:{ref(asked)}"
