"""What follows where Telegram refuses a case for good: another one, and a line that says so."""

from typing import Any

import pytest
from msgspec.structs import replace

from bot.base.time_units import DAY_MS
from bot.features.posts.post_case import post_case, put_question
from bot.features.posts.rejected_case import bad_case, rejected_case
from bot.features.shared.chat_settings import Results
from bot.features.shared.question_buttons import QuestionRef
from bot.services import Services
from storage.facts import CasePosted, CaseRefused
from storage.outbox import OwedRow
from storage.outcome import NOTHING, About, Outcome
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion
from tests.storage.samples import ADA, GROUP, NOW, posted
from tests.support.served_chats import (
    BUTTONS,
    POLLS,
    again,
    join,
    later,
    put,
    put_by,
    said,
    served,
)
from tests.support.services import commit

BAD = "Image_process_failed"
NO_POLLS = "Not enough rights to send polls to the chat"
DISCUSSION = GROUP - 1
TOPIC = 77


def row(about: About | None, chat_id: int = GROUP, method: str = "sendPoll") -> OwedRow:
    """A call that Telegram refused."""
    return OwedRow(7, chat_id, method, {}, None, NOW, 0, broadcast=False, about=about)


async def refusal(services: Services, asked: PutQuestion, words: str = BAD) -> Outcome:
    """What follows from the refusal of a group's question; it is recorded too."""
    call = row(About(asked.post_id, asked.position))
    return await commit(services, await rejected_case(services, call, words))


def cases(outcome: Outcome) -> list[str]:
    """The cases that come instead."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


def lines(outcome: Outcome) -> str:
    """What messages say that put no question."""
    return "\n".join(
        said(call) for call in outcome.owed if call.method == "sendMessage" and call.about is None
    )


async def asked_for(services: Services, **changes: Any) -> PutQuestion:
    """A case that somebody asked for in the group is on its way."""
    return await put(services, await join(services, replace(POLLS, **changes)), sent=False)


async def test_a_group_gets_another_case_with_a_line(services: Services) -> None:
    """The refused question is over; its case counts as not asked, but does not come again now."""
    asked = await asked_for(services)
    outcome = await refusal(services, asked)
    assert CaseRefused(asked.post_id, NOW) in outcome.facts
    assert (await again(services, asked)).closed_at == NOW
    assert "would not take that case. Here is another" in lines(outcome)
    (other,) = cases(outcome)
    assert other != asked.case_id
    used = await services.store.chats.used_cases(GROUP)
    assert asked.case_id not in used


async def test_all_of_it_goes_to_the_topic_where_it_was_asked(services: Services) -> None:
    """Wherever the chat's cases go otherwise."""
    asked = await asked_for(services, thread_id=TOPIC)
    await join(services, POLLS)
    outcome = await refusal(services, asked)
    threads = {call.params.get("message_thread_id") for call in outcome.owed}
    assert threads == {TOPIC}
    assert (await put_by(services, outcome)).thread_id == TOPIC


async def test_a_scheduled_case_is_replaced_without_a_word(services: Services) -> None:
    """Nobody asked, so nobody is told: a case comes."""
    to = await join(services)
    case = next(iter(services.library.cases.values()))
    asked = await put_by(
        services, await commit(services, await post_case(services, to, case, due_at=NOW))
    )
    outcome = await refusal(services, asked)
    assert lines(outcome) == ""
    assert len(cases(outcome)) == 1


async def test_no_fourth_case_is_tried_on_one_day(services: Services) -> None:
    """Three refused say that it hardly is the case; a day after the first another is tried."""
    asked = await asked_for(services)
    tried = [asked.case_id]
    for _ in range(2):
        outcome = await refusal(services, asked)
        asked = await put_by(services, outcome)
        tried.append(asked.case_id)
        later(services, 1)
    assert len(set(tried)) == 3, "none is tried twice"
    outcome = await refusal(services, asked)
    assert cases(outcome) == []
    assert "Please try again later." in lines(outcome)
    later(services, DAY_MS)
    asked = await put(services, await served(services), sent=False)
    assert len(cases(await refusal(services, asked))) == 1


async def test_refusals_elsewhere_are_not_counted(services: Services) -> None:
    """Each chat has its own three; in private they are nobody else's."""
    there = await join(services, chat_id=GROUP - 10)
    for case in list(services.library.cases.values())[:3]:
        asked = await put(services, there, case, sent=False)
        await commit(services, Outcome((CaseRefused(asked.post_id, NOW),)))
    await _refused_in_private(services, 3)
    asked = await asked_for(services)
    assert len(cases(await refusal(services, asked))) == 1


async def _refused_in_private(services: Services, number: int) -> None:
    """So many of Ada's own cases were refused."""
    for post_id in range(1, number + 1):
        facts = (*posted(post_id, ADA, f"made-{post_id}"), CaseRefused(post_id, NOW))
        await commit(services, Outcome(facts))


@pytest.mark.parametrize(("refused", "comes"), [(1, True), (2, False)])
async def test_a_learner_gets_another_case_up_to_the_third(
    services: Services, refused: int, comes: bool
) -> None:
    """Then a sentence alone; what was refused comes neither way."""
    await _refused_in_private(services, refused)
    await commit(services, Outcome(posted(9, ADA, "made-0")))
    call = row(About(9, 0), ADA)
    outcome = await rejected_case(services, call, BAD)
    assert CaseRefused(9, NOW) in outcome.facts
    assert ("Here is another" in lines(outcome)) is comes
    assert ("try again later" in lines(outcome)) is not comes
    assert len(cases(outcome)) == comes
    assert not {"made-0", *(f"made-{n}" for n in range(1, refused + 1))} & {*cases(outcome)}


async def test_where_polls_are_forbidden_no_other_case_is_tried(services: Services) -> None:
    """It would fare no better; whoever asked hears what to do."""
    asked = await asked_for(services)
    outcome = await refusal(services, asked, NO_POLLS)
    assert cases(outcome) == []
    assert "I may not send polls here" in lines(outcome)
    assert CaseRefused(asked.post_id, NOW) in outcome.facts


@pytest.mark.parametrize(
    "words",
    ["Not enough rights to send text messages to the chat", "Topic_closed", "TOPIC_DELETED"],
)
async def test_where_nothing_can_be_said_nothing_is(services: Services, words: str) -> None:
    """The case did not come, and is free for later."""
    asked = await asked_for(services)
    outcome = await refusal(services, asked, words)
    assert outcome.owed == ()
    assert CaseRefused(asked.post_id, NOW) in outcome.facts
    assert (await again(services, asked)).closed_at == NOW


async def test_another_case_is_one_that_the_group_wants(services: Services) -> None:
    """None of other topics; where there is none left, that is said."""
    asked = await asked_for(services)
    await join(services, replace(POLLS, topics=frozenset({"unheard-of"})))
    outcome = await refusal(services, asked)
    assert cases(outcome) == []
    assert "Please try again later." in lines(outcome)


async def test_what_a_discussion_group_refuses_replaces_no_case(services: Services) -> None:
    """Results go there, and the question stands in the channel."""
    settings = replace(BUTTONS, results=Results.DISCUSSION, discussion_id=DISCUSSION)
    asked = await put(services, await join(services, settings, kind="channel"))
    told = row(None, DISCUSSION, "sendMessage")
    assert await rejected_case(services, told, BAD) == NOTHING
    assert (await again(services, asked)).closed_at is None


async def test_what_is_told_of_a_closed_question_replaces_no_case(services: Services) -> None:
    """Its results are refused, not the case, which was asked and counts."""
    asked = await put(services, await join(services))
    await commit(services, Outcome((QuestionClosed(asked.post_id, 0, NOW),)))
    call = row(About(asked.post_id, 0), method="sendMessage")
    assert await rejected_case(services, call, BAD) == NOTHING
    assert await bad_case(services, call, BAD) == asked.case_id


async def test_a_later_question_that_is_refused_leaves_the_case_seen(services: Services) -> None:
    """Its first question was asked; the case counts."""
    to = await join(services)
    asked = await put(services, to)
    case = services.library.cases[asked.case_id]
    second, snapshot = QuestionRef(asked.post_id, 1), services.library.snapshot(case)
    await commit(services, put_question(to, snapshot, second, now=NOW, broadcast=True))
    refused = await refusal(services, replace(asked, position=1))
    assert not any(isinstance(fact, CaseRefused) for fact in refused.facts)
    assert asked.case_id in await services.store.chats.used_cases(GROUP)


@pytest.mark.parametrize(
    ("about", "words", "found"),
    [(True, BAD, True), (True, NO_POLLS, False), (False, BAD, False)],
    ids=["content", "rights", "no case"],
)
async def test_a_case_is_bad_where_telegram_dislikes_what_is_in_it(
    services: Services, about: bool, words: str, found: bool
) -> None:
    """Then administrators hear of it by its id; rights are no matter of the case's."""
    asked = await asked_for(services)
    call = row(About(asked.post_id, 0) if about else None)
    assert await bad_case(services, call, words) == (asked.case_id if found else None)
