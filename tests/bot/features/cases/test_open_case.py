"""A case that was given and not answered is open: offered first, and never counted as seen."""

import pytest

from bot.features.cases.choose_case import AnyUnseen, Named, OnTopic
from bot.features.cases.open_case import go_on
from bot.features.cases.send_case import next_case, pass_by, send_case
from bot.features.shared.visitors import Visit, Visitor, receive
from bot.services import Services
from content.codes import case_code
from storage.case_facts import CasePosted
from storage.outcome import Outcome
from tests.storage.samples import ADA, answered
from tests.support.served_chats import button_rows, later, said
from tests.support.services import commit


async def ada(services: Services) -> Visit:
    """Ada comes."""
    return await receive(services, Visitor(ADA, "en"))


async def give(services: Services, case_id: str) -> int:
    """Ada is given a case by name, and does not answer it; its post."""
    later(services, 1)
    outcome = await commit(services, await send_case(services, await ada(services), Named(case_id)))
    return next(fact.post_id for fact in outcome.facts if isinstance(fact, CasePosted))


async def answer_case(
    services: Services, case_id: str, post_id: int | None = None, verdict: str = "correct"
) -> None:
    """Ada answers all questions of a case."""
    questions = services.library.cases[case_id].questions
    said = {"case_id": case_id, "verdict": verdict, "answered_at": services.clock.now()}
    facts = (
        answered(ADA, post_id, position=place, question_id=question.id, **said)
        for place, question in enumerate(questions)
    )
    await commit(services, Outcome(tuple(facts)))


async def asked(services: Services) -> Outcome:
    """What the next case comes to."""
    return await next_case(services, await ada(services))


def posted(outcome: Outcome) -> list[str]:
    """The cases that are given anew."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


async def test_the_case_left_open_last_is_offered_first(services: Services) -> None:
    """By its title, with the choice to go on or to have another."""
    await give(services, "made-1")
    await give(services, "made-4")
    outcome = await asked(services)
    (call,) = outcome.owed
    assert said(call) == "You have one open: Made case 4"
    code = case_code("made-4")
    assert [(b["text"], b["callback_data"]) for row in button_rows(call) for b in row] == [
        ("Go on", f"goon:{code}"),
        ("Another", f"another:{code}"),
    ]
    assert posted(outcome) == []


async def test_what_is_answered_is_not_open(services: Services) -> None:
    """Nor what was answered elsewhere, as in a group."""
    post_id = await give(services, "made-4")
    await answer_case(services, "made-4", post_id)
    await give(services, "made-1")
    await answer_case(services, "made-1")
    (other,) = posted(await asked(services))
    assert other not in {"made-1", "made-4"}


async def test_going_on_puts_the_same_post_again(services: Services) -> None:
    """From the question that waits: with the story, and what was told before it."""
    post_id = await give(services, "made-4")
    outcome = await go_on(services, await ada(services), case_code("made-4"))
    assert posted(outcome) == []
    poll = outcome.owed[-1]
    assert poll.poll is not None
    assert (poll.poll.post_id, poll.poll.position) == (post_id, 0)
    first = services.library.cases["made-4"].questions[0]
    await commit(
        services,
        Outcome((answered(ADA, post_id, case_id="made-4", question_id=first.id),)),
    )
    outcome = await go_on(services, await ada(services), case_code("made-4"))
    story, poll = outcome.owed
    assert said(story) == "<b>Made case 4</b>\n\nThe story of made case 4."
    assert poll.poll is not None
    assert (poll.poll.post_id, poll.poll.position) == (post_id, 1)
    assert poll.reply_to == 0


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("", "no longer works"),
        ("nonsense", "no longer works"),
        (case_code("made-4"), "You have answered that one."),
    ],
)
async def test_what_is_not_open_cannot_be_gone_on_with(
    services: Services, code: str, told: str
) -> None:
    """An old button says so; that of a case answered meanwhile says that it was."""
    if code == case_code("made-4"):
        await answer_case(services, "made-4", await give(services, "made-4"))
    outcome = await go_on(services, await ada(services), code)
    assert outcome.toast is not None
    assert outcome.toast.text is not None
    assert told in outcome.toast.text
    assert outcome.owed == ()


async def test_what_was_passed_by_is_offered_no_more(services: Services) -> None:
    """Another comes at once, and nobody is asked about the same one at each case."""
    await give(services, "made-4")
    outcome = await commit(
        services, await pass_by(services, await ada(services), case_code("made-4"))
    )
    (other,) = posted(outcome)
    assert other != "made-4"
    (call,) = (await asked(services)).owed
    assert said(call) == f"You have one open: Made case {other[-1]}"
    await answer_case(services, other)
    assert posted(await asked(services))


async def test_in_the_end_what_was_passed_by_comes_after_all(services: Services) -> None:
    """It was never seen: its own post comes again, once nothing else is new."""
    post_id = await give(services, "made-4")
    await commit(services, await pass_by(services, await ada(services), case_code("made-4")))
    for case_id in set(services.library.cases) - {"made-4"}:
        await answer_case(services, case_id)
    for wish in (AnyUnseen(), OnTopic("rheumatology")):
        outcome = await send_case(services, await ada(services), wish)
        assert posted(outcome) == []
        poll = outcome.owed[-1].poll
        assert poll is not None
        assert poll.post_id == post_id
    await answer_case(services, "made-4", post_id)
    (call,) = (await asked(services)).owed
    assert said(call) == "You have seen every case. New ones come with time."


async def test_a_case_named_comes_whatever_is_open(services: Services) -> None:
    """So does one on a topic that was named."""
    await give(services, "made-4")
    who = await ada(services)
    assert posted(await send_case(services, who, Named("made-2"))) == ["made-2"]
    assert posted(await send_case(services, who, OnTopic("rheumatology"))) != []
