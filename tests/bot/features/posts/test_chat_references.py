"""`/refs` in a group: of the case that closed last, or of the one that is replied to."""

from pathlib import Path

import pytest

from bot.features.posts.chat_references import RepliedTo, chat_references
from bot.features.shared.question_buttons import QuestionRef
from bot.features.shared.visitors import Visitor, receive
from bot.services import Services
from content.library import load_library
from storage.outcome import Outcome
from storage.question_facts import QuestionClosed
from storage.questions import PutQuestion
from tests.content.samples import write_case
from tests.storage.samples import BEN, GROUP
from tests.support.served_chats import again, join, later, put, said
from tests.support.services import commit

LATER = "References come when a case here closes: they can give the answer away."


@pytest.fixture
async def asked(services: Services, tmp_path: Path) -> list[PutQuestion]:
    """Three cases in a group, each with a reference of its own; the first two have closed."""
    (tmp_path / "three").mkdir()
    for name in ("one", "two", "three"):
        work = {"title": f"On case {name}", "journal": "Lancet"}
        path = tmp_path / "three" / f"{name}.yaml"
        write_case(path, id=name, title=f"Case {name}", references=[work])
    services.library = load_library(tmp_path / "three")
    cases, group = services.library.cases, await join(services)
    found = [await put(services, group, cases[name]) for name in ("one", "two", "three")]
    for question in found[:2]:
        later(services, 1_000)
        now = services.clock.now()
        await commit(services, Outcome((QuestionClosed(question.post_id, 0, now),)))
    return [await again(services, question) for question in found]


async def told(services: Services, replied_to: RepliedTo | None = None) -> str:
    """What the group hears."""
    who = await receive(services, Visitor(BEN, "en"))
    (call,) = (await chat_references(services, who, GROUP, replied_to)).owed
    assert call.chat_id == GROUP
    return said(call)


async def test_the_case_that_closed_last_is_meant(
    services: Services, asked: list[PutQuestion]
) -> None:
    """Not the one that is open."""
    assert await told(services) == (
        "<b>References</b> · Case two\n\n1. On case two. <i>Lancet</i>."
    )


async def test_a_reply_names_another(services: Services, asked: list[PutQuestion]) -> None:
    """To the question's own message, or to one with a link to its references."""
    one, _, _ = asked
    assert one.message_id is not None
    ref = QuestionRef(one.post_id, 0)
    for replied_to in (RepliedTo(one.message_id, None), RepliedTo(999, ref)):
        assert "On case one" in await told(services, replied_to)
    assert "On case two" in await told(services, RepliedTo(999, None)), "of no question"


async def test_what_is_open_is_not_given_away(services: Services, asked: list[PutQuestion]) -> None:
    """Neither by a reply, nor where nothing has closed."""
    *_, three = asked
    assert three.message_id is not None
    ref = QuestionRef(three.post_id, 0)
    for replied_to in (RepliedTo(three.message_id, None), RepliedTo(999, ref)):
        assert await told(services, replied_to) == LATER


async def test_where_nothing_has_closed_there_are_none(services: Services) -> None:
    """They hear when there will be some."""
    await put(services, await join(services))
    assert await told(services) == LATER
