"""`/case` in a group: who may bring one, which one comes, and where."""

from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from bot.features.membership.join_chat import SeenChat
from bot.features.posts.ask_for_case import Request, ask
from bot.features.posts.close_question import close
from bot.features.shared.visitors import Visitor
from bot.services import Services
from content.codes import case_code
from storage.case_facts import CasePosted
from storage.chat_facts import ChatJoined
from storage.outcome import Outcome
from tests.storage.samples import ADA, BEN, GROUP
from tests.support.served_chats import POLLS, end_all, join, put, said, send_all, served, staffed
from tests.support.services import commit, only_case

MESSAGE, TOPIC = 5, 77
SEEN = SeenChat(GROUP, "supergroup", "Ward 7")
ADMINISTRATORS_ONLY = replace(POLLS, members_may_post=False)


@pytest.fixture(autouse=True)
def administered(services: Services) -> None:
    """By Ada and by Ben, unless a test says otherwise."""
    staffed(services, ADA, BEN)


async def asked(services: Services, text: str = "", **changes: Any) -> Outcome:
    """What comes of Ben's asking, in a topic of the group or in none."""
    request = Request(SEEN, Visitor(BEN, "en"), MESSAGE, None, text, in_its_name=False)
    return await commit(services, await ask(services, replace(request, **changes)))


def posted(outcome: Outcome) -> list[str]:
    """The cases that the group gets."""
    return [fact.case_id for fact in outcome.facts if isinstance(fact, CasePosted)]


async def brought(services: Services, text: str = "") -> list[str]:
    """The case that comes of Ben's asking; it is over before he asks again."""
    cases = posted(await asked(services, text))
    await end_all(services)
    return cases


def refusal(outcome: Outcome) -> str:
    """The one line that replies to whoever asked."""
    (call,) = outcome.owed
    assert call.params["reply_parameters"]["message_id"] == MESSAGE
    return said(call)


async def test_any_member_brings_a_case(services: Services) -> None:
    """Where the chat allows it; people wait for it."""
    await join(services, POLLS)
    staffed(services, ADA)
    outcome = await asked(services)
    assert len(posted(outcome)) == 1
    assert not any(call.broadcast for call in outcome.owed)
    assert not any(isinstance(fact, ChatJoined) for fact in outcome.facts)


async def test_each_brings_another_case(services: Services) -> None:
    """None comes again before all were there."""
    await join(services, POLLS)
    cases = [case for _ in services.library.cases for case in await brought(services)]
    assert sorted(cases) == sorted(services.library.cases)


@pytest.mark.parametrize(
    ("people", "changes", "comes"),
    [
        ((ADA,), {}, False),
        ((ADA, BEN), {}, True),
        ((ADA,), {"in_its_name": True}, True),
    ],
    ids=["a member", "an administrator", "an anonymous administrator"],
)
async def test_a_chat_may_keep_that_to_its_administrators(
    services: Services, people: tuple[int, ...], changes: dict[str, Any], comes: bool
) -> None:
    """A member is told so, in a line."""
    await join(services, ADMINISTRATORS_ONLY)
    staffed(services, *people)
    outcome = await asked(services, **changes)
    assert bool(posted(outcome)) is comes
    if not comes:
        assert refusal(outcome) == "Here only administrators bring cases."


async def test_who_may_is_not_guessed(services: Services) -> None:
    """Where Telegram does not say who administers the chat, nobody is called a member."""
    await join(services, ADMINISTRATORS_ONLY)
    staffed(services, silent=True)
    outcome = await asked(services)
    assert posted(outcome) == []
    assert "could not find out who administers" in refusal(outcome)


async def test_an_administrator_cuts_no_case_of_several_questions_in_two(
    services: Services,
) -> None:
    """Whichever of its questions is open; another topic of the forum is not concerned."""
    first = await put(services, await join(services, POLLS))
    for position in (0, 1):
        outcome = await asked(services)
        assert posted(outcome) == []
        (call,) = outcome.owed
        assert "A case of several questions is open here" in said(call)
        (there,) = await services.store.questions.open_in(GROUP)
        assert (there.post_id, there.position) == (first.post_id, position)
        assert call.params["reply_parameters"]["message_id"] == there.message_id
        await commit(services, await close(services, await served(services), there))
        await send_all(services)
    assert len(posted(await asked(services))) == 1
    assert len(posted(await asked(services, thread_id=TOPIC))) == 1


async def test_a_case_of_one_question_may_have_another_beside_it(
    services: Services, tmp_path: Path
) -> None:
    """Nothing of it is yet to be asked."""
    case = only_case(services, tmp_path / "own")
    await put(services, await join(services, POLLS), case)
    assert posted(await asked(services)) == [case.id]


@pytest.mark.parametrize("by_code", [True, False])
async def test_a_case_comes_by_its_name(services: Services, by_code: bool) -> None:
    """By its id or its code, though it was there already."""
    await join(services, POLLS)
    name = case_code("made-3") if by_code else "made-3"
    for _ in range(2):
        assert await brought(services, name) == ["made-3"]


async def test_a_topic_brings_its_next_case(services: Services) -> None:
    """Whatever topics the chat chose for its schedule; each once before any again."""
    await join(services, replace(POLLS, topics=frozenset({"unheard-of"})))
    cases = [case for _ in range(6) for case in await brought(services, "Rheumatology")]
    assert sorted(cases) == sorted(services.library.cases)


async def test_a_name_that_nobody_knows_is_answered(services: Services) -> None:
    """Neither a case nor a topic."""
    await join(services, POLLS)
    outcome = await asked(services, "Atlantis")
    assert posted(outcome) == []
    assert "no case and no topic of that name" in refusal(outcome)


async def test_where_nothing_fits_the_chat_is_told_what_to_do(services: Services) -> None:
    """Without a name, the chat's own choice of topics and levels decides."""
    await join(services, replace(POLLS, levels=frozenset({"student"})))
    outcome = await asked(services)
    assert posted(outcome) == []
    assert "No case fits the topics and levels" in refusal(outcome)


@pytest.mark.parametrize(
    ("chosen", "asked_in", "comes_to"),
    [(None, None, None), (None, TOPIC, TOPIC), (7, None, 7), (7, TOPIC, TOPIC)],
)
async def test_a_case_comes_to_the_topic_where_it_was_asked_for(
    services: Services, chosen: int | None, asked_in: int | None, comes_to: int | None
) -> None:
    """Else to the one that the chat chose."""
    await join(services, replace(POLLS, thread_id=chosen))
    outcome = await asked(services, thread_id=asked_in)
    assert {call.params.get("message_thread_id") for call in outcome.owed} == {comes_to}


async def test_a_chat_that_the_bot_did_not_know_is_known_from_then_on(services: Services) -> None:
    """It is joined on the fly, whether a case comes of it or not."""
    for chat_id, text, cases in ((GROUP, "Atlantis", 0), (GROUP - 1, "", 1)):
        outcome = await asked(services, text, seen=replace(SEEN, chat_id=chat_id))
        assert len(posted(outcome)) == cases
        assert any(isinstance(fact, ChatJoined) for fact in outcome.facts)
        assert (await services.store.chats.get(chat_id)) is not None
